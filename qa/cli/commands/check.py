"""`status`, `verify`, `resolve` and `doctor`: whether things are as they should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.command import IndexOption, OpenService, Result
from qa.cli.render.accounts import account_lines
from qa.cli.render.index import (
    check_lines,
    problem_lines,
    resolved_lines,
    status_lines,
    trace_lines,
)
from qa.cli.render.lines import listed
from qa.cli.shell import NOT_FOUND, OK, PROBLEMS

if TYPE_CHECKING:
    from qa.cli.doctor.checks import Check


def status(
    open_service: OpenService,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Tell of each document how many of its file's words were read."
        ),
    ] = False,
    index: IndexOption = None,
) -> Result:
    """Tell what the index holds and whether it can be used.

    With --verbose, a line for each document: words in the file, words read, what was left out and
    why; and the files of which nothing could be read.
    """
    service = open_service(index=index)
    state = service.status()
    told, lines = asdict(state), [] if state.generation is None else status_lines(state)
    if verbose and state.generation is not None:
        accounts = [document.account for document in service.documents()]
        unread = service.sources.unread()
        told["accounts"] = [asdict(account) for account in accounts]
        told["unread"] = [asdict(skipped) for skipped in unread]
        lines += account_lines(accounts)
        lines += listed("Not read", [f"{one.source}: {one.reason}" for one in unread], None)
    return Result(told, lines, error=state.problem)


def verify(
    open_service: OpenService,
    removed: Annotated[
        str | None,
        typer.Option(
            "--removed",
            metavar="TEXT",
            help="Look for this text in every part of the index instead: it must be in none.",
        ),
    ] = None,
    index: IndexOption = None,
) -> Result:
    """Check that the index is whole, or that a text has left no trace.

    Every checksum, count and offset is checked, and a sample of the vectors. With --removed the
    parts looked into are the catalog, the searches, the caches, older generations and the inbox.
    """
    generations = open_service(index=index).generations
    if removed is not None:
        traces = generations.traces(removed)
        told = {"ok": not traces, "traces": [asdict(trace) for trace in traces]}
        return Result(told, trace_lines(traces), PROBLEMS if traces else OK)
    problems = generations.verify()
    sound = [one.name for one in generations.history() if not (one.live or one.problem)]
    lines = problem_lines(problems, sound[-1] if sound else None)
    told = {"ok": not problems, "problems": problems}
    return Result(told, lines, PROBLEMS if problems else OK)


def resolve(
    open_service: OpenService,
    citation: Annotated[
        str, typer.Argument(metavar="CITATION", help="A citation as ask --json prints it.")
    ],
    index: IndexOption = None,
) -> Result:
    """Show the text that a citation stands for, or what became of it."""
    resolved = open_service(index=index).resolve(citation)
    places = [str(place) for place in resolved.now]
    told = {**asdict(resolved), "citation": str(resolved.citation), "now": places}
    lost = resolved.state in ("changed", "gone")
    return Result(told, resolved_lines(resolved), NOT_FOUND if lost else OK)


def doctor(open_service: OpenService, index: IndexOption = None) -> Result:
    """Check what goes wrong in the first hour, and say what to do.

    It looks at Python, packages, model, processor, disk, folders, index and port.
    """
    from qa.cli.doctor.checks import examine

    return diagnosis(examine(open_service(index=index).settings))


def diagnosis(checks: Sequence[Check]) -> Result:
    """What the doctor's checks come to."""
    ill = any(check.state == "problem" for check in checks)
    told = {"ok": not ill, "checks": [asdict(check) for check in checks]}
    return Result(told, check_lines(checks), PROBLEMS if ill else OK)
