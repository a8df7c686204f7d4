"""Text → search terms: what the keyword index holds, and what a question looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import tantivy

from qa.index.compounds import compounds, joined, plain
from qa.languages import language_of

TermPatterns = Sequence[tuple[re.Pattern[str], str]]

STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish",
    "fr": "french", "de": "german", "el": "greek", "hu": "hungarian", "it": "italian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""Languages that have a stemmer; others are searched without stems and stop words."""

_WITHOUT_STOP_WORDS = {"arabic", "greek", "romanian", "tamil", "turkish"}
_CJK = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")


def normalise(text: str, patterns: TermPatterns) -> str:
    """Text as the analyzer should see it: words in one form, CJK characters as words.

    `patterns` are those of `Language.term_patterns`.

    >>> from qa.languages import language_of
    >>> normalise("the KPOs' and KPO's staff, like toBPOs", language_of("en").term_patterns)
    "the KPO' and KPO staff, like to BPO"
    """
    text = plain(text)
    for pattern, replacement in patterns:
        text = pattern.sub(replacement, text)
    return text if text.isascii() else _CJK.sub(r" \1 ", text)


LONGEST_TERM_BYTES = 256
"""Longer runs of letters and digits are no words that anyone asks for."""


class Analyzer:
    """Text → search terms: lower case, no accents, no stop words, stemmed; compounds are joined
    beside their parts. Thread-safe."""

    def __init__(self, language: str = "en") -> None:
        self.language = language_of(language)
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        steps = [tantivy.Filter.remove_long(LONGEST_TERM_BYTES), tantivy.Filter.lowercase()]
        name = STEMMERS.get(language)
        if name and name not in _WITHOUT_STOP_WORDS:
            steps.append(tantivy.Filter.stopword(name))
        if name:
            steps.append(tantivy.Filter.stemmer(name))
        for step in [*steps, tantivy.Filter.ascii_fold()]:
            builder = builder.filter(step)
        self.tantivy = builder.build()

    def terms(self, text: str) -> list[str]:
        """Terms of `text` in order, repeated ones repeated; then those of compounds, joined."""
        return list(self.tantivy.analyze(self.normalise(text)))

    def parts(self, text: str) -> list[str]:
        """The terms of `text` without those of compounds, joined."""
        return list(self.tantivy.analyze(normalise(text, self.language.term_patterns)))

    def compounds(self, text: str) -> list[tuple[str, list[str]]]:
        """The compounds in `text`: the term of each, joined, and the terms of its parts."""
        found = []
        for word in self._compounds(text):
            for term in self.tantivy.analyze(joined(word)):
                found.append((term, self.parts(word)))
        return found

    def terms_of(self, words: Iterable[str]) -> frozenset[str]:
        """The terms that some words become."""
        return frozenset(self.terms(" ".join(words)))

    def normalise(self, text: str) -> str:
        """See the function of this name; the compounds, joined, follow the text."""
        whole = " ".join(joined(word) for word in self._compounds(text))
        return f"{normalise(text, self.language.term_patterns)} {whole}"

    def _compounds(self, text: str) -> Iterator[str]:
        return compounds(plain(text), self.language.function_words)
