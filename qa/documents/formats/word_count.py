"""Whether every word of a file came out: its words, counted another way, against those read.

The readers walk through a file's structure; here its text is cut out by plain patterns, so that a
reader that passes something over is found out. What a word is, `documents.words` tells. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qa.documents.formats.reading_direction import is_right_to_left
from qa.documents.formats.word_sources import numbers_in, texts_in
from qa.documents.words import words_of

_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
"""A hyphen that breaks a word over two lines: the word is one."""
_SHOWN = 8
_PIECE = 3
"""Letters from which on a word may come out as a piece of another one, or as several."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """How many words a file holds; how many of them were read; and those that were neither read nor
    left out with a reason, first those that were not read even once."""

    total: int
    read: int
    missing: tuple[str, ...] = ()

    def told(self) -> str:
        """One sentence on what is missing; "" where nothing is."""
        if not self.missing:
            return ""
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(self.missing[:_SHOWN]))
        if len(self.missing) == 1:
            return f"1 word of the file did not come out: {words}."
        return f"{len(self.missing):,} words of the file did not come out, among them {words}."


def count_words(
    data: bytes, kind: str, read: Iterable[str], left_out: Iterable[str] = ()
) -> WordCount | None:
    """Compare a file of the ending `kind` with the texts that were read of it, and those that were
    left out. None for kinds whose words cannot be counted in a second way.

    A word that comes three times in the file must come three times in what was read, unless a
    text with this word was left out.

    >>> page = b"<p>Tea &amp; milk</p><p>Tea &amp; rum</p><footer>Imprint</footer>"
    >>> count_words(page, ".html", ["Tea & milk"], ["Imprint"])
    WordCount(total=5, read=2, missing=('rum', 'tea'))
    """
    texts = texts_in(data, kind)
    if texts is None:
        return None
    own = Counter(word for text in texts for word in words_of(_LINE_END.sub("", text)))
    came = [word for text in read for word in words_of(text)]
    dropped = [word for text in left_out for word in words_of(text)]
    found, unseen, whole = Counter(came), set(dropped), "".join([*came, *dropped])
    short = own - found
    away = sum(number for word, number in short.items() if word in unseen)
    known = found.keys() | unseen
    pieces = {word for word in short if word not in known and _is_piece(word, whole)}
    lost = (word for word in short.elements() if word not in unseen and word not in pieces)
    missing = sorted(lost, key=found.__contains__)
    total = sum(own.values()) + numbers_in(data, kind)
    return WordCount(total, total - away - len(missing), tuple(missing))


def _is_piece(word: str, whole: str) -> bool:
    """Whether a word was joined or parted when it was read; PDFium gives some right-to-left words
    from left to right."""
    turned = is_right_to_left(word) and word[::-1] in whole
    return turned or (len(word) >= _PIECE and word in whole)
