"""How texts are put together for one run of the model. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


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
