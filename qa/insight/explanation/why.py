"""Why this passage? What each signal gives to a hit's score, and which words matched."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from qa.datatypes import Signals
from qa.insight.explanation.ranks import REMAINDER
from qa.insight.explanation.text_match import as_written

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.datatypes import Answer, Hit


@dataclass(frozen=True, slots=True)
class Contribution:
    """One signal of a hit, higher = better, and what one unit of it is worth.

    >>> Contribution("bm25", 0.5, weight=0.4).amount
    0.2
    """

    signal: str
    value: float
    weight: float

    @property
    def amount(self) -> float:
        """What it gives to the score."""
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of the question as it was written: whether the passage with its headings holds it
    in any of its forms, and whether any passage of the index does."""

    text: str
    held: bool
    known: bool = True


@dataclass(frozen=True, slots=True)
class HitExplanation:
    """What speaks for one hit. The `contributions` add up to `score`, to four decimals."""

    score: float
    contributions: tuple[Contribution, ...]
    words: tuple[QuestionWord, ...]


def why(retriever: Retriever, answer: Answer) -> tuple[HitExplanation, ...]:
    """One `HitExplanation` for each hit of `answer`, in order.

    None at all where another generation of the index has taken over since.
    """
    if answer.generation != retriever.generation or not answer.hits:
        return ()
    keywords = retriever.index.keywords
    terms = list(retriever.query(answer.corrected_question).terms)
    written = as_written(answer.corrected_question, terms, keywords.terms)
    stands = [
        retriever.catalog.row(hit.passage.document_id, hit.passage.start, hit.passage.end)
        for hit in answer.hits
    ]
    rows = np.array(stands, np.int64)
    known = [keywords.holds(term) for term in terms]
    return tuple(
        HitExplanation(
            hit.score,
            _contributions(retriever, hit),
            tuple(
                QuestionWord(written[term], *each)
                for term, *each in zip(terms, held, known, strict=True)
            ),
        )
        for hit, held in zip(answer.hits, keywords.held(terms, rows), strict=True)
    )


def _contributions(retriever: Retriever, hit: Hit) -> tuple[Contribution, ...]:
    """The signals, and what they leave of the score, see `ranks.REMAINDER`."""
    weights = retriever.weights
    parts = [
        Contribution(
            each.name, getattr(hit.signals, each.name), float(getattr(weights, each.name, 0.0))
        )
        for each in fields(Signals)
    ]
    rest = round(hit.score - sum(part.amount for part in parts), 5) + 0.0
    return (*parts, Contribution(REMAINDER, rest, 1.0))
