"""How texts are put together for one run of the model, and taken apart again. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.datatypes import Embeddings
    from qa.encoders.protocol import BatchDone


def by_length(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Positions in batches of like length, long ones first; a batch is at most `budget` tokens
    once every text is padded to its longest.

    >>> list(by_length([3, 9, 4, 4], budget=9))     # 9 alone; 4 + 4 = 8; 3 alone
    [[1], [2, 3], [0]]
    """
    batch: list[int] = []
    longest = 0
    for position in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (len(batch) + 1) * longest > budget:
            yield batch
            batch = []
        if not batch:
            longest = max(1, lengths[position])
        batch.append(position)
    if batch:
        yield batch


def encode_by_length(
    ids: Sequence[Sequence[int]],
    dim: int,
    budget: int,
    encode: Callable[[list[int]], Embeddings],
    on_batch: BatchDone | None = None,
) -> Embeddings:
    """Vectors of texts given as token ids, float32 (n, dim), in the given order.

    `encode` gives those of the texts at some positions, one batch of at most `budget` tokens.
    """
    vectors = np.zeros((len(ids), dim), np.float32)
    done = 0
    for batch in by_length([len(tokens) for tokens in ids], budget):
        vectors[batch] = encode(batch)
        done += len(batch)
        if on_batch is not None:
            on_batch(done)
    return vectors


def padded(ids: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids filled up with 0 to the longest text, and the attention mask: (n, longest) each.

    >>> tokens, mask = padded([[7, 8, 9], [5]])
    >>> tokens.tolist(), mask.tolist()
    ([[7, 8, 9], [5, 0, 0]], [[1, 1, 1], [1, 0, 0]])
    """
    tokens = np.zeros((len(ids), max(1, *map(len, ids))), np.int64)
    mask = np.zeros_like(tokens)
    for row, text in enumerate(ids):
        tokens[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return tokens, mask
