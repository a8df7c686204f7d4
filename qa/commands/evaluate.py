"""`evaluate`: figures from judged questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.commands.shell import (
    JsonOption,
    print_json,
    print_lines,
    progress_shown,
    told_plainly,
)


def evaluate(
    path: Annotated[Path, typer.Argument(metavar="SET", help="A folder or a file of questions.")],
    split: Annotated[str, typer.Option("--split", help="Which judgements.")] = "test",
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Questions asked.")] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Each signal alone, too.")] = False,
    top_k: Annotated[int, typer.Option("--top-k", "-k", min=1, help="Passages looked at.")] = 5,
    per_query: Annotated[
        Path | None, typer.Option("--per-query", metavar="FILE", help="Write each question's.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option("--run", metavar="FILE", help="Write the ranking (TREC).")
    ] = None,
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Where a set's index is kept.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure how good the answers are.

    SET is a folder in BEIR format (corpus.jsonl, queries.jsonl, qrels/test.tsv), a folder of long
    documents (docs.jsonl, questions.jsonl), or your own questions to the index that is there: a
    .csv or .jsonl file with the columns question and expected (empty: not in these documents).
    """
    with told_plainly():
        from qa.evaluation.report import Outputs, evaluate_any, evaluation_as_dict, evaluation_lines
        from qa.settings import Settings

        outputs = Outputs(per_query, run)
        outputs.check(path)
        with progress_shown() as progress:
            evaluation = evaluate_any(
                path,
                Settings.load(index=index),
                split=split,
                limit=limit,
                compare=compare,
                top_k=top_k,
                index=index,
                progress=progress,
            )
        outputs.write(evaluation)
        if as_json:
            print_json(evaluation_as_dict(evaluation))
        else:
            print_lines(evaluation_lines(evaluation))
