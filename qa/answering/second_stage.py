"""The best candidates, word by word: which sentence to mark, and what it adds to the score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.answering.answer_sentence import best_sentence, overlap
from qa.answering.fusion import SignalArrays, Weights, best_first, sentence_gain
from qa.datatypes import Document, Passage, Sentence, Signals

if TYPE_CHECKING:
    from qa.datatypes import Rows, Scores
    from qa.encoders.reranker import Reranker
    from qa.index.catalog import Catalog
    from qa.index.keywords import KeywordIndex

PASSAGES_IN_MEMORY = 4096
REFINED = 20
"""Candidates whose sentences are looked into, word by word."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidates of one question, best first: all arrays have shape (n,), higher = better.

    `asked`: the part of the question that asks, see `qa.answering.question`.
    """

    question: str
    asked: str
    terms: dict[str, float]
    rows: Rows
    fused: Scores
    signals: SignalArrays
    sentences: list[Scores]


@dataclass(frozen=True, slots=True)
class Refined:
    """A candidate after its sentences were looked into."""

    passage: Passage
    sentence: Sentence
    score: float
    signals: Signals
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Studied:
    """What of a passage does not depend on the question; kept for the next one."""

    passage: Passage
    terms: tuple[frozenset[str], ...]
    words: frozenset[str]


class Refiner:
    """Looks into the sentences of candidates. Thread-safe."""

    def __init__(
        self,
        catalog: Catalog,
        keywords: KeywordIndex,
        weights: Weights,
        document: Callable[[str], Document],
        reranker: Reranker | None = None,
    ) -> None:
        self._catalog = catalog
        self._keywords = keywords
        self._weights = weights
        self._document = document
        self._reranker = reranker
        self._studied = lru_cache(PASSAGES_IN_MEMORY)(self._study)

    def refine(self, scored: Scored, depth: int) -> list[Refined]:
        """Look into the sentences of the first candidates, until `depth` different texts are
        found; best first again."""
        found: list[Refined] = []
        different: set[str] = set()
        for position, row in enumerate(scored.rows):
            if len(different) >= depth:
                break
            studied = self._studied(int(row))
            passage = studied.passage
            different.add(passage.text)
            texts = [sentence.text for sentence in passage.sentences]
            overlaps = [overlap(scored.terms, terms) for terms in studied.terms]
            marked = best_sentence(scored.asked, scored.sentences[position], overlaps, texts)
            gain = marked.gain + sentence_gain(max(overlaps), len(scored.terms), self._weights)
            signals = Signals(
                dense=float(scored.signals.dense[position]),
                max_sentence=float(scored.signals.max_sentence[position]),
                bm25=float(scored.signals.bm25[position]),
                heading=float(scored.signals.heading[position]),
                idf_coverage=float(scored.signals.idf_coverage[position]),
                sentence_coverage=max(overlaps),
            )
            score = float(scored.fused[position]) + gain
            sentence = passage.sentences[marked.position]
            found.append(Refined(passage, sentence, score, signals, studied.words))
        found.sort(key=lambda each: -each.score)
        return self._reranked(scored.question, found)

    def _reranked(self, question: str, found: list[Refined]) -> list[Refined]:
        """The best few in the order of the cross-encoder; scores stay, so confidence does too."""
        if self._reranker is None or not found:
            return found
        best = found[:REFINED]
        titles = [self._document(each.passage.document_id).title for each in best]
        texts = [
            f"{title}. {each.passage.text}" if title else each.passage.text
            for title, each in zip(titles, best, strict=True)
        ]
        order = best_first(self._reranker.scores(question, texts))
        return [*(best[position] for position in order), *found[REFINED:]]

    def _study(self, row: int) -> Studied:
        (passage,) = self._catalog.passages([row])
        return Studied(
            passage,
            tuple(frozenset(self._keywords.terms(each.text)) for each in passage.sentences),
            frozenset(passage.text.casefold().split()),
        )
