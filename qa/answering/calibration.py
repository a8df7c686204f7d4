"""What a score means in one corpus, measured without labels.

Questions that have nothing to do with the corpus are asked of it when it is built. The scores
that they reach by chance (higher in a large corpus, higher with a model that finds everything
alike) are its noise; how far a score lies above the noise is what confidence begins with, see
`qa.answering.confidence`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

USUAL_NOISE = 0.3
"""Of a corpus in a language without foreign questions; the usual one of the bundled model."""

NOISE_QUANTILE = 0.25
"""Below the median, because a broad corpus does answer some of the foreign questions."""


def measure_noise(best_score: Callable[[str], float], questions: Sequence[str]) -> float:
    """A low quantile of the best scores that foreign questions reach.

    `best_score` gives the score of the first hit to a question. `questions` are foreign ones in
    the language of the corpus (`Language.foreign_questions`); without any, the usual noise is
    taken.
    """
    scores = sorted(best_score(question) for question in questions)
    return scores[int(NOISE_QUANTILE * len(scores))] if scores else USUAL_NOISE
