"""`evaluate`: figures from judged questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.shell import (
    JsonOption,
    RerankOption,
    print_json,
    print_lines,
    progress_shown,
    told_plainly,
)


def evaluate(
    path: Annotated[Path, typer.Argument(metavar="SET", help="A folder or a file of questions.")],
    measure: Annotated[
        str, typer.Option("--measure", "-m", help="ranking, sentences or confidence.")
    ] = "ranking",
    split: Annotated[str, typer.Option("--split", help="Which judgements.")] = "test",
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Questions asked.")] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Each signal alone, too.")] = False,
    foreign: Annotated[
        list[Path] | None,
        typer.Option("--foreign", metavar="SET", help="Its questions have no answer here."),
    ] = None,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Index half of the texts, ask about all.")
    ] = False,
    top_k: Annotated[int, typer.Option("--top-k", "-k", min=1, help="Passages looked at.")] = 5,
    per_query: Annotated[
        Path | None, typer.Option("--per-query", metavar="FILE", help="Write each question's.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="An earlier --per-query.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option("--run", metavar="FILE", help="Write the ranking (TREC).")
    ] = None,
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Where a set's index is kept.")
    ] = None,
    rerank: RerankOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure how good the answers are.

    SET is a folder in BEIR format (corpus.jsonl, queries.jsonl, qrels/test.tsv), a folder of long
    documents (docs.jsonl, questions.jsonl), or your own questions to the index that is there: a
    .csv or .jsonl file with the columns question and expected (empty: not in these documents).
    """
    with told_plainly():
        from qa.cli.render.evaluation import evaluation_as_dict, evaluation_lines
        from qa.insight.evaluation.report import Outputs
        from qa.insight.evaluation.run import Options, check
        from qa.insight.evaluation.run import evaluate as run_evaluation
        from qa.settings import Settings

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
        with progress_shown() as progress:
            evaluation = run_evaluation(
                path, Settings.load(index=index, rerank=rerank), options, progress
            )
        outputs.write(evaluation)
        if as_json:
            print_json(evaluation_as_dict(evaluation))
        else:
            print_lines(evaluation_lines(evaluation))
