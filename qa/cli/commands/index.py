"""`index`: build from the shell."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qa.cli.render.answers import report_lines
from qa.cli.shell import (
    IndexOption,
    JsonOption,
    PinnedOption,
    WaitOption,
    print_json,
    print_lines,
    progress_shown,
    service_of,
    told_plainly,
)


def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files and folders; see below."),
    ] = None,
    texts: Annotated[
        list[str] | None, typer.Option("--text", metavar="TEXT", help="A text itself; repeatable.")
    ] = None,
    index: IndexOption = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="MODEL", help="A name or folder.  [QA_MODEL]")
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(
            "--include",
            metavar="GLOB",
            help="Of folders, only these files: *.pdf or reports/**; repeatable.  [QA_INCLUDE]",
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude",
            metavar="GLOB",
            help="Files and folders to leave out; repeatable.  [QA_EXCLUDE]",
        ),
    ] = None,
    require_pinned: PinnedOption = False,
    wait: WaitOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List everything.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Build the index anew from exactly PATHS and texts. What did not change is not embedded again.

    With neither, it is built from what it was built from before; the first time, from the corpus
    folder. `status` lists that, `add` and `remove` change it.

    While it is built, and if it fails or is stopped, the index that was there before answers on.
    """
    with told_plainly():
        service = service_of(
            index=index,
            model=model,
            include=",".join(include) if include else None,
            exclude=",".join(exclude) if exclude else None,
            wait=wait,
            require_pinned=require_pinned or None,
        )
        with progress_shown() as progress:
            report = service.rebuild(paths or None, texts=texts or (), progress=progress)
        if as_json:
            print_json(asdict(report))
        else:
            print_lines(report_lines(report, verbose))
