"""Where given passages rank for a question, and what speaks for the one that won."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from qa.datatypes import Passage, Signals

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.answering.second_stage import Candidates, RankedPassage
    from qa.datatypes import Rows

REMAINDER = "wording"
"""What the signals leave of a score: the best sentence holds every word, or has the form asked
for."""


@dataclass(frozen=True, slots=True)
class SignalComparison:
    """One signal of two passages, higher = better, and what one unit of it is worth."""

    name: str
    weight: float
    expected: float
    winner: float

    @property
    def lead(self) -> float:
        """By how much of the score the winner is ahead in this signal; negative: behind.

        >>> SignalComparison("bm25", 0.5, expected=0.25, winner=0.75).lead     # 0.5 · 0.5
        0.25
        """
        return self.weight * (self.winner - self.expected)


@dataclass(frozen=True, slots=True)
class SearchRanks:
    """Best rank, from 1, of some passages in each search over all passages; None: not found.

    `matched` counts the passages that hold any of the question's words.
    """

    dense: int | None
    keywords: int | None
    matched: int


@dataclass(frozen=True, slots=True)
class RankComparison:
    """Where the best of the expected passages ranks, and what ranks above it.

    `leader` leads the group of near-identical passages in which `expected` lies, `winner` the
    whole ranking. `rank`, from 1, is that of the group; None where its words were not looked
    into, so that only `first_stage_rank`, its rank before that, is known. `groups`: the ranking.
    """

    expected: RankedPassage
    leader: RankedPassage
    winner: RankedPassage
    rank: int | None
    first_stage_rank: int
    ranked: int
    groups: Sequence[Sequence[RankedPassage]]


def search_ranks(retriever: Retriever, question: str, rows: Mapping[int, Passage]) -> SearchRanks:
    """Ranks of the best of `rows` by cosine and by BM25 among all passages of the index."""
    query, dense, keywords = (
        retriever.query(question),
        retriever.index.dense,
        retriever.index.keywords,
    )
    near, _ = dense.search(query.vector, dense.count)
    matching, _ = keywords.search(query.terms, keywords.count)
    return SearchRanks(_rank(near, rows), _rank(matching, rows), len(matching))


def _rank(found: Rows, rows: Mapping[int, Passage]) -> int | None:
    places = np.flatnonzero(np.isin(found, list(rows)))
    return int(places[0]) + 1 if len(places) else None


def compare_ranks(
    retriever: Retriever, scored: Candidates, rows: Mapping[int, Passage]
) -> RankComparison | None:
    """Where the best of `rows` ranks among the candidates; None where none is a candidate.

    A passage that is itself shown counts before one that is folded into another.
    """
    places = [place for place, row in enumerate(scored.rows.tolist()) if row in rows]
    if not places:
        return None
    ids = {passage.id for passage in rows.values()}
    groups = retriever.ranked(scored)
    held = [
        (member is not group[0], rank, member, group[0])
        for rank, group in enumerate(groups, start=1)
        for member in group
        if member.passage.id in ids
    ]
    winner, first_stage_rank = groups[0][0], places[0] + 1
    if held:
        _, rank, expected, leader = min(held, key=lambda candidate: candidate[:2])
        return RankComparison(expected, leader, winner, rank, first_stage_rank, len(groups), groups)
    best = rows[int(scored.rows[places[0]])].id
    everything = retriever.ranked(scored, len(scored.rows))
    expected = next(member for group in everything for member in group if member.passage.id == best)
    return RankComparison(
        expected, expected, winner, None, first_stage_rank, len(scored.rows), groups
    )


def compare_signals(
    retriever: Retriever, expected: RankedPassage, winner: RankedPassage
) -> tuple[SignalComparison, ...]:
    """The signals of both, whose weighted sums are their scores, to four decimals."""
    weights = retriever.weights
    lines = [
        SignalComparison(
            each.name,
            float(getattr(weights, each.name, 0.0)),
            getattr(expected.signals, each.name),
            getattr(winner.signals, each.name),
        )
        for each in fields(Signals)
    ]
    rest = [
        round(side.score - sum(line.weight * getattr(line, name) for line in lines), 5) + 0.0
        for side, name in ((expected, "expected"), (winner, "winner"))
    ]
    return (*lines, SignalComparison(REMAINDER, 1.0, *rest))


def held_terms(retriever: Retriever, terms: list[str], row: int) -> set[str]:
    """Those of `terms` that a passage with its headings holds."""
    rows = np.array([row], np.int64)
    return {term for term in terms if retriever.index.keywords.coverage({term: 1.0}, rows)[0] > 0}
