"""`history`, `rollback` and `prune`: the generations of an index."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from qa.cli.command import IndexOption, OpenService, Result, WaitOption
from qa.cli.render.index import history_lines, pruned_lines, rollback_lines
from qa.index.generations import KEPT_GENERATIONS


def history(open_service: OpenService, index: IndexOption = None) -> Result:
    """List the generations of the index, oldest first.

    The live one has a star.
    """
    generations = open_service(index=index).generations.history()
    told = {"generations": [asdict(generation) for generation in generations]}
    return Result(told, history_lines(generations))


def rollback(
    open_service: OpenService,
    generation: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="The generation, as history names it; without, the one before the live one.",
        ),
    ] = None,
    index: IndexOption = None,
    wait: WaitOption = None,
) -> Result:
    """Make an earlier generation the live one.

    All of it is checked first; the switch is one step.
    """
    live = open_service(index=index, wait=wait).generations.rollback(generation)
    return Result(asdict(live), rollback_lines(live))


def prune(
    open_service: OpenService,
    keep: Annotated[
        int,
        typer.Option("--keep", min=1, metavar="N", help="How many of the newest generations stay."),
    ] = KEPT_GENERATIONS,
    index: IndexOption = None,
    wait: WaitOption = None,
) -> Result:
    """Remove old generations and what stopped builds left.

    The N newest stay, and the live one wherever it stands: after a rollback that is one more.
    Encoders that no generation uses go too.
    """
    pruned = open_service(index=index, wait=wait).generations.prune(keep)
    return Result(asdict(pruned), pruned_lines(pruned))
