"""Candidate scores → one ranking. Pure functions; the arithmetic is shown in their tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qa.datatypes import Scores


COMPLETE, COMPLETE_TERMS = 0.999, 3
"""From this share on, a sentence holds every word of the question (rounding aside). It counts only
for questions of at least three terms: nearly any sentence holds both words of a short one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts.

    Every signal has an absolute scale, cosines -1 … 1 and shares 0 … 1, so that a fused score
    means the same for every question. `sentence_coverage`, and `complete` for a sentence that
    holds every word of a question of at least three, are added only for the best candidates,
    whose sentences are looked into word by word (see `qa.answering.second_stage`).

    Chosen for the mean over SQuAD 2.0 dev, SciFact train, NFCorpus dev, Cranfield, StackFAQ and
    WikiQA such that no single signal is better on any of them; see benchmarks/README.md.
    """

    dense: float = 1.0
    max_sentence: float = 1.0
    heading: float = 0.15
    bm25: float = 0.4
    idf_coverage: float = 0.3
    sentence_coverage: float = 0.1
    complete: float = 0.15


@dataclass(frozen=True, slots=True)
class SignalArrays:
    """The signals of n candidates, each float32 (n,), higher = better; see `datatypes.Signals`."""

    dense: Scores
    max_sentence: Scores
    heading: Scores
    bm25: Scores
    idf_coverage: Scores

    def at(self, order: Sequence[int]) -> SignalArrays:
        """The same signals of the candidates at `order`."""
        places = list(order)
        return SignalArrays(*(getattr(self, name)[places] for name in self.__slots__))


def fuse(signals: SignalArrays, weights: Weights) -> Scores:
    """Weighted sum of the signals, float32 (n,); higher = better.

    >>> half = np.array([0.5], np.float32)
    >>> signals = SignalArrays(half, half, half, half, half)
    >>> fuse(signals, Weights(1, 1, 0, 2, 0.5)).tolist()   # 0.5 + 0.5 + 0 + 1 + 0.25
    [2.25]
    """
    fused: Scores = sum(
        getattr(weights, name) * getattr(signals, name) for name in signals.__slots__
    ).astype(np.float32)
    return fused


def sentence_gain(overlap: float, terms: int, weights: Weights) -> float:
    """What a passage gains by the words that its best sentence holds of a question's `terms`.

    >>> weights = Weights(sentence_coverage=0.1, complete=0.15)
    >>> sentence_gain(0.5, 3, weights), sentence_gain(1.0, 3, weights)
    (0.05, 0.25)
    >>> sentence_gain(1.0, 2, weights)
    0.1
    """
    complete = weights.complete if overlap >= COMPLETE and terms >= COMPLETE_TERMS else 0.0
    return weights.sentence_coverage * overlap + complete


def best_first(scores: Scores) -> list[int]:
    """Positions by falling score; equal scores keep their order.

    >>> best_first(np.array([0.1, 0.9, 0.9], np.float32))
    [1, 2, 0]
    """
    return [int(i) for i in np.argsort(-scores, kind="stable")]


def word_overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard index of two sets of words, 0 … 1.

    >>> word_overlap(frozenset("abc"), frozenset("bcd"))     # {b, c} of {a, b, c, d}
    0.5
    """
    union = len(a | b)
    return len(a & b) / union if union else 1.0


def fold_duplicates(words: Sequence[frozenset[str]], alike: float = 0.85) -> list[list[int]]:
    """Group positions, given best first, whose word sets overlap by at least `alike`.

    Each group is led by its best member; groups stay in order of their leaders.

    >>> same = frozenset("abcdefgh")
    >>> fold_duplicates([same, frozenset("xyz"), same])
    [[0, 2], [1]]
    """
    groups: list[list[int]] = []
    for position, mine in enumerate(words):
        for group in groups:
            leader = words[group[0]]
            # The overlap cannot exceed the ratio of the sizes: most pairs end here.
            if min(len(leader), len(mine)) < alike * max(len(leader), len(mine)):
                continue
            if word_overlap(leader, mine) >= alike:
                group.append(position)
                break
        else:
            groups.append([position])
    return groups
