"""How good the answers of the live index are, by what is known of it on this machine.

Three sources: the pinned questions, tried now; the questions that visitors asked, with how sure
the answers were; and the verdicts on answers, against which confidence can be checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering.answer import answer_question
from qa.answering.judged_questions import answer_scores
from qa.building.pins import PASSAGES, passes
from qa.insight.feedback import key_of

if TYPE_CHECKING:
    from qa.answering.judged_questions import JudgedQuestion
    from qa.answering.retriever import Retriever
    from qa.insight.evaluation.measures import Bin
    from qa.insight.feedback import AskedQuestion, Judgement

BINS = 10
ENOUGH = 10
"""From so many labelled questions on, a curve says something."""


@dataclass(frozen=True, slots=True)
class Share:
    """Questions whose confidence lies in `low` … `high`: how many got an answer, or none."""

    low: float
    high: float
    answered: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class LabelledConfidence:
    """A question of which it is known whether the first passage answers it."""

    question: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class PinResult:
    """A pinned question asked of the live index. No `expected`: "not in these documents".

    `found`: whether the first passage holds an expected text, even where it was too unsure to be
    given as an answer.
    """

    question: str
    expected: tuple[str, ...]
    answer: str | None
    confidence: float
    passed: bool
    found: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """What is known of the answers.

    `shares`: all questions asked, by confidence; empty where none was kept. `labelled`: those
    with a verdict, and the pinned ones. `curve`: their confidence against how many were right;
    `error` the mean distance of both (ECE), None where nothing is labelled.
    """

    threshold: float
    shares: tuple[Share, ...]
    labelled: tuple[LabelledConfidence, ...]
    curve: tuple[Bin, ...]
    error: float | None
    pinned: tuple[PinResult, ...]


def quality(
    retriever: Retriever | None,
    pins: Sequence[JudgedQuestion],
    asked: Sequence[AskedQuestion] = (),
    judged: Sequence[Judgement] = (),
    *,
    threshold: float,
) -> Quality:
    """What is known of the answers of an open index: the pinned questions are asked now, the
    others come from what was `asked` and `judged`. Without an index nothing is pinned or asked.
    Raises the errors of asking."""
    pinned = tuple(_trial(retriever, pin) for pin in pins) if retriever else ()
    tried = {key_of(trial.question) for trial in pinned}
    labelled = (
        *(LabelledConfidence(trial.question, trial.confidence, trial.found) for trial in pinned),
        *(one for one in judged_questions(asked, judged) if key_of(one.question) not in tried),
    )
    curve, error = _curve(labelled)
    return Quality(
        threshold=threshold,
        shares=shares(asked),
        labelled=labelled,
        curve=curve,
        error=error,
        pinned=pinned,
    )


def _trial(retriever: Retriever, pin: JudgedQuestion) -> PinResult:
    answer = answer_question(retriever, pin.text, PASSAGES)
    # Of a question that must not be answered, no passage is right, however sure it is.
    found = answer_scores(pin, answer, PASSAGES).get("in the first passage", 0.0)
    return PinResult(
        pin.text, pin.accepted, answer.text, answer.confidence, passes(pin, answer), bool(found)
    )


def judged_questions(
    asked: Sequence[AskedQuestion], judged: Sequence[Judgement]
) -> list[LabelledConfidence]:
    """Questions with a verdict on the first passage, and how sure the last answer was.

    A thumb on the marked sentence tells whether it was right; "rightly not there" tells that no
    passage was. "This is the right passage" tells nothing of the first one and does not count.
    """
    sure = {key_of(each.question): each.confidence for each in asked}
    right: dict[str, tuple[str, bool]] = {}
    for verdict in judged:
        key = key_of(verdict.question)
        if verdict.text and verdict.verdict != "right":
            right[key] = verdict.question, verdict.verdict == "up"
        elif not verdict.text and verdict.verdict == "up":
            right[key] = verdict.question, False
    return [
        LabelledConfidence(text, sure[key], is_)
        for key, (text, is_) in right.items()
        if key in sure
    ]


def shares(asked: Sequence[AskedQuestion]) -> tuple[Share, ...]:
    """How sure the answers were, in bins of equal width; nothing where nothing was asked."""
    if not asked:
        return ()
    counts = [[0, 0] for _ in range(BINS)]
    for each in asked:
        place = min(BINS - 1, max(0, int(each.confidence * BINS)))
        counts[place][0 if each.answered else 1] += 1
    return tuple(Share(n / BINS, (n + 1) / BINS, *both) for n, both in enumerate(counts))


def _curve(labelled: Sequence[LabelledConfidence]) -> tuple[tuple[Bin, ...], float | None]:
    if not labelled:
        return (), None
    import numpy as np

    from qa.insight.evaluation.measures import calibration_error, reliability

    confidences = np.array([each.confidence for each in labelled], np.float64)
    right = np.array([each.right for each in labelled], np.bool_)
    return tuple(reliability(confidences, right)), calibration_error(confidences, right)
