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


MODEL = LogisticModel(
    intercept=-3.551,
    slopes={
        "above_noise": 1.248,
        "lead": 1.365,
        "sentence_lead": 1.002,
        "word_rank": -0.590,
        "sentence_rank": -0.314,
        "unknown": -0.757,
        "new_words": 0.383,
        "title_share": -1.014,
        "kind_met": 0.550,
        "refers_back": -0.364,
    },
)
"""Fitted over 16 corpora of English texts; the command, what it prints and what was left out:
benchmarks/quality/README.md, "Confidence"."""
