"""Rows of cells, of whatever format → blocks: a line a row, cells under their columns' names. Pure.

The header is found by the shape of the cells, unless the format says which rows are headers: a
header names what stands below it, so it holds words where the rows below hold numbers or dates.
Lines that stand alone above or below a table (its title, a note) stay lines of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.documents.blocks import Block, Row
from qa.documents.formats.cell_shapes import are_alike, is_fact, is_unit, is_year

LONGEST_NAME = 80
"""Characters; a longer cell is a sentence, not the name of a column."""

LONGEST_CELL = 400
"""Characters; a table with longer cells lays out a page rather than lists facts."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and how many columns and rows it spans."""

    text: str
    columns: int = 1
    rows: int = 1


def lays_out_a_page(texts: Sequence[str]) -> bool:
    """Whether the filled cells of a table are parts of a page rather than facts: there is only
    one, or one is long.

    >>> lays_out_a_page(["Tea", "4.50"]), lays_out_a_page(["All of the text."])
    (False, True)
    """
    return len(texts) <= 1 or any(len(text) > LONGEST_CELL for text in texts)


def row_text(headers: Sequence[str], cells: Sequence[str]) -> str:
    """A row with its headers; empty cells are left out, a cell without a header stands alone.

    >>> row_text(["Tea", "Minutes", ""], ["Sencha", "2", "hot"])
    'Tea: Sencha; Minutes: 2; hot'
    """
    parts = []
    for number, cell in enumerate(cells):
        value = " ".join(cell.split())
        header = " ".join(headers[number].split()) if number < len(headers) else ""
        if value:
            parts.append(f"{header.rstrip(':')}: {value}" if header else value)
    return "; ".join(parts)


def _row_block(names: Sequence[str], cells: Sequence[str]) -> Block:
    """A row as a block that knows its cells."""
    plain = tuple(" ".join(name.split()).rstrip(":") for name in names)
    lengths = tuple(len(" ".join(cell.split())) for cell in cells)
    return Block(row_text(plain, cells), fixed=True, row=Row(plain, lengths))


def table_blocks(
    rows: Iterable[Sequence[Cell]], *, headers: int | None = None, labels: bool = False
) -> list[Block]:
    """The blocks of a table, or of several with blank rows between them.

    `headers`: how many of the first rows are headers, where the format says so; 0 for none.
    `labels`: in a table of two columns the first may name what stands in the second, as in a form.

    >>> rows = [[Cell("Tea"), Cell("Price")], [Cell("Assam"), Cell("4.50")]]
    >>> [block.text for block in table_blocks(rows)]
    ['Tea: Assam; Price: 4.50']
    """
    grid = _grid(rows)
    if headers is not None:
        return [*_table(grid, headers, labels=labels)]
    return [block for part in _parts(grid) for block in _table(part, None, labels=labels)]


def header_above(
    rows: Sequence[Sequence[str]], following: Sequence[Sequence[str]]
) -> Sequence[Sequence[str]]:
    """The header of a table which holds for rows that follow it on another page; [] where they
    have one of their own.

    >>> header_above([["Tea", "Price"], ["Assam", "4"], ["Kenya", "5"]], [["Ceylon", "3"]])
    [['Tea', 'Price']]
    """
    if len(rows[0]) != len(following[0]):
        return []
    header = rows[: _header_rows(rows, labels=True)]
    body = rows[len(header) :]
    facts = [n for n in range(len(rows[0])) if _is_column_of_facts(body, n)]
    cells = [following[0][n] for n in facts]
    goes_on = not any(cells) or any(map(is_fact, cells))
    return header if goes_on else []


def _grid(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """The texts of a table, those of spanning cells repeated, all rows of one length."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []
        cells = iter(row)
        cell = next(cells, None)
        while cell is not None or len(line) in hanging:
            at = len(line)
            if at in hanging:
                left, text = hanging.pop(at)
                line.append(text)
                if left > 1:
                    hanging[at] = left - 1, text
                continue
            assert cell is not None
            for column in range(at, at + max(1, cell.columns)):
                line.append(cell.text)
                if cell.rows > 1:
                    hanging[column] = cell.rows - 1, cell.text
            cell = next(cells, None)
        grid.append(line)
    width = max(map(len, grid), default=0)
    return [line + [""] * (width - len(line)) for line in grid]


def _parts(grid: Sequence[Sequence[str]]) -> Iterator[list[list[str]]]:
    """The tables of a sheet: what blank rows part, without columns that are empty in it.

    A line that stands alone above a blank row goes with the table that follows.
    """
    part: list[list[str]] = []
    for row in [*grid, []]:
        if any(cell.strip() for cell in row):
            part.append(list(row))
        elif any(_filled(line) > 1 for line in part) or not row:
            yield _without_empty_columns(part)
            part = []
    if part:
        yield _without_empty_columns(part)


def _without_empty_columns(part: Sequence[Sequence[str]]) -> list[list[str]]:
    used = [n for n, column in enumerate(zip(*part, strict=True)) if any(c.strip() for c in column)]
    return [[row[n] for n in used] for row in part]


def _filled(row: Sequence[str]) -> int:
    """How many different texts stand in a row; a spanning cell counts once."""
    return len({cell.strip() for cell in row} - {""})


def _table(grid: list[list[str]], headers: int | None, *, labels: bool) -> Iterator[Block]:
    wide = max(map(_filled, grid), default=0) > 1
    start = 0
    while wide and not headers and start < len(grid) and _filled(grid[start]) == 1:
        yield Block(_alone(grid[start]))
        start += 1
    body = grid[start:]
    found = headers if headers is not None else _header_rows(body, labels=labels)
    names = _names(body[:found])
    labels = labels or _are_labelled(body)
    if not found and labels and all(len(row) == 2 for row in body):
        for label, value in body:
            yield Block(row_text([label], [value]) or " ".join(label.split()), fixed=True)
        return
    used: set[int] = set()
    for row in body[found:]:
        if wide and _filled(row) == 1 and len(row) > 2:
            yield Block(_alone(row), fixed=True, row=Row(tuple(names)))
        elif _filled(row):
            cells = _once(row, names)
            used.update(n for n, cell in enumerate(cells) if cell.strip())
            yield _row_block(names, cells)
    unused = [" ".join(name.split()) for n, name in enumerate(names) if n not in used]
    if any(unused):  # no cell stands under these names: they are shown all the same
        yield Block(row_text([], unused), fixed=True, row=Row(tuple(names)))


def _alone(row: Sequence[str]) -> str:
    return " ".join(next(cell for cell in row if cell.strip()).split())


def _once(row: Sequence[str], names: Sequence[str]) -> list[str]:
    """A row, in which a cell that spans several columns of one name, or of none, stands once."""
    cells = list(row)
    for n in range(len(cells) - 1, 0, -1):
        same_name = (names[n] if n < len(names) else "") == (names[n - 1] if names else "")
        if cells[n] == cells[n - 1] and same_name:
            cells[n] = ""
    return cells


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names of the columns, of several header rows from the top down. A name goes for the
    columns right of it too where only the rows below tell them apart.

    >>> _names([["Item", "Price", ""], ["", "net", "gross"]])
    ['Item', 'Price net', 'Price gross']
    """
    spread = [list(row) for row in rows]
    for row, below in itertools.pairwise(spread):
        for n in range(1, len(row)):
            if not row[n].strip() and below[n].strip() and below[n - 1].strip():
                row[n] = row[n - 1]
    names = []
    for row in spread[1:]:
        row[:] = [cell if any(map(str.isalnum, cell)) else "" for cell in row]
    for column in zip(*spread, strict=True):
        words = (" ".join(cell.split()).rstrip(":") for cell in column)
        names.append(" ".join(dict.fromkeys(word for word in words if word)))
    return names


def _header_rows(body: Sequence[Sequence[str]], *, labels: bool) -> int:
    """How many rows at the top of a table name its columns, by the shape of the cells."""
    if len(body) < 2 or not _could_name(body[0]) or _are_labelled(body):
        return 0
    if labels and len(body[0]) == 2:
        first = [row[0] for row in body[1:] if row[0].strip()]
        is_column = len(body) > 2 and are_alike([row[1] for row in body[1:]])
        return int(is_column or len(set(first)) < len(first))
    count = 2 if len(body) > 2 and _continues_header(body[0], body[1], body[2:]) else 1
    rows = body[count:]
    for n, name in enumerate(body[count - 1]):
        if _is_column_of_facts(rows, n) and not is_fact(name):
            return count
    if any(is_fact(cell) for row in rows for cell in row):
        return count
    recurs = any(row[n] == name != "" for row in rows for n, name in enumerate(body[0]))
    long = max((len(cell) for row in rows for cell in row), default=0)
    stands_out = long > max(map(len, body[0])) or _distinct(body[0])
    is_list = len(body[0]) == 1  # a column of words
    return count if stands_out and not recurs and not is_list else 0


def _are_labelled(rows: Sequence[Sequence[str]]) -> bool:
    return all(row[0].rstrip().endswith((":", "：")) for row in rows)


def _is_column_of_facts(rows: Sequence[Sequence[str]], n: int) -> bool:
    """Whether at least half of the filled cells of a column are facts."""
    below = [row[n] for row in rows if row[n].strip()]
    return bool(below) and sum(map(is_fact, below)) * 2 >= len(below)


def _distinct(row: Sequence[str]) -> bool:
    texts = [cell.strip() for cell in row if cell.strip()]
    return len(texts) == len(set(texts)) == len(row)


def _could_name(row: Sequence[str]) -> bool:
    """Whether a row could name columns: words, none of them long, no numbers but years."""
    texts = [" ".join(cell.split()) for cell in row if cell.strip()]
    words = [text for text in texts if not is_fact(text)]
    years = [text for text in texts if is_year(text)]
    return (
        len(words) + len(years) == len(texts)
        and bool(words)
        and max(map(len, texts)) <= LONGEST_NAME
    )


def _continues_header(
    first: Sequence[str], second: Sequence[str], rows: Sequence[Sequence[str]]
) -> bool:
    """Whether the second row tells more of the columns: units, or parts of a spanning name.

    It names only columns of facts, or it parts columns that have one name above them.
    """
    plain = [cell.strip() for cell in second]
    if any(plain) and all(is_unit(cell) for cell in plain if cell):
        return True
    facts = [n for n in range(len(second)) if _is_column_of_facts(rows, n)]
    named = [n for n, cell in enumerate(plain) if any(map(str.isalnum, cell))]
    if named and set(named) <= set(facts) and not any(is_fact(plain[n]) for n in named):
        return True
    spans = any(a.strip() and a == b for a, b in itertools.pairwise(first))
    return spans and _could_name(second) and _filled(second) > _filled(first) - 1
