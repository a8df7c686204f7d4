"""Word files of before 2007 (.doc) → blocks: paragraphs, tables, notes and text boxes.

What is deleted or hidden cannot be told from the text here: that would need the properties of each
run. Headings neither; they are guessed as in a plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.documents.blocks import Block
from qa.documents.encodings import clean_text
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.old_office import title_of, word_parts
from qa.documents.formats.table_model import Cell, lays_out_a_page, row_text, table_blocks

_BESIDE = {
    "headers": "header or footer of the pages",
    "header_boxes": "header or footer of the pages",
    "comments": "comment",
}
_NOTES = ("footnotes", "endnotes")
_ROW = r"[^\r\x07]*\x07(?:[^\r\x07]*(?:\r[^\r\x07]*)*\x07)*?\x07"
"""Cells, each of which may hold several paragraphs, the last one ended twice."""
_TABLE = re.compile(rf"(?:{_ROW})+\x07*")
_MOST_COLUMNS = 63  # Word's own limit


def old_word_text(data: bytes) -> OfficeText:
    """Read a Word file. Raises as `word_parts` does."""
    parts = word_parts(data)
    result = OfficeText(title_of(data))
    result.blocks = list(_blocks(parts["text"]))
    for name in ("boxes", *_NOTES):
        for block in _blocks(parts[name]):
            fixed = block.fixed or name in _NOTES
            result.blocks.append(Block(block.text, fixed=fixed, row=block.row))
    for name, what in _BESIDE.items():
        for line in re.split("[\r\x07]", parts[name]):
            result.leave_out(clean_text(line), what)
    return result


def _blocks(text: str) -> Iterator[Block]:
    """Paragraphs, and tables by rows."""
    at = 0
    for found in _TABLE.finditer(text):
        yield from _paragraphs(text[at : found.start()])
        yield from _table([clean_text(cell).strip() for cell in found[0].split("\x07")[:-1]])
        at = found.end()
    yield from _paragraphs(text[at:])


def _paragraphs(text: str) -> Iterator[Block]:
    shown = (clean_text(line).strip() for line in re.split("[\r\x07]", text))
    yield from (Block(line) for line in shown if line)


def _table(cells: list[str]) -> Iterator[Block]:
    """A table whose rows end with an empty cell. Where they are not all as long, no cell is said to
    stand under another."""
    filled = [cell for cell in cells if cell]
    if lays_out_a_page(filled):
        yield from map(Block, filled)
        return
    step = next((n for n in range(2, _MOST_COLUMNS + 2) if _is_row(cells, n)), 0)
    if step:
        rows = [cells[at : at + step - 1] for at in range(0, len(cells), step)]
        yield from table_blocks([[Cell(cell) for cell in row] for row in rows], labels=True)
        return
    for row in "\x07".join(cells).split("\x07\x07"):
        line = row_text([], row.split("\x07"))
        if line:
            yield Block(line, fixed=True)


def _is_row(cells: list[str], step: int) -> bool:
    """Whether every `step` cells an empty one ends a row."""
    return len(cells) % step == 0 and not any(cells[step - 1 :: step])
