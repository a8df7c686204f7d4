"""Tables → one line of text a row, each cell under its column's name. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from qa.documents.blocks import Block
from qa.errors import DocumentError

_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|:\s-]+")
_SAMPLE = 65_536
_LONGEST_CELL = 10_000_000


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


def rows_as_blocks(rows: Iterable[Sequence[str]]) -> list[Block]:
    """One block a row, the first row being the headers; a table of one row is that row.

    >>> [block.text for block in rows_as_blocks([["Tea", "Origin"], ["Assam", "India"]])]
    ['Tea: Assam; Origin: India']
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return []
    headers, body = ([], filled) if len(filled) == 1 else (filled[0], filled[1:])
    return [Block(row_text(headers, row), fixed=True) for row in body]


def csv_blocks(text: str, kind: str) -> list[Block]:
    """The rows of a CSV text. Raises DocumentError where it cannot be cut into rows.

    The separator is the comma, semicolon, tab or bar that the head of the text fits best.
    """
    delimiter = "\t" if kind == ".tsv" else _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return rows_as_blocks(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DocumentError(f"It cannot be read as a table: {error}.") from None


def _delimiter(text: str) -> str:
    """The separator that stands equally often, and most often, in the first lines."""
    lines = [line for line in text[:_SAMPLE].split("\n") if line.strip()][:20]

    def fit(mark: str) -> tuple[bool, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)] if lines else [0]
        return min(counts) == max(counts) > 1, max(counts)

    try:
        return max(",;\t|", key=fit)
    except csv.Error:
        return ","


def sheet_blocks(markdown: str) -> list[Block]:
    """The sheets of a spreadsheet, as the library gives them: headings and tables, one a line.

    They may have very many rows, for which a whole reader of Markdown takes too long.

    >>> sheets = "## Teas\\n\\n| Tea | Minutes |\\n|---|---|\\n| Sencha | 2 \\\\| 3 |"
    >>> [(block.level, block.text) for block in sheet_blocks(sheets)]
    [(2, 'Teas'), (0, 'Tea: Sencha; Minutes: 2 | 3')]
    """
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in [*markdown.split("\n"), ""]:
        if line.startswith("|"):
            if not _RULE.fullmatch(line):
                rows.append([cell.replace("\\|", "|") for cell in _CELL_END.split(line)[1:-1]])
            continue
        blocks += rows_as_blocks(rows)
        rows = []
        mark = re.match(r"#{1,6} ", line)
        if line.strip():
            blocks.append(Block(line.lstrip("# "), len(mark.group()) - 1 if mark else 0))
    return blocks
