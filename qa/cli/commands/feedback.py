"""`feedback`: the questions that the documents do not answer, and the judged ones as a file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qa.cli.command import IndexOption, OpenService, Result
from qa.cli.render.index import feedback_lines, unanswered_lines


def feedback(
    open_service: OpenService,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export",
            metavar="FILE",
            help="Write the questions whose answers were judged to this file (.jsonl).",
        ),
    ] = None,
    clear: Annotated[
        bool, typer.Option("--clear", help="Forget all questions and verdicts.")
    ] = False,
    index: IndexOption = None,
) -> Result:
    """List the questions that got no answer on the page.

    Those that ask much the same stand together. The exported file is read by evaluate and by
    pin --from. Nothing of it leaves this machine.
    """
    kept = open_service(index=index).feedback
    written = None if export is None else _write(export, kept.export())
    if clear:
        kept.clear()
    if written is not None or clear:
        lines = feedback_lines(export, written or 0, clear)
        return Result({"exported": written or 0, "cleared": clear}, lines)
    groups = kept.unanswered()
    told = [{"times": group.times, "questions": asdict(group)["questions"]} for group in groups]
    return Result({"unanswered": told}, unanswered_lines(groups))


def _write(path: Path, lines: str) -> int:
    """Write the judged questions; how many. Raises InputError."""
    from qa.errors import InputError

    if path.suffix.lower() != ".jsonl":
        raise InputError(f"{path} must end in .jsonl, so that evaluate can read it.")
    if not lines:
        raise InputError("No answer was judged yet, so there is nothing to write.")
    try:
        path.write_text(lines, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error
    return lines.count("\n")
