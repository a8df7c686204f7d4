"""Dense search: passage vectors in FAISS. The only file that imports faiss.

The kind of index follows the number of vectors (recall and times measured on 384 dimensions):
up to 50,000 exact float32; up to 300,000 exact scan of half-precision vectors (half the memory,
recall@10 0.998); above that an HNSW graph over half-precision vectors.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np

from qa.errors import REBUILD, IndexDamagedError

if TYPE_CHECKING:
    from qa.datatypes import Embeddings, Rows, Scores

FLAT_LIMIT = 50_000
SCAN_LIMIT = 300_000
SCAN_BLOCK = 16_384
HNSW_LINKS = 32
HNSW_SEARCH_DEPTH = 256


def index_kind(count: int) -> str:
    """FAISS factory string for `count` vectors.

    >>> index_kind(10), index_kind(50_001), index_kind(300_001)
    ('Flat', 'SQfp16', 'HNSW32_SQfp16')
    """
    if count <= FLAT_LIMIT:
        return "Flat"
    return "SQfp16" if count <= SCAN_LIMIT else f"HNSW{HNSW_LINKS}_SQfp16"


class DenseIndex:
    """Inner-product search over unit vectors, so that scores are cosines, higher = nearer."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @staticmethod
    def write(vectors: Embeddings, path: Path, kind: str | None = None) -> str:
        """Write `vectors`, float32 (n, dim), unit rows, to `path`; returns the kind chosen."""
        count, dim = vectors.shape
        return DenseIndex.write_blocks([vectors], count, dim, path, kind)

    @staticmethod
    def write_blocks(
        blocks: Iterable[Embeddings], count: int, dim: int, path: Path, kind: str | None = None
    ) -> str:
        """Like `write`, for `count` vectors in all that come in blocks, in row order.

        None of the kinds learns from the vectors, so one block at a time is in memory beside
        the index itself.
        """
        kind = kind or index_kind(count)
        index: Any = faiss.index_factory(dim, kind, faiss.METRIC_INNER_PRODUCT)
        storage: Any = faiss.downcast_index(index.storage) if hasattr(index, "hnsw") else index
        storage.codes.resize(count * storage.code_size)  # room at once: growing needs it twice
        storage.codes.resize(0)
        for block in blocks:
            if not index.is_trained:
                index.train(block)
            index.add(block)
        if index.ntotal != count:
            raise ValueError(f"{index.ntotal} vectors came for {count}")
        faiss.write_index(index, str(path))
        return kind

    @classmethod
    def open(cls, path: Path) -> DenseIndex:
        """Open what `write` wrote. Raises IndexDamagedError if FAISS cannot read it."""
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexDamagedError(f"{path} cannot be read as a FAISS index. {REBUILD}") from error
        if hasattr(index, "hnsw"):
            index.hnsw.efSearch = HNSW_SEARCH_DEPTH
        return cls(index)

    @property
    def count(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def search(self, query: Embeddings, k: int, within: Rows | None = None) -> tuple[Rows, Scores]:
        """The up to `k` nearest rows to `query`, float32 (dim,), best first, with cosines.

        `within` restricts it to those rows. In a graph every one of them is then compared, for
        a graph finds little behind a narrow filter.
        """
        if within is not None and hasattr(self._index, "hnsw"):
            return self._scan(query, k, within)
        k = min(k, self.count if within is None else len(within))
        if k < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        # The setting is per thread. FAISS's idle threads spin and would slow the query encoder.
        faiss.omp_set_num_threads(1)
        only = None if within is None else self._only(within)
        scores, rows = self._index.search(query.reshape(1, -1), k, params=only)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def _only(self, rows: Rows) -> Any:
        """FAISS's parameters for a search among `rows`; they keep what they point to alive."""
        library: Any = faiss  # its own type stubs leave these arguments out
        wanted = np.zeros(self.count, np.bool_)
        wanted[rows] = True
        bits = np.packbits(wanted, bitorder="little")
        return library.SearchParameters(sel=library.IDSelectorBitmap(bits))

    def _scan(self, query: Embeddings, k: int, rows: Rows) -> tuple[Rows, Scores]:
        blocks = [rows[start : start + SCAN_BLOCK] for start in range(0, len(rows), SCAN_BLOCK)]
        parts = [self.vectors(block) @ query for block in blocks]
        scores = np.concatenate([np.empty(0, np.float32), *parts]).astype(np.float32)
        best = np.argsort(-scores, kind="stable")[: max(k, 0)]
        return rows[best], scores[best]

    def vectors(self, rows: Rows) -> Embeddings:
        """The vectors of `rows`, float32 (len(rows), dim), as stored."""
        if len(rows) == 0:
            return np.empty((0, self.dim), np.float32)
        result: Embeddings = self._index.reconstruct_batch(np.ascontiguousarray(rows, np.int64))
        return result
