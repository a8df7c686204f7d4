"""The figures of an evaluation as lines for the shell and as JSON. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qa.insight.evaluation.evaluation import FULL

if TYPE_CHECKING:
    from qa.cli.render.lines import Line
    from qa.insight.evaluation.evaluation import Evaluation
    from qa.insight.evaluation.measures import Estimate


def evaluation_as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """Everything but the values of single questions; None for a figure that has no meaning."""
    values = asdict(evaluation)
    return {name: _known(value) for name, value in values.items() if name not in ("rows", "run")}


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(each) for name, each in value.items()}
    return None if isinstance(value, float) and math.isnan(value) else value


def evaluation_lines(evaluation: Evaluation) -> list[Line]:
    """An evaluation for a person: each measure with its 95 % interval, and against "full"."""
    facts = evaluation.facts
    of = f" of {facts['of']:,}" if facts["of"] != facts["questions"] else ""
    split = f" ({facts['split']})" if "split" in facts else ""
    lines: list[Line] = [
        (0, [(f"{evaluation.name}{split}", "bold")]),
        (
            0,
            [
                (
                    f"{facts['questions']:,}{of} questions, {facts['documents']:,} documents, "
                    f"{facts['passages']:,} passages, {facts['model']}",
                    "dim",
                )
            ],
        ),
        (0, []),
    ]
    compared = {n: d for n, d in evaluation.differences.items() if n in evaluation.figures}
    lines += _compared(evaluation, compared) if compared else _listed(evaluation.figures)
    for other, differences in evaluation.differences.items():
        if other not in compared:
            lines += _listed({f"Difference: this run {other}": differences}, signed)
    for note in evaluation.notes:
        lines.append((0, [(f"Note: {note}", "yellow")]))
    told = "Means over the questions; in brackets the 95 % interval (bootstrap of the questions)."
    return [*lines, (0, [(told, "dim")])]


def _listed(
    figures: Mapping[str, Mapping[str, Estimate]], told: Callable[[Estimate], str] = str
) -> list[Line]:
    lines: list[Line] = []
    width = max(len(name) for measured in figures.values() for name in measured) + 2
    for group, measured in figures.items():
        if group != FULL:
            lines.append((0, [(group[0].upper() + group[1:], "bold")]))
        for name, estimate in measured.items():
            words = name.startswith("words")
            figure = whole_words(estimate) if words and told is str else told(estimate)
            lines.append((2, [(f"{name:<{width}}", ""), (figure, "")]))
        lines.append((0, []))
    return lines


def whole_words(estimate: Estimate) -> str:
    """A count with its interval.

    >>> from qa.insight.evaluation.measures import Estimate
    >>> whole_words(Estimate(300.4, 290.0, 310.0))
    '300 (290 to 310)'
    """
    return f"{estimate.mean:.0f} ({estimate.low:.0f} to {estimate.high:.0f})"


def _compared(
    evaluation: Evaluation, differences: Mapping[str, Mapping[str, Estimate]]
) -> list[Line]:
    lines: list[Line] = []
    for name in evaluation.figures[FULL]:
        lines.append((0, [(f"{name:<36}difference to full", "bold")]))
        for system, measured in evaluation.figures.items():
            told = f"{system:<10}{measured[name]!s:<24}"
            other = differences.get(system)
            against = signed(other[name]) if other else ""
            lines.append((2, [(f"{told}{against}".rstrip(), "")]))
        lines.append((0, []))
    return lines


def signed(difference: Estimate) -> str:
    """A difference with its interval, and whether that leaves out 0.

    >>> from qa.insight.evaluation.measures import Estimate
    >>> signed(Estimate(-0.05, -0.08, -0.02)), signed(Estimate(0.01, -0.01, 0.03))
    ('-0.050 (-0.080 to -0.020) *', '+0.010 (-0.010 to +0.030)')
    """
    apart = difference.low > 0 or difference.high < 0
    told = f"{difference.mean:+.3f} ({difference.low:+.3f} to {difference.high:+.3f})"
    return f"{told} *" if apart else told
