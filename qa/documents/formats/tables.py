"""CSV texts, and Markdown tables of other readers → one block a row. Pure."""

from __future__ import annotations

import csv
import io
import re

from qa.documents.blocks import Block
from qa.documents.formats.table_model import Cell, table_blocks
from qa.errors import DocumentError

_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|:\s-]+")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.I)
_SAMPLE = 65_536
_LONGEST_CELL = 10_000_000


def csv_blocks(text: str, kind: str) -> list[Block]:
    """The rows of a CSV text. Raises DocumentError where it cannot be cut into rows.

    The separator is the one that its first line names ("sep=;"), or else the comma, semicolon,
    tab or bar that the head of the text fits best.
    """
    named = _SEPARATOR_LINE.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else "\t" if kind == ".tsv" else _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DocumentError(f"It cannot be read as a table: {error}.") from None
    return table_blocks([[Cell(cell) for cell in row] for row in rows])


def _delimiter(text: str) -> str:
    """The separator that stands equally often, and most often, in the most of the first lines."""
    lines = [line for line in text[:_SAMPLE].split("\n") if line.strip()][:20]

    def fit(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)] if lines else [0]
        usual = max(set(counts), key=counts.count)
        return (counts.count(usual) if usual > 1 else 0), usual

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
    rows: list[list[Cell]] = []
    for line in [*markdown.split("\n"), ""]:
        if line.startswith("|"):
            if not _RULE.fullmatch(line):
                rows.append([Cell(c.replace("\\|", "|")) for c in _CELL_END.split(line)[1:-1]])
            continue
        blocks += table_blocks(rows)
        rows = []
        mark = re.match(r"#{1,6} ", line)
        if line.strip():
            blocks.append(Block(line.lstrip("# "), len(mark.group()) - 1 if mark else 0))
    return blocks
