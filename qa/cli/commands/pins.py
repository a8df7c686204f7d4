"""`pin`, `pins` and `unpin`: questions that the index must go on answering."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.command import IndexOption, OpenService, Result
from qa.cli.render.index import pin_lines, pinned_file_lines, pinned_lines, unpinned_lines
from qa.cli.shell import say

if TYPE_CHECKING:
    from qa.building.pins import Pins


def pin(
    open_service: OpenService,
    question: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", help="The question, in your own words."),
    ] = None,
    expected: Annotated[
        list[str] | None,
        typer.Option(
            "--expected",
            "-e",
            metavar="TEXT",
            help="Words that the answer must hold; repeatable: one of the texts is enough.",
        ),
    ] = None,
    absent: Annotated[
        bool,
        typer.Option("--absent", help="The right answer is: not in these documents."),
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Pin every question of a .jsonl or .csv file."),
    ] = None,
    index: IndexOption = None,
) -> Result:
    """Pin a question that the index must go on answering.

    Before each switch to a new index it is tried there. It passes where the first passage, or the
    sentence given as the answer, holds the text.
    """
    from qa.building.pins import passes
    from qa.errors import InputError, QAError

    service = open_service(index=index)
    if source is not None:
        if question or expected or absent:
            raise InputError("Give either a question, or a file of questions with --from.")
        return _pin_all(source, service.pins)
    if not question:
        raise InputError("Give the question to pin, or a file of questions with --from.")
    if bool(expected) == absent:
        raise InputError("Give either --expected TEXT or --absent.")
    pinned = service.pins.add(" ".join(question), expected or ())
    passed = None
    try:
        passed = passes(pinned, service.ask(pinned.text))
    except QAError as error:
        say(f"It could not be tried now: {error}")
    return Result({"pinned": pinned.text, "passes": passed}, pinned_lines(pinned.text, passed))


def _pin_all(path: Path, pins: Pins) -> Result:
    from qa.answering.judged_questions import read_judged_questions

    questions = read_judged_questions(path)
    pins.add_all(questions)
    return Result({"pinned": len(questions)}, pinned_file_lines(path, len(questions)))


def pins(open_service: OpenService, index: IndexOption = None) -> Result:
    """List the pinned questions with their numbers."""
    pinned = open_service(index=index).pins.all()
    told = [{"question": pin.text, "expected": list(pin.accepted)} for pin in pinned]
    return Result({"pins": told}, pin_lines(pinned))


def unpin(
    open_service: OpenService,
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question, or its number.")
    ],
    index: IndexOption = None,
) -> Result:
    """Take a pinned question away."""
    removed = open_service(index=index).pins.remove(" ".join(question))
    return Result({"unpinned": removed.text}, unpinned_lines(removed.text))
