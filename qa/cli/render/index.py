"""The state of an index over time as lines for the shell: generations, pins, checks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli.render.builds import LISTED, expected_words
from qa.cli.render.lines import Line, counted, line
from qa.documents.encodings import isolated, printable
from qa.errors import REBUILD

if TYPE_CHECKING:
    from qa.answering.judged_questions import JudgedQuestion
    from qa.answering.resolve import Resolved
    from qa.building.generations import Generation, Pruned
    from qa.building.purge import Trace
    from qa.cli.doctor.checks import Check
    from qa.index.status import Status
    from qa.insight.question_clusters import QuestionCluster

_STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}


def history_lines(generations: Sequence[Generation]) -> list[Line]:
    """One generation a line under a head, columns as wide as needed."""
    if not generations:
        return [line("There is no generation yet. Build one: python -m qa index")]
    head = ["", "name", "built at", "documents", "passages", "model", "size", "pinned"]
    rows = [_cells(generation) for generation in generations]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [line(_row(head, widths), "dim")]
    for generation, row in zip(generations, rows, strict=True):
        lines.append(line(_row(row, widths), "bold" if generation.live else ""))
        if generation.problem is not None:
            lines.append(line(generation.problem, "red", 4))
    return lines


def _cells(generation: Generation) -> list[str]:
    return [
        "*" if generation.live else " ",
        generation.name,
        generation.built_at or "?",
        f"{generation.documents:,}",
        f"{generation.passages:,}",
        generation.model or "?",
        f"{generation.bytes_on_disk / 1e6:,.1f} MB",
        f"{generation.pinned} of {generation.asked}" if generation.asked else "-",
    ]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def rollback_lines(generation: Generation) -> list[Line]:
    """What answers now."""
    sentence = (
        f"{generation.name} is live: {counted(generation.documents, 'document')}, "
        f"{counted(generation.passages, 'passage')}, built at {generation.built_at}."
    )
    return [line(sentence, "bold")]


def pruned_lines(pruned: Pruned) -> list[Line]:
    """What was removed."""
    kinds = (
        ("generation", pruned.generations),
        ("encoder", pruned.encoders),
        ("leftover of a stopped build", pruned.litter),
    )
    lines: list[Line] = []
    for noun, names in kinds:
        lines += [line(f"Removed {noun}: {name}") for name in names]
    return lines or [line("There was nothing to remove.")]


def pin_lines(pins: Sequence[JudgedQuestion]) -> list[Line]:
    """Pinned questions with their numbers and what is expected."""
    if not pins:
        return [line("No question is pinned. Pin one: python -m qa pin QUESTION -e TEXT")]
    return [
        (
            0,
            [
                (f"{number}. {isolated(pin.text)} ", ""),
                (f"({expected_words(pin.accepted)})", "dim"),
            ],
        )
        for number, pin in enumerate(pins, start=1)
    ]


def pinned_lines(question: str, passes: bool | None) -> list[Line]:
    """A question was pinned; whether it passes now, None where it could not be tried."""
    state = {True: " (passes now)", False: " (does not pass now)", None: ""}[passes]
    return [line(f"Pinned: {isolated(question)}{state}")]


def pinned_file_lines(path: Path, count: int) -> list[Line]:
    """All questions of a file were pinned."""
    return [line(f"Pinned questions of {path}: {count:,}.")]


def unpinned_lines(question: str) -> list[Line]:
    """A pinned question was taken away."""
    return [line(f"No longer pinned: {question}")]


def problem_lines(problems: Sequence[str], elsewhere: str | None) -> list[Line]:
    """What is wrong with the index and the verdict; `elsewhere` is a generation to go back to."""
    if not problems:
        whole = "The index is whole: files, counts, offsets, vectors and model fit."
        return [line(whole, "bold green")]
    advice = f", or go back: python -m qa rollback {elsewhere}" if elsewhere else ""
    verdict = f"The index has {counted(len(problems), 'problem')}. {REBUILD}"
    return [*(line(problem, "red") for problem in problems), line(verdict + advice, "bold red")]


def resolved_lines(resolved: Resolved) -> list[Line]:
    """What has become of a citation: the sentence, the text, and citations of where it is now."""
    style = "green" if resolved.state in ("same", "moved") else "yellow"
    text = [] if resolved.text is None else [line(resolved.text, indent=2)]
    return [line(resolved.message, style), *text, *(line(str(at), "dim") for at in resolved.now)]


def check_lines(checks: Sequence[Check]) -> list[Line]:
    """The doctor's findings, one a line, advice below, and a verdict."""
    width = max(len(check.name) for check in checks)
    lines: list[Line] = []
    for check in checks:
        parts = [(f"{check.state:<8}", _STYLES[check.state]), (f"{check.name:<{width}}", "dim")]
        lines.append((0, [*parts, (f"  {check.found}", "")]))
        if check.advice:
            lines.append(line(check.advice, indent=8 + width + 2))
    problems = sum(check.state == "problem" for check in checks)
    warnings = sum(check.state == "warning" for check in checks)
    verdict = f"{counted(problems, 'problem')}, {counted(warnings, 'warning')}."
    return [*lines, line(verdict, "bold")]


def unanswered_lines(groups: Sequence[QuestionCluster]) -> list[Line]:
    """Questions without an answer, those that ask much the same below one another."""
    if not groups:
        return [line("No question is without an answer so far.")]
    lines: list[Line] = []
    for group in groups:
        for number, lack in enumerate(group.questions):
            facts = [counted(lack.times, "time")]
            facts += ["the answer was called wrong"] if lack.wrong else []
            facts += ["confirmed: not there"] if lack.confirmed else []
            facts += [f"closest: {isolated(lack.source)}"] if lack.source else []
            style = "" if number else "bold"
            parts = [(isolated(lack.question), style), (f" ({', '.join(facts)})", "dim")]
            lines.append((2 if number else 0, parts))
    return lines


def feedback_lines(export: Path | None, written: int, cleared: bool) -> list[Line]:
    """That `written` judged questions were exported, and that all was forgotten."""
    lines = [] if export is None else [line(f"Wrote {export}; judged questions: {written:,}.")]
    return [*lines, *([line("All questions and verdicts are forgotten.")] if cleared else [])]


def trace_lines(traces: Sequence[Trace]) -> list[Line]:
    """Where a removed text still is, and what drops it."""
    if not traces:
        return [line("No trace of this text: not in the index, its caches or the inbox.")]
    lines: list[Line] = [
        (0, [(f"{trace.part}: ", "red"), (f"{trace.what} ({isolated(str(trace.path))})", "")])
        for trace in traces
    ]
    advice = (
        "Take its sources out with: python -m qa remove --purge NAME. "
        "If that was done, drop what is left with: python -m qa remove --purge"
    )
    return [*lines, line(advice, "dim")]


def status_lines(state: Status) -> list[Line]:
    """The state of an index, one fact a line."""
    facts = {
        "index": str(state.index),
        "generation": state.generation,
        "built at": state.built_at,
        "model": state.model,
        "language": ", ".join(f"{code} {count:,}" for code, count in state.languages.items()),
        "documents": f"{state.documents:,}",
        "passages": f"{state.passages:,}",
        "sentences": f"{state.sentences:,}",
        "on disk": f"{state.bytes_on_disk / 1e6:,.1f} MB",
    }
    for number, name in enumerate(state.built_from[:LISTED]):
        facts["built from" if number == 0 else " " * (number + 1)] = isolated(printable(name))
    return [(0, [(f"{name:<11}", "dim"), (str(value), "")]) for name, value in facts.items()]
