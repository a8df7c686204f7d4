"""Pieces of lines → regions in reading order: columns, tables, turned and right-to-left text.

A page is cut into columns where a gap runs down between pieces (recursive XY-cut, Nagy & Seth
1984); where the pieces beside each other are short and stand on the same baselines, they are a
table. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from qa.documents.formats.pdf_characters import Character
from qa.documents.formats.pdf_forms import with_labels
from qa.documents.formats.pdf_ligatures import with_ligatures
from qa.documents.formats.pdf_lines import (
    Line,
    follows,
    on_one_baseline,
    pieces_of,
    rows_of,
    upright,
)
from qa.documents.formats.reading_direction import is_right_to_left

GUTTER = 0.25
"""Share of the font's size; a stretch so wide that no piece crosses parts columns."""

COLUMN_GAP = 0.8
"""Share of the font's size; prose whose pieces lie nearer is one column: a blank that does not
break is not drawn by every program."""

TABLE_CHARACTERS = 28
"""Pieces beside each other that are shorter on average are the cells of a table."""


FEWEST_ROWS = 2
"""More rows than these, set apart by space with a first cell each, are a table."""


FULL_LINE = 0.7
"""A line that takes such a share of a column's width is a full one of it."""


PROSE_WORDS, PROSE_SHARE = 3.0, 0.35
"""Lines of so many words, of which such a share begins with a small letter, are prose."""


@dataclass
class Region:
    """Lines of one column in order, or, if `rows`, a table: rows of cells.

    `header`: rows on an earlier page that name the columns of this table. `row`: the pieces of a
    line that stands alone, which may be the last of a table.
    """

    lines: list[Line] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    header: list[list[str]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)


def regions(characters: Sequence[Character]) -> list[Region]:
    """The regions of a page in reading order; lines that run sideways come last."""
    found: list[Region] = []
    for angle in sorted({c.angle for c in characters}):
        own = with_ligatures([upright(c) for c in characters if c.angle == angle])
        found += _with_close_tables(own)
    return found


def _with_close_tables(characters: Sequence[Character]) -> list[Region]:
    """The regions of upright characters, with tables whose columns stand close if cutting lines
    at smaller gaps cuts nothing but the cells of such tables."""
    pieces = with_labels(pieces_of(characters))
    closer = with_labels(pieces_of(characters, close=True))
    parts = set(closer) - set(pieces)
    if parts:
        found = _cut(closer)
        outside = [line for region in found for line in region.lines]
        if not any(_holds(line, part) for line in outside for part in parts):
            return found
    return _cut(pieces)


def _holds(line: Line, part: Line) -> bool:
    """Whether a piece is a part of a line."""
    within = line.left <= part.left and part.right <= line.right
    return within and on_one_baseline(line, part)


def _cut(pieces: Sequence[Line]) -> list[Region]:
    """Cut pieces into regions, in reading order."""
    bands = _bands(sorted(pieces, key=lambda p: (-p.y, p.left)))
    return [region for band in bands for region in _columns(band)]


def _gutters(pieces: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches from left to right, between the outermost pieces, that no piece crosses."""
    spans = sorted((p.left, p.right) for p in pieces)
    gutters, reached = [], spans[0][1] if spans else 0.0
    for left, right in spans:
        if left > reached:
            gutters.append((reached, left))
        reached = max(reached, right)
    return gutters


def _bands(pieces: Sequence[Line]) -> list[list[Line]]:
    """The page from the top, parted where its columns begin or end."""
    bands: list[list[Line]] = []
    rows = rows_of(pieces)
    at = 0
    while at < len(rows):
        end = _end_of_band(rows, at)
        bands.append([piece for row in rows[at:end] for piece in row])
        at = end
    return bands


def _end_of_band(rows: Sequence[Sequence[Line]], start: int) -> int:
    """The first row after `start` that does not stand in the same columns."""
    band: list[Line] = list(rows[start])
    columned = len(band) > 1
    for end in range(start + 1, len(rows)):
        row = rows[end]
        size = max(piece.size for piece in row)
        gap = min(piece.y for piece in rows[end - 1]) - row[0].y
        wider = [g for g in _gutters([*band, *row]) if g[1] - g[0] > GUTTER * size]
        if columned and not wider:
            return end
        if not columned and len(row) > 1:
            return end
        columned = columned or bool(wider)  # lines of two columns on different baselines
        in_cell = columned and row[0].left >= wider[0][1] and _names_rows(rows[start:end])
        alone = columned and len(row) == 1 and not in_cell
        ends = gap > 2.6 * size or (len(rows[end - 1]) > 1 and _ends_columns(rows, end))
        if alone and ends and not _prose_goes_on(rows[start:end], rows[end:], wider[0]):
            return end
        band.extend(row)
    return len(rows)


def _names_rows(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether words stand first in rows of several pieces, not the marks of a list."""
    return any(any(map(str.isalpha, row[0].text)) for row in rows if len(row) > 1)


def _ends_columns(rows: Sequence[Sequence[Line]], at: int) -> bool:
    """Whether after the columns single lines follow at a distance: text below a table."""
    line = rows[at][0]
    above = rows[at - 1]
    step = above[0].y - line.y
    usual = rows[at - 2][0].y - above[0].y if at >= 2 else step
    return step > 1.35 * usual and step > 1.3 * line.size


def _prose_goes_on(
    above: Sequence[Sequence[Line]], below: Sequence[Sequence[Line]], gutter: tuple[float, float]
) -> bool:
    """Whether the rows `above` are columns of prose that go on `below`: in both columns, or in the
    left one to the end of the page, with lines that are as long as it is wide."""
    if _is_table(above, [gutter], len(above)):
        return False
    sides, crossed = [], False
    for piece in (piece for row in below for piece in row):
        crossed = piece.left < gutter[0] and piece.right > gutter[1]
        if crossed:
            break
        sides.append(piece)
    on_the_right = [piece.left >= gutter[1] for piece in sides]
    if any(on_the_right) or crossed or not sides:
        return len(set(on_the_right)) > 1
    left = min(piece.left for row in above for piece in row)
    return max(piece.right for piece in sides) - left > FULL_LINE * (gutter[0] - left)


def _whole_rows(
    rows: Sequence[Sequence[Line]], gutters: Sequence[tuple[float, float]]
) -> tuple[list[list[Line]], bool]:
    """The rows of a table, those as one that are the lines of higher cells; and whether all are
    set apart so, with one first cell each.

    Lines of a cell stand closer than rows do, and one of them has a first cell beside it: at the
    top, at the bottom, or half-way.
    """
    size = median(piece.size for row in rows for piece in row)
    steps = [above[0].y - below[0].y for above, below in pairwise(rows)]
    pitch = min((step if step >= 0.9 * size else 2 * step for step in steps), default=0.0)
    runs = [[list(rows[0])]]
    for row, step in zip(rows[1:], steps, strict=True):
        if step > 1.1 * pitch:
            runs.append([])
        runs[-1].append(list(row))
    whole: list[list[Line]] = []
    led = [sum(row[0].left < gutters[0][1] for row in run) for run in runs]
    for run, first_cells in zip(runs, led, strict=True):
        whole += [[piece for row in run for piece in row]] if first_cells == 1 else run
    apart = _names_rows(whole[1:]) and set(led) == {1} and len(whole) < len(rows)
    return whole, apart and len(runs) > FEWEST_ROWS


def _columns(band: Sequence[Line]) -> Iterator[Region]:
    """A band as a table, as columns from left to right, or as lines."""
    rows = rows_of(band)
    size = median(piece.size for piece in band)
    gutters = [g for g in _gutters(band) if g[1] - g[0] > GUTTER * size]
    if not gutters or len(rows) == 1:
        alone = [piece.text for piece in rows[0]] if len(rows) == 1 else []
        yield Region(lines=[_together(row) for row in rows], row=alone)
        return
    whole, set_apart = _whole_rows(rows, gutters)
    if set_apart or _is_table(rows, gutters, len(whole)):
        yield Region(rows=_table(whole, gutters))
        return
    gutters = [g for g in gutters if g[1] - g[0] > COLUMN_GAP * size]
    if not gutters or _written_by_rows(rows):
        yield Region(lines=[_together(row) for row in rows])
        return
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for piece in band:
        columns[sum(piece.left >= right for _, right in gutters)].append(piece)
    right_to_left = sum(is_right_to_left(p.text) for p in band) * 2 > len(band)
    for column in reversed(columns) if right_to_left else columns:
        yield from _cut(column)


def _written_by_rows(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether wide gaps in a few of the rows only are tabs or blanks that are not drawn: the file
    goes on behind such a gap, where it would have written columns one after the other."""
    shared = [row for row in rows if len(row) > 1]
    return 0 < 2 * len(shared) <= len(rows) and all(
        follows(left.runs[-1][1], right.runs[0][0])
        for row in shared
        for left, right in pairwise(row)
    )


def _is_table(
    rows: Sequence[Sequence[Line]], gutters: Sequence[tuple[float, float]], count: int
) -> bool:
    """Whether what stands side by side is short and on the same baselines, row by row. `count`:
    how many rows there are if the lines of a cell count once."""
    shared = [row for row in rows if len(row) > 1]
    pieces = [piece.text for row in shared for piece in row]
    if not pieces or len(shared) * 2 < count:
        return False
    words = sum(len(text.split()) for text in pieces) / len(pieces)
    later = [piece.text for row in shared[1:] for piece in row]
    going_on = sum(text[:1].islower() for text in later) / len(later) if later else 0.0
    if words >= PROSE_WORDS and going_on > PROSE_SHARE:
        return False
    return len(gutters) > 3 or sum(map(len, pieces)) / len(pieces) < TABLE_CHARACTERS


def _together(row: Sequence[Line]) -> Line:
    """The pieces of one row as one line."""
    if len(row) == 1:
        return row[0]
    pieces = row[::-1] if is_right_to_left("".join(p.text for p in row)) else row
    text = " ".join(piece.text for piece in pieces)
    bold = all(piece.bold for piece in row)
    runs = tuple(run for piece in row for run in piece.runs)
    size = max(piece.size for piece in row)
    return Line(text, row[0].left, row[-1].right, row[0].y, size, bold, runs)


def _table(
    rows: Sequence[Sequence[Line]], gutters: Sequence[tuple[float, float]]
) -> list[list[str]]:
    """Cells by rows. A row without its first cell, close below another, goes on with its cells."""
    table: list[list[str]] = []
    steps = [above[0].y - below[0].y for above, below in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    for number, row in enumerate(rows):
        pieces: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
        for piece in row:
            pieces[sum(piece.left >= right for _, right in gutters)].append(piece)
        cells = [_together(cell).text if cell else "" for cell in pieces]
        close = number > 0 and steps[number - 1] < min(0.95 * usual, 1.5 * row[0].size)
        if table and not cells[0] and (close or usual < 1.5 * row[0].size):
            table[-1] = [f"{a} {b}".strip() for a, b in zip(table[-1], cells, strict=True)]
        else:
            table.append(cells)
    if sum(map(is_right_to_left, (c for row in table for c in row))) * 2 > len(table):
        table = [row[::-1] for row in table]
    return table
