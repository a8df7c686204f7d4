"""`status`, `verify`, `resolve` and `doctor`: whether things are as they should be."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.render.answers import status_lines, trace_lines
from qa.cli.shell import (
    NOT_FOUND,
    PROBLEMS,
    IndexOption,
    JsonOption,
    fail,
    print_json,
    print_lines,
    service_of,
    told_plainly,
)

if TYPE_CHECKING:
    from qa.service import Service


def status(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """Tell what the index holds and whether it can be used."""
    with told_plainly():
        state = service_of(index=index).status()
        if as_json:
            print_json(asdict(state))
        elif state.generation is not None:
            print_lines(status_lines(state))
        if state.problem is not None:
            fail(state.problem)


def verify(
    removed: Annotated[
        str | None,
        typer.Option("--removed", metavar="TEXT", help="Check that this text left no trace."),
    ] = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Check every checksum, count and offset of the index, and a sample of its vectors; or, with
    --removed, that a text is in no part of it: catalog, searches, caches, older generations, inbox.
    """
    with told_plainly():
        from qa.cli.render.index import verdict_line

        service = service_of(index=index)
        if removed is not None:
            _verify_removed(service, removed, as_json)
            return
        problems = service.generations.verify()
        if as_json:
            print_json({"ok": not problems, "problems": problems})
        else:
            sound = [
                each.name
                for each in service.generations.history()
                if not (each.live or each.problem)
            ]
            print_lines([(0, [(problem, "red")]) for problem in problems])
            print_lines([verdict_line(problems, sound[-1] if sound else None)])
        if problems:
            raise typer.Exit(PROBLEMS)


def resolve(
    citation: Annotated[str, typer.Argument(metavar="CITATION", help="As ask --json gives it.")],
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Show the text that a citation stands for, or what has become of it."""
    with told_plainly():
        from qa.cli.render.index import resolved_lines

        resolved = service_of(index=index).resolve(citation)
        if as_json:
            places = [str(place) for place in resolved.now]
            print_json({**asdict(resolved), "citation": str(resolved.citation), "now": places})
        else:
            print_lines(resolved_lines(resolved))
        if resolved.state in ("changed", "gone"):
            raise typer.Exit(NOT_FOUND)


def doctor(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """Check what goes wrong in the first hour; each line says what to do."""
    with told_plainly():
        from qa.cli.doctor.checks import examine
        from qa.cli.render.index import check_lines

        checks = examine(service_of(index=index).settings)
        problems = [check for check in checks if check.state == "problem"]
        if as_json:
            print_json({"ok": not problems, "checks": [asdict(check) for check in checks]})
        else:
            print_lines(check_lines(checks))
        if problems:
            raise typer.Exit(PROBLEMS)


def _verify_removed(service: Service, text: str, as_json: bool) -> None:
    traces = service.generations.traces(text)
    if as_json:
        print_json({"ok": not traces, "traces": [asdict(trace) for trace in traces]})
    else:
        print_lines(trace_lines(traces))
    if traces:
        raise typer.Exit(PROBLEMS)
