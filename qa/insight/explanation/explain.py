"""Why not? Follows a text that was expected as the answer until the step that lost it.

Steps in order: is it in a document, in which passage, among the candidates of the two searches,
folded into a near-identical passage, first in the ranking, sure enough, and in the sentence
that is marked. Nothing after the step that lost it is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering.calibration import Calibration
from qa.answering.question import check_question
from qa.errors import InputError
from qa.insight.explanation.locate import Place, Step, locate, quoted
from qa.insight.explanation.quotes import surface
from qa.insight.explanation.standing import (
    REST,
    SignalLine,
    Standing,
    held_terms,
    search_ranks,
    signal_lines,
    standing,
)

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.answering.second_stage import Candidates


_SAY_IT = "Say it in one sentence of its own that uses the question's words."
_ADVICE = {
    REST: "Say it in one sentence that uses all words of the question and has the form asked for: "
    "a definition, number, date, reason, or the full words of a short form.",
    "heading": "Give it a heading that names what the question asks about.",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of `expected`, the text that should answer `question`.

    `verdict` says it in one sentence; only with the last of `steps` ok it is the answer.
    `places` are the passages that hold it, `winner` the first passage of the ranking.
    `signals` compares that one with the best of `places`; it is empty where the text was lost
    before the ranking. `unknown` are words of the question that no document knows.
    """

    question: str
    expected: str
    steps: tuple[Step, ...]
    verdict: str
    places: tuple[Place, ...] = ()
    winner: Place | None = None
    signals: tuple[SignalLine, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def compared(self) -> tuple[SignalLine, ...]:
        """The signals where another passage won; empty where the expected one did."""
        return () if self.winner in self.places else self.signals


def explain(retriever: Retriever, question: str, expected: str) -> Explanation:
    """Where `expected`, a text of the corpus, got lost as an answer to `question`.

    Raises InputError for an empty or over-long question and for a text without words.
    """
    question = check_question(question)
    expected = expected.encode("utf-8", "replace").decode("utf-8").strip()
    if not re.search(r"\w", expected):
        raise InputError("The expected text is empty; give some words that should be found.")
    return _Case(retriever, question, expected).explanation()


class _Case:
    """One explanation in the making."""

    def __init__(self, retriever: Retriever, question: str, expected: str) -> None:
        self._retriever, self._question, self._expected = retriever, question, expected
        self._asked = retriever.corrected(question)
        self._keywords = retriever.index.keywords
        self._terms = list(retriever.query(self._asked).terms)
        self._shown = surface(self._asked, self._terms, self._keywords.terms)
        self._unknown = [t for t in self._terms if len(self._keywords.search({t: 1.0}, 1)[0]) == 0]
        self._found = locate(retriever.catalog, self._keywords, expected)
        self._standing: Standing | None = None

    def explanation(self) -> Explanation:
        found, stands = self._found, None
        if not found.verdict:
            scored = self._retriever.candidates(self._asked)
            stands = standing(self._retriever, scored, found.passages)
            self._follow(scored, stands)
        return Explanation(
            self._question,
            self._expected,
            tuple(found.steps),
            found.verdict or "Nothing lost it: it is the answer.",
            tuple(found.place(passage) for passage in found.passages.values()),
            found.place(stands.winner.passage) if stands else None,
            signal_lines(self._retriever, stands.mine, stands.winner) if stands else (),
            tuple(self._words(self._unknown)),
        )

    def _follow(self, scored: Candidates, stands: Standing | None) -> None:
        self._candidate(stands is not None)
        if stands is None:
            return
        steps: list[Callable[[], None]] = [
            lambda: self._folded(stands),
            lambda: self._ranked(scored, stands),
            lambda: self._sure(stands),
            lambda: self._marked(stands),
        ]
        for step in steps:
            if not self._found.verdict:
                step()

    def _candidate(self, is_one: bool) -> None:
        ranks = search_ranks(self._retriever, self._asked, self._found.passages)
        total, depth = self._keywords.count, self._retriever.settings.candidates
        cosine = f"{ranks.dense:,}" if ranks.dense else "not found"
        words = (
            f"{ranks.keywords:,} of the {ranks.matched:,} that hold any of the question's words"
            if ranks.keywords
            else "none, as it holds no word of the question"
        )
        text = (
            f"Rank by cosine among all {total:,} passages: {cosine}. Rank by keywords: {words}. "
            f"The first {depth:,} of each are candidates."
        )
        if is_one:
            self._found.went("candidate", text)
            return
        if ranks.keywords is None:
            verdict = "It is no candidate, because its words do not match the question's."
            known = [term for term in self._terms if term not in self._unknown]
            advice = self._use_words(known or self._terms)
        else:
            best = min(rank for rank in (ranks.dense, ranks.keywords) if rank is not None)
            verdict = f"It is no candidate, because the setting candidates is only {depth:,}."
            advice = f"Set QA_CANDIDATES to {best} or more."
        self._found.lose("candidate", verdict, text + self._of_unknown(), advice)

    def _folded(self, stands: Standing) -> None:
        if stands.mine is stands.leader:
            return
        leader = self._found.place(stands.leader.passage)
        self._found.lose(
            "duplicate",
            f"It was folded into a passage that is nearly the same, at rank {stands.rank}.",
            f"It was folded into {leader}, which has nearly the same words and the better score "
            f"({stands.leader.score:.3f} against {stands.mine.score:.3f}).",
            "Remove one of the two texts from the corpus, or expect the other.",
        )

    def _ranked(self, scored: Candidates, stands: Standing) -> None:
        mine, winner = stands.mine, stands.winner
        if stands.rank == 1:
            self._found.went("ranking", f"It is first, with a score of {mine.score:.3f}.")
            return
        lines = signal_lines(self._retriever, mine, winner)
        most = max(lines, key=lambda line: line.lead)
        held, lacked = self._differences(scored, stands)
        parts = [
            f"It has rank {stands.rank} of {stands.ranked}"
            if stands.rank
            else f"It has rank {stands.first_round} of {stands.ranked}, too low for its "
            "sentences to be looked into,",
            f" and a score of {mine.score:.3f}. "
            f"First, with {winner.score:.3f}, is {self._found.place(winner.passage)}. "
            f"It leads most by {most.name}: {most.winner:.3f} against {most.expected:.3f}, "
            f"which counts for {most.lead:.3f}.",
            f" Only the first holds {quoted(self._words(held))}." if held else "",
            f" Only the expected one holds {quoted(self._words(lacked))}." if lacked else "",
            self._of_unknown(),
        ]
        advice = _ADVICE.get(most.name) or (self._use_words(held) if held else _SAY_IT)
        verdict = f"Another passage beat it, mostly by {most.name}."
        self._found.lose("ranking", verdict, "".join(parts), advice)

    def _differences(self, scored: Candidates, stands: Standing) -> tuple[list[str], list[str]]:
        """Terms that only the winner holds, and those that only the expected passage holds."""
        passages = self._retriever.catalog.passages(scored.rows.tolist())
        rows = {each.id: row for each, row in zip(passages, scored.rows.tolist(), strict=True)}
        first, mine = (
            held_terms(self._retriever, self._terms, rows[each.passage.id])
            for each in (stands.winner, stands.mine)
        )
        return (
            [term for term in self._terms if term in first - mine],
            [term for term in self._terms if term in mine - first],
        )

    def _sure(self, stands: Standing) -> None:
        ranking = self._retriever.manifest.ranking
        calibration = Calibration(**ranking.get("calibration", {}))
        threshold = self._retriever.settings.threshold
        sure = calibration.probability(stands.mine.score)
        text = (
            f"The confidence is {sure:.3f}, the threshold {threshold:.3f}; the score is "
            f"{stands.mine.score:.3f}, this corpus's noise {calibration.noise:.3f}."
        )
        if sure >= threshold:
            self._found.went("confidence", text)
            return
        advice = (
            self._use_words(self._unknown)
            if self._unknown
            else "Say it in one sentence that uses the question's words, or lower QA_THRESHOLD."
        )
        verdict = "It is first, but the confidence is below the threshold."
        self._found.lose("confidence", verdict, text + self._of_unknown(), advice)

    def _marked(self, stands: Standing) -> None:
        passage, sentence = stands.mine.passage, stands.mine.sentence
        spans = self._found.spans[passage.document_id]
        if any(start < sentence.end and sentence.start < end for start, end in spans):
            self._found.went("sentence", f"The marked sentence holds it: “{_line(sentence.text)}”")
            return
        self._found.lose(
            "sentence",
            "Its passage is first, but another sentence of it is marked.",
            f"The marked sentence is “{_line(sentence.text)}”",
            "Use the question's words in the expected sentence itself.",
        )

    def _words(self, terms: Iterable[str]) -> list[str]:
        return [self._shown[term] for term in terms]

    def _of_unknown(self) -> str:
        words = quoted(self._words(self._unknown))
        return f" No document knows {words}." if words else ""

    def _use_words(self, terms: Sequence[str]) -> str:
        """Advice to use the terms that say most, rarest first."""
        weights = self._keywords.weights(dict.fromkeys(terms, 1.0))
        rarest = sorted(terms, key=lambda term: -weights[term])[:3]
        word = "word" if len(rarest) == 1 else "words"
        return (
            f"Add a heading or sentence to it that uses the {word} {quoted(self._words(rarest))}."
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def totals(lines: Sequence[SignalLine]) -> tuple[float, float]:
    """Scores of the expected passage and of the winner: the weighted sums of their signals."""
    return (
        sum(line.weight * line.expected for line in lines),
        sum(line.weight * line.winner for line in lines),
    )
