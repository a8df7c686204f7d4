"""Where a text stands in another, word for word but not letter for letter. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‵´`", "'"),
        **dict.fromkeys("“”„‟″‶«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
"""One character for one, so that offsets stay true."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
_UNSPACED = "\u0e00"
"""From Thai on, many scripts put no spaces between words."""


def occurrences(text: str, wanted: str) -> list[tuple[int, int]]:
    """Ranges of `text`, in order, that say `wanted`; only whole words count.

    Case, white space and the kinds of quotes and dashes do not matter.

    >>> occurrences("Heart and “art”\\nit is.", '"ART" it')
    [(10, 18)]
    >>> occurrences("Heart", "art")
    []
    """
    tokens = [match[0] for match in _TOKEN.finditer(wanted.translate(_ALIKE))]
    if not tokens:
        return []
    pattern = re.escape(tokens[0])
    for before, after in pairwise(tokens):
        between_words = _WORD.fullmatch(before) and _WORD.fullmatch(after)
        pattern += (r"\s+" if between_words else r"\s*") + re.escape(after)
    return [
        match.span()
        for match in re.finditer(pattern, text.translate(_ALIKE), re.IGNORECASE)
        if not _splits_word(text, match.start()) and not _splits_word(text, match.end())
    ]


def _splits_word(text: str, at: int) -> bool:
    around = text[max(0, at - 1) : at + 1]
    return 0 < at < len(text) and all(one.isalnum() and one < _UNSPACED for one in around)


def words_of(text: str, terms: Callable[[str], Sequence[str]]) -> list[str]:
    """The distinct words of `text` in lower case, in order, without those of no terms.

    `terms` gives a word's search terms, none for a stop word. Where all are stop words, all
    are given.

    >>> words_of("Pay the Refund, pay", lambda word: [] if word == "the" else [word])
    ['pay', 'refund']
    """
    words = list(dict.fromkeys(match[0].casefold() for match in _WORD.finditer(text)))
    return [word for word in words if terms(word)] or words


def missing_words(text: str, words: Sequence[str]) -> list[str]:
    """Those of `words`, in lower case, that are nowhere in `text`.

    >>> missing_words("Refunds are paid.", ["paid", "refund"])
    ['refund']
    """
    held = {match[0].casefold() for match in _WORD.finditer(text)}
    return [word for word in words if word not in held]


def as_written(
    question: str, terms: Sequence[str], analyze: Callable[[str], list[str]]
) -> dict[str, str]:
    """Each search term as the question writes it.

    >>> as_written("Do refunds vary?", ["refund", "vari"], lambda w: [{"vary": "vari"}.get(w, w)])
    {'refund': 'refunds', 'vari': 'vary'}
    """
    written: dict[str, str] = {}
    # Words first; then what a sign joins, for the terms of compounds.
    for match in (*re.finditer(r"\w+", question), *re.finditer(r"\w\S*\w", question)):
        for term in analyze(match[0]):
            written.setdefault(term, match[0])
    return {term: written.get(term) or written.get(term + "s") or term for term in terms}
