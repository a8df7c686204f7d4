"""Sentence vectors: int8 on disk, of which only those of a question's candidates are read.

Row r of `sentences.npy` times `sentence_scales.npy[r]` is the vector. The vectors of passage p
are rows `sentence_starts.npy[p]` … `sentence_starts.npy[p + 1]`: one for each of its sentences
in order, then one for its title and headings. They are read, not mapped into memory: where a
mapped file is cut short, the system ends whoever looks at it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.errors import REBUILD, IndexDamagedError

if TYPE_CHECKING:
    from io import FileIO

    from numpy.typing import NDArray

    from qa.datatypes import Embeddings, Rows, Scores

LOADED_BYTES = 64_000_000
"""A larger file is read at each question, which takes 2 µs for each candidate."""

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
    """Cosines of a question with the sentences and headings of some passages. Thread-safe."""

    def __init__(self, folder: Path, loaded_bytes: int = LOADED_BYTES) -> None:
        """A file of up to `loaded_bytes` is loaded. Raises IndexDamagedError."""
        self._folder = folder
        self._lock = threading.Lock()
        try:
            self._scales = np.load(folder / SCALES, allow_pickle=False)
            self._starts = np.load(folder / STARTS, allow_pickle=False)
            self._file = (folder / VECTORS).open("rb", buffering=0)
            self._begin, (self.count, self._dim) = _header(self._file)
            fits = self._scales.shape == (self.count,) and self._starts.ndim == 1
            whole = self._begin + self.count * self._dim == _size(self._file)
            if not fits or not whole or int(self._starts[-1]) != self.count:
                raise ValueError("the files do not fit together")
            self._codes: NDArray[np.int8] | None = None
            if self.count * self._dim <= loaded_bytes:
                self._codes = self._read([0], [self.count])
        except (ValueError, OSError, EOFError, IndexError) as error:
            raise self._damaged() from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def counts(self) -> list[int]:
        """Vectors of each passage, by row."""
        counts: list[int] = np.diff(self._starts).tolist()
        return counts

    def vectors(self, row: int) -> Embeddings:
        """The vectors of passage `row` in order, float32 (n, dim), as stored.

        Raises IndexDamagedError where the file has become shorter, as `scores` does.
        """
        codes, wanted, _ = self._of(np.array([row], np.int64))
        vectors: Embeddings = codes.astype(np.float32) * self._scales[wanted, None]
        return vectors

    def scores(self, query: Embeddings, rows: Rows) -> list[Scores]:
        """For each passage of `rows`: cosines of `query` (dim,) with its vectors, in order."""
        codes, wanted, edges = self._of(rows)
        cosines = (codes.astype(np.float32) @ query) * self._scales[wanted]
        return [cosines[start:end] for start, end in pairwise(edges)]

    def _of(self, rows: Rows) -> tuple[NDArray[np.int8], Rows, list[int]]:
        """The codes of all vectors of `rows`, int8 (n, dim), which vectors these are, (n,), and
        where those of each passage begin and the last ends."""
        starts, ends = self._starts[rows], self._starts[np.asarray(rows) + 1]
        edges = np.concatenate([[0], np.cumsum(ends - starts)])
        wanted = np.arange(edges[-1]) + np.repeat(starts - edges[:-1], ends - starts)
        if self._codes is not None:
            return self._codes[wanted], wanted, edges.tolist()
        return self._read(starts.tolist(), ends.tolist()), wanted, edges.tolist()

    def _read(self, starts: Sequence[int], ends: Sequence[int]) -> NDArray[np.int8]:
        """The codes of some runs of vectors, from the file. Raises IndexDamagedError."""
        counts = [(end - start) * self._dim for start, end in zip(starts, ends, strict=True)]
        codes = np.empty(sum(counts), np.int8)
        room, at = codes.data, 0
        try:
            for start, count in zip(starts, counts, strict=True):
                part = room[at : at + count]
                if count and self._fill(part, self._begin + start * self._dim) != count:
                    raise self._damaged()
                at += count
        except (OSError, ValueError) as error:
            raise self._damaged() from error
        return codes.reshape(-1, self._dim)

    def _fill(self, part: memoryview, at: int) -> int | None:
        if hasattr(os, "preadv"):
            return os.preadv(self._file.fileno(), [part], at)
        with self._lock:
            self._file.seek(at)
            return self._file.readinto(part)

    def _damaged(self) -> IndexDamagedError:
        return IndexDamagedError(
            f"The sentence vectors in {self._folder} cannot be read. {REBUILD}"
        )


def _header(file: FileIO) -> tuple[int, tuple[int, int]]:
    """Where the numbers of an .npy file of int8 begin, and its shape. Raises ValueError."""
    np.lib.format.read_magic(file)
    shape, _, kind = np.lib.format.read_array_header_1_0(file)
    if kind != np.int8 or len(shape) != 2:
        raise ValueError(f"{kind} of shape {shape} instead of int8 of shape (n, dim)")
    return file.tell(), shape


def _size(file: FileIO) -> int:
    return os.fstat(file.fileno()).st_size
