"""Texts and vectors on their way through a build, kept on disk instead of in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qa.datatypes import Embeddings

VECTORS_AT_ONCE = 8192


class TextFile:
    """For each passage in row order: its text, and the texts of its sentences and headings, as
    they are embedded. Written once from begin to end, then read any number of times."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w", encoding="utf-8", errors="surrogatepass")
        self.counts: list[int] = []

    def add(self, passage: str, others: Sequence[str]) -> None:
        """Add a passage's text and those of its sentences and headings."""
        self._file.write(json.dumps([passage, *others], ensure_ascii=False) + "\n")
        self.counts.append(len(others))

    def finish(self) -> None:
        """Write everything out."""
        self._file.close()

    def passages(self) -> Iterator[str]:
        """The text of each passage."""
        return (line[0] for line in self._lines())

    def others(self) -> Iterator[str]:
        """The texts of every passage's sentences and headings, one after the other."""
        return (text for line in self._lines() for text in line[1:])

    def _lines(self) -> Iterator[list[str]]:
        with self._path.open(encoding="utf-8", errors="surrogatepass") as file:
            yield from map(json.loads, file)

    def remove(self) -> None:
        """Delete the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class VectorFile:
    """Float32 vectors in one file, read back in blocks."""

    def __init__(self, path: Path, dim: int) -> None:
        self._path = path
        self.dim = dim

    def write(self, blocks: Iterable[Embeddings]) -> None:
        """Write all vectors."""
        with self._path.open("wb") as file:
            for block in blocks:
                file.write(np.ascontiguousarray(block, np.float32).tobytes())

    def blocks(self) -> Iterator[Embeddings]:
        """The vectors in order, float32 (≤ VECTORS_AT_ONCE, dim) at a time."""
        size = self.dim * VECTORS_AT_ONCE
        with self._path.open("rb") as file:
            while len(part := np.fromfile(file, np.float32, size)):
                yield part.reshape(-1, self.dim)

    def remove(self) -> None:
        """Delete the file."""
        self._path.unlink(missing_ok=True)
