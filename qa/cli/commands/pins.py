"""`pin`, `pins` and `unpin`: questions that the index must go on answering."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.shell import (
    IndexOption,
    JsonOption,
    print_json,
    print_lines,
    say,
    service_of,
    told_plainly,
)

if TYPE_CHECKING:
    from qa.service import Service


def pin(
    question: Annotated[
        list[str] | None, typer.Argument(metavar="QUESTION", help="In your own words.")
    ] = None,
    expected: Annotated[
        list[str] | None,
        typer.Option("--expected", "-e", metavar="TEXT", help="Words of the answer; repeatable."),
    ] = None,
    absent: Annotated[
        bool, typer.Option("--absent", help="Expected is: not in these documents.")
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Pin every question of a .jsonl or .csv file."),
    ] = None,
    index: IndexOption = None,
) -> None:
    """Pin a question: before each switch to a new index it is tried there.

    It passes where the first passage, or the sentence given as the answer, holds the text.
    """
    with told_plainly():
        from qa.building.pins import passes
        from qa.errors import InputError, QAError

        service = service_of(index=index)
        if source is not None:
            if question or expected or absent:
                raise InputError("Give either a question, or a file of questions with --from.")
            _pin_all(source, service)
            return
        if not question:
            raise InputError("Give the question to pin, or a file of questions with --from.")
        if bool(expected) == absent:
            raise InputError("Give either --expected TEXT or --absent.")
        pinned = service.pins.add(" ".join(question), expected or ())
        told = f"Pinned: {pinned.text}"
        try:
            right = passes(pinned, service.ask(pinned.text))
        except QAError as error:
            say(f"It could not be tried now: {error}")
        else:
            told += " (passes now)" if right else " (does not pass now)"
        print_lines([(0, [(told, "")])])


def _pin_all(path: Path, service: Service) -> None:
    from qa.answering.judged_questions import read_judged_questions
    from qa.answering.retriever import check_question

    questions = read_judged_questions(path)
    for each in questions:
        check_question(each.text)
    for each in questions:
        service.pins.add(each.text, each.accepted)
    print_lines([(0, [(f"Pinned questions of {path}: {len(questions):,}.", "")])])


def pins(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """List the pinned questions with their numbers."""
    with told_plainly():
        from qa.cli.render.index import pin_lines

        pinned = service_of(index=index).pins.all()
        if as_json:
            given = [{"question": each.text, "expected": list(each.accepted)} for each in pinned]
            print_json({"pins": given})
        else:
            print_lines(pin_lines(pinned))


def unpin(
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question, or its number.")
    ],
    index: IndexOption = None,
) -> None:
    """Take a pinned question away."""
    with told_plainly():
        gone = service_of(index=index).pins.remove(" ".join(question))
        print_lines([(0, [(f"No longer pinned: {gone.text}", "")])])
