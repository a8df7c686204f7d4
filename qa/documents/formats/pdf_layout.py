"""Characters on a page → lines in reading order: columns, tables, turned and right-to-left text.

Lines are made of characters on one baseline; wide gaps cut them into pieces. A page is cut into
columns where a gap runs down between pieces (recursive XY-cut, Nagy & Seth 1984); where the
pieces beside each other are short and stand on the same baselines, they are a table. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from qa.documents.formats.pdf_characters import Character
from qa.documents.formats.reading_direction import direction_of, is_right_to_left, logical_order

WORD_GAP = 0.17
"""Share of the font's size; a wider gap parts words where no space is written."""

PIECE_GAP = 1.1
"""Share of the font's size; a wider gap parts pieces of a line: columns or cells."""

CELL_GAP = 0.2
"""The same where no space is written in the gap, although the page writes its spaces."""

GUTTER = 0.25
"""Share of the font's size; a stretch so wide that no piece crosses parts columns."""

TABLE_CHARACTERS = 28
"""Pieces beside each other that are shorter on average are the cells of a table."""


PROSE_WORDS, PROSE_SHARE = 3.0, 0.35
"""Lines of so many words, of which such a share begins with a small letter, are prose."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line: its text in logical order, its place, and its font."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False


@dataclass
class Region:
    """Lines of one column in order, or, if `rows`, a table: rows of cells."""

    lines: list[Line] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def regions(characters: Sequence[Character]) -> list[Region]:
    """The regions of a page in reading order; lines that run sideways come last."""
    found: list[Region] = []
    for angle in sorted({c.angle for c in characters}):
        own = _advanced([_upright(c) for c in characters if c.angle == angle])
        found += _cut(_pieces(own))
    return found


def _upright(c: Character) -> Character:
    """The character as if its line ran from left to right."""
    x, y = {0: (c.x, c.y), 90: (c.y, -c.x), 180: (-c.x, -c.y), 270: (-c.y, c.x)}[c.angle]
    return replace(c, x=x, y=y, angle=0)


def _advanced(characters: Sequence[Character]) -> list[Character]:
    """The letters of a ligature, which share one place, reach as far as the sign after them."""
    result = list(characters)
    for at, (a, b) in enumerate(pairwise(characters)):
        if a.order + 1 == b.order and (a.x, a.y) == (b.x, b.y):
            after = next((c for c in characters[at + 2 : at + 6] if c.x != a.x), None)
            if after is not None and after.y == a.y and 0 < after.x - a.x < 2 * a.size:
                result[at] = replace(result[at], width=after.x - a.x)
                result[at + 1] = replace(result[at + 1], width=after.x - a.x)
    return result


def _pieces(characters: Sequence[Character]) -> list[Line]:
    """Characters on one baseline, cut where a wide gap parts columns or cells; from the top."""
    rows: list[list[Character]] = []
    for c in sorted(characters, key=lambda c: (-c.y, c.x)):
        if rows and abs(rows[-1][0].y - c.y) <= 0.3 * min(rows[-1][0].size, c.size):
            rows[-1].append(c)
        else:
            rows.append([c])
    spaces = sum(c.text.isspace() for c in characters)
    cell_gap = CELL_GAP if spaces * 25 > len(characters) else PIECE_GAP
    return [piece for row in _with_scripts(rows) for piece in _cut_line(row, cell_gap)]


def _with_scripts(rows: Sequence[list[Character]]) -> list[list[Character]]:
    """Raised and lowered small characters put into the line that they belong to."""
    whole: list[list[Character]] = []
    for row in rows:
        above = whole[-1] if whole else []
        if above and _is_script(row, above):
            above.extend(row)
        elif above and _is_script(above, row):
            whole[-1] = [*row, *above]
        else:
            whole.append(row)
    return whole


def _is_script(small: Sequence[Character], line: Sequence[Character]) -> bool:
    size = max(c.size for c in line)
    near = abs(small[0].y - line[0].y) < 0.6 * size
    beside = min(c.x for c in line) - size < small[0].x < max(c.right for c in line) + size
    return len(small) <= 6 and max(c.size for c in small) < 0.8 * size and near and beside


def _cut_line(row: Sequence[Character], cell_gap: float) -> Iterator[Line]:
    """The pieces of a line. `cell_gap`: the share of the font's size over which a gap without a
    written space parts them."""
    spaces = [c.x + c.width / 2 for c in row if c.text.isspace() and c.width > 0.05 * c.size]
    signs = [c for c in sorted(row, key=lambda c: c.x) if not c.text.isspace()]
    gaps = [(b.x - a.right) / max(a.size, b.size) for a, b in pairwise(signs)]
    set_apart = bool(gaps) and median(gaps) > WORD_GAP / 2  # letters, as in some titles
    if set_apart or any(direction_of(c.text[0]) == "R" for c in signs):
        cell_gap = PIECE_GAP
    piece: list[Character] = []
    for c in signs:
        if piece:
            reached = max(p.right for p in piece[-3:])
            written = any(piece[-1].x + 0.3 * piece[-1].width < at < c.right for at in spaces)
            widest = (PIECE_GAP if written else cell_gap) * max(c.size, piece[-1].size)
            if c.x - reached > widest:
                yield _line(piece, spaces)
                piece = []
        if not (piece and _is_double(piece[-1], c)):
            piece.append(c)
    if piece:
        yield _line(piece, spaces)


def _is_double(before: Character, c: Character) -> bool:
    """Whether a letter is printed twice to look bold."""
    same = before.text == c.text and abs(before.x - c.x) < 0.15 * c.size
    return same and abs(before.order - c.order) > 2


def _line(piece: Sequence[Character], spaces: Sequence[float]) -> Line:
    gaps = [max(0.0, b.x - a.right) for a, b in pairwise(piece)]
    pairs = zip(pairwise(piece), gaps, strict=True)
    inner = [gap for (a, b), gap in pairs if a.text.isalnum() and b.text.isalnum()]
    usual = median(inner) if inner else 0.0
    size = median(c.size for c in piece)
    least = max(WORD_GAP * size, 2.2 * usual) if len(piece) > 3 else WORD_GAP * size
    shown = [piece[0].text]
    for (a, b), gap in zip(pairwise(piece), gaps, strict=True):
        written = any(a.x + 0.3 * a.width < at < b.right for at in spaces)
        shown += [" ", b.text] if written or gap > least else [b.text]
    bold = sum(c.bold for c in piece) * 2 > len(piece)
    text = logical_order("".join(shown))
    return Line(text, piece[0].x, max(c.right for c in piece), piece[0].y, size, bold)


def _cut(pieces: Sequence[Line]) -> list[Region]:
    """Cut pieces into regions, in reading order."""
    bands = _bands(sorted(pieces, key=lambda p: (-p.y, p.left)))
    return [region for band in bands for region in _columns(band)]


def _rows(pieces: Sequence[Line]) -> list[list[Line]]:
    """Pieces on the same baseline, from the top; each row from the left."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y, p.left)):
        if rows and abs(rows[-1][0].y - piece.y) <= 0.35 * min(rows[-1][0].size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


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
    rows = _rows(pieces)
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
        if columned and len(row) == 1 and gap > 2.6 * size:
            return end
        if columned and len(row) == 1 and len(rows[end - 1]) > 1 and _ends_columns(rows, end):
            return end
        band.extend(row)
    return len(rows)


def _ends_columns(rows: Sequence[Sequence[Line]], at: int) -> bool:
    """Whether after the columns single lines follow at a distance: text below a table."""
    line = rows[at][0]
    above = rows[at - 1]
    step = above[0].y - line.y
    usual = rows[at - 2][0].y - above[0].y if at >= 2 else step
    return step > 1.35 * usual and step > 1.3 * line.size


def _columns(band: Sequence[Line]) -> Iterator[Region]:
    """A band as a table, as columns from left to right, or as lines."""
    rows = _rows(band)
    size = median(piece.size for piece in band)
    gutters = [g for g in _gutters(band) if g[1] - g[0] > GUTTER * size]
    if not gutters or len(rows) == 1:
        yield Region(lines=[_together(row) for row in rows])
        return
    if _is_table(rows, gutters):
        yield Region(rows=_table(rows, gutters))
        return
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for piece in band:
        columns[sum(piece.left >= right for _, right in gutters)].append(piece)
    right_to_left = sum(is_right_to_left(p.text) for p in band) * 2 > len(band)
    for column in reversed(columns) if right_to_left else columns:
        yield from _cut(column)


def _is_table(rows: Sequence[Sequence[Line]], gutters: Sequence[tuple[float, float]]) -> bool:
    """Whether what stands side by side is short and on the same baselines, row by row."""
    shared = [row for row in rows if len(row) > 1]
    pieces = [piece.text for row in shared for piece in row]
    if not pieces or len(shared) * 2 < len(rows):
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
    return Line(text, row[0].left, row[-1].right, row[0].y, max(p.size for p in row), bold)


def _table(
    rows: Sequence[Sequence[Line]], gutters: Sequence[tuple[float, float]]
) -> list[list[str]]:
    """Cells by rows. A row without its first cell, close below another, goes on with its cells."""
    table: list[list[str]] = []
    steps = [above[0].y - below[0].y for above, below in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    for number, row in enumerate(rows):
        cells = [""] * (len(gutters) + 1)
        for piece in row:
            at = sum(piece.left >= right for _, right in gutters)
            cells[at] = f"{cells[at]} {piece.text}".strip()
        close = number > 0 and steps[number - 1] < min(0.95 * usual, 1.5 * row[0].size)
        if table and not cells[0] and (close or usual < 1.5 * row[0].size):
            table[-1] = [f"{a} {b}".strip() for a, b in zip(table[-1], cells, strict=True)]
        else:
            table.append(cells)
    if sum(map(is_right_to_left, (c for row in table for c in row))) * 2 > len(table):
        table = [row[::-1] for row in table]
    return table
