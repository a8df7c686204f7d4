"""`status` and `verify`: the state of an index."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from qa.commands.shell import (
    PROBLEMS,
    IndexOption,
    JsonOption,
    fail,
    print_json,
    print_lines,
    service_of,
    told_plainly,
)
from qa.wording import status_lines, trace_lines

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
    """Check every checksum, count and offset of the index; or, with --removed, that a text is in
    no part of it: catalog, searches, caches, older generations, inbox.
    """
    with told_plainly():
        service = service_of(index=index)
        if removed is not None:
            _verify_removed(service, removed, as_json)
            return
        problems = service.verify()
        if as_json:
            print_json({"ok": not problems, "problems": problems})
        else:
            print_lines([(0, [(problem, "red")]) for problem in problems])
            if not problems:
                print_lines([(0, [("The index is whole: files, counts and offsets fit.", "")])])
        if problems:
            raise typer.Exit(PROBLEMS)


def _verify_removed(service: Service, text: str, as_json: bool) -> None:
    traces = service.traces(text)
    if as_json:
        print_json({"ok": not traces, "traces": [asdict(trace) for trace in traces]})
    else:
        print_lines(trace_lines(traces))
    if traces:
        raise typer.Exit(PROBLEMS)
