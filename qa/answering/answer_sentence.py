"""Which sentence of a passage answers the question. Pure.

A sentence counts by its cosine, by the share of the question's words that it holds, by the
share that the sentence before it holds ("It …" goes on about what was named before), and by
whether it has the form that the question asks for (`qa.answering.answer_type`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering.answer_type import answer_type_gain

if TYPE_CHECKING:
    from qa.datatypes import Scores
    from qa.languages.language import Language

SHARE_WEIGHT = 1.0
BEFORE_WEIGHT = 0.3
"""Chosen on one half of SQuAD 2.0's dev questions, checked on the other."""


@dataclass(frozen=True, slots=True)
class BestSentence:
    """The sentence that was chosen: its position in its passage, the gain in score that the
    passage has from it, because it has the form that the question asks for, and by how much it
    is ahead of the next best one (by all of its score where it is the only one)."""

    position: int
    gain: float
    lead: float


def term_share(term_weights: Mapping[str, float], terms: Collection[str]) -> float:
    """Share of the question's terms, by their weights, that a sentence holds, 0 … 1.

    >>> term_share({"kpo": 3.0, "mean": 1.0}, ["kpo", "is", "kpo"])    # 3 of 4
    0.75
    """
    total = sum(term_weights.values())
    held = sum(weight for term, weight in term_weights.items() if term in terms)
    return held / total if total else 0.0


def best_sentence(
    question: str,
    cosines: Scores,
    shares: Sequence[float],
    sentences: Sequence[str],
    language: Language,
    fits: Sequence[int] = (),
) -> BestSentence:
    """The sentence that answers; the first of equals. It is among those that
    fit the literal words of the question best, by `fits`, where these are given.

    `cosines`, float32 (n,), `shares`, n values of `term_share`, and `sentences`, n ≥ 1 texts,
    belong to one passage, in order. `language` is the question's.
    """
    gain_of = answer_type_gain(question, language)
    gains = [gain_of(text) for text in sentences]
    scores = [
        float(cosine) + SHARE_WEIGHT * share + BEFORE_WEIGHT * before + gain
        for cosine, share, before, gain in zip(
            cosines, shares, [0.0, *shares[:-1]], gains, strict=True
        )
    ]
    best = max(range(len(scores)), key=lambda at: (fits[at] if fits else 0, scores[at], -at))
    next_best = max((*scores[:best], *scores[best + 1 :]), default=0.0)
    return BestSentence(best, gains[best], scores[best] - next_best)
