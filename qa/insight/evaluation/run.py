"""Which evaluation a set asks for, and runs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answering.retriever import Retriever
from qa.errors import InputError
from qa.insight.evaluation.comparison import compare
from qa.insight.evaluation.confidence import evaluate_confidence
from qa.insight.evaluation.evaluation import TOP_K, Evaluation, OnProgress
from qa.insight.evaluation.ranking import evaluate_ranking
from qa.insight.evaluation.sentences import evaluate_sentences
from qa.insight.evaluation.sets import kind_of
from qa.insight.evaluation.spans import evaluate_questions, evaluate_spans

if TYPE_CHECKING:
    from qa.settings import Settings

MEASURES = ("ranking", "sentences", "confidence")


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure, and of how much; see `evaluate`.

    `measure`, of MEASURES, `split`, `compare`, `foreign` and `leave_out` are for folders in BEIR
    format, `top_k` for the other two kinds. `limit` draws a seeded sample of questions. `index`
    is the folder below which a set's index is kept. `baseline` is a file that an earlier run
    wrote for its single questions, to compare with.
    """

    measure: str = MEASURES[0]
    split: str = "test"
    limit: int | None = None
    compare: bool = False
    foreign: Sequence[Path] = ()
    leave_out: bool = False
    top_k: int = TOP_K
    index: Path | None = None
    baseline: Path | None = None


def evaluate(
    path: str | Path,
    settings: Settings,
    options: Options = Options(),
    progress: OnProgress = lambda _: None,
) -> Evaluation:
    """Evaluate what lies at `path`: a folder in BEIR format, a folder of long documents, or a
    file of a user's own questions, which are asked of the index of `settings`.

    Raises InputError for what cannot be read and for an option that this kind does not have.
    """
    path = Path(path)
    evaluation = _evaluate(path, settings, options, progress)
    return compare(evaluation, options.baseline) if options.baseline else evaluation


def check(path: Path, options: Options) -> None:
    """Raises InputError for a set that is none, and options that do not fit it."""
    kind = kind_of(path)
    if options.measure not in MEASURES:
        raise InputError(f"There is no measure {options.measure!r}; take {', '.join(MEASURES)}.")
    judged = kind == "ranking"
    if not judged and (options.compare or options.measure != "ranking"):
        raise InputError(
            f"{path} has no judged entries; leave --compare and --measure out, which need them."
        )
    if options.compare and options.measure != "ranking":
        raise InputError("--compare is for the ranking; leave it or --measure out.")
    if (options.foreign or options.leave_out) and options.measure != "confidence":
        raise InputError("--foreign and --leave-out are for --measure confidence.")
    if options.baseline is not None and not options.baseline.is_file():
        raise InputError(f"There is no file {options.baseline} to compare with.")


def _evaluate(path: Path, settings: Settings, options: Options, progress: OnProgress) -> Evaluation:
    check(path, options)
    kind, limit, index = kind_of(path), options.limit, options.index
    if kind == "questions":
        retriever = Retriever.open(settings.index, settings=settings)
        try:
            return evaluate_questions(
                path, retriever, limit=limit, top_k=options.top_k, progress=progress
            )
        finally:
            retriever.close()
    if kind == "spans":
        return evaluate_spans(
            path,
            settings=settings,
            limit=limit,
            top_k=options.top_k,
            index=index,
            progress=progress,
        )
    if options.measure == "sentences":
        return evaluate_sentences(
            path,
            settings=settings,
            split=options.split,
            limit=limit,
            index=index,
            progress=progress,
        )
    if options.measure == "confidence":
        return evaluate_confidence(
            path,
            settings=settings,
            split=options.split,
            limit=limit,
            foreign=options.foreign,
            leave_out=options.leave_out,
            index=index,
            progress=progress,
        )
    return evaluate_ranking(
        path,
        settings=settings,
        split=options.split,
        limit=limit,
        compare=options.compare,
        index=index,
        progress=progress,
    )
