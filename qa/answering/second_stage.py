"""Candidates → ranked passages: the best ones are looked into, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.answering.answer_sentence import (
    BestSentence,
    adds_nothing,
    best_sentence,
    opens_referring_back,
    term_share,
)
from qa.answering.fusion import SignalArrays, Weights, best_first, sentence_gain
from qa.chunking.sentences import record_lines
from qa.datatypes import Document, Passage, Sentence, Signals

if TYPE_CHECKING:
    from qa.answering.open_index import OpenIndex
    from qa.answering.query import Query
    from qa.datatypes import Rows, Scores
    from qa.encoders.reranker import Reranker

PASSAGES_IN_MEMORY = 4096
TITLE_WORDS = 0.2
"""What a word of the question counts in the choice of a sentence if the document's title has it.
benchmarks/quality/README.md, "The marked sentence", has the figures."""
LOOKED_INTO = 20
"""Candidates whose sentences are looked into, word by word."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What both searches found for one query, best first; higher scores are better.

    `rows`, `scores` and the arrays of `signals` have shape (n,); the n-th of `sentences` holds
    the cosines of that passage's sentences. `term_weights` are the IDF weights of the terms.
    """

    query: Query
    term_weights: Mapping[str, float]
    rows: Rows
    scores: Scores
    signals: SignalArrays
    sentences: list[Scores]


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A candidate whose sentences were looked into: its final score and best sentence.

    `marked` says how that sentence was chosen. `words` are all words of the passage, for finding
    near-identical ones. `position` is its place among the candidates. `holds_literals`: the
    marked sentence holds all literal words of the question, and there are some.
    """

    passage: Passage
    sentence: Sentence
    score: float
    signals: Signals
    marked: BestSentence
    words: frozenset[str]
    position: int
    holds_literals: bool


@dataclass(frozen=True, slots=True)
class _PassageWords:
    """What of a passage does not depend on the question; kept for the next one."""

    passage: Passage
    title_terms: frozenset[str]
    sentence_terms: tuple[frozenset[str], ...]
    words: frozenset[str]


class PassageRanker:
    """Looks into the sentences of candidates. Thread-safe."""

    def __init__(
        self,
        index: OpenIndex,
        weights: Weights,
        document: Callable[[str], Document],
        reranker: Reranker | None = None,
        on_read: Callable[[Passage], object] = lambda _: None,
    ) -> None:
        """`on_read` is given each passage that is read from the catalog, and may refuse it."""
        self._index = index
        self._weights = weights
        self._document = document
        self._reranker = reranker
        self._on_read = on_read
        self._passage_words = lru_cache(PASSAGES_IN_MEMORY)(self._read)

    def rank(self, candidates: Candidates, depth: int) -> list[RankedPassage]:
        """Look into the sentences of the first candidates, until `depth` different texts are
        found; best first again."""
        ranked: list[RankedPassage] = []
        different: set[str] = set()
        for position, row in enumerate(candidates.rows):
            if len(different) >= depth:
                break
            words = self._passage_words(int(row))
            different.add(words.passage.text)
            ranked.append(self._look_into(candidates, position, words))
        ranked.sort(key=lambda passage: (not passage.holds_literals, -passage.score))
        return self._reranked(candidates.query.text, ranked)

    def _look_into(
        self, candidates: Candidates, position: int, words: _PassageWords
    ) -> RankedPassage:
        """Choose the sentence that answers, and add to the score what it gains by its words."""
        query, signals = candidates.query, candidates.signals
        texts = [sentence.text for sentence in words.passage.sentences]
        overlap = max(term_share(candidates.term_weights, terms) for terms in words.sentence_terms)
        holds = self._index.keywords.holds
        own = _own_weights(candidates.term_weights, words.title_terms, holds)
        asked = candidates.term_weights.keys() | words.title_terms
        fits = query.fits(texts)
        best = best_sentence(
            query.asked,
            candidates.sentences[position],
            [term_share(own, terms) for terms in words.sentence_terms],
            texts,
            query.language,
            fits,
            [adds_nothing(text, asked, self._index.keywords.terms) for text in texts],
        )
        gain = best.gain + sentence_gain(overlap, len(candidates.term_weights), self._weights)
        return RankedPassage(
            words.passage,
            self._marked(words, best.position, candidates),
            float(candidates.scores[position]) + gain,
            Signals(
                dense=float(signals.dense[position]),
                max_sentence=float(signals.max_sentence[position]),
                bm25=float(signals.bm25[position]),
                heading=float(signals.heading[position]),
                idf_coverage=float(signals.idf_coverage[position]),
                sentence_coverage=overlap,
            ),
            best,
            words.words,
            position,
            fits[best.position] > 1,
        )

    def _marked(self, words: _PassageWords, best: int, candidates: Candidates) -> Sentence:
        """What is marked: the best sentence, of a record the line that is asked for, and with a
        sentence that opens with "It …" the one before it, if that names more of what is asked."""
        passage, asked = words.passage, candidates.term_weights.keys()
        sentence, held = passage.sentences[best], words.sentence_terms[best] & asked
        if best and not (words.sentence_terms[best - 1] & asked) <= held:
            before = passage.sentences[best - 1]
            if opens_referring_back(sentence.text, candidates.query.language):
                text = passage.text[before.start - passage.start : sentence.end - passage.start]
                return Sentence(before.start, sentence.end, text)
        return self._line_asked_for(sentence, held)

    def _line_asked_for(self, sentence: Sentence, held: frozenset[str]) -> Sentence:
        """Of a record the one line whose label is asked for, if it holds all of the question's
        words which the record `held`; or else the whole."""
        for (start, end), label in record_lines(sentence.text):
            line, named = sentence.text[start:end], sentence.text[slice(*label)]
            is_asked = not held.isdisjoint(self._index.keywords.terms(named))
            if is_asked and held.issubset(self._index.keywords.terms(line)):
                return Sentence(sentence.start + start, sentence.start + end, line)
        return sentence

    def _reranked(self, question: str, ranked: list[RankedPassage]) -> list[RankedPassage]:
        """The best few in the order of the cross-encoder; scores stay, so confidence does too."""
        if self._reranker is None or not ranked:
            return ranked
        best = ranked[:LOOKED_INTO]
        titles = [self._document(each.passage.document_id).title for each in best]
        texts = [
            f"{title}. {each.passage.text}" if title else each.passage.text
            for title, each in zip(titles, best, strict=True)
        ]
        order = best_first(self._reranker.scores(question, texts))
        return [*(best[position] for position in order), *ranked[LOOKED_INTO:]]

    def _read(self, row: int) -> _PassageWords:
        (passage,) = self._index.catalog.passages([row])
        self._on_read(passage)
        title = self._index.catalog.title(passage.document_id)
        return _PassageWords(
            passage,
            frozenset(self._index.keywords.terms(title)),
            tuple(
                frozenset(self._index.keywords.terms(sentence.text))
                for sentence in passage.sentences
            ),
            frozenset(passage.text.casefold().split()),
        )


def _own_weights(
    term_weights: Mapping[str, float],
    title_terms: frozenset[str],
    holds: Callable[[str], bool],
) -> Mapping[str, float]:
    """What the question's terms count in the choice among the sentences of a passage: those of
    the title hardly tell them apart, for all speak of what it names. Where no text `holds`
    another one, they have to."""
    if not any(term not in title_terms and holds(term) for term in term_weights):
        return term_weights
    return {
        term: weight * (TITLE_WORDS if term in title_terms else 1.0)
        for term, weight in term_weights.items()
    }
