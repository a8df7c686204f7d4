"""Texts → vectors through the cache: only what was never embedded goes to the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from qa.datatypes import Progress
from qa.index.embedding_cache import EmbeddingCache, rounded, text_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.datatypes import Embeddings
    from qa.encoders.pair import EncoderPair
    from qa.encoders.protocol import DocumentEncoder

OnProgress = Callable[[Progress], None]

TEXTS_AT_ONCE = 4096
"""Texts looked up and sorted by length together, so that the model pads little."""
KEPT_AT_ONCE = 1024
"""Texts embedded and cached together: the most work that a kill can lose."""


class Embedder:
    """Texts → vectors, through the cache; the heavy encoder is loaded at the first miss."""

    def __init__(
        self, pair: EncoderPair, cache: EmbeddingCache, total: int, progress: OnProgress
    ) -> None:
        self._pair = pair
        self._cache = cache
        self._encoder: DocumentEncoder | None = None
        self._progress = progress
        self._total = total
        self._done = 0
        self.new = 0

    def blocks(self, texts: Iterable[str]) -> Iterator[Embeddings]:
        """Vectors of `texts` in order, float32 (≤ TEXTS_AT_ONCE, dim) at a time.

        `texts` may be a stream: no more than one block of it is in memory.
        """
        coming = iter(texts)
        while block := list(islice(coming, TEXTS_AT_ONCE)):
            yield self._block(block)

    def finish(self) -> None:
        """No more texts will come: the model goes, and the memory that it took up."""
        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None

    def _block(self, texts: Sequence[str]) -> Embeddings:
        hashes = [text_hash(text) for text in texts]
        self._cache.want(hashes)
        known = self._cache.get(hashes)
        missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
        self._report(self._done + len(texts) - len(missing))
        for keys, halves in self._embedded(missing, self._done + len(texts) - len(missing)):
            known.update((key, half.tobytes()) for key, half in zip(keys, halves, strict=True))
        self._done += len(texts)
        self._report(self._done)
        joined = b"".join(known[key] for key in hashes)
        vectors: Embeddings = (
            np.frombuffer(joined, np.float16).reshape(len(texts), -1).astype(np.float32)
        )
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(norms > 0, norms, 1)).astype(np.float32)

    def _embedded(
        self, missing: dict[bytes, str], done: int
    ) -> Iterator[tuple[list[bytes], NDArray[np.float16]]]:
        """Embed and cache texts, the longest first, KEPT_AT_ONCE at a time."""
        keys = sorted(missing, key=lambda key: -len(missing[key]))
        for start in range(0, len(keys), KEPT_AT_ONCE):
            some = keys[start : start + KEPT_AT_ONCE]
            base = done + start
            fresh = self._load().encode_documents(
                [missing[key] for key in some],
                on_batch=lambda count, base=base: self._report(base + count),  # type: ignore[misc]
            )
            self.new += len(some)
            self._cache.put(some, fresh)
            yield some, rounded(fresh).astype(np.float16)

    def _load(self) -> DocumentEncoder:
        if self._encoder is None:
            self._report(self._done, "loading the model")
            self._encoder = self._pair.documents()
        return self._encoder

    def _report(self, done: int, note: str = "") -> None:
        self._progress(Progress("embed", done, self._total, note))
