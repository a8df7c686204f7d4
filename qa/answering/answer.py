"""Hits → answer: the sentence that answers, how sure, or "not in these documents"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.answering.confidence import confidence
from qa.answering.question import check_question
from qa.answering.source_filter import EVERYWHERE
from qa.datatypes import Answer, Hit

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever

VERY_LIKELY, LIKELY = 0.9, 0.7
_WORDS = ((VERY_LIKELY, "Very likely"), (LIKELY, "Likely"), (float("-inf"), "Possibly"))


def answer_question(
    retriever: Retriever, question: str, top_k: int = 5, sources: Sequence[str] = EVERYWHERE
) -> Answer:
    """What an open index answers, with up to `top_k` passages, see `Retriever.retrieve`.

    Raises InputError for an empty or over-long question, a `top_k` below 1, or a source that no
    document lies in.
    """
    question = check_question(question)
    hits, evidence = retriever.search(question, top_k, sources)
    return make_answer(
        question,
        hits,
        confidence=confidence(evidence) if evidence else 0.0,
        threshold=retriever.settings.threshold,
        generation=retriever.generation,
        corrected_question=retriever.corrected(question),
    )


def make_answer(
    question: str,
    hits: Sequence[Hit],
    *,
    confidence: float,
    threshold: float,
    generation: str = "",
    corrected_question: str = "",
) -> Answer:
    """The answer that `hits`, best first, give.

    `confidence` is the probability that the first hit's marked sentence answers. The answer's text
    is that sentence, or None, "not in these documents", where confidence is below `threshold`.
    """
    return Answer(
        question=question,
        text=hits[0].sentence.text if hits and confidence >= threshold else None,
        confidence=confidence,
        hits=tuple(hits),
        generation=generation,
        corrected_question=corrected_question or question,
    )


def likelihood(confidence: float) -> str:
    """A probability in words.

    >>> likelihood(0.97), likelihood(0.9), likelihood(0.7), likelihood(0.69)
    ('Very likely', 'Very likely', 'Likely', 'Possibly')
    """
    return next(word for least, word in _WORDS if confidence >= least)


def percent(confidence: float) -> str:
    """A probability as whole percent; certainty is never claimed, in neither direction.

    >>> percent(0.714), percent(0.9999), percent(0.0)
    ('71%', '99%', '1%')
    """
    return f"{min(99, max(1, round(confidence * 100)))}%"


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "passage"), counted(1200, "passage")
    ('1 passage', '1,200 passages')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
