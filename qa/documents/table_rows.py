"""Where in a document's text the rows and cells of the original's tables stand. Pure.

A row is a line "name: value; …" of the text, made by `formats.table_model.row_text`; from the names
of the columns and the lengths of the values follows where each value stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.documents.blocks import Block, Row


@dataclass(frozen=True, slots=True)
class Table:
    """The names of a table's columns and its rows: where each row's line begins in the document's
    text, and the lengths of its cells as in `Row`."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]


def cells(start: int, row: Row) -> Iterator[tuple[int, int, int]]:
    """(column, start, end) of each filled cell of a row whose line begins at `start`.

    >>> line, row = "Tea: Assam; 4.50", Row(("Tea", "Note", ""), (5, 0, 4))
    >>> [(column, line[start:end]) for column, start, end in cells(0, row)]
    [(0, 'Assam'), (2, '4.50')]
    """
    at = start
    for column, length in enumerate(row.lengths):
        if length:
            name = row.names[column] if column < len(row.names) else ""
            at += len(name) + 2 if name else 0
            yield column, at, at + length
            at += length + 2


def tables_of(blocks: Sequence[Block], starts: Sequence[int]) -> tuple[Table, ...]:
    """The tables among the blocks of a document, which begin at `starts` in its text."""
    tables: list[Table] = []
    rows: list[tuple[int, ...]] = []
    names: tuple[str, ...] | None = None
    for block, start in zip([*blocks, None], [*starts, 0], strict=True):
        row = None if block is None or not _is_whole(block) else block.row
        if (row.names if row else None) != names:
            if names is not None:
                tables.append(Table(names, tuple(rows)))
            rows, names = [], row.names if row else None
        if row is not None:
            rows.append((start, *row.lengths))
    return tuple(table for table in tables if any(len(row) > 1 for row in table.rows))


def _is_whole(block: Block) -> bool:
    """Whether a block is still the row that it was made as: nothing was taken from its text."""
    if block.row is None or block.level:
        return False
    ends = [end for _, _, end in cells(0, block.row)]
    return not ends or ends[-1] == len(block.text)
