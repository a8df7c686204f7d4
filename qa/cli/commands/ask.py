"""`ask` and `explain`: questions from the shell."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.command import IndexOption, OpenService, RerankOption, Result
from qa.cli.shell import NOT_FOUND, OK, progress_shown, say

QuestionArgument = Annotated[
    list[str], typer.Argument(metavar="QUESTION", help="The question, in your own words.")
]


def ask(
    open_service: OpenService,
    question: QuestionArgument,
    top_k: Annotated[
        int, typer.Option("--top-k", "-k", min=1, help="The most passages that are shown.")
    ] = 5,
    rerank: RerankOption = None,
    within: Annotated[
        list[str] | None,
        typer.Option(
            "--in",
            metavar="SOURCE",
            help="Look only into this document, this folder or files such as *.pdf; repeatable.",
        ),
    ] = None,
    why: Annotated[
        bool,
        typer.Option(
            "--why",
            help="Show what each signal gives to the score of a passage, and which words match.",
        ),
    ] = False,
    index: IndexOption = None,
) -> Result:
    """Answer a question from the documents.

    Where there is no index yet, the corpus folder is indexed first.
    """
    from qa.cli.render.answers import answer_as_dict, answer_lines
    from qa.errors import IndexMissingError

    service, asked = open_service(index=index, rerank=rerank), " ".join(question)
    try:
        answer = service.ask(asked, top_k=top_k, sources=within or ())
    except IndexMissingError:
        say(f"There is no index in {service.settings.index} yet.")
        with progress_shown() as progress:
            service.rebuild(progress=progress)
        answer = service.ask(asked, top_k=top_k, sources=within or ())
    told, lines = answer_as_dict(answer), answer_lines(answer)
    if why:
        from qa.cli.render.explanation import why_as_dict, why_lines
        from qa.insight.explanation.why import why as reasons_for

        reasons = reasons_for(service.retriever(), answer)
        lines += why_lines(answer, reasons)
        for hit, reason in zip(told["hits"], reasons, strict=False):
            hit["why"] = why_as_dict(reason)
    return Result(told, lines, NOT_FOUND if answer.text is None else OK)


def explain(
    open_service: OpenService,
    question: QuestionArgument,
    expected: Annotated[
        str,
        typer.Option(
            "--expected", "-e", metavar="TEXT", help="Words of the text that should be found."
        ),
    ],
    index: IndexOption = None,
) -> Result:
    """Explain why a text of the corpus is not the answer.

    It tells which step lost the text, and what would help.
    """
    from qa.cli.render.explanation import explanation_as_dict, explanation_lines
    from qa.insight.explanation.explain import explain as explanation_of

    retriever = open_service(index=index).retriever()
    explanation = explanation_of(retriever, " ".join(question), expected)
    return Result(explanation_as_dict(explanation), explanation_lines(explanation))
