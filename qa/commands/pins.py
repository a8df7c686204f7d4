"""`pin`, `pins` and `unpin`: questions that the index must go on answering."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.commands.shell import (
    IndexOption,
    JsonOption,
    print_json,
    print_lines,
    say,
    service_of,
    told_plainly,
)


def pin(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In your own words.")],
    expected: Annotated[
        list[str] | None,
        typer.Option("--expected", "-e", metavar="TEXT", help="Words of the answer; repeatable."),
    ] = None,
    absent: Annotated[
        bool, typer.Option("--absent", help="Expected is: not in these documents.")
    ] = False,
    index: IndexOption = None,
) -> None:
    """Pin a question: before each switch to a new index it is tried there.

    It passes where the first passage, or the sentence given as the answer, holds the text.
    """
    with told_plainly():
        from qa.errors import InputError, QAError
        from qa.pinned import passes

        if bool(expected) == absent:
            raise InputError("Give either --expected TEXT or --absent.")
        service = service_of(index=index)
        pinned = service.pin(" ".join(question), expected or ())
        told = f"Pinned: {pinned.text}"
        try:
            right = passes(pinned, service.ask(pinned.text))
        except QAError as error:
            say(f"It could not be tried now: {error}")
        else:
            told += " (passes now)" if right else " (does not pass now)"
        print_lines([(0, [(told, "")])])


def pins(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """List the pinned questions with their numbers."""
    with told_plainly():
        from qa.wording_index import pin_lines

        pinned = service_of(index=index).pins()
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
        gone = service_of(index=index).unpin(" ".join(question))
        print_lines([(0, [(f"No longer pinned: {gone.text}", "")])])
