"""Word files (.docx) → blocks in reading order: all that a reader of the page sees.

The parts of the file are walked element by element (ECMA-376, part 1), so text boxes, content
controls, moved text, formulas and form fields stand where they are shown. What a reader does not
see in the text (deletions, comments, hidden text, running headers) is listed as left out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from qa.documents.blocks import Block
from qa.documents.formats.formulas import formula_text
from qa.documents.formats.numbering import Numbering
from qa.documents.formats.office_parts import (
    attribute,
    children,
    core_title,
    name_of,
    part_xml,
    parts_named,
    read_archive,
)
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.symbols import symbol
from qa.documents.formats.table_model import Cell, lays_out_a_page, table_blocks
from qa.documents.formats.word_styles import (
    form_value,
    heading_styles,
    is_hidden,
    named_level,
    outline_level,
)
from qa.errors import DocumentError

_UNSEEN = {"del": "tracked deletion", "moveFrom": "", "instrText": "", "delText": "", "rPr": ""}
_SKIPPED = frozenset(
    {"pPr", "sectPr", "tblPr", "tblGrid", "sdtPr", "sdtEndPr", "rt", "delInstrText"}
)


def word_text(data: bytes) -> OfficeText:
    """Read a Word file. Raises DocumentError where it is none, or damaged."""
    return read_archive(data, lambda archive: _Reader(archive).read())


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        styles = part_xml(archive, "word/styles.xml")
        self._headings = dict(heading_styles(styles))
        self._numbering = Numbering(part_xml(archive, "word/numbering.xml"), styles)
        self._notes = {
            (kind, attribute(note, "id")): note
            for kind in ("footnotes", "endnotes")
            for note in children(part_xml(archive, f"word/{kind}.xml"))
            if attribute(note, "type") in ("", "normal")
        }
        self._result = OfficeText()
        self._pending: list[Element] = []
        self._shown: dict[str, Callable[[Element], str]] = {
            "t": lambda e: e.text or "",
            "tab": lambda _: "\t",
            "ptab": lambda _: "\t",
            "br": lambda _: "\n",
            "cr": lambda _: "\n",
            "noBreakHyphen": lambda _: "-",
            "softHyphen": lambda _: "",
            "sym": lambda e: symbol(attribute(e, "font"), attribute(e, "char")),
            "oMath": formula_text,
            "oMathPara": formula_text,
            "ffData": form_value,
            "AlternateContent": lambda e: self._inline(_chosen(e)),
            "txbxContent": self._hang,
            "footnoteReference": lambda e: self._hang(
                self._notes.get(("footnotes", attribute(e, "id")))
            ),
            "endnoteReference": lambda e: self._hang(
                self._notes.get(("endnotes", attribute(e, "id")))
            ),
        }

    def read(self) -> OfficeText:
        document = part_xml(self._archive, "word/document.xml")
        body = next((e for e in children(document) if name_of(e) == "body"), None)
        if body is None:
            raise DocumentError("It is no Word document: it has no text part.")
        self._result.blocks = self._blocks(body)
        for part, what in (("header", "header of the pages"), ("footer", "footer of the pages")):
            for root in parts_named(self._archive, rf"word/{part}\d*\.xml"):
                self._result.leave_out(self._plain(root), what)
        for comment in children(part_xml(self._archive, "word/comments.xml")):
            self._result.leave_out(self._plain(comment), "comment")
        self._result.title = core_title(self._archive)
        return self._result

    def _blocks(self, container: Element) -> list[Block]:
        """Blocks of a body, a cell, a text box or a content control; a list is one block."""
        pieces: list[tuple[Block, bool]] = []
        for element in container:
            name = name_of(element)
            if name == "p":
                pieces += self._paragraph(element)
            elif name == "tbl":
                pieces += [(block, False) for block in self._table(element)]
            elif name == "altChunk":
                self._result.leave_out("another document that is embedded", "embedded document")
            elif name not in _UNSEEN and name not in _SKIPPED:
                inner = _chosen(element) if name == "AlternateContent" else element
                pieces += [(block, False) for block in self._blocks(inner)]
        blocks: list[Block] = []
        for at, (block, listed) in enumerate(pieces):
            if listed and at and pieces[at - 1][1]:
                blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text}\n{block.text}")
            else:
                blocks.append(block)
        return blocks

    def _paragraph(self, paragraph: Element) -> list[tuple[Block, bool]]:
        """The paragraph and what hangs on it, each with whether it is an item of a list."""
        outer, self._pending = self._pending, []
        text = _tidy(self._inline(paragraph))
        hanging, self._pending = self._pending, outer
        pieces: list[tuple[Block, bool]] = []
        level, label = self._level(paragraph), self._numbering.label(paragraph)
        if text:
            labelled = f"{label} {text}" if label else text
            shown = " ".join(labelled.split()) if level else labelled
            pieces.append((Block(shown, level=level), bool(label and not level)))
        for element in hanging:
            is_note = name_of(element) in ("footnote", "endnote")
            for block in self._blocks(element):
                note = Block(block.text.strip(), fixed=True)
                pieces.append((note if is_note else block, False))
        return pieces

    def _level(self, paragraph: Element) -> int:
        """1 … 6 for a heading, by its outline level or its style; else 0."""
        for properties in children(paragraph, "pPr"):
            for element in properties:
                if name_of(element) == "outlineLvl":
                    return outline_level(attribute(element, "val"))
                if name_of(element) == "pStyle":
                    style = attribute(element, "val")
                    return self._headings.get(style) or named_level(style)
        return 0

    def _inline(self, element: Element) -> str:
        """The text of a paragraph or a part of it; what hangs on it waits in `_pending`."""
        name = name_of(element)
        if name in _SKIPPED:
            return ""
        if name in _UNSEEN or (name == "r" and is_hidden(element)):
            if what := _UNSEEN.get(name, "hidden text"):
                self._result.leave_out(self._plain(element, deleted=True), what)
            return ""
        if name in self._shown:
            return self._shown[name](element)
        return "".join(self._inline(child) for child in element)

    def _hang(self, element: Element | None) -> str:
        """Blocks that stand beside the paragraph: a text box, or a note at the foot of the page."""
        self._pending += [] if element is None else [element]
        return ""

    def _plain(self, element: Element, *, deleted: bool = False) -> str:
        """All text of an element as one line."""
        words = []
        for each in element.iter():
            name = name_of(each)
            if name == "t" or (deleted and name == "delText"):
                words.append(each.text or "")
            elif name in ("p", "tab", "br"):
                words.append(" ")
        return "".join(words)

    def _table(self, table: Element) -> list[Block]:
        """A table by rows; one that lays out a page by its cells, in order."""
        rows: list[list[tuple[Cell, list[Block]]]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        headers = 0
        for row in _flat(table, "tr"):
            properties = [e for p in children(row, "trPr") for e in p]
            if any(name_of(e) == "del" for e in properties):
                self._result.leave_out(self._plain(row, deleted=True), "tracked deletion")
                continue
            if headers == len(rows) and any(name_of(e) == "tblHeader" for e in properties):
                headers += 1
            rows.append(self._cells(row, rows, open_cells))
        cells = [cell for line in rows for cell, _ in line]
        texts = [cell.text for cell in cells if cell.text]
        if lays_out_a_page(texts):
            return [block for line in rows for _, blocks in line for block in blocks]
        nested = [
            block
            for line in rows
            for _, blocks in line
            if any(block.fixed for block in blocks)
            for block in blocks
            if block.fixed
        ]
        plain = [[cell for cell, _ in line] for line in rows]
        return [*table_blocks(plain, headers=headers or None, labels=True), *nested]

    def _cells(
        self,
        row: Element,
        rows: list[list[tuple[Cell, list[Block]]]],
        open_cells: dict[int, tuple[int, int]],
    ) -> list[tuple[Cell, list[Block]]]:
        """The cells of a row; one that goes on from above makes that one span a row more."""
        line: list[tuple[Cell, list[Block]]] = []
        column = 0
        for cell in _flat(row, "tc"):
            columns, merge = 1, ""
            for properties in children(cell, "tcPr"):
                for each in properties:
                    if name_of(each) == "gridSpan":
                        columns = int(attribute(each, "val") or 1)
                    if name_of(each) == "vMerge":
                        merge = attribute(each, "val") or "continue"
            if merge == "continue" and column in open_cells:
                at, place = open_cells[column]
                above, blocks = rows[at][place]
                rows[at][place] = (Cell(above.text, above.columns, len(rows) - at + 1), blocks)
            else:
                blocks = self._blocks(cell)
                text = "\n".join(block.text for block in blocks if not block.fixed)
                open_cells.pop(column, None)
                if merge == "restart":
                    open_cells[column] = len(rows), len(line)
                line.append((Cell(text, columns), blocks))
            column += columns
        return line


def _flat(element: Element, name: str) -> Iterator[Element]:
    """Children of a name, those within content controls and insertions too."""
    for child in element:
        if name_of(child) == name:
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "smartTag"):
            yield from _flat(child, name)


def _chosen(alternatives: Element) -> Element:
    """Of several ways to show the same, the first that holds something."""
    options = [*children(alternatives, "Choice"), *children(alternatives, "Fallback")]
    filled = [o for o in options if any((e.text or "").strip() for e in o.iter())]
    return next(iter(filled or options), alternatives)


def _tidy(text: str) -> str:
    """Spaces at the ends of lines taken off; blank lines too."""
    lines = (line.strip(" ") for line in text.replace("\u00ad", "").split("\n"))
    return "\n".join(line for line in lines if line.strip())
