"""`add` and `remove`: change what the index is built from, and build."""

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
    say,
    service_of,
    told_plainly,
)

VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="List everything.")]


def add(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATHS", help="Files and folders.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="A text itself.")
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The name of the text.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of another text of that name.")
    ] = False,
    index: IndexOption = None,
    wait: WaitOption = None,
    require_pinned: PinnedOption = False,
    verbose: VerboseOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add files, folders or a text to what the index is built from, and build.

    Files and folders are read where they lie, now and at every later build.
    """
    with told_plainly():
        service = service_of(index=index, wait=wait, require_pinned=require_pinned or None)
        texts = [] if text is None else [(name, text)]
        with progress_shown() as progress:
            report = service.add(paths or None, texts=texts, replace=replace, progress=progress)
        if as_json:
            print_json(asdict(report))
        else:
            print_lines(report_lines(report, verbose))


def remove(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAMES", help="Sources by name, file name or path."),
    ] = None,
    purge: Annotated[
        bool,
        typer.Option("--purge", help="Leave no trace: drop older generations, empty the caches."),
    ] = False,
    index: IndexOption = None,
    wait: WaitOption = None,
    require_pinned: PinnedOption = False,
    verbose: VerboseOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take files, folders or texts out of what the index is built from, and build.

    A text that was added is deleted; a file of yours stays where it is and is left out.
    With --purge and no name, only the traces of what was removed before are dropped.
    """
    with told_plainly():
        service = service_of(index=index, wait=wait, require_pinned=require_pinned or None)
        if purge and not names:
            service.generations.purge()
            say("Older generations and what the caches held for them are gone.")
            return
        with progress_shown() as progress:
            report = service.remove(names or [], purge=purge, progress=progress)
        if as_json:
            print_json(asdict(report))
        else:
            print_lines(report_lines(report, verbose))
