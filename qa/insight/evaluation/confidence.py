"""Whether the program knows what it does not know: confidence against what was right.

Three sources of questions without an answer: texts that are left out of the index, questions of
another set, and a set's own `queries_unanswerable.jsonl`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.answering.calibration import Calibration
from qa.errors import InputError
from qa.insight.evaluation.evaluation import (
    Evaluation,
    OnProgress,
    describe_run,
    sample,
    with_progress,
)
from qa.insight.evaluation.measures import (
    Estimate,
    auroc,
    bootstrap_of,
    calibration_error,
    reliability,
    risk_at,
)
from qa.insight.evaluation.set_index import open_index
from qa.insight.evaluation.sets import RankingSet, read_questions, read_ranking_set
from qa.settings import MAX_QUESTION_CHARACTERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.answering.retriever import Retriever
    from qa.encoders.pair import EncoderPair
    from qa.settings import Settings

UNANSWERABLE = "queries_unanswerable.jsonl"
LEFT_OUT, OWN = "left out", "unanswerable"
COVERAGES = (0.5, 0.8)


def evaluate_confidence(
    folder: str | Path,
    *,
    settings: Settings,
    split: str = "test",
    limit: int | None = None,
    foreign: Sequence[Path] = (),
    leave_out: bool = False,
    index: Path | None = None,
    pair: EncoderPair | None = None,
    progress: OnProgress = lambda _: None,
) -> Evaluation:
    """How well confidence tells right from wrong, for each source of unanswerable questions.

    `leave_out` indexes only the entries of every second title and asks about the others, too;
    `foreign` are folders whose questions are asked of this set's texts; a set's own unanswerable
    questions are always asked. `limit` holds for each source. Measures: AUROC of answerable
    against unanswerable questions; ECE and errors where "right" means that the first passage's
    entry is judged relevant; and what the threshold of `settings` lets through. Raises
    InputError for a set that cannot be read or that has nothing unanswerable.
    """
    folder = Path(folder).resolve()
    given = read_ranking_set(folder, split)
    out = left_out(given) if leave_out else frozenset()
    sources: dict[str, dict[str, str]] = {}
    if leave_out:
        sources[LEFT_OUT] = {
            each: text for each, text in given.questions.items() if given.qrels[each].keys() <= out
        }
    if (folder / UNANSWERABLE).is_file():
        sources[OWN] = read_questions(folder / UNANSWERABLE)
    for other in foreign:
        sources[other.resolve().name] = read_questions(other / "queries.jsonl")
    if not any(sources.values()):
        raise InputError(
            f"{folder} has no {UNANSWERABLE}; give --leave-out, or --foreign with another set."
        )
    answerable = {
        each: text for each, text in given.questions.items() if not given.qrels[each].keys() & out
    }
    groups = {"": answerable, **sources}
    asked = [
        (group, each) for group, found in groups.items() for each in sample(sorted(found), limit)
    ]
    documents = [document for document in given.documents if document.source not in out]
    name = f"{folder.name}-part" if leave_out else folder.name
    rows: list[dict[str, Any]] = []
    with open_index(documents, name, settings, kept=index, pair=pair, progress=progress) as opened:
        for group, each in with_progress(asked, progress):
            confidence, source = _first(opened, groups[group][each])
            found = not group and source in given.qrels[each]
            rows.append(
                {"question": each, "group": group, "confidence": confidence, "right": found}
            )
        facts = describe_run(opened, settings, len(asked), sum(map(len, groups.values())), 1)
    facts = {"split": split, **facts, "threshold": settings.threshold}
    figures = {}
    facts["reliability"] = {}
    for group in sources:
        figures[group] = _figures(rows, group, settings.threshold)
        confidences, right, _ = _arrays(rows, group)
        facts["reliability"][group] = [asdict(each) for each in reliability(confidences, right)]
    return Evaluation(
        name=folder.name,
        kind="confidence",
        facts=facts,
        figures=figures,
        notes=given.notes,
        rows=tuple(rows),
    )


def left_out(given: RankingSet) -> frozenset[str]:
    """Ids of the entries of every second title, in the order of titles; untitled ones by id."""
    titles = sorted({document.title or document.source for document in given.documents})
    chosen = set(titles[::2])
    return frozenset(d.source for d in given.documents if (d.title or d.source) in chosen)


def _first(retriever: Retriever, question: str) -> tuple[float, str]:
    """Confidence of the first hit, and the entry that it lies in."""
    hits = retriever.retrieve(question[:MAX_QUESTION_CHARACTERS], 1)
    if not hits:
        return 0.0, ""
    calibration = Calibration(**retriever.manifest.ranking.get("calibration", {}))
    return calibration.probability(hits[0].score), hits[0].document.source


def _arrays(
    rows: Sequence[dict[str, Any]], group: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Confidence, right, answerable: of the answerable questions and those of `group`."""
    chosen = [row for row in rows if row["group"] in ("", group)]
    return (
        np.array([row["confidence"] for row in chosen], np.float64),
        np.array([row["right"] for row in chosen], np.bool_),
        np.array([not row["group"] for row in chosen], np.bool_),
    )


def _figures(rows: Sequence[dict[str, Any]], group: str, threshold: float) -> dict[str, Estimate]:
    confidences, right, answerable = _arrays(rows, group)
    names = (
        "AUROC",
        "ECE",
        "answerable: answered",
        "answerable: first passage right",
        "unanswerable: answered all the same",
        *(f"wrong among the surest {coverage:.0%}" for coverage in COVERAGES),
    )

    def share(those: NDArray[np.bool_]) -> float:
        return float(those.mean()) if len(those) else float("nan")

    def figures(drawn: NDArray[np.int64]) -> list[float]:
        sure, true, there = confidences[drawn], right[drawn], answerable[drawn]
        return [
            auroc(sure, there),
            calibration_error(sure, true),
            share(sure[there] >= threshold),
            share(true[there]),
            share(sure[~there] >= threshold),
            *(risk_at(sure, true, coverage) for coverage in COVERAGES),
        ]

    return dict(zip(names, bootstrap_of(figures, len(confidences)), strict=True))
