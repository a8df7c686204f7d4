"""`evaluate`: figures from judged questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.command import OpenService, RerankOption, Result
from qa.cli.shell import progress_shown


def evaluate(
    open_service: OpenService,
    path: Annotated[
        Path, typer.Argument(metavar="SET", help="A folder, or a file of questions; see above.")
    ],
    measure: Annotated[
        str,
        typer.Option("--measure", "-m", help="What is measured: ranking, sentences or confidence."),
    ] = "ranking",
    split: Annotated[
        str, typer.Option("--split", help="The judgements that are used: qrels/SPLIT.tsv.")
    ] = "test",
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Ask only so many questions, drawn at random."),
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Also measure the ranking by each signal alone.")
    ] = False,
    foreign: Annotated[
        list[Path] | None,
        typer.Option(
            "--foreign",
            metavar="SET",
            help="A set whose questions have no answer in these texts; repeatable.",
        ),
    ] = None,
    leave_out: Annotated[
        bool,
        typer.Option(
            "--leave-out", help="Index half of the texts and ask about all: half has no answer."
        ),
    ] = False,
    top_k: Annotated[
        int,
        typer.Option("--top-k", "-k", min=1, help="How many passages of an answer are looked at."),
    ] = 5,
    per_query: Annotated[
        Path | None,
        typer.Option(
            "--per-query", metavar="FILE", help="Write the figures of each question to this file."
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="Compare with the figures that an earlier run wrote with --per-query.",
        ),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(
            "--run",
            metavar="FILE",
            help="Write the ranking of each question to this file, in the format of TREC.",
        ),
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option(
            "--index",
            metavar="DIR",
            help="The folder that keeps the index of a set for next time.",
        ),
    ] = None,
    rerank: RerankOption = None,
) -> Result:
    """Measure how good the answers are.

    SET is a folder in BEIR format (corpus.jsonl, queries.jsonl, qrels/test.tsv), a folder of long
    documents (docs.jsonl, questions.jsonl), or your own questions to the index that is there: a
    .csv or .jsonl file with the columns question and expected (empty: not in these documents).
    """
    from qa.cli.render.evaluation import evaluation_as_dict, evaluation_lines
    from qa.insight.evaluation.output_files import Outputs
    from qa.insight.evaluation.run import Options, check
    from qa.insight.evaluation.run import evaluate as run_evaluation

    options = Options(
        measure=measure,
        split=split,
        limit=limit,
        compare=compare,
        foreign=tuple(foreign or ()),
        leave_out=leave_out,
        top_k=top_k,
        index=index,
        baseline=baseline,
    )
    outputs = Outputs(per_query, run)
    check(path, options)
    outputs.check(path, measure)
    settings = open_service(index=index, rerank=rerank).settings
    with progress_shown() as progress:
        evaluation = run_evaluation(path, settings, options, progress)
    outputs.write(evaluation)
    return Result(evaluation_as_dict(evaluation), evaluation_lines(evaluation))
