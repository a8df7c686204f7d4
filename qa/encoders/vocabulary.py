"""The words that a model has a token of its own for. Pure."""

from __future__ import annotations

import re

FEWEST_LETTERS = 4
"""Shorter words are not told apart from pieces of words."""

_WORD = re.compile(r"[^\W\d_]+")


def whole_words(vocabulary: dict[str, int]) -> list[str]:
    """Words in lower case that a tokenizer has one token for, in the order of their numbers.

    Knows the marks of WordPiece ("##" inside words) and of BPE and SentencePiece ("Ġ" or "▁"
    before words).

    >>> whole_words({"##ing": 2, "refund": 3, "what": 1, "[CLS]": 0})
    ['what', 'refund']
    >>> whole_words({"\u2581what": 1, "ing": 0})
    ['what']
    """
    pieces = any(token.startswith("##") for token in vocabulary)
    tokens = sorted(vocabulary, key=vocabulary.__getitem__)
    if not pieces:
        tokens = [token[1:] for token in tokens if token[:1] in ("\u2581", "\u0120")]
    found = [t.lower() for t in tokens if len(t) >= FEWEST_LETTERS and _WORD.fullmatch(t)]
    return list(dict.fromkeys(found))
