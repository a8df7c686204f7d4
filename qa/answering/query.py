"""A question as it is searched for: corrected, with the part that asks, its vector and terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.answering.literals import LiteralWord, literal_words, names
from qa.answering.question import ASIDE_WEIGHT, asked_part, question_language
from qa.index.keywords import MAX_QUERY_TERMS
from qa.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qa.answering.open_index import OpenIndex
    from qa.datatypes import Scores
    from qa.languages.language import Language


RARE_PASSAGES = 3
"""A name is rare that so few passages hold; benchmarks/quality/README.md, "Literal words"."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched for.

    `text` is the question with its typing slips corrected, `asked` the part of it that asks.
    `vector` is float32 (dim,), of unit length. `terms` are the search terms with what each
    counts: 1.0, or ASIDE_WEIGHT for a term that is only said beside what is asked. `literals` are
    the words that mean themselves, `rare` the terms of names that the model does not know and few
    passages hold, `unheld` the names that none holds.
    """

    text: str
    asked: str
    language: Language
    vector: Scores
    terms: Mapping[str, float]
    literals: tuple[LiteralWord, ...]
    rare: frozenset[str]
    unheld: tuple[str, ...]

    @property
    def firm(self) -> list[LiteralWord]:
        """Those of the literal words that their shape alone tells."""
        return [word for word in self.literals if word.firm]

    def fits(self, texts: Sequence[str]) -> list[int]:
        """How each of some texts fits the literal words, beside the others: 2, it holds all firm
        ones, and there are some; 0, it speaks of another one in place of one that a text beside it
        holds; or else 1."""
        fits = [1] * len(texts)
        holds_firm = [bool(self.firm)] * len(texts)
        for word in self.literals:
            held = [word.held_by(text) for text in texts]
            for place, text in enumerate(texts):
                if any(held) and not held[place] and word.rival and word.rivalled_by(text):
                    fits[place] = 0
                holds_firm[place] &= held[place] or not word.firm
        return [2 if holds else fit for holds, fit in zip(holds_firm, fits, strict=True)]


def read_query(text: str, index: OpenIndex, is_word: Callable[[str], bool]) -> Query:
    """What to search for, given a corrected question. `is_word` tells the words of the model."""
    language = question_language(text, language_of(index.language))
    asked = _asked(text, language, index)
    unknown = names(asked, language, is_word)
    literals = tuple(literal_words(asked, language, is_word))
    rare = _rare(unknown, index, beside=any(word.firm for word in literals))
    return Query(
        text,
        asked,
        language,
        _vector(text, asked, index),
        _terms(text, asked, index),
        literals,
        rare,
        _unheld(unknown, asked, index),
    )


def _rare(unknown: list[str], index: OpenIndex, beside: bool) -> frozenset[str]:
    """The terms of those words that few passages hold. Unless they stand `beside` a firm literal
    word, they are nothing to go by if one of them is common, and with one that no text holds."""
    holding = {t: index.keywords.holding(t) for t in index.keywords.terms(" ".join(unknown))}
    if beside:
        return frozenset(term for term, count in holding.items() if 0 < count <= RARE_PASSAGES)
    return frozenset(holding) if all(n <= RARE_PASSAGES for n in holding.values()) else frozenset()


def _unheld(unknown: list[str], asked: str, index: OpenIndex) -> tuple[str, ...]:
    """Those words that no text holds and that are written as names: with a capital letter, and
    not as the first word of the question."""
    if asked.isupper():
        return ()
    return tuple(
        word
        for word in unknown
        if word[0].isupper() and not asked.startswith(word) and not index.keywords.knows(word)
    )


def _asked(text: str, language: Language, index: OpenIndex) -> str:
    """The part of a message that asks, if it says what it asks about; else the whole."""
    part = asked_part(text, language)
    if part is None or index.keywords.only_asks(index.keywords.query_terms(part)):
        return text
    return part


def _vector(text: str, asked: str, index: OpenIndex) -> Scores:
    """The vector of a question; that of a message and of what it asks, in equal parts."""
    texts = [text] if asked == text else [text, asked]
    total = index.encoder.encode_query(texts).sum(axis=0)
    vector: Scores = total / np.linalg.norm(total)
    return vector


def _terms(text: str, asked: str, index: OpenIndex) -> dict[str, float]:
    """The terms to search for. Words beside what is asked count if they tell passages apart:
    if some passage holds them, and they are no words of courtesy."""
    terms = index.keywords.query_terms(text)
    if asked == text:
        return terms
    central = index.keywords.query_terms(asked)
    aside = [
        term
        for term in terms
        if term not in central
        and not index.keywords.is_courtesy(term)
        and index.keywords.holds(term)
    ]
    weighted = {**central, **dict.fromkeys(aside, ASIDE_WEIGHT)}
    return dict(list(weighted.items())[:MAX_QUERY_TERMS])
