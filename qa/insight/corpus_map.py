"""A map of the corpus: passage vectors in two dimensions, and a question with its hits on it.

The two dimensions are the first principal components (Pearson 1901) of the vectors: straight
lines through the space, so that a question can be put on the same map. They hold only a part of
what tells passages apart; `CorpusMap.share` says how much.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.answering.answer import answer_question

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.answering.retriever import Retriever
    from qa.datatypes import Answer, Embeddings, Passage

MOST = 3_000
"""So many passages are on a map; of more, every n-th."""
NAMED = 8
"""So many documents have a colour of their own: those with most passages."""
_AT_ONCE = 1_000
_SAME = 1e-9
"""Vectors of length 1 whose variance is below this are the same but for rounding."""


@dataclass(frozen=True, slots=True)
class Plane:
    """Where a vector lies: (vector − `mean`) · `axes` / `reach`; the passages in -1 … 1.

    `mean`: float64 (dim,), `axes`: float64 (dim, 2), `reach`: float64 (2,). `share`: part, 0 … 1,
    of the passages' variance that both axes hold.
    """

    mean: NDArray[np.float64]
    axes: NDArray[np.float64]
    reach: NDArray[np.float64]
    share: float

    def place(self, vectors: Embeddings) -> NDArray[np.float64]:
        """Where `vectors`, shape (n, dim), lie: shape (n, 2)."""
        found: NDArray[np.float64] = (vectors - self.mean) @ self.axes / self.reach
        return found


def plane(vectors: Embeddings) -> Plane:
    """The plane that holds most of the variance of `vectors`, shape (n, dim), n ≥ 1.

    The same for the same vectors: each axis points to where its largest part is positive.

    >>> flat = plane(np.array([[0, 0, 5], [3, 0, 5], [0, 1, 5], [3, 1, 5]], np.float32))
    >>> flat.place(np.array([[3, 1, 5]], np.float32)).tolist(), round(flat.share, 3)
    ([[1.0, 1.0]], 1.0)
    """
    exact = vectors.astype(np.float64)
    mean = exact.mean(axis=0)
    centred = exact - mean
    values, columns = np.linalg.eigh(centred.T @ centred / len(exact))
    axes = columns[:, ::-1][:, :2]
    if axes.shape[1] < 2:
        axes = np.pad(axes, ((0, 0), (0, 2 - axes.shape[1])))
    largest = np.abs(axes).argmax(axis=0)
    axes = axes * np.where(axes[largest, [0, 1]] < 0, -1.0, 1.0)
    reach = np.abs(centred @ axes).max(axis=0)
    # A direction in which nothing differs shows as one line, not as noise blown up.
    reach = np.where(reach < 1e-6, 1.0, reach)
    total = float(np.clip(values, 0, None).sum())
    held = float(np.clip(values[::-1][:2], 0, None).sum())
    share = held / total if total > _SAME else 1.0
    return Plane(mean, axes, reach, share)


@dataclass(frozen=True, slots=True)
class Point:
    """A passage on the map. `colour`: number of its document among the named ones, else NAMED."""

    passage: Passage
    x: float
    y: float
    colour: int


@dataclass(frozen=True, slots=True)
class CorpusMap:
    """Passages of one generation of an index, in two dimensions.

    `names` are the titles of the documents that have a colour of their own, in the order of
    colours; `titles` those of all documents by id, with the source where two are the same. `total`
    counts the passages of the index.
    """

    generation: str
    points: tuple[Point, ...]
    plane: Plane
    names: tuple[str, ...]
    titles: dict[str, str]
    total: int


@dataclass(frozen=True, slots=True)
class PlacedAnswer:
    """A question and its hits on the map, the hits in their order."""

    question: tuple[float, float]
    hits: tuple[tuple[float, float], ...]


def corpus_map(retriever: Retriever, most: int = MOST) -> CorpusMap:
    """The map of an open index; of more than `most` passages, evenly spread ones."""
    catalog, total = retriever.catalog, retriever.catalog.passage_count
    rows = np.unique(np.linspace(0, total - 1, min(most, total)).round().astype(np.int64))
    vectors = retriever.index.dense.vectors(rows)
    flat = plane(vectors) if total else _nowhere(retriever.index.dense.dim)
    places = flat.place(vectors)
    summaries = catalog.summaries()
    titles = _titles([line[:3] for line in summaries])
    sizes = Counter({line[0]: line[3] for line in summaries})
    named = {each: colour for colour, (each, _) in enumerate(sizes.most_common(NAMED))}
    passages = [
        passage
        for start in range(0, len(rows), _AT_ONCE)
        for passage in catalog.passages(rows[start : start + _AT_ONCE].tolist())
    ]
    points = tuple(
        Point(passage, float(x), float(y), named.get(passage.document_id, NAMED))
        for passage, (x, y) in zip(passages, places, strict=True)
    )
    names = tuple(titles[each] for each in named)
    return CorpusMap(retriever.generation, points, flat, names, titles, total)


def _titles(documents: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Ids to titles, of documents as (id, title, source); same titles are told by the source.

    >>> _titles([("1", "Tea", "a.txt"), ("2", "", "b.txt"), ("3", "Tea", "c.txt")])
    {'1': 'Tea (a.txt)', '2': 'b.txt', '3': 'Tea (c.txt)'}
    """
    times = Counter(title.strip() for _, title, _ in documents)
    return {
        identity: (f"{name} ({source})" if times[name] > 1 else name) if name else source
        for identity, title, source in documents
        for name in [title.strip()]
    }


def _nowhere(dim: int) -> Plane:
    return Plane(np.zeros(dim), np.zeros((dim, 2)), np.ones(2), 1.0)


def placed(retriever: Retriever, chart: CorpusMap, answer: Answer) -> PlacedAnswer:
    """Where the question of `answer` and its hits lie on `chart`, a map of the same index."""
    query = retriever.query(answer.corrected_question).vector[None]
    rows = [
        retriever.catalog.row(hit.passage.document_id, hit.passage.start, hit.passage.end)
        for hit in answer.hits
    ]
    vectors = retriever.index.dense.vectors(np.array(rows, np.int64))
    (question,) = chart.plane.place(query)
    return PlacedAnswer(
        (float(question[0]), float(question[1])),
        tuple((float(x), float(y)) for x, y in chart.plane.place(vectors)),
    )


class Maps:
    """Maps of one index, each made once. `retriever` opens the live generation. Thread-safe."""

    def __init__(self, retriever: Callable[[], Retriever], most: int = MOST) -> None:
        self._retriever, self._most = retriever, most
        self._lock = threading.Lock()
        self._known: CorpusMap | None = None

    def current(self) -> CorpusMap:
        """The map of the live generation. Raises the errors of opening it."""
        return self._of(self._retriever())

    def _of(self, retriever: Retriever) -> CorpusMap:
        with self._lock:
            if self._known is None or self._known.generation != retriever.generation:
                self._known = corpus_map(retriever, self._most)
            return self._known

    def asked(self, question: str, top_k: int = 5) -> tuple[CorpusMap, Answer, PlacedAnswer]:
        """The map, the answer to a question, and where both lie. Raises the errors of asking."""
        retriever = self._retriever()
        chart, given = self._of(retriever), answer_question(retriever, question, top_k)
        return chart, given, placed(retriever, chart, given)
