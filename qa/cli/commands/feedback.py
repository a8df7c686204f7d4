"""`feedback`: the questions that the documents do not answer, and the judged ones as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.shell import (
    IndexOption,
    JsonOption,
    print_json,
    print_lines,
    service_of,
    told_plainly,
)


def feedback(
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write the judged questions (.jsonl)."),
    ] = None,
    clear: Annotated[
        bool, typer.Option("--clear", help="Forget all questions and verdicts.")
    ] = False,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """List the questions that got no answer on the page, those that ask much the same together.

    The exported file is read by evaluate and by pin --from. Nothing of it leaves this machine.
    """
    with told_plainly():
        from qa.cli.render.index import lack_lines

        service = service_of(index=index)
        written = _write(export, service.feedback.export()) if export is not None else None
        if clear:
            service.feedback.clear()
        if written is not None or clear:
            if as_json:
                print_json({"exported": written or 0, "cleared": clear})
                return
            told = [] if written is None else [f"Wrote {export}; judged questions: {written:,}."]
            told += ["All questions and verdicts are forgotten."] if clear else []
            print_lines([(0, [(line, "")]) for line in told])
            return
        groups = service.feedback.unanswered()
        if not as_json:
            print_lines(lack_lines(groups))
            return
        from dataclasses import asdict

        listed = [{"times": one.times, "questions": asdict(one)["lacks"]} for one in groups]
        print_json({"unanswered": listed})


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
