"""How well judged sets are searched, and what each part of the ranking contributes.

The texts of a set are indexed and asked by the same code as everything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.answering.fusion import best_first
from qa.insight.evaluation.evaluation import (
    FULL,
    TOP_K,
    Evaluation,
    OnProgress,
    describe_run,
    estimates,
    sample,
    with_progress,
)
from qa.insight.evaluation.measures import METRICS, Estimate, per_question, reciprocal_ranks
from qa.insight.evaluation.set_index import open_index
from qa.insight.evaluation.sets import RankingSet, read_ranking_set
from qa.settings import MAX_QUESTION_CHARACTERS

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.answering.second_stage import Candidates
    from qa.datatypes import Scores
    from qa.encoders.pair import EncoderPair
    from qa.settings import Settings

SYSTEMS = (FULL, "dense", "sentence", "BM25", "RRF")
"""Beside it: passage vectors, best sentence, keywords, and dense and BM25 fused by rank."""


def evaluate_ranking(
    folder: str | Path,
    *,
    settings: Settings,
    split: str = "test",
    limit: int | None = None,
    compare: bool = False,
    index: Path | None = None,
    pair: EncoderPair | None = None,
    progress: OnProgress = lambda _: None,
) -> Evaluation:
    """METRICS of a set in BEIR format; with `compare`, of each of SYSTEMS.

    Passages are mapped back to their entries, each at its first passage. As for users who see
    TOP_K passages, only the best few are looked into word by word; the other candidates follow
    by their fused score. `limit` draws a seeded sample of questions. The set's index is kept
    below `index` where given; `pair` replaces the model of `settings`. Raises InputError for a
    set that cannot be read.
    """
    folder = Path(folder).resolve()
    given = read_ranking_set(folder, split)
    asked = sample(sorted(given.questions), limit)
    systems = SYSTEMS if compare else (FULL,)
    runs: dict[str, dict[str, list[str]]] = {system: {} for system in systems}
    with open_index(
        given.documents, folder.name, settings, kept=index, pair=pair, progress=progress
    ) as retriever:
        ranker = Ranker(retriever, settings.candidates)
        for question in with_progress(asked, progress):
            scored = retriever.candidates(given.questions[question][:MAX_QUESTION_CHARACTERS])
            for system in systems:
                runs[system][question] = ranker.entries(scored, system)
        facts = describe_run(retriever, settings, len(asked), len(given.questions), TOP_K)
    qrels = {question: given.qrels[question] for question in asked}
    values = {system: per_question(qrels, run) for system, run in runs.items()}
    figures, differences = _estimates(values)
    return Evaluation(
        name=folder.name,
        kind="ranking",
        facts={"split": split, **facts, "ir_measures": metadata.version("ir-measures")},
        figures=figures,
        differences=differences,
        notes=_notes(given, runs[FULL]),
        rows=tuple(
            {"question": question, "system": system, **{n: v[row] for n, v in measured.items()}}
            for system, measured in values.items()
            for row, question in enumerate(asked)
        ),
        run=runs[FULL],
    )


class Ranker:
    """Entries in the order in which one of SYSTEMS ranks the same candidates."""

    def __init__(self, retriever: Retriever, candidates: int, top_k: int = TOP_K) -> None:
        self._retriever = retriever
        self._candidates = candidates
        self._top_k = top_k
        self._by_document = {line[0]: line[2] for line in retriever.catalog.summaries()}
        self._by_row = [
            self._by_document[passage.document_id] for passage in retriever.catalog.all_passages()
        ]

    def entries(self, scored: Candidates, system: str) -> list[str]:
        """Ids of entries, best first, each at its first passage.

        "dense" and "BM25" are cut to what each search finds by itself; "sentence" ranks the
        candidates of both.
        """
        if system == FULL:
            groups = self._retriever.ranked(scored, self._top_k)
            best = [
                self._by_document[each.passage.document_id] for group in groups for each in group
            ]
            return list(dict.fromkeys([*best, *self._of(scored.rows.tolist())]))
        return self._of(self._rows(scored, system))

    def _rows(self, scored: Candidates, system: str) -> list[int]:
        dense = _by(scored, scored.signals.dense)[: self._candidates]
        holding = set(scored.rows[scored.signals.bm25 > 0].tolist())
        keywords = [row for row in _by(scored, scored.signals.bm25) if row in holding]
        keywords = keywords[: self._candidates]
        if system == "RRF":
            return reciprocal_ranks([dense, keywords])
        if system == "sentence":
            return _by(scored, scored.signals.max_sentence)
        return {"dense": dense, "BM25": keywords}[system]

    def _of(self, rows: Sequence[int]) -> list[str]:
        return list(dict.fromkeys(self._by_row[row] for row in rows))


def _by(scored: Candidates, signal: Scores) -> list[int]:
    return [int(scored.rows[at]) for at in best_first(signal)]


def _estimates(
    values: Mapping[str, Mapping[str, Sequence[float]]],
) -> tuple[dict[str, dict[str, Estimate]], dict[str, dict[str, Estimate]]]:
    """Estimates of each system, and of its difference to "full", all from the same draws."""
    figures = {system: estimates(measured) for system, measured in values.items()}
    differences = {
        system: estimates({n: list(np.subtract(measured[n], values[FULL][n])) for n in METRICS})
        for system, measured in values.items()
        if system != FULL
    }
    return figures, differences


def _notes(given: RankingSet, run: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    long = sum(len(given.questions[each]) > MAX_QUESTION_CHARACTERS for each in run)
    short = sum(len(entries) < 100 for entries in run.values())
    counted = (
        (long, f"questions were cut to {MAX_QUESTION_CHARACTERS:,} characters"),
        (short, "questions have fewer than 100 entries among their candidates (see R@100)"),
    )
    return (*given.notes, *(f"{number:,} {text}." for number, text in counted if number))
