"""`ask` and `explain`: questions from the shell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.render.answers import answer_as_dict, answer_lines
from qa.cli.shell import (
    NOT_FOUND,
    IndexOption,
    JsonOption,
    RerankOption,
    print_json,
    print_lines,
    progress_shown,
    say,
    service_of,
    told_plainly,
)

if TYPE_CHECKING:
    from qa.datatypes import Answer
    from qa.insight.explanation.why import Why


def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In your own words.")],
    top_k: Annotated[int, typer.Option("--top-k", "-k", min=1, help="Passages shown.")] = 5,
    rerank: RerankOption = None,
    within: Annotated[
        list[str] | None,
        typer.Option("--in", metavar="SOURCE", help="Only this document, folder or *.pdf; repeat."),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="What each signal gives to a score; which words match.")
    ] = False,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Answer a question. Where there is no index yet, the corpus folder is indexed first."""
    with told_plainly():
        from qa.errors import IndexMissingError
        from qa.insight.explanation.why import why as reasons

        service, asked = service_of(index=index, rerank=rerank), " ".join(question)
        try:
            answer = service.ask(asked, top_k=top_k, sources=within or ())
        except IndexMissingError:
            say(f"There is no index in {service.settings.index} yet.")
            with progress_shown() as progress:
                service.rebuild(progress=progress)
            answer = service.ask(asked, top_k=top_k, sources=within or ())
        _print(answer, reasons(service.retriever(), answer) if why else (), as_json)
        if answer.text is None:
            raise typer.Exit(NOT_FOUND)


def _print(answer: Answer, reasons: Sequence[Why], as_json: bool) -> None:
    from qa.cli.render.explanation import why_as_dict, why_lines

    if not as_json:
        print_lines([*answer_lines(answer), *why_lines(answer, reasons)])
        return
    told = answer_as_dict(answer)
    for hit, reason in zip(told["hits"], reasons, strict=False):
        hit["why"] = why_as_dict(reason)
    print_json(told)


def explain(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In your own words.")],
    expected: Annotated[
        str, typer.Option("--expected", "-e", metavar="TEXT", help="What should be found.")
    ],
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Tell why a text of the corpus is not the answer: which step lost it, and what would help."""
    with told_plainly():
        from qa.cli.render.explanation import explanation_lines
        from qa.insight.explanation.explain import explain as explained

        retriever = service_of(index=index).retriever()
        explanation = explained(retriever, " ".join(question), expected)
        if as_json:
            print_json(asdict(explanation))
        else:
            print_lines(explanation_lines(explanation))
