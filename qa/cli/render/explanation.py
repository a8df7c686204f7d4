"""Why a text is, or is not, the answer: lines for the shell and JSON. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qa.cli.render.answers import place
from qa.page.locale.explanation import SENTENCES, SIGNALS, shown_values

if TYPE_CHECKING:
    from qa.cli.render.lines import Line
    from qa.datatypes import Answer
    from qa.insight.explanation.explain import Explanation
    from qa.insight.explanation.steps import Statement
    from qa.insight.explanation.why import HitExplanation


def sentence(statement: Statement) -> str:
    """A statement in English.

    >>> from qa.insight.explanation.steps import Statement
    >>> sentence(Statement("unknown_words", {"words": ("tea", "cup")}))
    'No document knows “tea”, “cup”.'
    """
    values = shown_values(
        statement, number="{:,}".format, decimal="{:.3f}".format, signal=lambda name: name
    )
    return SENTENCES[statement.kind].format(**values)


def explanation_lines(explanation: Explanation) -> list[Line]:
    """An explanation for a person: the verdict, the steps, and the signals side by side."""
    lines: list[Line] = [(0, [(sentence(explanation.verdict), "bold")]), (0, [])]
    for step in explanation.steps:
        mark, style = ("ok", "green") if step.passed else ("lost", "bold red")
        said = " ".join(sentence(statement) for statement in step.statements)
        lines.append((0, [(f"{mark:<6}", style), (f"{step.name}: ", "bold"), (said, "")]))
    if explanation.compared:
        head = f"{'signal':<19}{'expected':>8}{'winner':>10}{'weight':>10}{'lead':>10}"
        lines += [(0, []), (0, [(head, "dim")])]
        for signal in explanation.compared:
            numbers = (signal.expected, signal.winner, signal.weight, signal.lead)
            columns = "".join(f"{round(number, 3) + 0.0:>10.3f}" for number in numbers)
            lines.append((0, [(f"{signal.name:<17}{columns}", "")]))
        expected, winner = explanation.scores
        total = f"{'score':<17}{expected:>10.3f}{winner:>10.3f}{'':>10}{winner - expected:>10.3f}"
        lines.append((0, [(total, "bold")]))
    return lines


def explanation_as_dict(explanation: Explanation) -> dict[str, Any]:
    """As JSON has it: every fact with its kind and values, and the sentences made of them."""
    said = asdict(explanation)
    said["verdict"] = {**asdict(explanation.verdict), "text": sentence(explanation.verdict)}
    for step, given in zip(said["steps"], explanation.steps, strict=True):
        step["ok"] = given.passed
        step["text"] = " ".join(sentence(statement) for statement in given.statements)
    return said


def why_lines(answer: Answer, reasons: Sequence[HitExplanation]) -> list[Line]:
    """What speaks for each hit, for a person: what each signal gives, then the words."""
    if not reasons:
        return []
    lines: list[Line] = [(0, []), (0, [("Why these passages:", "")])]
    for hit, reason in zip(answer.hits, reasons, strict=True):
        lines.append((2, [(f"{hit.rank}. ", ""), (place(hit), "dim")]))
        for part in sorted(reason.contributions, key=lambda part: -part.amount):
            plain, _ = SIGNALS[part.signal]
            lines.append((4, [(f"{plain:<30}{round(part.amount, 3) + 0.0:>8.3f}", "")]))
        lines.append((4, [(f"{'Score':<30}{reason.score:>8.3f}", "bold")]))
        kinds = {
            "In this passage": [word.text for word in reason.words if word.held],
            "Not in this passage": [w.text for w in reason.words if w.known and not w.held],
            "In no passage at all": [word.text for word in reason.words if not word.known],
        }
        for kind, words in kinds.items():
            if words:
                lines.append((4, [(f"{kind}: ", "dim"), (", ".join(words), "")]))
    return lines


def why_as_dict(reason: HitExplanation) -> dict[str, Any]:
    """As JSON has it: what each signal gives, by its name, and the question's words."""
    return {
        "gives": {part.signal: part.amount for part in reason.contributions},
        "words": [asdict(word) for word in reason.words],
    }
