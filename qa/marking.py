"""Which sentence of a passage answers the question. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.datatypes import Scores

OVERLAP_WEIGHT = 0.5


def overlap(question_weights: Mapping[str, float], terms: Sequence[str]) -> float:
    """Share of the question's IDF that a sentence's terms hold, 0 … 1.

    >>> overlap({"kpo": 3.0, "mean": 1.0}, ["kpo", "is", "kpo"])    # 3 of 4
    0.75
    """
    total = sum(question_weights.values())
    held = set(terms)
    return sum(w for term, w in question_weights.items() if term in held) / total if total else 0.0


def best_sentence(
    cosines: Scores, question_weights: Mapping[str, float], sentences: Sequence[Sequence[str]]
) -> int:
    """Position of the sentence that answers: cosine plus OVERLAP_WEIGHT times word overlap.

    `cosines`, float32 (n,), and `sentences`, n lists of terms, belong to one passage. The first
    of equals wins.
    """
    scores = [
        float(cosine) + OVERLAP_WEIGHT * overlap(question_weights, terms)
        for cosine, terms in zip(cosines, sentences, strict=True)
    ]
    return scores.index(max(scores))
