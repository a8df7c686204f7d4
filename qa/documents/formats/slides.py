"""PowerPoint presentations (.pptx) → blocks, slide by slide: titles, texts, tables, diagrams."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from qa.documents.blocks import Block, is_title_like
from qa.documents.formats.formulas import formula_text
from qa.documents.formats.office_parts import attribute, core_title, name_of, part_xml, read_archive
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.table_model import Cell, table_blocks
from qa.errors import DocumentError

_TITLES = ("title", "ctrTitle")
_FURNITURE = {"sldNum": "number of a slide", "ftr": "footer of the pages", "dt": "date of a slide"}
_BREAKS = {"br": "\n", "tab": "\t"}


def slides_text(data: bytes) -> OfficeText:
    """Read a presentation. Raises DocumentError where it is none, or damaged."""
    return read_archive(data, lambda archive: _Reader(archive).read())


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._result = OfficeText()

    def read(self) -> OfficeText:
        places = list(self._places())
        if not places:
            raise DocumentError("It is no presentation: it has no slide.")
        for number, place in enumerate(places, start=1):
            slide = part_xml(self._archive, place)
            if slide is None:
                self._result.unread.append(f"Slide {number} is missing from the file.")
                continue
            related = self._related(place)
            blocks = _titled(self._shapes(slide, related))
            self._result.blocks += [replace(block, page=number) for block in blocks]
            for kind, target in related.values():
                if kind == "notesSlide":
                    self._notes(target)
        self._result.title = core_title(self._archive)
        return self._result

    def _places(self) -> Iterator[str]:
        """The parts of the slides, in the order in which they are shown."""
        main = "ppt/presentation.xml"
        root, related = part_xml(self._archive, main), self._related(main)
        for element in () if root is None else root.iter():
            if name_of(element) == "sldId":
                keys = [value for key, value in element.attrib.items() if key.endswith("}id")]
                yield from (related[key][1] for key in keys if key in related)

    def _related(self, place: str) -> dict[str, tuple[str, str]]:
        """(kind, part) of each part that a part refers to, by its id there."""
        folder, name = posixpath.split(place)
        root = part_xml(self._archive, f"{folder}/_rels/{name}.rels")
        return {
            attribute(each, "Id"): (
                attribute(each, "Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, attribute(each, "Target"))).lstrip(
                    "/"
                ),
            )
            for each in (() if root is None else root)
        }

    def _notes(self, place: str) -> None:
        root = part_xml(self._archive, place)
        for shape in () if root is None else root.iter():
            if name_of(shape) == "sp" and _placeholder(shape) not in (*_FURNITURE, "sldImg"):
                self._result.leave_out(" ".join(_lines(shape)), "speaker notes")

    def _shapes(self, container: Element, related: dict[str, tuple[str, str]]) -> list[Block]:
        """The texts of all shapes, in the order in which they lie; groups are opened."""
        blocks: list[Block] = []
        for element in container:
            name = name_of(element)
            if name == "sp":
                blocks += self._shape(element)
            elif name == "tbl":
                blocks += table_blocks(_cells(element), headers=_headers(element), labels=True)
            elif name == "AlternateContent":
                blocks += self._shapes(next(iter(element), element), related)
            elif name in ("relIds", "chart"):
                blocks += self._drawing(element, name, related)
            else:
                blocks += self._shapes(element, related)
        return blocks

    def _shape(self, shape: Element) -> list[Block]:
        kind, lines = _placeholder(shape), [line for line in _lines(shape) if line.strip()]
        if kind in _FURNITURE:
            self._result.leave_out(" ".join(lines), _FURNITURE[kind])
            return []
        if kind in _TITLES:
            title = " ".join(" ".join(lines).split())
            return [Block(title, level=2)] if title else []
        return [Block("\n".join(lines))] if lines else []

    def _drawing(
        self, element: Element, name: str, related: dict[str, tuple[str, str]]
    ) -> list[Block]:
        """The words of a diagram; those of a chart are listed, for its figures need its picture."""
        blocks = []
        for key in element.attrib.values():
            kind, place = related.get(key, ("", ""))
            root = part_xml(self._archive, place) if kind in ("diagramData", "chart") else None
            if root is not None and name == "relIds":
                texts = [line for line in _lines(root) if line.strip()]
                blocks += [Block("\n".join(texts))] if texts else []
            elif root is not None:
                words = [e.text or "" for e in root.iter() if name_of(e) in ("v", "t")]
                self._result.leave_out(" ".join(words), "chart")
        return blocks


def _titled(blocks: list[Block]) -> list[Block]:
    """Where no shape is meant for the title, a short first line is it."""
    first = blocks[0] if blocks else None
    if first is None or any(block.level for block in blocks) or not is_title_like(first.text):
        return blocks
    return [replace(first, level=2), *blocks[1:]]


def _placeholder(shape: Element) -> str:
    return next((attribute(e, "type") or "body" for e in shape.iter() if name_of(e) == "ph"), "")


def _lines(element: Element) -> list[str]:
    """The paragraphs of a text, as lines."""
    lines = []
    for paragraph in element.iter():
        if name_of(paragraph) == "p" and "drawingml" in str(paragraph.tag):
            lines += _inline(paragraph).replace("\u00ad", "").split("\n")
    return [line.replace("\u2011", "-").strip() for line in lines]


def _inline(element: Element) -> str:
    name = name_of(element)
    if name == "t":
        return element.text or ""
    if name in _BREAKS:
        return _BREAKS[name]
    if name == "oMath":
        return formula_text(element)
    return "" if name.endswith("Pr") else "".join(_inline(child) for child in element)


def _headers(table: Element) -> int | None:
    """1 where the table says that its first row is a header."""
    first = [attribute(e, "firstRow") for e in table if name_of(e) == "tblPr"]
    return 1 if first == ["1"] else None


def _cells(table: Element) -> Iterator[list[Cell]]:
    for row in table:
        if name_of(row) == "tr":
            yield [
                Cell(
                    "\n".join(_lines(cell)),
                    int(attribute(cell, "gridSpan") or 1),
                    int(attribute(cell, "rowSpan") or 1),
                )
                for cell in row
                if name_of(cell) == "tc"
                and not attribute(cell, "hMerge")
                and not attribute(cell, "vMerge")
            ]
