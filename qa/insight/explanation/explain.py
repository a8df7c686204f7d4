"""Why not? Follows a text that was expected as the answer until the step that lost it.

Steps in order: is it in a document, in which passage, among the candidates of the two searches,
folded into a near-identical passage, first in the ranking, sure enough, and in the sentence
that is marked. Nothing after the step that lost it is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering.confidence import confidence
from qa.answering.question import check_question
from qa.errors import InputError
from qa.insight.explanation.ranks import (
    REMAINDER,
    RankComparison,
    SignalComparison,
    compare_ranks,
    compare_signals,
    held_terms,
    search_ranks,
)
from qa.insight.explanation.steps import Place, Statement, Step, Value
from qa.insight.explanation.text_location import locate_text
from qa.insight.explanation.text_match import as_written

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.answering.second_stage import Candidates

WORDS_ADVISED = 3
"""So many words of the question are advised at most, the rarest first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of `expected`, the text that should answer `question`.

    It is the answer if the last of `steps` was passed. `places` are the passages that hold it,
    `winner` the first passage of the ranking. `signals` compares that one with the best of
    `places`; it is empty where the text was lost before the ranking. `unknown` are words of the
    question that no document knows.
    """

    question: str
    expected: str
    steps: tuple[Step, ...]
    places: tuple[Place, ...] = ()
    winner: Place | None = None
    signals: tuple[SignalComparison, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def verdict(self) -> Statement:
        """How the text was lost, or that nothing lost it."""
        return self.steps[-1].loss or Statement("nothing_lost_it")

    @property
    def compared(self) -> tuple[SignalComparison, ...]:
        """The signals where another passage won; empty where the expected one did."""
        return () if self.winner in self.places else self.signals

    @property
    def scores(self) -> tuple[float, float]:
        """Scores of the expected passage and of the winner: the weighted sums of `signals`."""
        return (
            sum(signal.weight * signal.expected for signal in self.signals),
            sum(signal.weight * signal.winner for signal in self.signals),
        )


def explain(retriever: Retriever, question: str, expected: str) -> Explanation:
    """Where `expected`, a text of the corpus, got lost as an answer to `question`.

    Raises InputError for an empty or over-long question and for a text without words.
    """
    question = check_question(question)
    expected = expected.encode("utf-8", "replace").decode("utf-8").strip()
    if not re.search(r"\w", expected):
        raise InputError("The expected text is empty; give some words that should be found.")
    return _Explainer(retriever, question, expected).explanation()


class _Explainer:
    """One explanation in the making."""

    def __init__(self, retriever: Retriever, question: str, expected: str) -> None:
        self._retriever, self._question, self._expected = retriever, question, expected
        self._corrected = retriever.corrected(question)
        self._keywords = retriever.index.keywords
        self._terms = list(retriever.query(self._corrected).terms)
        self._written = as_written(self._corrected, self._terms, self._keywords.terms)
        self._unknown = [term for term in self._terms if not self._keywords.holds(term)]
        self._location = locate_text(retriever.catalog, self._keywords, expected)

    def explanation(self) -> Explanation:
        steps, passages, ranks = list(self._location.steps), self._location.passages, None
        if steps[-1].passed:
            scored = self._retriever.candidates(self._corrected)
            ranks = compare_ranks(self._retriever, scored, passages)
            for step in self._ranking_steps(scored, ranks):
                steps.append(step)
                if not step.passed:
                    break
        return Explanation(
            self._question,
            self._expected,
            tuple(steps),
            tuple(self._location.place(passage) for passage in passages.values()),
            self._location.place(ranks.winner.passage) if ranks else None,
            self._signals(ranks) if ranks else (),
            self._words(self._unknown),
        )

    def _signals(self, ranks: RankComparison) -> tuple[SignalComparison, ...]:
        return compare_signals(self._retriever, ranks.expected, ranks.winner)

    def _ranking_steps(self, scored: Candidates, ranks: RankComparison | None) -> Iterator[Step]:
        yield self._candidate_step(ranks is not None)
        if ranks is None:
            return
        if ranks.expected is not ranks.leader:
            yield self._duplicate_step(ranks)
        yield self._ranking_step(scored, ranks)
        yield self._confidence_step(scored, ranks)
        yield self._sentence_step(ranks)

    def _candidate_step(self, is_candidate: bool) -> Step:
        ranks = search_ranks(self._retriever, self._corrected, self._location.passages)
        total, depth = self._keywords.count, self._retriever.settings.candidates
        facts = []
        if ranks.dense is not None:
            facts.append(
                Statement("rank_by_cosine", {"rank": ranks.dense, "total": total}),
            )
        if ranks.keywords is None:
            facts.append(Statement("not_found_by_keywords"))
        else:
            values = {"rank": ranks.keywords, "total": ranks.matched}
            facts.append(Statement("rank_by_keywords", values))
        facts.append(Statement("candidates_taken", {"depth": depth}))
        if is_candidate:
            return Step("candidate", tuple(facts))
        facts += self._unknown_words()
        if ranks.keywords is None:
            known = [term for term in self._terms if term not in self._unknown]
            loss, advice = Statement("words_do_not_match"), self._use_words(known or self._terms)
        else:
            best = min(rank for rank in (ranks.dense, ranks.keywords) if rank is not None)
            loss = Statement("too_few_candidates", {"depth": depth})
            advice = Statement("raise_candidates", {"rank": best})
        return Step("candidate", tuple(facts), loss, advice)

    def _duplicate_step(self, ranks: RankComparison) -> Step:
        values: dict[str, Value] = {
            "passages": (self._location.place(ranks.leader.passage),),
            "leader": ranks.leader.score,
            "score": ranks.expected.score,
        }
        return Step(
            "duplicate",
            (Statement("folded_into", values),),
            Statement("folded", {"rank": ranks.rank or ranks.first_stage_rank}),
            Statement("remove_duplicate"),
        )

    def _ranking_step(self, scored: Candidates, ranks: RankComparison) -> Step:
        score = ranks.expected.score
        if ranks.rank == 1:
            return Step("ranking", (Statement("is_first", {"score": score}),))
        most = max(self._signals(ranks), key=lambda signal: signal.lead)
        only_winner, only_expected = self._differences(scored, ranks)
        place = {"rank": ranks.rank or ranks.first_stage_rank, "total": ranks.ranked}
        winner = (self._location.place(ranks.winner.passage),)
        lead: dict[str, Value] = {
            "signal": most.name,
            "winner": most.winner,
            "expected": most.expected,
            "lead": most.lead,
        }
        facts = [
            Statement("rank" if ranks.rank else "rank_of_first_stage", {**place, "score": score}),
            Statement("winner", {"passages": winner, "score": ranks.winner.score}),
            Statement("lead", lead),
        ]
        if only_winner:
            words = self._words(only_winner)
            facts.append(Statement("words_only_in_winner", {"words": words}))
        if only_expected:
            words = self._words(only_expected)
            facts.append(Statement("words_only_in_expected", {"words": words}))
        facts += self._unknown_words()
        if most.name == REMAINDER:
            advice = Statement("use_the_form_asked_for")
        elif most.name == "heading":
            advice = Statement("name_it_in_a_heading")
        else:
            advice = self._use_words(only_winner) if only_winner else Statement("use_one_sentence")
        return Step("ranking", tuple(facts), Statement("beaten", {"signal": most.name}), advice)

    def _differences(
        self, candidates: Candidates, ranks: RankComparison
    ) -> tuple[list[str], list[str]]:
        """Terms that only the winner holds, and those that only the expected passage holds."""
        passages = self._retriever.catalog.passages(candidates.rows.tolist())
        rows = {p.id: row for p, row in zip(passages, candidates.rows.tolist(), strict=True)}
        winner, expected = (
            held_terms(self._retriever, self._terms, rows[ranked.passage.id])
            for ranked in (ranks.winner, ranks.expected)
        )
        return (
            [term for term in self._terms if term in winner - expected],
            [term for term in self._terms if term in expected - winner],
        )

    def _confidence_step(self, scored: Candidates, ranks: RankComparison) -> Step:
        index = self._retriever.index
        threshold = self._retriever.settings.threshold
        evidence = self._retriever.evidence(scored, ranks.groups)
        sure = confidence(evidence)
        values = {
            "confidence": sure,
            "threshold": threshold,
            "score": ranks.expected.score,
            "noise": index.noise,
            "lead": evidence.sentence_lead,
        }
        fact = Statement("confidence", values)
        if sure >= threshold:
            return Step("confidence", (fact,))
        advice = (
            self._use_words(self._unknown)
            if self._unknown
            else Statement("use_one_sentence_or_lower_threshold")
        )
        return Step("confidence", (fact, *self._unknown_words()), Statement("unsure"), advice)

    def _sentence_step(self, ranks: RankComparison) -> Step:
        sentence = ranks.expected.sentence
        spans = self._location.spans[ranks.expected.passage.document_id]
        values = {"sentence": " ".join(sentence.text.split())}
        if any(start < sentence.end and sentence.start < end for start, end in spans):
            return Step("sentence", (Statement("is_marked", values),))
        return Step(
            "sentence",
            (Statement("marked_instead", values),),
            Statement("other_sentence"),
            Statement("use_words_in_the_sentence"),
        )

    def _words(self, terms: Iterable[str]) -> tuple[str, ...]:
        """Search terms as the question writes them."""
        return tuple(self._written[term] for term in terms)

    def _unknown_words(self) -> list[Statement]:
        words = self._words(self._unknown)
        return [Statement("unknown_words", {"words": words})] if words else []

    def _use_words(self, terms: Sequence[str]) -> Statement:
        """Advice to use the terms that say most, rarest first."""
        weights = self._keywords.weights(dict.fromkeys(terms, 1.0))
        rarest = sorted(terms, key=lambda term: -weights[term])[:WORDS_ADVISED]
        return Statement("use_words", {"words": self._words(rarest)})
