"""The state of an index over time as lines for the shell: generations, pins, checks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.cli.render.answers import Line, counted

if TYPE_CHECKING:
    from qa.answering.judged_questions import JudgedQuestion
    from qa.answering.resolve import Resolved
    from qa.building.generations import Generation, Pruned
    from qa.cli.doctor.checks import Check
    from qa.datatypes import PinnedOutcome
    from qa.insight.question_clusters import LackGroup

ABSENT = "not in these documents"
_STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}


def history_lines(generations: Sequence[Generation]) -> list[Line]:
    """One generation a line under a head, columns as wide as needed."""
    if not generations:
        return [(0, [("There is no generation yet. Build one: python -m qa index", "")])]
    head = ["", "name", "built at", "documents", "passages", "model", "size", "pinned"]
    rows = [_cells(each) for each in generations]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines: list[Line] = [(0, [(_row(head, widths), "dim")])]
    for generation, row in zip(generations, rows, strict=True):
        lines.append((0, [(_row(row, widths), "bold" if generation.live else "")]))
        if generation.problem is not None:
            lines.append((4, [(generation.problem, "red")]))
    return lines


def _cells(each: Generation) -> list[str]:
    return [
        "*" if each.live else " ",
        each.name,
        each.built_at or "?",
        f"{each.documents:,}",
        f"{each.passages:,}",
        each.model or "?",
        f"{each.bytes_on_disk / 1e6:,.1f} MB",
        f"{each.pinned} of {each.asked}" if each.asked else "-",
    ]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def rollback_lines(generation: Generation) -> list[Line]:
    """What answers now."""
    told = (
        f"{generation.name} is live: {counted(generation.documents, 'document')}, "
        f"{counted(generation.passages, 'passage')}, built at {generation.built_at}."
    )
    return [(0, [(told, "bold")])]


def pruned_lines(gone: Pruned) -> list[Line]:
    """What was removed."""
    kinds = (
        ("generation", gone.generations),
        ("encoder", gone.encoders),
        ("leftover of a stopped build", gone.litter),
    )
    lines: list[Line] = []
    for noun, names in kinds:
        lines += [(0, [(f"Removed {noun}: {name}", "")]) for name in names]
    return lines or [(0, [("There was nothing to remove.", "")])]


def pin_lines(pins: Sequence[JudgedQuestion]) -> list[Line]:
    """Pinned questions with their numbers and what is expected."""
    if not pins:
        return [(0, [("No question is pinned. Pin one: python -m qa pin QUESTION -e TEXT", "")])]
    return [
        (0, [(f"{number}. {pin.text} ", ""), (f"({_expected(pin.accepted)})", "dim")])
        for number, pin in enumerate(pins, start=1)
    ]


def _expected(accepted: Sequence[str]) -> str:
    return " or ".join(f"“{text}”" for text in accepted) or ABSENT


def pinned_lines(outcomes: Sequence[PinnedOutcome]) -> list[Line]:
    """How the pinned questions fared in a build: counts, and each that changed or fails."""
    if not outcomes:
        return []
    improved = sum(each.improved for each in outcomes)
    regressed = sum(each.regressed for each in outcomes)
    passed = sum(each.passed for each in outcomes)
    told = (
        f"Pinned questions: {passed} of {len(outcomes)} passed, "
        f"{improved} improved, {regressed} regressed."
    )
    lines: list[Line] = [(0, [(told, "bold" if passed == len(outcomes) else "bold yellow")])]
    for each in outcomes:
        if each.passed and not each.improved:
            continue
        word = "Improved" if each.improved else "Regressed" if each.regressed else "Fails"
        style = "green" if each.improved else "red"
        found = f"expected {_expected(each.expected)}; got {each.answer or ABSENT}"
        lines.append((2, [(f"{word}: ", style), (f"{each.question} ({found})", "")]))
    return lines


def verdict_line(problems: Sequence[str], elsewhere: str | None) -> Line:
    """The one sentence at the end of `verify`; `elsewhere` is a generation to go back to."""
    if not problems:
        told = "The index is whole: files, counts, offsets, vectors and model fit."
        return 0, [(told, "bold green")]
    advice = f", or go back: python -m qa rollback {elsewhere}" if elsewhere else ""
    found = counted(len(problems), "problem")
    return 0, [(f"The index has {found}. Rebuild: python -m qa index{advice}", "bold red")]


def resolved_lines(resolved: Resolved) -> list[Line]:
    """What has become of a citation: the sentence, the text, and citations of where it is now."""
    style = "green" if resolved.state in ("same", "moved") else "yellow"
    lines: list[Line] = [(0, [(resolved.message, style)])]
    if resolved.text is not None:
        lines.append((2, [(resolved.text, "")]))
    return [*lines, *((0, [(str(place), "dim")]) for place in resolved.now)]


def check_lines(checks: Sequence[Check]) -> list[Line]:
    """The doctor's findings, one a line, advice below, and a verdict."""
    width = max(len(check.name) for check in checks)
    lines: list[Line] = []
    for check in checks:
        parts = [(f"{check.state:<8}", _STYLES[check.state]), (f"{check.name:<{width}}", "dim")]
        lines.append((0, [*parts, (f"  {check.found}", "")]))
        if check.advice:
            lines.append((8 + width + 2, [(check.advice, "")]))
    problems = sum(check.state == "problem" for check in checks)
    warnings = sum(check.state == "warning" for check in checks)
    told = f"{counted(problems, 'problem')}, {counted(warnings, 'warning')}."
    return [*lines, (0, [(told, "bold")])]


def lack_lines(groups: Sequence[LackGroup]) -> list[Line]:
    """Questions without an answer, those that ask much the same below one another."""
    if not groups:
        return [(0, [("No question is without an answer so far.", "")])]
    lines: list[Line] = []
    for group in groups:
        for number, lack in enumerate(group.lacks):
            facts = [counted(lack.times, "time")]
            facts += ["the answer was called wrong"] if lack.wrong else []
            facts += ["confirmed: not there"] if lack.confirmed else []
            facts += [f"closest: {lack.source}"] if lack.source else []
            style = "" if number else "bold"
            told = f" ({', '.join(facts)})"
            lines.append((2 if number else 0, [(lack.question, style), (told, "dim")]))
    return lines
