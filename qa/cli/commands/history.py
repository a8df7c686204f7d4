"""`history`, `rollback` and `prune`: the generations of an index."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from qa.cli.shell import (
    IndexOption,
    JsonOption,
    WaitOption,
    print_json,
    print_lines,
    service_of,
    told_plainly,
)
from qa.index.generations import KEPT_GENERATIONS


def history(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """List the generations of the index, oldest first; the live one has a star."""
    with told_plainly():
        from qa.cli.render.index import history_lines

        generations = service_of(index=index).generations.history()
        if as_json:
            print_json({"generations": [asdict(each) for each in generations]})
        else:
            print_lines(history_lines(generations))


def rollback(
    generation: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Without: the one before the live one.")
    ] = None,
    index: IndexOption = None,
    wait: WaitOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an earlier generation the live one, in one step, after checking all of it."""
    with told_plainly():
        from qa.cli.render.index import rollback_lines

        chosen = service_of(index=index, wait=wait).generations.rollback(generation)
        if as_json:
            print_json(asdict(chosen))
        else:
            print_lines(rollback_lines(chosen))


def prune(
    keep: Annotated[
        int,
        typer.Option(
            "--keep", min=1, metavar="N", help="So many of the newest stay, and the live one."
        ),
    ] = KEPT_GENERATIONS,
    index: IndexOption = None,
    wait: WaitOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove old generations, unused encoders and what stopped builds left.

    The N newest stay, and the live one wherever it stands: after a rollback that is one more.
    """
    with told_plainly():
        from qa.cli.render.index import pruned_lines

        gone = service_of(index=index, wait=wait).generations.prune(keep)
        if as_json:
            print_json(asdict(gone))
        else:
            print_lines(pruned_lines(gone))
