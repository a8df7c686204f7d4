"""Whether the marked sentence is the one that answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.insight.evaluation.evaluation import (
    Evaluation,
    OnProgress,
    describe_run,
    estimates,
    sample,
    with_progress,
)
from qa.insight.evaluation.set_index import open_index
from qa.insight.evaluation.sets import read_answers, read_ranking_set
from qa.settings import MAX_QUESTION_CHARACTERS

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.encoders.pair import EncoderPair
    from qa.settings import Settings

ANSWERS = "answers.jsonl"


def evaluate_sentences(
    folder: str | Path,
    *,
    settings: Settings,
    split: str = "test",
    limit: int | None = None,
    index: Path | None = None,
    pair: EncoderPair | None = None,
    progress: OnProgress = lambda _: None,
) -> Evaluation:
    """How often a gold answer lies in the marked sentence of the first passage.

    "given the entry" searches only the passages of the entry that is judged relevant, "found"
    all of them. "in the first passage" is what marking could reach at most. Raises InputError
    for a set without `answers.jsonl` (`_id`, `answers`).
    """
    folder = Path(folder).resolve()
    given = read_ranking_set(folder, split)
    answers = read_answers(folder / ANSWERS)
    possible = sorted(each for each in given.questions if answers.get(each))
    asked = sample(possible, limit)
    rows: list[dict[str, Any]] = []
    with open_index(
        given.documents, folder.name, settings, kept=index, pair=pair, progress=progress
    ) as retriever:
        rows_of = _rows_of(retriever)
        for each in with_progress(asked, progress):
            question = given.questions[each][:MAX_QUESTION_CHARACTERS]
            entries = [rows_of[entry] for entry in given.qrels[each] if entry in rows_of]
            inside = np.sort(np.concatenate(entries)) if entries else np.empty(0, np.int64)
            rows.append(
                {
                    "question": each,
                    **_held(retriever, question, answers[each], "given the entry", inside),
                    **_held(retriever, question, answers[each], "found", None),
                }
            )
        facts = describe_run(retriever, settings, len(asked), len(possible), 1)
    names = [name for name in rows[0] if name != "question"]
    return Evaluation(
        name=folder.name,
        kind="sentences",
        facts={"split": split, **facts},
        figures={"full": estimates({name: [row[name] for row in rows] for name in names})},
        notes=given.notes,
        rows=tuple(rows),
    )


def _rows_of(retriever: Retriever) -> dict[str, np.ndarray[Any, np.dtype[np.int64]]]:
    """Entry id → rows of its passages."""
    sources = {line[0]: line[2] for line in retriever.catalog.summaries()}
    found: dict[str, list[int]] = {}
    for row, passage in enumerate(retriever.catalog.all_passages()):
        found.setdefault(sources[passage.document_id], []).append(row)
    return {source: np.array(rows, np.int64) for source, rows in found.items()}


def _held(
    retriever: Retriever,
    question: str,
    answers: tuple[str, ...],
    name: str,
    rows: np.ndarray[Any, np.dtype[np.int64]] | None,
) -> dict[str, float]:
    groups = (
        []
        if rows is not None and not len(rows)
        else retriever.ranked(retriever.candidates(question, rows=rows))
    )
    first = groups[0][0] if groups else None
    passage = first.passage.text if first else ""
    sentence = first.sentence.text if first else ""
    return {
        f"{name}: in the marked sentence": float(any(each in sentence for each in answers)),
        f"{name}: in the first passage": float(any(each in passage for each in answers)),
    }
