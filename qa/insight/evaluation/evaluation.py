"""What every evaluation gives, and what all kinds of them share."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from qa.datatypes import Progress
from qa.errors import InputError
from qa.insight.evaluation.measures import Estimate, bootstrap
from qa.settings import __version__

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.settings import Settings

OnProgress = Callable[[Progress], None]
Item = TypeVar("Item")

FULL = "full"
"""The ranking that users get."""
TOP_K = 5
"""Passages that users see unless they ask for more."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of one set. `figures`: system or group of questions → measure → estimate.

    `differences`: the same, less the system "full" on the same questions; below 0 means worse
    than full. Shares and metrics lie in 0 … 1; measures called "words…" count words. `facts`
    tells what was asked of what. `rows` has the values of single questions, one flat row each
    (and for each system); `run`: question → entry ids in the order of "full".
    """

    name: str
    kind: str
    facts: dict[str, Any]
    figures: dict[str, dict[str, Estimate]]
    differences: dict[str, dict[str, Estimate]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rows: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    run: dict[str, list[str]] = field(default_factory=dict, repr=False)


def sample(items: Sequence[Item], limit: int | None) -> list[Item]:
    """`items`, or a random `limit` of them, the same each time. Raises InputError below 1.

    >>> sample([1, 2, 3], None), len(sample([1, 2, 3], 2))
    ([1, 2, 3], 2)
    """
    if limit is not None and limit < 1:
        raise InputError(f"limit is {limit}, but must be at least 1.")
    if limit is None or limit >= len(items):
        return list(items)
    return random.Random(0).sample(list(items), limit)


def with_progress(items: Sequence[Item], progress: OnProgress) -> Iterator[Item]:
    """`items`, with progress told in the stage "ask"."""
    for done, item in enumerate(items):
        progress(Progress("ask", done, len(items)))
        yield item
    progress(Progress("ask", len(items), len(items)))


def describe_run(
    retriever: Retriever, settings: Settings, asked: int, questions: int, top_k: int
) -> dict[str, Any]:
    """What was asked of what: sizes, settings and the version, for comparing like with like."""
    manifest = retriever.manifest
    return {
        "questions": asked,
        "of": questions,
        "documents": manifest.counts["documents"],
        "passages": manifest.counts["passages"],
        "model": manifest.encoder["name"],
        **{
            name: manifest.settings[name]
            for name in ("language", "passage_tokens", "overlap_sentences")
        },
        "candidates": settings.candidates,
        "rerank": settings.rerank,
        "top_k": top_k,
        "weights": asdict(retriever.weights),
        "qa": __version__,
    }


def estimates(measured: Mapping[str, Sequence[float]]) -> dict[str, Estimate]:
    """Measure → values of single questions, to measure → estimate."""
    return dict(zip(measured, bootstrap(np.array(list(measured.values())).T), strict=True))
