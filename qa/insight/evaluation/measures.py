"""Rankings → figures: metrics per question, and how far chance could have moved their means.

The only file that imports ir_measures, which computes the metrics with the reference
implementation (trec_eval).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

METRICS = ("nDCG@10", "R@10", "R@100", "RR@10", "Success@1")
"""Names as in ir_measures; all 0 … 1, higher = better."""

RESAMPLES = 10_000
CONFIDENCE = 0.95
RRF_K = 60
_AT_ONCE = 2_000_000

Ranking = Sequence[str]
"""Ids of entries, best first, each once."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions and the range in which it lies with 95 % confidence."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} ({self.low:.3f} to {self.high:.3f})"


def per_question(
    qrels: Mapping[str, Mapping[str, int]], run: Mapping[str, Ranking]
) -> dict[str, list[float]]:
    """Each of METRICS for each question of `qrels`, in its order; 0 where `run` has nothing.

    The ranking counts, not the scores that led to it: entry number i of n gets the score n − i.
    """
    import ir_measures

    judged = [
        ir_measures.Qrel(question, entry, gain)
        for question, gains in qrels.items()
        for entry, gain in gains.items()
    ]
    ranked = [
        ir_measures.ScoredDoc(question, entry, float(len(entries) - place))
        for question, entries in run.items()
        for place, entry in enumerate(entries)
    ]
    rows = {question: row for row, question in enumerate(qrels)}
    values = {name: [0.0] * len(rows) for name in METRICS}
    wanted = [ir_measures.parse_measure(name) for name in METRICS]
    for found in ir_measures.iter_calc(wanted, judged, ranked):
        values[str(found.measure)][rows[found.query_id]] = float(found.value)
    return values


def bootstrap(
    values: NDArray[np.float64], resamples: int = RESAMPLES, seed: int = 0
) -> list[Estimate]:
    """Mean of each column of `values`, shape (questions, columns), with its 95 % interval.

    Percentile bootstrap (Efron 1979): the questions are drawn anew with replacement. All columns
    share the draws, so a column of differences gives the paired interval (Sakai 2006).

    >>> print(bootstrap(np.array([[0.5], [0.5]]))[0])
    0.500 (0.500 to 0.500)
    """
    questions = len(values)
    random = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // questions)
    means = []
    for begin in range(0, resamples, step):
        draws = min(step, resamples - begin)
        drawn = random.integers(0, questions, (draws, questions))
        flat = (drawn + questions * np.arange(draws)[:, None]).ravel()
        counts = np.bincount(flat, minlength=draws * questions).reshape(draws, questions)
        means.append(counts @ values / questions)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(np.concatenate(means), [tail, 1 - tail], axis=0)
    return [
        Estimate(*(float(figure) for figure in column))
        for column in zip(values.mean(axis=0), low, high, strict=True)
    ]


def bootstrap_of(
    statistic: Callable[[NDArray[np.int64]], Sequence[float]],
    questions: int,
    resamples: int = 1000,
    seed: int = 0,
) -> list[Estimate]:
    """Like `bootstrap`, for figures that are no means: `statistic` gets the positions drawn;
    draws in which it is nan are left out.

    >>> print(bootstrap_of(lambda drawn: [float(len(drawn))], 3)[0])
    3.000 (3.000 to 3.000)
    """
    random = np.random.default_rng(seed)
    whole = statistic(np.arange(questions))
    drawn = [statistic(random.integers(0, questions, questions)) for _ in range(resamples)]
    tail = (1 - CONFIDENCE) / 2
    estimates = []
    for figure, values in zip(whole, np.array(drawn).T, strict=True):
        known = values[~np.isnan(values)]
        low, high = np.quantile(known, [tail, 1 - tail]) if len(known) else (figure, figure)
        estimates.append(Estimate(float(figure), float(low), float(high)))
    return estimates


def auroc(
    scores: NDArray[np.float64],
    positive: NDArray[np.bool_],
    weights: NDArray[np.float64] | None = None,
) -> float:
    """Chance, 0 … 1, that a positive has a higher score than a negative; a tie counts half.

    Area under the receiver operating characteristic as the Mann-Whitney statistic (Hanley &
    McNeil 1982), where each question counts by its weight; nan where one kind is missing.

    >>> auroc(np.array([0.9, 0.4, 0.4]), np.array([True, True, False]))     # 1 and ½ of 2
    0.75
    """
    count = np.ones(len(scores)) if weights is None else weights
    order = np.argsort(scores[~positive], kind="stable")
    negatives = scores[~positive][order]
    sums = np.concatenate([[0.0], np.cumsum(count[~positive][order])])
    positives, counts = scores[positive], count[positive]
    if not len(negatives) or not len(positives):
        return float("nan")
    below = sums[np.searchsorted(negatives, positives, "left")]
    not_above = sums[np.searchsorted(negatives, positives, "right")]
    return float((counts * (below + not_above)).sum() / (2 * sums[-1] * counts.sum()))


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence lies in `low` … `high`, and the share of them that is right.

    `weight` is the share, 0 … 1, of all questions that lie in the bin.
    """

    low: float
    high: float
    questions: int
    confidence: float
    right: float
    weight: float = 1.0


def reliability(
    confidences: NDArray[np.float64],
    right: NDArray[np.bool_],
    bins: int = 10,
    weights: NDArray[np.float64] | None = None,
) -> list[Bin]:
    """The reliability diagram's bins of equal width; empty ones are left out. Each question
    counts by its weight.

    >>> reliability(np.array([0.62, 0.68]), np.array([True, False]))
    [Bin(low=0.6, high=0.7, questions=2, confidence=0.65, right=0.5, weight=1.0)]
    """
    count = np.ones(len(right)) if weights is None else weights
    at = np.minimum((confidences * bins).astype(int), bins - 1)
    found = []
    for number in range(bins):
        inside = at == number
        if inside.any():
            held = count[inside]
            found.append(
                Bin(
                    number / bins,
                    (number + 1) / bins,
                    int(inside.sum()),
                    float(np.average(confidences[inside], weights=held)),
                    float(np.average(right[inside], weights=held)),
                    float(held.sum() / count.sum()),
                )
            )
    return found


def calibration_error(
    confidences: NDArray[np.float64],
    right: NDArray[np.bool_],
    weights: NDArray[np.float64] | None = None,
) -> float:
    """Expected calibration error (Guo et al. 2017), 0 … 1, lower = better.

    >>> calibration_error(np.array([0.5, 0.5, 1.0, 1.0]), np.array([True, False, True, False]))
    0.25
    """
    bins = reliability(confidences, right, weights=weights)
    return sum(abs(each.confidence - each.right) * each.weight for each in bins)


def risk_at(
    confidences: NDArray[np.float64],
    right: NDArray[np.bool_],
    coverage: float,
    weights: NDArray[np.float64] | None = None,
) -> float:
    """Share of wrong ones among the `coverage` of questions with the highest confidence.

    One point of the risk-coverage curve (El-Yaniv & Wiener 2010); the last question counts in
    part where the coverage ends within it.

    >>> risk_at(np.array([0.9, 0.8, 0.1, 0.2]), np.array([True, False, False, False]), 0.5)
    0.5
    """
    count = np.ones(len(right)) if weights is None else weights
    order = np.argsort(-confidences, kind="stable")
    before = np.cumsum(count[order]) - count[order]
    kept = np.clip(coverage * count.sum() - before, 0, count[order])
    return float(1 - np.average(right[order], weights=kept))


def reciprocal_ranks(rankings: Sequence[Sequence[int]], k: int = RRF_K) -> list[int]:
    """Reciprocal rank fusion (Cormack et al. 2009), best first; ties as in the first.

    >>> reciprocal_ranks([[7, 8], [8, 9]])      # 8: 1/62 + 1/61; 7: 1/61; 9: 1/62
    [8, 7, 9]
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda row: -scores[row])


def covered(positions: Sequence[int], ranges: Sequence[tuple[int, int]]) -> float:
    """Share, 0 … 1, of `positions` that lie in at least one of the half-open `ranges`.

    >>> covered([0, 1, 2, 3], [(1, 3), (2, 3)])
    0.5
    """
    inside = sum(any(start <= at < end for start, end in ranges) for at in positions)
    return inside / len(positions)
