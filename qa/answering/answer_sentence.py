"""Which sentence of a passage answers the question. Pure.

A sentence counts by its cosine, by the share of the question's words that it holds, by the
share that the sentence before it holds ("It …" goes on about what was named before), and by
whether it looks like what the question asks for (`qa.answering.answer_type`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering.answer_type import expectation

if TYPE_CHECKING:
    from qa.datatypes import Scores

OVERLAP_WEIGHT = 1.0
BEFORE_WEIGHT = 0.3
"""Chosen on one half of SQuAD 2.0's dev questions, checked on the other."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The sentence that was chosen: its position, and what its look adds to its passage."""

    position: int
    gain: float


def overlap(question_weights: Mapping[str, float], terms: Collection[str]) -> float:
    """Share of the question's IDF that a sentence's terms hold, 0 … 1.

    >>> overlap({"kpo": 3.0, "mean": 1.0}, ["kpo", "is", "kpo"])    # 3 of 4
    0.75
    """
    total = sum(question_weights.values())
    held = sum(weight for term, weight in question_weights.items() if term in terms)
    return held / total if total else 0.0


def best_sentence(
    question: str, cosines: Scores, overlaps: Sequence[float], sentences: Sequence[str]
) -> Marked:
    """The sentence that answers; the first of equals.

    `cosines`, float32 (n,), `overlaps`, n values of `overlap`, and `sentences`, n ≥ 1 texts,
    belong to one passage, in order.
    """
    expected = expectation(question)
    gains = [expected(text) for text in sentences]
    scores = [
        float(cosine) + OVERLAP_WEIGHT * held + BEFORE_WEIGHT * before + gain
        for cosine, held, before, gain in zip(
            cosines, overlaps, [0.0, *overlaps[:-1]], gains, strict=True
        )
    ]
    best = scores.index(max(scores))
    return Marked(best, gains[best])
