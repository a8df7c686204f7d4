"""How much of the evidence is found in long documents, and how users' own questions fare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.answering.answer import answer_question
from qa.answering.judged_questions import answer_scores, read_judged_questions
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
from qa.insight.evaluation.measures import covered
from qa.insight.evaluation.set_index import open_index
from qa.insight.evaluation.sets import read_span_set
from qa.settings import MAX_QUESTION_CHARACTERS

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.datatypes import Hit
    from qa.encoders.pair import EncoderPair
    from qa.settings import Settings

DEPTHS = (1, 3, 5, 10)
"""Passages read in a set of long documents."""

ANSWERED, UNANSWERED = "with an answer", "without one"


def evaluate_spans(
    folder: str | Path,
    *,
    settings: Settings,
    limit: int | None = None,
    top_k: int = TOP_K,
    index: Path | None = None,
    pair: EncoderPair | None = None,
    progress: OnProgress = lambda _: None,
) -> Evaluation:
    """Share of the evidence's characters (spaces not counted) that the first k passages hold, and
    the words in those passages, for each k of DEPTHS and for `top_k`.

    All documents are searched together. Raises InputError for a set that cannot be read.
    """
    folder = Path(folder).resolve()
    documents, questions = read_span_set(folder)
    asked = sample(questions, limit)
    texts = {document.source: document.text for document in documents}
    depths = sorted({*DEPTHS, top_k})
    rows: list[dict[str, Any]] = []
    with open_index(
        documents, folder.name, settings, kept=index, pair=pair, progress=progress
    ) as retriever:
        for question in with_progress(asked, progress):
            hits = retriever.retrieve(question.text[:MAX_QUESTION_CHARACTERS], depths[-1])
            evidence = evidence_positions(texts[question.source], question.spans)
            rows.append(
                {"question": question.id, **_spans_found(hits, question.source, evidence, depths)}
            )
        facts = describe_run(retriever, settings, len(asked), len(questions), depths[-1])
    names = [name for name in rows[0] if name != "question"]
    return Evaluation(
        name=folder.name,
        kind="spans",
        facts=facts,
        figures={FULL: estimates({name: [row[name] for row in rows] for name in names})},
        rows=tuple(rows),
    )


def evidence_positions(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Positions of the characters of `spans`, each once, without spaces.

    >>> evidence_positions("a b c", [(0, 3), (2, 4)])
    [0, 2]
    """
    found = {at for start, end in spans for at in range(start, end)}
    return sorted(at for at in found if not text[at].isspace())


def _spans_found(
    hits: Sequence[Hit], source: str, evidence: Sequence[int], depths: Sequence[int]
) -> dict[str, float]:
    shares: dict[str, float] = {}
    words: dict[str, float] = {}
    for k in depths:
        own = [hit.passage for hit in hits[:k] if hit.document.source == source]
        shares[f"evidence@{k}"] = covered(evidence, [(each.start, each.end) for each in own])
        words[f"words@{k}"] = float(sum(len(hit.passage.text.split()) for hit in hits[:k]))
    return {**shares, **words}


def evaluate_questions(
    file: str | Path,
    retriever: Retriever,
    *,
    limit: int | None = None,
    top_k: int = TOP_K,
    progress: OnProgress = lambda _: None,
) -> Evaluation:
    """Ask a user's own questions of an open index and look for the expected texts.

    Case and spaces do not count. See `answer_scores` for the measures. Raises InputError for a file
    that cannot be read, and the errors of asking.
    """
    file = Path(file)
    questions = read_judged_questions(file)
    asked = sample(questions, limit)
    groups: dict[str, list[dict[str, float]]] = {ANSWERED: [], UNANSWERED: []}
    rows: list[dict[str, Any]] = []
    for question in with_progress(asked, progress):
        answer = answer_question(retriever, question.text, top_k)
        scores = answer_scores(question, answer, top_k)
        groups[ANSWERED if question.accepted else UNANSWERED].append(scores)
        given = {"answer": answer.text, "confidence": answer.confidence}
        rows.append({"question": question.text, **given, **scores})
    settings = retriever.settings
    facts = describe_run(retriever, settings, len(asked), len(questions), top_k)
    return Evaluation(
        name=file.name,
        kind="questions",
        facts={**facts, "threshold": settings.threshold},
        figures={
            f"{group} ({len(scores)} questions)": estimates(
                {name: [each[name] for each in scores] for name in scores[0]}
            )
            for group, scores in groups.items()
            if scores
        },
        rows=tuple(rows),
    )
