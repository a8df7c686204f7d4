"""Questions that ask much the same, gathered into groups by the query encoder's vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.insight.feedback import Lack

if TYPE_CHECKING:
    from qa.datatypes import Embeddings

ALIKE = 0.65
"""Questions whose vectors have at least this cosine belong together."""
MOST_QUESTIONS = 500
"""So many questions are grouped; those asked most often come first."""


@dataclass(frozen=True, slots=True)
class LackGroup:
    """Questions that lack an answer and ask much the same, the one asked most often first."""

    lacks: tuple[Lack, ...]

    @property
    def times(self) -> int:
        """How often all of them were asked together."""
        return sum(lack.times for lack in self.lacks)

    @property
    def question(self) -> str:
        """The one that stands for all."""
        return self.lacks[0].question


def alike(vectors: Embeddings, threshold: float = ALIKE) -> list[list[int]]:
    """Rows of `vectors`, unit rows of shape (n, dim), in groups of likeness.

    Greedy: each row joins the nearest group whose first row has a cosine of at least `threshold`
    with it, or opens a new one. Groups and their rows keep the given order.
    """
    groups: list[list[int]] = []
    leaders = np.empty_like(vectors)
    for row, vector in enumerate(vectors):
        near = leaders[: len(groups)] @ vector
        best = int(near.argmax()) if groups else -1
        if groups and near[best] >= threshold:
            groups[best].append(row)
        else:
            leaders[len(groups)] = vector
            groups.append([row])
    return groups


def grouped(lacks: Sequence[Lack], vectors: Embeddings | None) -> list[LackGroup]:
    """Lacks in groups, those asked most often first; each alone where there are no vectors.

    `vectors`: unit rows, one for each lack.
    """
    rows = [[row] for row in range(len(lacks))] if vectors is None else alike(vectors)
    groups = [LackGroup(tuple(lacks[row] for row in group)) for group in rows]
    return sorted(groups, key=lambda group: -group.times)
