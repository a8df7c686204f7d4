"""`status` and `verify`: the state of an index."""

from __future__ import annotations

from dataclasses import asdict

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
from qa.wording import status_lines


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


def verify(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """Check every checksum, count and offset of the index."""
    with told_plainly():
        problems = service_of(index=index).verify()
        if as_json:
            print_json({"ok": not problems, "problems": problems})
        else:
            print_lines([(0, [(problem, "red")]) for problem in problems])
            if not problems:
                print_lines([(0, [("The index is whole: files, counts and offsets fit.", "")])])
        if problems:
            raise typer.Exit(PROBLEMS)
