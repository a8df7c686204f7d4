"""Typing slips in a question: words that neither the texts nor the model know.

A slip is one letter too many, too few, wrong, or swapped with its neighbour (Damerau 1964); in
long words two of them. Only words that the corpus does not hold and the embedding model has no
token for are looked at, so a question in good English about something else stays as it is. The
only file that imports rapidfuzz.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from qa.encoders.vocabulary import FEWEST_LETTERS

FEWEST_IN_NAMES, FEWEST_FOR_TWO = 6, 9

FEWEST_FOR_EXCHANGE = 7
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    key: "".join(
        other
        for line in _KEYS[max(0, row - 1) : row + 2]
        for other in line[max(0, at - 1) : at + 2]
        if other != key
    )
    for row, keys in enumerate(_KEYS)
    for at, key in enumerate(keys)
}
"""Keys beside a key on most keyboards, as far as letters go."""

_ENDINGS = frozenset("sdryegn")

_ALONE = re.compile(r"(?<![\w@./\\-])[^\W\d_]+(?![\w@/\\]|\.\w)")
"""Words that are no part of a code, an address or a path."""


def is_slip(word: str, meant: str) -> bool:
    """Whether `word`, near to `meant`, looks like a slip of it rather than a word of its own.

    Slips seldom touch the first letter (Yannakoudakis & Fawthrop 1983). Words that differ only in
    a letter that ends English words are taken for two words, and so are short ones with one
    letter exchanged for another, unless the keys are neighbours.

    >>> is_slip("refnud", "refund"), is_slip("aspirin", "aspiring"), is_slip("crib", "crab")
    (True, False, False)
    >>> is_slip("charecter", "character"), is_slip("rwfund", "refund")
    (True, True)
    """
    longer = max(len(word), len(meant))
    if abs(len(word) - len(meant)) > 1:
        return False
    pairs = enumerate(zip(word, meant, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), min(len(word), len(meant)))
    if same == 0 and sorted(word[:2]) != sorted(meant[:2]):
        return False
    if same == longer - 1 and max(word, meant, key=len)[-1] in _ENDINGS:
        return False
    if len(word) != len(meant) or len(word) >= FEWEST_FOR_EXCHANGE:
        return True
    if sorted(word) == sorted(meant):
        return True
    return meant[same] in _NEIGHBOURS.get(word[same], "")


class Speller:
    """Mends typing slips by the words of a corpus and of the model. Thread-safe.

    `known` tells whether a word needs no mending. `words` and `vocabulary` are called at the
    first word that is not known.
    """

    def __init__(
        self,
        known: Callable[[str], bool],
        words: Callable[[], dict[str, int]],
        vocabulary: Callable[[], Collection[str]],
    ) -> None:
        self._known = known
        self._words = words
        self._vocabulary = vocabulary
        self._lists: tuple[dict[str, int], frozenset[str], list[str]] | None = None

    def mend(self, question: str) -> str:
        """`question` with its slips mended; a capital letter at a word's start stays.

        >>> speller = Speller(lambda word: False, lambda: {"refund": 3}, lambda: ["what"])
        >>> speller.mend("Waht is a refnud?")
        'What is a refund?'
        """
        first = _ALONE.search(question)
        shouted = question.isupper()

        def mended(match: re.Match[str]) -> str:
            word = match[0]
            name = word[0].isupper() and match.start() != (first.start() if first else 0)
            if len(word) < FEWEST_LETTERS or (word.isupper() and not shouted):
                return word
            if name and not shouted and len(word) < FEWEST_IN_NAMES:
                return word
            if self._known(word):
                return word
            better = self._nearest(word.lower(), name=name and not shouted)
            return better.capitalize() if word[0].isupper() else better

        return _ALONE.sub(mended, question)

    def _nearest(self, word: str, *, name: bool) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        words, vocabulary, everything = self._load()
        if word in vocabulary or word in words:
            return word
        most = 2 if len(word) >= FEWEST_FOR_TWO and not name else 1
        found = [
            (distance, candidate not in words, -words.get(candidate, 0), place, candidate)
            for candidate, distance, place in process.extract(
                word,
                list(words) if name else everything,
                scorer=OSA.distance,
                score_cutoff=most,
                limit=None,
            )
            if is_slip(word, candidate)
        ]
        return min(found)[-1] if found else word

    def _load(self) -> tuple[dict[str, int], frozenset[str], list[str]]:
        if self._lists is None:
            words, vocabulary = self._words(), list(self._vocabulary())
            rest = [word for word in vocabulary if word not in words]
            self._lists = words, frozenset(vocabulary), [*words, *rest]
        return self._lists
