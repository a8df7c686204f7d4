"""Hits → answer: the sentence that answers, how sure, or "not in these documents"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.calibration import Calibration
from qa.datatypes import Answer, Hit


def make_answer(
    question: str,
    hits: Sequence[Hit],
    *,
    threshold: float,
    calibration: Calibration,
    generation: str = "",
    corrected_question: str = "",
) -> Answer:
    """The answer that `hits`, best first, give.

    Its confidence is that of the first hit, 0 without hits; its text is that hit's marked
    sentence, or None, "not in these documents", where confidence is below `threshold`.
    """
    sure = calibration.probability(hits[0].score) if hits else 0.0
    return Answer(
        question=question,
        text=hits[0].sentence.text if hits and sure >= threshold else None,
        confidence=sure,
        hits=tuple(hits),
        generation=generation,
        corrected_question=corrected_question or question,
    )
