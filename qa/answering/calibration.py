"""How a score becomes a probability, fitted to each corpus without labels.

Questions that have nothing to do with the corpus are asked of it when it is built. The scores
that they reach by chance (higher in a large corpus, higher with a model that finds everything
alike) are its noise; how far a score lies above the noise is what confidence is made of.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SLOPE, MIDPOINT = 6.3, 0.81
"""Logistic regression of "the first passage answers" on score minus noise, over SQuAD 2.0 dev
with half of its articles left out, and StackFAQ with SQuAD's questions as unanswerable ones."""

NOISE_QUANTILE = 0.25
"""Below the median, because a broad corpus does answer some of the foreign questions."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic curve over the score of the first hit; `noise` is the corpus's own."""

    noise: float = 0.3
    slope: float = SLOPE
    midpoint: float = MIDPOINT

    def probability(self, score: float) -> float:
        """Probability, 0 … 1, that a first hit with this score answers the question.

        >>> round(Calibration(noise=0.5, slope=6.0, midpoint=1.0).probability(1.5), 3)
        0.5
        """
        logit = self.slope * (score - self.noise - self.midpoint)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def calibrate(best_score: Callable[[str], float], questions: Sequence[str]) -> Calibration:
    """Measure a corpus's noise: a low quantile of the best scores that foreign questions reach.

    `best_score` gives the score of the first hit to a question. `questions` are foreign ones in
    the language of the corpus (`Language.foreign_questions`); without any, the usual noise of
    `Calibration` is taken.
    """
    scores = sorted(best_score(question) for question in questions)
    if not scores:
        return Calibration()
    return Calibration(noise=scores[int(NOISE_QUANTILE * len(scores))])
