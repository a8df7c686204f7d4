"""Typing slips in a question: words that neither the texts nor the model know.

A slip is one letter too many, too few, wrong, or swapped with its neighbour (Damerau 1964); in
long words two of them. Only words that the corpus does not hold and the embedding model has no
token for are looked at, so a question in good English about something else stays as it is. They
are corrected to words of the texts, and to words of the model where these are of the question's
language; in a language without rules for spelling nothing is corrected. The only file that
imports rapidfuzz.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache

from qa.encoders.vocabulary import FEWEST_LETTERS
from qa.languages.language import Language, Spelling

FEWEST_IN_NAMES, FEWEST_FOR_TWO, FEWEST_FOR_EXCHANGE = 6, 9, 7
"""Letters of a word: for names to be corrected, for two slips, for one letter exchanged."""

_ALONE = re.compile(
    r"(?<![\w@./\\:#+=~$%-])[^\W\d_]+(?![\w@/\\=]|[.:]\w|[-#+](?:\w*\d|\W|$)|-\w{1,3}\b)"
)
"""Words that are no part of a code, an option, an address or a path."""


@cache
def _neighbours(rows: tuple[str, ...]) -> dict[str, str]:
    """Keys beside each key, as far as letters go; `rows` are those of a keyboard.

    >>> _neighbours(("qwe", "asd"))["a"]
    'qws'
    """
    return {
        key: "".join(
            other
            for line in rows[max(0, row - 1) : row + 2]
            for other in line[max(0, at - 1) : at + 2]
            if other != key
        )
        for row, keys in enumerate(rows)
        for at, key in enumerate(keys)
    }


def is_slip(word: str, meant: str, rules: Spelling) -> bool:
    """Whether `word`, near to `meant`, looks like a slip of it rather than a word of its own.

    Slips seldom touch the first letter (Yannakoudakis & Fawthrop 1983). Words that differ only in
    a letter that ends words are taken for two words, and so are short ones with one letter
    exchanged for another, unless the keys are neighbours.

    >>> rules = Spelling(("qwertyuiop", "asdfghjkl", "zxcvbnm"), frozenset("sdryegn"))
    >>> [is_slip(word, "refund", rules) for word in ("refnud", "rwfund", "refunds")]
    [True, True, False]
    >>> is_slip("aspirin", "aspiring", rules), is_slip("crib", "crab", rules)
    (False, False)
    """
    longer = max(len(word), len(meant))
    if abs(len(word) - len(meant)) > 1:
        return False
    pairs = enumerate(zip(word, meant, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), min(len(word), len(meant)))
    if same == 0 and sorted(word[:2]) != sorted(meant[:2]):
        return False
    if same == longer - 1 and max(word, meant, key=len)[-1] in rules.word_endings:
        return False
    if len(word) != len(meant) or len(word) >= FEWEST_FOR_EXCHANGE:
        return True
    if sorted(word) == sorted(meant):
        return True
    return meant[same] in _neighbours(rules.keyboard_rows).get(word[same], "")


class Speller:
    """Corrects typing slips by the words of a corpus and of the model. Thread-safe.

    `known` says whether a word needs no correction. `words` and `vocabulary` give the words of
    the texts and of the model; they are called at the first word that is not known.
    """

    def __init__(
        self,
        known: Callable[[str], bool],
        words: Callable[[], Mapping[str, int]],
        vocabulary: Callable[[], Collection[str]],
    ) -> None:
        self._known = known
        self._words = cache(words)
        self._vocabulary = cache(lambda: frozenset(vocabulary()))
        self._all_words = cache(lambda: list(dict.fromkeys([*self._words(), *vocabulary()])))

    def is_model_word(self, word: str) -> bool:
        """Whether the model has a token of its own for a word in lower case."""
        return word in self._vocabulary()

    def correct(self, question: str, language: Language) -> str:
        """`question` with its slips corrected; a capital letter at a word's start stays.

        >>> from qa.languages import language_of
        >>> speller = Speller(lambda word: False, lambda: {"refund": 3}, lambda: ["what"])
        >>> speller.correct("Waht is a refnud?", language_of("en"))
        'What is a refund?'
        """
        rules = language.spelling
        if rules is None:
            return question
        first = _ALONE.search(question)
        shouted = question.isupper()
        function_words = language.function_words

        def corrected(match: re.Match[str]) -> str:
            word = match[0]
            name = word[0].isupper() and match.start() != (first.start() if first else 0)
            if len(word) < FEWEST_LETTERS or (word.isupper() and not shouted):
                return word
            if name and not shouted and len(word) < FEWEST_IN_NAMES:
                return word
            if word.lower() in function_words or self._known(word):
                return word
            better = self._nearest(word.lower(), rules, name=name and not shouted)
            if better == word.lower():
                return word
            return better.capitalize() if word[0].isupper() else better

        return _ALONE.sub(corrected, question)

    def _nearest(self, word: str, rules: Spelling, *, name: bool) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        words = self._words()
        if word in self._vocabulary() or word in words:
            return word
        several = rules.model_words and not name and len(word) >= FEWEST_FOR_TWO
        most = 2 if several else 1
        near = [
            (distance, candidate not in words, -words.get(candidate, 0), place, candidate)
            for candidate, distance, place in process.extract(
                word,
                self._all_words() if rules.model_words and not name else list(words),
                scorer=OSA.distance,
                score_cutoff=most,
                limit=None,
            )
            if is_slip(word, candidate, rules)
        ]
        return min(near)[-1] if near else word
