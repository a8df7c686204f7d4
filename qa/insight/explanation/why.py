"""Why this passage? What each signal gives to a hit's score, and which words matched."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from qa.datatypes import Signals
from qa.insight.explanation.quotes import surface
from qa.insight.explanation.standing import REST

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.datatypes import Answer, Hit

NAMES: dict[str, tuple[str, str]] = {
    "dense": ("Meaning of the passage", "cosine of question and passage"),
    "max_sentence": ("Meaning of its best sentence", "cosine of question and sentence"),
    "bm25": ("Keywords", "BM25 as a share of the most it could be"),
    "heading": ("Title and headings", "cosine of question and headings"),
    "idf_coverage": ("Words of the question", "share of them in the passage, by rarity"),
    "sentence_coverage": ("Words in one sentence", "the largest share in one sentence, by rarity"),
    REST: ("Form of the answer", "every word in one sentence, or the form asked for"),
}
"""Each signal in plain words, and by its standard term; see `qa.datatypes.Signals`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One signal of a hit, higher = better, and what one unit of it is worth.

    >>> Part("bm25", 0.5, weight=0.4).given
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
    keywords = retriever.index.keywords
    terms = list(retriever.query(answer.corrected_question).terms)
    written = surface(answer.corrected_question, terms, keywords.terms)
    stands = [
        retriever.catalog.row(hit.passage.document_id, hit.passage.start, hit.passage.end)
        for hit in answer.hits
    ]
    rows = np.array(stands, np.int64)
    known = [keywords.holds(term) for term in terms]
    return tuple(
        Why(
            hit.score,
            _parts(retriever, hit),
            tuple(
                Word(written[term], *each) for term, *each in zip(terms, held, known, strict=True)
            ),
        )
        for hit, held in zip(answer.hits, keywords.held(terms, rows), strict=True)
    )


def _parts(retriever: Retriever, hit: Hit) -> tuple[Part, ...]:
    """The signals, and what they leave of the score: see `qa.insight.explanation.standing.REST`."""
    weights = retriever.weights
    parts = [
        Part(each.name, getattr(hit.signals, each.name), float(getattr(weights, each.name, 0.0)))
        for each in fields(Signals)
    ]
    rest = round(hit.score - sum(part.given for part in parts), 5) + 0.0
    return (*parts, Part(REST, rest, 1.0))


HELD, LACKED, UNKNOWN = "In this passage", "Not in this passage", "In no passage at all"


def sorted_words(reason: Why) -> dict[str, list[str]]:
    """The question's words by where they are: HELD, LACKED (others hold them) or UNKNOWN.

    >>> sorted_words(Why(1.0, (), (Word("tea", True), Word("quux", False, known=False))))
    {'In this passage': ['tea'], 'Not in this passage': [], 'In no passage at all': ['quux']}
    """
    return {
        HELD: [word.text for word in reason.words if word.held],
        LACKED: [word.text for word in reason.words if word.known and not word.held],
        UNKNOWN: [word.text for word in reason.words if not word.known],
    }
