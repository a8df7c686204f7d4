"""Characters on a page → pieces of lines: words parted, wide gaps cutting columns. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TypeVar

from qa.documents.formats.pdf_characters import Character
from qa.documents.formats.reading_direction import direction_of, logical_order

BASELINE = 0.3
"""Share of the font's size; what stands no farther apart in height is on one baseline."""

WORD_GAP = 0.14
"""Share of the font's size; a wider gap parts words where no space is written."""

PIECE_GAP = 1.1
"""Share of the font's size; a wider gap parts pieces of a line: columns or cells."""

CELL_GAP = 0.2
"""The same where no space is written in the gap, although the page writes its spaces."""


OUTLYING_GAP, FEWEST_GAPS = 1.8, 3
"""A gap so many times as wide as the usual one between the words of its line, if there are more
than so few of them, parts pieces although a space is written in it."""

CLOSE_COLUMNS, FEWEST_LINES = 1.3, 2
"""The same where so many other lines begin at that place."""

LEAST_OUTLYING = 0.45
"""Share of the font's size; a gap that is no wider never does."""

FEWEST_BETWEEN = 3
"""So many characters further on, what the file writes goes on: blanks may stand between."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line: its text in logical order, its place, and its font."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    runs: tuple[tuple[int, int], ...] = ()
    """Its stretches that the file writes without going elsewhere: numbers of their first and last
    characters."""
    filled_in: bool = False
    """Whether it was typed into a form."""


Placed = TypeVar("Placed", Character, Line)
"""What stands on a baseline at some height, from `left` on, in points."""


def rows_of(placed: Iterable[Placed]) -> list[list[Placed]]:
    """What stands on the same baseline, from the top; each row from the left.

    >>> low, high = Line("b", 9, 10, 20.0, 10), Line("a", 0, 5, 22.0, 10)
    >>> [[piece.text for piece in row] for row in rows_of([low, high])]
    [['a', 'b']]
    """
    rows: list[list[Placed]] = []
    for each in sorted(placed, key=lambda p: (-p.y, p.left)):
        if rows and on_one_baseline(rows[-1][0], each):
            rows[-1].append(each)
        else:
            rows.append([each])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def on_one_baseline(one: Character | Line, other: Character | Line) -> bool:
    """Whether two things stand equally high; the smaller font tells what is near."""
    return abs(one.y - other.y) <= BASELINE * min(one.size, other.size)


def upright(c: Character) -> Character:
    """The character as if its line ran from left to right."""
    turn = math.radians(c.angle)
    x = c.x * math.cos(turn) + c.y * math.sin(turn)
    y = c.y * math.cos(turn) - c.x * math.sin(turn)
    return replace(c, x=x, y=y, angle=0)


def pieces_of(characters: Sequence[Character], *, close: bool = False) -> list[Line]:
    """Characters on one baseline, cut where a wide gap parts columns or cells; from the top.

    `close`: also where a gap is only wider than others, as between the columns of a narrow table.
    """
    rows = rows_of(characters)
    spaces = sum(c.text.isspace() for c in characters)
    cell_gap = CELL_GAP if spaces * 25 > len(characters) else PIECE_GAP
    cut: list[tuple[list[Character], list[float]]] = []
    for row in _with_scripts(rows):
        written = [c.x + c.width / 2 for c in row if c.text.isspace() and c.width > 0.05 * c.size]
        cut += [(piece, written) for piece in _cut_line(row, written, cell_gap, close=close)]
    if not close:
        return [_line(piece, written) for piece, written in cut]
    edges = Counter(round(piece[0].x) for piece, _ in cut)
    return [_line(part, written) for piece, written in cut for part in _cut_at_edges(piece, edges)]


def _cut_at_edges(
    piece: Sequence[Character], edges: Mapping[int, int]
) -> Iterator[list[Character]]:
    """A piece, cut before words that begin where other lines do, at a gap wider than its usual
    one: the cells of a table whose columns stand close."""
    gaps = [(b.x - a.right) / max(a.size, b.size) for a, b in pairwise(piece)]
    words = [gap for gap in gaps if gap > WORD_GAP]
    least = CLOSE_COLUMNS * median(words) if len(words) > FEWEST_GAPS else PIECE_GAP
    start = 0
    for at, gap in enumerate(gaps, 1):
        begin = round(piece[at].x)
        lines = sum(edges.get(begin + shift, 0) for shift in (-1, 0, 1))
        part = piece[start:at]
        if gap > least and lines >= FEWEST_LINES and _may_be_cell(part):
            yield list(piece[start:at])
            start = at
    yield list(piece[start:])


def _may_be_cell(part: Sequence[Character]) -> bool:
    """Whether a part of a line may be a cell before a close one: not the mark of a list, nor the
    end of a sentence, after which some set two spaces."""
    return any(c.text.isalpha() for c in part) and part[-1].text not in ".!?:;"


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
    if not (near and beside):
        return False
    if len(small) <= 2 and all(_fits(c, line) for c in small):
        return True
    return len(small) <= 6 and max(c.size for c in small) < 0.8 * size


def _fits(c: Character, line: Sequence[Character]) -> bool:
    """Whether a sign stands in a gap that was left for it, as the letters of TeX's own name do."""
    signs = [each for each in line if not each.text.isspace()]
    free = all(c.right < o.x + 0.25 * c.size or o.right < c.x + 0.25 * c.size for o in signs)
    near = [o for o in signs if abs(o.right - c.x) < 0.3 * c.size]
    return free and bool(near) and c.x < max(o.x for o in signs)


def _cut_line(
    row: Sequence[Character], spaces: Sequence[float], cell_gap: float, *, close: bool
) -> Iterator[list[Character]]:
    """The pieces of a line. `spaces`: where it has written ones. `cell_gap`: the share of the
    font's size over which a gap without one parts pieces."""
    signs = [c for c in sorted(row, key=lambda c: (c.x, c.order)) if not c.text.isspace()]
    gaps = [(b.x - a.right) / max(a.size, b.size) for a, b in pairwise(signs)]
    set_apart = bool(gaps) and median(gaps) > WORD_GAP / 2  # letters, as in some titles
    if set_apart or any(direction_of(c.text[0]) == "R" for c in signs):
        cell_gap = PIECE_GAP
    words = [gap for gap in gaps if gap > WORD_GAP]
    usual = median(words) if close and len(words) > FEWEST_GAPS and not set_apart else PIECE_GAP
    outlying = min(PIECE_GAP, max(OUTLYING_GAP * usual, LEAST_OUTLYING))
    piece: list[Character] = []
    for c in signs:
        if piece:
            reached = max(p.right for p in piece[-3:])
            written = any(piece[-1].x + 0.3 * piece[-1].width < at < c.right for at in spaces)
            between = outlying if _may_be_cell(piece) else PIECE_GAP
            across = between if written else min(between, cell_gap)
            widest = across * max(c.size, piece[-1].size)
            if c.x - reached > widest and not _is_bullet(piece, signs[0]):
                yield piece
                piece = []
        if not (piece and _is_double(piece[-1], c)):
            piece.append(c)
    if piece:
        yield piece


def _is_bullet(piece: Sequence[Character], first: Character) -> bool:
    """Whether a piece is nothing but the mark of an item of a list."""
    return len(piece) == 1 and piece[0] is first and not first.text.isalnum()


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
    right, filled_in = max(c.right for c in piece), all(c.filled_in for c in piece)
    runs = tuple(_runs(piece))
    return Line(text, piece[0].x, right, piece[0].y, size, bold, runs, filled_in)


def _runs(piece: Sequence[Character]) -> Iterator[tuple[int, int]]:
    start = last = piece[0].order
    for c in piece[1:]:
        if not follows(last, c.order):
            yield start, last
            start = c.order
        last = c.order
    yield start, last


def follows(last: int, first: int) -> bool:
    """Whether the file goes on with character `first` behind `last`, but for a few blanks."""
    return 0 < first - last <= FEWEST_BETWEEN
