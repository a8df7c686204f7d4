"""Why this passage? What each signal gives to a hit's score, and which words matched."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from qa.datatypes import Signals
from qa.explanation.quotes import surface
from qa.explanation.standing import REST

if TYPE_CHECKING:
    from qa.datatypes import Answer, Hit
    from qa.retriever import Retriever

SHOWN = 0.0005
"""A part of the score that is nearer to 0 shows as nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """One signal of a hit, higher = better, and what one unit of it is worth.

    >>> Part("keywords", 0.5, weight=0.4).given
    0.2
    """

    name: str
    value: float
    weight: float

    @property
    def given(self) -> float:
        """What it gives to the score."""
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question as it was written: whether the passage with its headings holds it
    in any of its forms, and whether any passage of the index does."""

    text: str
    held: bool
    known: bool = True


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for one hit. What the `parts` give adds up to `score`, to four decimals."""

    score: float
    parts: tuple[Part, ...]
    words: tuple[Word, ...]


def why(retriever: Retriever, answer: Answer) -> tuple[Why, ...]:
    """One `Why` for each hit of `answer`, in order.

    None at all where another generation of the index has taken over since.
    """
    if answer.generation != retriever.generation or not answer.hits:
        return ()
    keywords = retriever.parts.keywords
    terms = keywords.query_terms(answer.searched)
    written = surface(answer.searched, terms, keywords.terms)
    places = [
        retriever.catalog.row(hit.passage.document_id, hit.passage.start, hit.passage.end)
        for hit in answer.hits
    ]
    rows = np.array(places, np.int64)
    held = {term: keywords.coverage([term], rows) > 0 for term in terms}
    known = {term: len(keywords.search([term], 1)[0]) > 0 for term in terms}
    return tuple(
        Why(
            hit.score,
            _parts(retriever, hit),
            tuple(Word(written[term], bool(held[term][n]), known[term]) for term in terms),
        )
        for n, hit in enumerate(answer.hits)
    )


def _parts(retriever: Retriever, hit: Hit) -> tuple[Part, ...]:
    """The signals, and what they leave of the score: see `qa.explanation.standing.REST`."""
    weights = retriever.parts.weights
    parts = [
        Part(each.name, getattr(hit.signals, each.name), float(getattr(weights, each.name, 0.0)))
        for each in fields(Signals)
    ]
    rest = hit.score - sum(part.given for part in parts)
    return (*parts, Part(REST, rest if abs(rest) >= SHOWN else 0.0, 1.0))
