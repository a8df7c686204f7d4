"""In which language texts are written. The only file that imports py3langid.

Chosen among the detectors that work offline by 60 short questions in each of German, English,
Spanish and French, and 4,199 English texts of six test sets: py3langid (5 MB, NumPy only) named
all 240 questions rightly and none of the English texts wrongly with certainty; lingua (96 to
170 MB) 237, and one text wrongly; langid 235, and three texts wrongly.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from qa.languages import DEFAULT

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

CANDIDATES = (
    "ar cs da de el en es fa fi fr he hi hu it ja ko nl no pl pt ro ru sv ta tr uk zh".split()
)
"""ISO 639-1 codes of the languages that are told apart."""

CERTAIN = 0.9
"""From this probability on, a language is believed."""

FEWEST_LETTERS = 40
"""Shorter texts are often names, which are alike in many languages."""

LOOKED_AT = 1000
"""Characters of a document that are looked at, beginning with the first."""

SAMPLE = 20_000
"""Characters that are kept of documents whose language is not certain."""


def detect(text: str) -> str | None:
    """The language of a text, ISO 639-1; None where it is not certain.

    >>> detect("Der Mieter zahlt die Kaution vor dem Einzug auf das Konto.")
    'de'
    >>> detect("KPO 2024") is None
    True
    """
    if sum(character.isalpha() for character in text) < FEWEST_LETTERS:
        return None
    code, probability = _identifier().classify(text)
    return str(code) if probability >= CERTAIN else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(CANDIDATES)
    return identifier


class LanguageCount:
    """Counts the languages of documents that come one after the other.

    `given` is the language of all texts, or "" to detect it. Documents whose language is not
    certain count to the main language; what they say together decides where none is certain.
    """

    def __init__(self, given: str = "") -> None:
        self._given = given
        self._documents: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._uncertain, self._uncertain_characters = 0, 0
        self._sample = ""
        self._of_sample: str | None = None

    def add(self, text: str) -> str:
        """Count a document; gives its language, or else the main one of those so far."""
        code = self._given or detect(text[:LOOKED_AT])
        if code:
            self._documents[code] += 1
            self._characters[code] += len(text)
            return code
        self._uncertain += 1
        self._uncertain_characters += len(text)
        if len(self._sample) < SAMPLE:
            self._sample += text[:LOOKED_AT] + "\n"
            self._of_sample = detect(self._sample)
        return self.main

    @property
    def main(self) -> str:
        """The language of most of the text; DEFAULT where nothing tells."""
        if self._given:
            return self._given
        characters = self._characters.copy()
        if self._of_sample:
            characters[self._of_sample] += self._uncertain_characters
        return max(sorted(characters), key=characters.__getitem__, default=DEFAULT)

    def documents(self) -> dict[str, int]:
        """How many documents are in each language, the most frequent first."""
        counts = self._documents.copy()
        if self._uncertain:
            counts[self.main] += self._uncertain
        return dict(counts.most_common())
