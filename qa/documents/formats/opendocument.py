"""OpenDocument texts, sheets and slides (.odt, .ods, .odp) → blocks in reading order.

The content is walked element by element (ISO 26300), so text boxes, notes, repeated and spanned
cells stand where they are shown. Cells of sheets hold what they show as text.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from qa.documents.blocks import Block
from qa.documents.formats.office_parts import attribute, name_of, part_xml, read_archive
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.table_model import Cell, lays_out_a_page, table_blocks
from qa.errors import DocumentError

MOST_REPEATED = 1_000
"""Cells or rows that are repeated more often are a sheet's empty rest, or a background."""

_LEFT_OUT = {
    "annotation": "comment",
    "table-of-content": "table of contents",
    "alphabetical-index": "index",
    "notes": "speaker notes",
    "header": "header of the pages",
    "footer": "footer of the pages",
    "hidden-text": "hidden text",
}
_SKIPPED = frozenset(
    "tracked-changes sequence-decls note-citation forms ruby-text annotation-end scripts "
    "creator date-string desc title variable-decls user-field-decls".split()
)
_CONTAINERS_OF_CELLS = frozenset(
    "table-row-group table-header-rows table-rows table-header-columns table-columns".split()
)


def opendocument_text(data: bytes) -> OfficeText:
    """Read an OpenDocument file. Raises DocumentError where it is none, damaged or locked."""
    return read_archive(data, lambda archive: _Reader(archive).read())


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._result = OfficeText()
        self._pending: list[Element] = []
        self._in_sheet = False
        self._shown: dict[str, Callable[[Element], str]] = {
            "tab": lambda _: "\t",
            "line-break": lambda _: "\n",
            "s": lambda e: " " * int(attribute(e, "c") or 1),
            "note": self._hang,
            "text-box": self._hang,
            "object": self._object,
            "table": self._hang,
        }

    def read(self) -> OfficeText:
        manifest = part_xml(self._archive, "META-INF/manifest.xml")
        parts = () if manifest is None else manifest.iter()
        if any(name_of(element) == "encryption-data" for element in parts):
            raise DocumentError("It is locked with a password; save a copy without one.")
        content = part_xml(self._archive, "content.xml")
        body = None if content is None else _first(content, "body")
        if body is None or not len(body):
            raise DocumentError("It is no OpenDocument file: it has no content.")
        kind = name_of(body[0])
        if kind == "spreadsheet":
            self._sheets(body[0])
        elif kind == "presentation":
            self._slides(body[0])
        else:
            self._result.blocks = self._blocks(body[0])
        for changed in body.iter():
            if name_of(changed) == "deletion":
                self._result.leave_out(_plain(changed), "tracked deletion")
        styles = part_xml(self._archive, "styles.xml")
        for element in () if styles is None else styles.iter():
            if name_of(element) in ("header", "footer"):
                self._result.leave_out(_plain(element), _LEFT_OUT[name_of(element)])
        meta = part_xml(self._archive, "meta.xml")
        titles = (
            () if meta is None else (e.text or "" for e in meta.iter() if name_of(e) == "title")
        )
        self._result.title = " ".join(next(iter(titles), "").split())
        return self._result

    def _hang(self, element: Element) -> str:
        """Blocks that stand beside the paragraph: a text box, a table in it, a note."""
        self._pending.append(element)
        return ""

    def _object(self, element: Element) -> str:
        """A formula or chart that lies in a part of its own: its text."""
        place = attribute(element, "href").removeprefix("./")
        root = part_xml(self._archive, f"{place}/content.xml") if place else None
        if root is None:
            return ""
        if name_of(root) == "math":
            return "".join(
                e.text or "" for e in root.iter() if name_of(e) in ("mi", "mn", "mo", "mtext")
            )
        self._result.leave_out(_plain(root), "chart or embedded object")
        return ""

    def _blocks(self, container: Element) -> list[Block]:
        blocks: list[Block] = []
        for element in container:
            name = name_of(element)
            if name in ("p", "h"):
                blocks += self._paragraph(element)
            elif name == "list":
                blocks += self._list(element)
            elif name == "table":
                blocks += self._table(element)
            elif name in _LEFT_OUT:
                self._result.leave_out(_plain(element), _LEFT_OUT[name])
            elif name == "object":
                text = self._object(element)
                blocks += [Block(text)] if text else []
            elif name not in _SKIPPED:
                blocks += self._blocks(element)
        return blocks

    def _paragraph(self, paragraph: Element) -> list[Block]:
        outer, self._pending = self._pending, []
        text = _tidy(self._inline(paragraph))
        hanging, self._pending = self._pending, outer
        level = 0
        if name_of(paragraph) == "h":
            level = min(int(attribute(paragraph, "outline-level") or 1), 6)
        blocks = [Block(" ".join(text.split()) if level else text, level=level)] if text else []
        for element in hanging:
            if name_of(element) == "table":
                blocks += self._table(element)
            elif name_of(element) == "note":
                blocks += [Block(each.text, fixed=True) for each in self._blocks(element)]
            else:
                blocks += self._blocks(element)
        return blocks

    def _inline(self, element: Element) -> str:
        """The text of a paragraph or a part of it; what hangs on it waits in `_pending`."""
        parts = [_folded(element.text)]
        for child in element:
            name = name_of(child)
            if name in self._shown:
                parts.append(self._shown[name](child))
            elif name in _LEFT_OUT:
                self._result.leave_out(_plain(child), _LEFT_OUT[name])
            elif name not in _SKIPPED:
                parts.append(self._inline(child))
            parts.append(_folded(child.tail))
        return "".join(parts)

    def _list(self, element: Element) -> list[Block]:
        """A list as one block of lines; what is no paragraph in it follows."""
        lines: list[str] = []
        others: list[Block] = []
        for item in element:
            if name_of(item) not in ("list-item", "list-header"):
                continue
            mark = "- " if name_of(item) == "list-item" else ""
            for block in self._blocks(item):
                if block.level or block.fixed:
                    others.append(block)
                elif block.text.startswith("- "):
                    lines.append(block.text)
                else:
                    lines.append(mark + block.text)
                    mark = ""
        return [*([Block("\n".join(lines))] if lines else []), *others]

    def _table(self, table: Element) -> list[Block]:
        """A table by rows; one that lays out a page by its cells, in order."""
        headers = 0
        rows: list[list[Cell]] = []
        contents: list[list[Block]] = []
        for row, is_header in _rows(table):
            cells = []
            for cell, times in _cells(row):
                blocks = [] if name_of(cell) == "covered-table-cell" else self._blocks(cell)
                if name_of(cell) != "covered-table-cell":
                    contents.append(blocks)
                    text = "\n".join(block.text for block in blocks)
                    columns = int(attribute(cell, "number-columns-spanned") or 1)
                    down = int(attribute(cell, "number-rows-spanned") or 1)
                    cells += [Cell(text, columns, down)] * times
            times = int(attribute(row, "number-rows-repeated") or 1)
            rows += [cells] * (times if times <= MOST_REPEATED else 1)
            headers += int(is_header and headers == len(rows) - 1)
        texts = [cell.text for line in rows for cell in line if cell.text]
        if lays_out_a_page(texts):
            return [block for blocks in contents for block in blocks]
        return table_blocks(rows, headers=headers or None, labels=not self._in_sheet)

    def _sheets(self, body: Element) -> None:
        self._in_sheet = True
        sheets = [e for e in body if name_of(e) == "table"]
        for sheet in sheets:
            blocks = self._table(sheet)
            if blocks and len(sheets) > 1:
                self._result.blocks.append(Block(attribute(sheet, "name"), level=2))
            self._result.blocks += blocks

    def _slides(self, body: Element) -> None:
        for number, slide in enumerate((e for e in body if name_of(e) == "page"), start=1):
            titled = False
            for frame in slide:
                is_title = attribute(frame, "class") == "title" and not titled
                blocks = self._blocks(frame) if name_of(frame) not in _LEFT_OUT else []
                if name_of(frame) in _LEFT_OUT:
                    self._result.leave_out(_plain(frame), _LEFT_OUT[name_of(frame)])
                if is_title and blocks:
                    words = " ".join(" ".join(block.text for block in blocks).split())
                    blocks, titled = [Block(words, level=2)], True
                self._result.blocks += [replace(block, page=number) for block in blocks]


def _first(element: Element, name: str) -> Element | None:
    return next((child for child in element if name_of(child) == name), None)


def _plain(element: Element) -> str:
    """All text of an element as one line, without who wrote it and when."""
    if name_of(element) in ("creator", "date", "creator-initials", "change-info"):
        return ""
    inner = "".join(_plain(child) + (child.tail or "") for child in element)
    space = " " if name_of(element) in ("p", "h", "tab", "line-break", "s") else ""
    return f"{space}{element.text or ''}{inner}{space}"


def _folded(text: str | None) -> str:
    """White space of the XML as one blank, as the format demands."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _tidy(text: str) -> str:
    lines = (
        line.strip(" ") for line in text.replace("\u00ad", "").replace("\u2011", "-").split("\n")
    )
    return "\n".join(line for line in lines if line.strip())


def _rows(table: Element, header: bool = False) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, each with whether the file calls it a header."""
    for child in table:
        name = name_of(child)
        if name == "table-row":
            yield child, header
        elif name in _CONTAINERS_OF_CELLS:
            yield from _rows(child, header or name == "table-header-rows")


def _cells(row: Element) -> Iterator[tuple[Element, int]]:
    """The cells of a row, each with how often it is repeated."""
    for cell in row:
        if name_of(cell) in ("table-cell", "covered-table-cell"):
            times = int(attribute(cell, "number-columns-repeated") or 1)
            yield cell, times if times <= MOST_REPEATED else 1
