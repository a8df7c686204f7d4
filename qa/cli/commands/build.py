"""`index`, `add` and `remove`: what the index is built from, and the build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.command import (
    IndexOption,
    OpenService,
    PinnedOption,
    Result,
    VerboseOption,
    WaitOption,
)
from qa.cli.render.builds import purged_lines, report_lines
from qa.cli.shell import progress_shown

if TYPE_CHECKING:
    from qa.datatypes import BuildReport, Progress

PathsArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="PATHS", help="Files and folders to read.")
]


def index(
    open_service: OpenService,
    paths: PathsArgument = None,
    texts: Annotated[
        list[str] | None,
        typer.Option("--text", metavar="TEXT", help="A text to index, in quotes; repeatable."),
    ] = None,
    index: IndexOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="MODEL", help="The embedding model: a name or folder.  [QA_MODEL]"
        ),
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
    verbose: VerboseOption = False,
) -> Result:
    """Build the index anew from exactly PATHS and texts.

    What did not change is not embedded again. With neither, it is built from what it was built
    from before; the first time, from the corpus folder. `status` lists that, `add` and `remove`
    change it.

    While it is built, and if it fails or is stopped, the index that was there before answers on.
    """
    service = open_service(
        index=index,
        model=model,
        include=",".join(include) if include else None,
        exclude=",".join(exclude) if exclude else None,
        wait=wait,
        require_pinned=require_pinned or None,
    )
    return _built(
        lambda progress: service.rebuild(paths or None, texts=texts or (), progress=progress),
        verbose,
    )


def add(
    open_service: OpenService,
    paths: PathsArgument = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="A text to add, in quotes.")
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The name of the text.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace another text that has the same name.")
    ] = False,
    index: IndexOption = None,
    wait: WaitOption = None,
    require_pinned: PinnedOption = False,
    verbose: VerboseOption = False,
) -> Result:
    """Add files, folders or a text to the index, and build it.

    Files and folders are read where they lie, now and at every later build.
    """
    service = open_service(index=index, wait=wait, require_pinned=require_pinned or None)
    texts = [] if text is None else [(name, text)]
    return _built(
        lambda progress: service.add(
            paths or None, texts=texts, replace=replace, progress=progress
        ),
        verbose,
    )


def remove(
    open_service: OpenService,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAMES", help="Sources, by name, file name or path."),
    ] = None,
    purge: Annotated[
        bool,
        typer.Option(
            "--purge", help="Leave no trace: drop older generations too, and clean the caches."
        ),
    ] = False,
    index: IndexOption = None,
    wait: WaitOption = None,
    require_pinned: PinnedOption = False,
    verbose: VerboseOption = False,
) -> Result:
    """Take files, folders or texts out of the index, and build it.

    A text that was added is deleted; a file of yours stays where it is and is left out.
    With --purge and no name, only the traces of what was removed before are dropped.
    """
    service = open_service(index=index, wait=wait, require_pinned=require_pinned or None)
    if purge and not names:
        service.generations.purge()
        return Result({"purged": True}, purged_lines())
    return _built(
        lambda progress: service.remove(names or [], purge=purge, progress=progress), verbose
    )


def _built(build: Callable[[Callable[[Progress], None]], BuildReport], verbose: bool) -> Result:
    with progress_shown() as progress:
        report = build(progress)
    return Result(asdict(report), report_lines(report, verbose))
