"""Questions that ask much the same, gathered into groups by the query encoder's vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.insight.question_history import UnansweredQuestion

if TYPE_CHECKING:
    from qa.datatypes import Embeddings

ALIKE = 0.65
"""Questions whose vectors have at least this cosine belong together."""
MOST_QUESTIONS = 500
"""So many questions are grouped; those asked most often come first."""


@dataclass(frozen=True, slots=True)
class QuestionCluster:
    """Questions that lack an answer and ask much the same, the one asked most often first."""

    questions: tuple[UnansweredQuestion, ...]

    @property
    def times(self) -> int:
        """How often all of them were asked together."""
        return sum(question.times for question in self.questions)

    @property
    def question(self) -> str:
        """The one that stands for all."""
        return self.questions[0].question


def cluster_rows(vectors: Embeddings, threshold: float = ALIKE) -> list[list[int]]:
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


def cluster_questions(
    questions: Sequence[UnansweredQuestion], vectors: Embeddings | None
) -> list[QuestionCluster]:
    """Questions in clusters, those asked most often first; each alone where there are no vectors.

    `vectors`: unit rows, one for each question.
    """
    rows = [[row] for row in range(len(questions))] if vectors is None else cluster_rows(vectors)
    groups = [QuestionCluster(tuple(questions[row] for row in group)) for group in rows]
    return sorted(groups, key=lambda group: -group.times)
