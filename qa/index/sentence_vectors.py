"""Sentence vectors: int8 on disk, memory-mapped, read only for the candidates of a question.

Row r of `sentences.npy` times `sentence_scales.npy[r]` is the vector. The vectors of passage p
are rows `sentence_starts.npy[p]` … `sentence_starts.npy[p + 1]`: one for each of its sentences
in order, then one for its title and headings.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.errors import IndexDamagedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.datatypes import Embeddings, Rows, Scores

VECTORS, SCALES, STARTS = "sentences.npy", "sentence_scales.npy", "sentence_starts.npy"


def quantise(vectors: Embeddings) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Float32 (n, dim) → int8 (n, dim) and scales (n,): the largest value of a row becomes ±127.

    >>> codes, scales = quantise(np.array([[0.6, -0.8]], np.float32))   # -0.8 → -127, 0.6 → 95.25
    >>> codes.tolist(), round(float(scales[0]) * 127, 4)
    ([[95, -127]], 0.8)
    """
    scales = np.abs(vectors).max(axis=1, initial=0.0).astype(np.float32) / np.float32(127)
    safe = np.where(scales > 0, scales, 1)[:, None]
    return np.rint(vectors / safe).astype(np.int8), scales


def write_sentences(
    folder: Path, blocks: Iterable[Embeddings], counts: list[int], dim: int
) -> None:
    """Write the vectors, given in row order in any blocks; `counts` = vectors per passage."""
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    total = int(starts[-1])
    scales = np.zeros(total, np.float32)
    row = 0
    with (folder / VECTORS).open("wb") as file:  # written, not mapped: pages stay out of memory
        np.lib.format.write_array_header_1_0(
            file, {"descr": "|i1", "fortran_order": False, "shape": (total, dim)}
        )
        for block in blocks:
            codes, scales[row : row + len(block)] = quantise(block)
            file.write(codes.tobytes())
            row += len(block)
    if row != total:
        raise ValueError(f"{row} sentence vectors came for {total}")
    np.save(folder / SCALES, scales)
    np.save(folder / STARTS, starts)


class SentenceVectors:
    """Cosines of a question with the sentences and headings of some passages."""

    def __init__(self, folder: Path) -> None:
        try:
            self._codes = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
            self._scales = np.load(folder / SCALES, allow_pickle=False)
            self._starts = np.load(folder / STARTS, allow_pickle=False)
        except (ValueError, OSError, EOFError) as error:
            raise IndexDamagedError(
                f"The sentence vectors in {folder} cannot be read. Rebuild: python -m qa index"
            ) from error

    @property
    def count(self) -> int:
        """Number of vectors."""
        return len(self._codes)

    @property
    def counts(self) -> list[int]:
        """Vectors of each passage, by row."""
        counts: list[int] = np.diff(self._starts).tolist()
        return counts

    def vectors(self, row: int) -> Embeddings:
        """The vectors of passage `row` in order, float32 (n, dim), as stored."""
        own = slice(int(self._starts[row]), int(self._starts[row + 1]))
        vectors: Embeddings = self._codes[own].astype(np.float32) * self._scales[own, None]
        return vectors

    def scores(self, query: Embeddings, rows: Rows) -> list[Scores]:
        """For each passage of `rows`: cosines of `query` (dim,) with its vectors, in order."""
        starts, ends = self._starts[rows], self._starts[np.asarray(rows) + 1]
        edges = np.concatenate([[0], np.cumsum(ends - starts)]).tolist()
        shifts = np.repeat(starts - edges[:-1], ends - starts)
        wanted = np.arange(edges[-1]) + shifts
        cosines = (self._codes[wanted].astype(np.float32) @ query) * self._scales[wanted]
        return [cosines[start:end] for start, end in pairwise(edges)]
