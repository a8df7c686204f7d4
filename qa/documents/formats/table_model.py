"""Rows of cells, of whatever format → blocks: a line a row, cells under their columns' names. Pure.

The header is found by the shape of the cells, unless the format says which rows are headers: a
header names what stands below it, so it holds words where the rows below hold numbers or dates.
Lines that stand alone above or below a table (its title, a note) stay lines of their own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.documents.blocks import Block, Row

LONGEST_NAME = 80
"""Characters; a longer cell is a sentence, not the name of a column."""

LONGEST_CELL = 400
"""Characters; a table with longer cells lays out a page rather than lists facts."""

_NUMBER = re.compile(r"[^\w]*\d[\d\s.,'’:/%+\-–]*(?:\s?[^\W\d_]{1,4}\.?|[%‰€$£¥])?[^\w]*")
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[T ].*)?|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}"
    r"|[^\W\d_]{3,12} \d{1,2}, \d{4}"
)
_YEAR = re.compile(r"(?:1[5-9]|2[01])\d\d")
_UNIT = re.compile(r"[(\[].{1,20}[)\]]")


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
    """The names of the columns, of several header rows from the top down.

    >>> _names([["Item", "Price", "Price"], ["Item", "net", "gross"]])
    ['Item', 'Price net', 'Price gross']
    """
    names = []
    for column in zip(*rows, strict=True):
        words = (" ".join(cell.split()).rstrip(":") for cell in column)
        names.append(" ".join(dict.fromkeys(word for word in words if word)))
    return names


def _header_rows(body: Sequence[Sequence[str]], *, labels: bool) -> int:
    """How many rows at the top of a table name its columns, by the shape of the cells."""
    if len(body) < 2 or not _could_name(body[0]):
        return 0
    if labels and all(row[0].rstrip().endswith(":") for row in body):
        return 0
    if labels and len(body[0]) == 2:
        first = [row[0] for row in body[1:] if row[0].strip()]
        is_column = len(body) > 2 and _are_alike([row[1] for row in body[1:]])
        return int(is_column or len(set(first)) < len(first))
    count = 1
    if len(body) > 2 and _continues_header(body[0], body[1]):
        count = 2
    rows = body[count:]
    for n, name in enumerate(body[count - 1]):
        below = [row[n] for row in rows if row[n].strip()]
        facts = sum(_is_fact(cell) for cell in below)
        if below and facts * 2 >= len(below) and not _is_fact(name):
            return count
    if any(_is_fact(cell) for row in rows for cell in row):
        return count
    long = max((len(cell) for row in rows for cell in row), default=0)
    return count if long > max(map(len, body[0])) or _distinct(body[0]) else 0


def _are_alike(cells: Sequence[str]) -> bool:
    """Whether cells hold facts of one kind, as in a column below its name; beside labels they
    differ.

    >>> _are_alike(["4.50 €", "12 €", ""]), _are_alike(["8.35", "400 kg"])
    (True, False)
    """
    filled = [cell for cell in cells if cell.strip()]
    kinds = {"date" if _DATE.fullmatch(cell.strip()) else _signs(cell) for cell in filled}
    return bool(filled) and all(map(_is_fact, filled)) and len(kinds) == 1


def _signs(text: str) -> str:
    """What a fact says beside its number: its unit.

    >>> _signs("1,234.50 kg"), _signs("-3")
    ('kg', '')
    """
    return re.sub(r"[\d\s.,'’:/+\-–]+", "", text)


def _distinct(row: Sequence[str]) -> bool:
    texts = [cell.strip() for cell in row if cell.strip()]
    return len(texts) == len(set(texts)) == len(row)


def _could_name(row: Sequence[str]) -> bool:
    """Whether a row could name columns: words, none of them long, no numbers but years."""
    texts = [" ".join(cell.split()) for cell in row if cell.strip()]
    words = [text for text in texts if not _is_fact(text)]
    years = [text for text in texts if _YEAR.fullmatch(text)]
    return (
        len(words) + len(years) == len(texts)
        and bool(words)
        and max(map(len, texts)) <= LONGEST_NAME
    )


def _continues_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row tells more of the columns: units, or parts of a spanning name."""
    units = [cell for cell in second if cell.strip()]
    if units and all(_UNIT.fullmatch(cell.strip()) for cell in units):
        return True
    spans = any(a.strip() and a == b for a, b in itertools.pairwise(first))
    return spans and _could_name(second) and _filled(second) > _filled(first) - 1


def _is_fact(text: str) -> bool:
    """Whether a cell holds a number, an amount, a date or a time rather than words.

    >>> [_is_fact(text) for text in ("1,234.50 €", "15 March 2031", "08:30", "Price", "3 g")]
    [True, True, True, False, True]
    """
    plain = " ".join(text.split())
    return bool(plain) and (
        _NUMBER.fullmatch(plain) is not None or _DATE.fullmatch(plain) is not None
    )
