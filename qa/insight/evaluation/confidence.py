"""Whether the program knows what it does not know: confidence against what was right.

What counts as right is what users see: the marked sentence holds a gold answer. Where a set has no
gold answers, it is the entry of the first passage that must be judged relevant.

Three sources of questions without an answer: texts that are left out of the index, questions of
another set, and a set's own `queries_unanswerable.jsonl`. Each source is measured by itself,
against the answerable questions, and both count the same, however many questions they are.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.answering.answer import VERY_LIKELY, answer_question
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
from qa.insight.evaluation.sentences import ANSWERS
from qa.insight.evaluation.set_index import open_index
from qa.insight.evaluation.sets import (
    RankingSet,
    read_answers,
    read_questions,
    read_ranking_set,
)
from qa.settings import MAX_QUESTION_CHARACTERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.answering.retriever import Retriever
    from qa.encoders.pair import EncoderPair
    from qa.settings import Settings

UNANSWERABLE = "queries_unanswerable.jsonl"
ANSWERABLE, LEFT_OUT, OWN = "answerable", "left out", "unanswerable"
COVERAGES = (0.5, 0.8)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of n questions, each field an array of shape (n,).

    `confidence`, 0 … 1; `right`: the first hit answers; `found`: its passage's entry is judged
    relevant; `answerable`: the question has an answer in the texts. `weights` sum to 1.
    """

    confidence: NDArray[np.float64]
    right: NDArray[np.bool_]
    found: NDArray[np.bool_]
    answerable: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> Outcomes:
        """The outcomes of the rows of an evaluation."""
        return cls(
            np.array([row["confidence"] for row in rows], np.float64),
            np.array([row["right"] for row in rows], np.bool_),
            np.array([row["first passage"] for row in rows], np.bool_),
            np.array([row["group"] == ANSWERABLE for row in rows], np.bool_),
        )

    def at(self, positions: NDArray[np.int64]) -> Outcomes:
        """The outcomes of the questions at `positions`."""
        return Outcomes(*(getattr(self, name)[positions] for name in self.__slots__))

    @property
    def weights(self) -> NDArray[np.float64]:
        """What each question counts: answerable and unanswerable ones the same in sum."""
        alike = np.where(self.answerable, self.answerable.sum(), (~self.answerable).sum())
        weights: NDArray[np.float64] = 1 / alike / (1 / alike).sum()
        return weights


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
    """How well confidence tells right from wrong: for the answerable questions alone, and for
    these against each source of unanswerable ones.

    `leave_out` indexes only the entries of every second title and asks about the others, too;
    `foreign` are folders whose questions are asked of this set's texts; a set's own unanswerable
    questions are always asked. `limit` holds for each source. What the threshold of `settings`
    lets through counts as answered. Raises InputError for a set that cannot be read or that has
    nothing unanswerable.
    """
    folder = Path(folder).resolve()
    given = read_ranking_set(folder, split)
    answers = read_answers(folder / ANSWERS) if (folder / ANSWERS).is_file() else None
    out = left_out(given) if leave_out else frozenset()
    sources = _unanswerable(folder, given, foreign, out)
    answerable = {
        each: text
        for each, text in given.questions.items()
        if not given.qrels[each].keys() & out and (answers is None or answers.get(each))
    }
    groups = {ANSWERABLE: answerable, **sources}
    asked = [
        (group, each) for group, found in groups.items() for each in sample(sorted(found), limit)
    ]
    documents = [document for document in given.documents if document.source not in out]
    name = f"{folder.name}-part" if leave_out else folder.name
    rows: list[dict[str, Any]] = []
    with open_index(documents, name, settings, kept=index, pair=pair, progress=progress) as opened:
        for group, each in with_progress(asked, progress):
            entries = given.qrels[each] if group == ANSWERABLE else {}
            gold = (answers or {}).get(each, ()) if group == ANSWERABLE else ()
            outcome = _outcome(opened, groups[group][each], entries, gold, answers is not None)
            rows.append({"question": each, "group": group, **outcome})
        facts = describe_run(opened, settings, len(asked), sum(map(len, groups.values())), 1)
    event = "first passage's entry is relevant" if answers is None else "marked sentence answers"
    figures, curves = {}, {}
    for group in (name for name, questions in groups.items() if questions):
        figures[group] = _figures(rows, group, settings.threshold)
        chosen = Outcomes.of([row for row in rows if row["group"] in (ANSWERABLE, group)])
        bins = reliability(chosen.confidence, chosen.right, weights=chosen.weights)
        curves[group] = [asdict(each) for each in bins]
    return Evaluation(
        name=folder.name,
        kind="confidence",
        facts={
            "split": split,
            **facts,
            "threshold": settings.threshold,
            "right": event,
            "reliability": curves,
        },
        figures=figures,
        notes=(*given.notes, *_unsaid(given, answers, [e for g, e in asked if g == ANSWERABLE])),
        rows=tuple(rows),
    )


def left_out(given: RankingSet) -> frozenset[str]:
    """Ids of the entries of every second title, in the order of titles; untitled ones by id."""
    titles = sorted({document.title or document.source for document in given.documents})
    chosen = set(titles[::2])
    return frozenset(d.source for d in given.documents if (d.title or d.source) in chosen)


def _unanswerable(
    folder: Path, given: RankingSet, foreign: Sequence[Path], out: frozenset[str]
) -> dict[str, dict[str, str]]:
    """Each source of questions without an answer: question id → text."""
    sources: dict[str, dict[str, str]] = {}
    if out:
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
    return sources


def _unsaid(
    given: RankingSet, answers: Mapping[str, Sequence[str]] | None, asked: Sequence[str]
) -> tuple[str, ...]:
    """A note on the questions whose gold answers no relevant entry says in these words."""
    texts = {document.source: document.text for document in given.documents}
    unsaid = sum(
        not any(a in texts.get(entry, "") for entry in given.qrels[each] for a in answers[each])
        for each in (asked if answers is not None else ())
        if answers is not None
    )
    if not unsaid:
        return ()
    return (f"The gold answers of {unsaid:,} questions are in none of their entries: never right.",)


def _outcome(
    retriever: Retriever, question: str, entries: Container[str], gold: Sequence[str], known: bool
) -> dict[str, float | bool]:
    """Confidence of an answer and what of it is right: whether the first passage lies in one of
    `entries` and, where gold answers are `known`, whether the marked sentence holds one."""
    answer = answer_question(retriever, question[:MAX_QUESTION_CHARACTERS], 1)
    source = answer.hits[0].document.source if answer.hits else ""
    sentence = answer.hits[0].sentence.text if answer.hits else ""
    found = source in entries
    right = any(each in sentence for each in gold) if known else found
    return {"confidence": answer.confidence, "right": right, "first passage": found}


def _figures(rows: Sequence[dict[str, Any]], group: str, threshold: float) -> dict[str, Estimate]:
    """Figures of the answerable questions, or of these against those of another group."""
    outcomes = Outcomes.of([row for row in rows if row["group"] in (ANSWERABLE, group)])
    measure = _of_answerable if group == ANSWERABLE else _against_unanswerable
    names = list(measure(outcomes, threshold))

    def figures(drawn: NDArray[np.int64]) -> list[float]:
        return list(measure(outcomes.at(drawn), threshold).values())

    return dict(zip(names, bootstrap_of(figures, len(outcomes.right)), strict=True))


def _of_answerable(asked: Outcomes, threshold: float) -> dict[str, float]:
    answered = asked.confidence >= threshold
    return {
        "right": _share(asked.right),
        "first passage right": _share(asked.found),
        "refused": _share(~answered),
        "refused: first passage right": _share(asked.found[~answered]),
        "answered wrongly": _share(answered & ~asked.right),
        **_sureness(asked),
    }


def _against_unanswerable(asked: Outcomes, threshold: float) -> dict[str, float]:
    answered = asked.confidence >= threshold
    return {
        "AUROC, answerable": auroc(asked.confidence, asked.answerable),
        "answered all the same": _share(answered[~asked.answerable]),
        **_sureness(asked),
    }


def _sureness(asked: Outcomes) -> dict[str, float]:
    """How far confidence is the share of right answers."""
    sure, right, weights = asked.confidence, asked.right, asked.weights
    very = sure >= VERY_LIKELY
    held = weights[very]
    return {
        "AUROC, right": auroc(sure, right, weights),
        "ECE": calibration_error(sure, right, weights),
        "very likely": float(held.sum()),
        "very likely: right": float(np.average(right[very], weights=held)) if very.any() else _NONE,
        **{
            f"wrong among the surest {coverage:.0%}": risk_at(sure, right, coverage, weights)
            for coverage in COVERAGES
        },
    }


_NONE = float("nan")


def _share(those: NDArray[np.bool_]) -> float:
    return float(those.mean()) if len(those) else _NONE
