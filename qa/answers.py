"""Hits → answer: the sentence that answers, how sure, or "not in these documents"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qa.datatypes import Answer, Hit


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic model of "the first hit answers the question" over the first hit's signals."""

    intercept: float = -5.0
    passage: float = 4.0
    sentence: float = 4.0
    keywords: float = 6.0


def confidence(hits: Sequence[Hit], calibration: Calibration) -> float:
    """Probability, 0 … 1, that the first of `hits` answers the question; 0 without hits."""
    if not hits:
        return 0.0
    first = hits[0].signals
    logit = (
        calibration.intercept
        + calibration.passage * first.passage
        + calibration.sentence * first.sentence
        + calibration.keywords * first.keywords
    )
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def make_answer(
    question: str,
    hits: Sequence[Hit],
    *,
    threshold: float,
    calibration: Calibration,
    generation: str = "",
) -> Answer:
    """The answer that `hits`, best first, give; its text is None below `threshold`."""
    sure = confidence(hits, calibration)
    return Answer(
        question=question,
        text=hits[0].sentence.text if hits and sure >= threshold else None,
        confidence=sure,
        hits=tuple(hits),
        generation=generation,
    )
