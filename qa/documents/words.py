"""What counts as a word wherever the words of files are counted. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+")
_SOFT_HYPHEN = "\u00ad"


def words_of(text: str) -> Iterator[str]:
    """The words of a text, folded so that they can be compared.

    A word is a run of letters and digits; a Chinese or Japanese character is one by
    itself, as word processors count them. Signs and soft hyphens are none, ligatures and other
    compatible forms (NFKC) count as the plain letters, and case does not matter.

    >>> list(words_of("It\u2019s 7.5 % of the co\u00adoperation, \u4f60\u597d!"))
    ['it', 's', '7', '5', 'of', 'the', 'cooperation', '\u4f60', '\u597d']
    """
    plain = unicodedata.normalize("NFKC", text.replace(_SOFT_HYPHEN, ""))
    yield from (word.casefold() for word in _WORD.findall(plain))


def count_words(text: str) -> int:
    """How many words a text has.

    >>> count_words("Tea: Assam; Price: 4.50")
    5
    """
    return sum(1 for _ in words_of(text))
