"""Why a text is, or is not, the answer: lines for the shell and JSON. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qa.cli.render.answers import place
from qa.insight.explanation.explain import totals
from qa.insight.explanation.why import NAMES, sorted_words

if TYPE_CHECKING:
    from qa.cli.render.lines import Line
    from qa.datatypes import Answer
    from qa.insight.explanation.explain import Explanation
    from qa.insight.explanation.why import Why


def explanation_lines(explanation: Explanation) -> list[Line]:
    """An explanation for a person: the verdict, the steps, and the signals side by side."""
    lines: list[Line] = [(0, [(explanation.verdict, "bold")]), (0, [])]
    for step in explanation.steps:
        mark, style = ("ok", "green") if step.ok else ("lost", "bold red")
        lines.append((0, [(f"{mark:<6}", style), (f"{step.name}: ", "bold"), (step.text, "")]))
    compared = explanation.compared
    if compared:
        lines += [(0, []), (0, [("signal     expected    winner    weight      lead", "dim")])]
        for line in compared:
            numbers = (line.expected, line.winner, line.weight, line.lead)
            told = "".join(f"{round(number, 3) + 0.0:>10.3f}" for number in numbers)
            lines.append((0, [(f"{line.name:<9}{told}", "")]))
        mine, first = totals(compared)
        told = f"{'score':<9}{mine:>10.3f}{first:>10.3f}{'':>10}{first - mine:>10.3f}"
        lines.append((0, [(told, "bold")]))
    return lines


def why_lines(answer: Answer, reasons: Sequence[Why]) -> list[Line]:
    """What speaks for each hit, for a person: each signal with what it gives, then the words."""
    if not reasons:
        return []
    lines: list[Line] = [(0, []), (0, [("Why these passages:", "")])]
    for hit, reason in zip(answer.hits, reasons, strict=True):
        lines.append((2, [(f"{hit.rank}. ", ""), (place(hit), "dim")]))
        for part in sorted(reason.parts, key=lambda part: -part.given):
            told = f"{NAMES[part.name][0]:<30}{round(part.given, 3) + 0.0:>8.3f}"
            lines.append((4, [(told, "")]))
        lines.append((4, [(f"{'Score':<30}{reason.score:>8.3f}", "bold")]))
        for kind, words in sorted_words(reason).items():
            if words:
                lines.append((4, [(f"{kind}: ", "dim"), (", ".join(words), "")]))
    return lines


def why_as_dict(reason: Why) -> dict[str, Any]:
    """As JSON has it: what each signal gives, by its name, and the question's words."""
    return {
        "gives": {part.name: part.given for part in reason.parts},
        "words": [asdict(word) for word in reason.words],
    }
