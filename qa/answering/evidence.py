"""What is known of a question and of what was found for it, as numbers. Pure but for the reading.

None of it needs a look at other questions: these are the inputs of `qa.answering.confidence`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering.answer_sentence import opens_referring_back, term_share
from qa.answering.answer_type import asks_for_kind
from qa.answering.question import asks_something

if TYPE_CHECKING:
    from qa.answering.literals import LiteralWord
    from qa.answering.open_index import OpenIndex
    from qa.answering.second_stage import Candidates, RankedPassage
    from qa.datatypes import Document, Scores

COMPARED_HITS = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against the first hit's marked sentence as the answer to a question.

    `above_noise`: by how much the first hit's score is above the noise of the corpus. `lead`: by
    how much it is ahead of the fifth hit's, or the last one's. `sentence_lead`: by how much the
    marked sentence is ahead of the next best one of its passage, 0 where there is no other.
    `word_rank`, `sentence_rank`: ln(1 + number of candidates that are better by BM25, by the
    cosine of their best sentence).
    `unknown`: words of the question that no text holds, at most 2. `new_words`: ln(1 + words of
    the marked sentence that are not in the question). `title_share`: share of the question's
    words, by their weights, that the title of the document holds. `kind_met`, `refers_back`: 0 or
    1: the question asks for a number, a date or a reason, and the marked sentence has one; that
    sentence begins with a word that stands for something said before. `missing`: words of the
    question that mean themselves, and names that the model does not know, which no passage among
    the best holds, at most 2. `rare_held`: 0 or 1: the marked sentence holds all words of that
    kind that the question has, of names only those that few passages hold. `adds_nothing`, 0 or
    1: a question is asked, and the marked sentence is a heading or label that repeats its words.
    """

    above_noise: float
    lead: float
    sentence_lead: float
    word_rank: float
    sentence_rank: float
    unknown: float
    new_words: float
    title_share: float
    kind_met: float
    refers_back: float
    missing: float
    rare_held: float
    adds_nothing: float


def gather_evidence(
    candidates: Candidates,
    hits: Sequence[RankedPassage],
    document: Callable[[str], Document],
    index: OpenIndex,
) -> Evidence:
    """The evidence for the first of `hits`, at least one, best first; `document` gives the one
    that has an id."""
    signals, query, terms = candidates.signals, candidates.query, candidates.term_weights
    keywords, first = index.keywords, hits[0]
    asks = asks_for_kind(query.asked, query.language)
    title = document(first.passage.document_id).title
    missing = len(query.unheld) + _missing(query.literals, hits, document)
    marked = frozenset(keywords.terms(first.sentence.text))
    has_rare = first.holds_literals if query.firm else bool(query.rare)
    return Evidence(
        above_noise=first.score - index.noise,
        lead=first.score - hits[:COMPARED_HITS][-1].score,
        sentence_lead=first.marked.lead,
        word_rank=_better(signals.bm25, first.position),
        sentence_rank=_better(signals.max_sentence, first.position),
        unknown=min(2.0, sum(not keywords.holds(term) for term in terms)),
        new_words=math.log1p(len(marked - terms.keys())),
        title_share=term_share(terms, frozenset(keywords.terms(title))),
        kind_met=float(asks and first.marked.gain > 0),
        refers_back=float(opens_referring_back(first.sentence.text, query.language)),
        missing=min(2.0, missing),
        rare_held=float(has_rare and query.rare <= marked and not missing),
        adds_nothing=float(
            first.marked.adds_nothing and asks_something(query.asked, query.language)
        ),
    )


def _missing(
    literals: Sequence[LiteralWord],
    hits: Sequence[RankedPassage],
    document: Callable[[str], Document],
) -> int:
    """How many of the literal words no hit holds, nor its headings and title."""

    def context(hit: RankedPassage) -> str:
        return "\n".join((document(hit.passage.document_id).title, *hit.passage.headings))

    def is_held(word: LiteralWord) -> bool:
        return any(word.held_by(hit.passage.text) for hit in hits) or any(
            word.held_by(context(hit)) for hit in hits
        )

    marked = hits[0].sentence.text
    return sum(word.rivalled_by(marked) and not is_held(word) for word in literals)


def _better(scores: Scores, place: int) -> float:
    return math.log1p(int((scores > scores[place]).sum()))
