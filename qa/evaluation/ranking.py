"""How well judged sets are searched, and what each part of the ranking contributes.

The texts of a set are indexed and asked by the same code as everything else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from qa.datatypes import Progress
from qa.errors import InputError
from qa.evaluation.measures import METRICS, Estimate, bootstrap, per_question, reciprocal_ranks
from qa.evaluation.set_index import open_index
from qa.evaluation.sets import RankingSet, read_ranking_set
from qa.fusion import best_first
from qa.settings import MAX_QUESTION_CHARACTERS
from qa.version import __version__

if TYPE_CHECKING:
    from qa.datatypes import Scores
    from qa.encoders.pair import EncoderPair
    from qa.retriever import Retriever, Scored
    from qa.settings import Settings

OnProgress = Callable[[Progress], None]
Item = TypeVar("Item")

FULL = "full"
"""The ranking that users get."""
SYSTEMS = (FULL, "dense", "sentence", "BM25", "RRF")
"""Beside it: passage vectors, best sentence, keywords, and dense and BM25 fused by rank."""
TOP_K = 5
"""Passages that users see unless they ask for more."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of one set. `figures`: system or group of questions → measure → estimate.

    `differences`: the same, less the system "full" on the same questions; below 0 means worse
    than full. Shares and metrics lie in 0 … 1; measures called "words…" count words. `facts`
    tells what was asked of what. `rows` has the values of single questions, one flat row each
    (and for each system); `run`: question → entry ids in the order of "full".
    """

    name: str
    kind: str
    facts: dict[str, Any]
    figures: dict[str, dict[str, Estimate]]
    differences: dict[str, dict[str, Estimate]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rows: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    run: dict[str, list[str]] = field(default_factory=dict, repr=False)


def evaluate(
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
        for question in told(asked, progress):
            scored = retriever.score(given.questions[question][:MAX_QUESTION_CHARACTERS])
            for system in systems:
                runs[system][question] = ranker.entries(scored, system)
        facts = facts_of(retriever, settings, len(asked), len(given.questions), TOP_K)
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

    def entries(self, scored: Scored, system: str) -> list[str]:
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

    def _rows(self, scored: Scored, system: str) -> list[int]:
        dense = _by(scored, scored.signals.passage)[: self._candidates]
        holding = set(scored.rows[scored.signals.keywords > 0].tolist())
        keywords = [row for row in _by(scored, scored.signals.keywords) if row in holding]
        keywords = keywords[: self._candidates]
        if system == "RRF":
            return reciprocal_ranks([dense, keywords])
        if system == "sentence":
            return _by(scored, scored.signals.sentence)
        return {"dense": dense, "BM25": keywords}[system]

    def _of(self, rows: Sequence[int]) -> list[str]:
        return list(dict.fromkeys(self._by_row[row] for row in rows))


def _by(scored: Scored, signal: Scores) -> list[int]:
    return [int(scored.rows[at]) for at in best_first(signal)]


def sample(items: Sequence[Item], limit: int | None) -> list[Item]:
    """`items`, or a random `limit` of them, the same each time. Raises InputError below 1.

    >>> sample([1, 2, 3], None), len(sample([1, 2, 3], 2))
    ([1, 2, 3], 2)
    """
    if limit is not None and limit < 1:
        raise InputError(f"limit is {limit}, but must be at least 1.")
    if limit is None or limit >= len(items):
        return list(items)
    return random.Random(0).sample(list(items), limit)


def told(items: Sequence[Item], progress: OnProgress) -> Iterator[Item]:
    """`items`, with progress told in the stage "ask"."""
    for done, item in enumerate(items):
        progress(Progress("ask", done, len(items)))
        yield item
    progress(Progress("ask", len(items), len(items)))


def facts_of(
    retriever: Retriever, settings: Settings, asked: int, questions: int, top_k: int
) -> dict[str, Any]:
    """What was asked of what: sizes, settings and the version, for comparing like with like."""
    manifest = retriever.manifest
    return {
        "questions": asked,
        "of": questions,
        "documents": manifest.counts["documents"],
        "passages": manifest.counts["passages"],
        "model": manifest.encoder["name"],
        **{
            name: manifest.settings[name]
            for name in ("language", "passage_tokens", "overlap_sentences")
        },
        "candidates": settings.candidates,
        "top_k": top_k,
        "weights": asdict(retriever.parts.weights),
        "qa": __version__,
    }


def estimates(measured: Mapping[str, Sequence[float]]) -> dict[str, Estimate]:
    """Measure → values of single questions, to measure → estimate."""
    return dict(zip(measured, bootstrap(np.array(list(measured.values())).T), strict=True))


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
