"""How sure an answer is: the probability that the marked sentence answers the question. Pure.

A logistic model over the evidence (`qa.answering.evidence`), the same for every corpus.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answering.evidence import Evidence


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A logistic regression: its intercept, and by how much one unit of each input raises the
    logit. The inputs are fields of `Evidence`."""

    intercept: float
    slopes: Mapping[str, float]

    def contributions(self, evidence: Evidence) -> dict[str, float]:
        """What each input gives to the logit, in the order of the slopes."""
        return {name: slope * getattr(evidence, name) for name, slope in self.slopes.items()}

    def probability(self, evidence: Evidence) -> float:
        """Probability, 0 … 1, that the marked sentence answers the question."""
        logit = self.intercept + sum(self.contributions(evidence).values())
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


MISSING_AT_MOST = 0.05
"""Confidence where a word that means itself is asked for and no text holds it, at most."""

RARE_HELD_AT_LEAST = 0.2
"""Confidence where the marked sentence holds all rare words of the question, at least.

Both are near the share of right answers where they apply: benchmarks/quality/fit_confidence.py
prints it; benchmarks/quality/README.md, "Literal words"."""

MODEL = LogisticModel(
    intercept=-3.739,
    slopes={
        "above_noise": 1.493,
        "lead": 0.793,
        "sentence_lead": 1.251,
        "word_rank": -0.637,
        "sentence_rank": -0.384,
        "unknown": -0.539,
        "new_words": 0.431,
        "title_share": -0.842,
        "kind_met": 0.523,
        "refers_back": -0.216,
        "missing": 0.0,
        "rare_held": 0.0,
        "adds_nothing": -3.0,
    },
)
"""Fitted over 22 corpora of English texts by benchmarks/quality/fit_confidence.py; its figures
and the choice of the inputs: benchmarks/quality/README.md, "Confidence"."""


def confidence(evidence: Evidence) -> float:
    """How sure an answer is, 0 … 1: what MODEL says, within the bounds for literal words."""
    probability = MODEL.probability(evidence)
    if evidence.missing:
        return min(probability, MISSING_AT_MOST)
    return max(probability, RARE_HELD_AT_LEAST) if evidence.rare_held else probability
