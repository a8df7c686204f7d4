"""What is known of each question: how often it was asked, what answers it lacks, what was approved.

Made from what `feedback` keeps. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field

from qa.insight.feedback import AskedQuestion, Judgement, key_of


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question that got no answer, or only one that was called wrong.

    `times`: how often it was asked. `source`: where the closest passage stood, "" if nowhere.
    `wrong`: an answer was called wrong. `confirmed`: somebody said that it is rightly not there.
    """

    question: str
    times: int = 1
    source: str = ""
    wrong: bool = False
    confirmed: bool = False


@dataclass(slots=True)
class _QuestionHistory:
    """What is known of one question."""

    question: str
    times: int = 0
    source: str = ""
    answered: bool = True
    wrong: bool = False
    confirmed: bool = False
    accepted: list[str] = field(default_factory=list)


def _histories(
    asked: Collection[AskedQuestion], judged: Collection[Judgement]
) -> list[_QuestionHistory]:
    """All questions in the order in which they were last asked, newest first."""
    known: dict[str, _QuestionHistory] = {}
    for ask in asked:
        history = known.pop(key_of(ask.question), None) or _QuestionHistory(ask.question)
        history.times += 1
        history.source, history.answered = ask.source, ask.answered
        known[key_of(ask.question)] = history
    for judgement in judged:
        history = known.setdefault(
            key_of(judgement.question), _QuestionHistory(judgement.question, 1)
        )
        history.wrong = not judgement.approves if judgement.text else history.wrong
        if not judgement.text:
            history.confirmed = judgement.approves
        elif judgement.approves:
            history.accepted.append(judgement.text)
    return list(known.values())[::-1]


def unanswered_questions(
    asked: Collection[AskedQuestion], judged: Collection[Judgement]
) -> list[UnansweredQuestion]:
    """Questions without an answer, those asked most often first.

    The last time that it was asked counts, and the last verdict: once somebody approves of an
    answer or a passage, the question is no longer one of them.
    """
    questions = [
        UnansweredQuestion(
            history.question, history.times, history.source, history.wrong, history.confirmed
        )
        for history in _histories(asked, judged)
        if history.wrong or (not history.answered and not history.accepted)
    ]
    return sorted(questions, key=lambda question: -question.times)


def export_judgements(asked: Collection[AskedQuestion], judged: Collection[Judgement]) -> str:
    """The judged questions as JSON Lines, oldest first, which `evaluate` and `pin` read.

    `expected` is the text, or the list of texts, that was approved of. It is null only where
    somebody said that the question is rightly "not in these documents", and no text is approved.
    """
    lines = []
    for history in _histories(asked, judged)[::-1]:
        if history.accepted or history.confirmed:
            texts = history.accepted
            expected = texts if len(texts) > 1 else texts[0] if texts else None
            line = {"question": history.question, "expected": expected}
            lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return "".join(lines)
