"""HTML → blocks: headings, paragraphs, lists, tables with spans, terms with what they mean. Pure.

What a browser shows is read in order; its furniture was taken out before, see `documents.html`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from qa.documents.blocks import Block
from qa.documents.formats.table_model import Cell, lays_out_a_page, table_blocks

INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark math mi mn mo mrow "
    "msub msup mfrac msqrt mtext q ruby rb s samp small span strike strong sub sup time tt u var "
    "wbr img input output nobr acronym".split()
)
"""Elements that do not end a line."""
_SILENT = frozenset("script style head title template noscript svg rt rp iframe object".split())
_VOID = frozenset("br hr img input wbr col link meta source area base embed track param".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SHOWN_INPUTS = frozenset(("", "text", "number", "date", "email", "tel", "url", "search", "time"))
_MOST_SPANNED = 1_000


@dataclass
class _Row:
    cells: list[Cell] = field(default_factory=list)
    header: bool = False


@dataclass
class _Table:
    """A table that is being read, and what was read outside of it, to go on with afterwards."""

    outer: list[Block]
    captions: list[Block] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    contents: list[list[Block]] = field(default_factory=list)
    spans: tuple[int, int] = (1, 1)
    in_cell: bool = False
    in_head: bool = False


def page_blocks(markup: str) -> list[Block]:
    """The blocks of a page or a part of one.

    >>> [block.text for block in page_blocks("<h1>Tea</h1><p>Hot &amp; <b>st</b>rong.<ul><li>a")]
    ['Tea', 'Hot & strong.', '- a']
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._linked = self._unlinked = 0
        self._level = 0
        self._lists: list[str | int] = []
        self._items: list[str] = []
        self._links_only = True
        self._in_link = 0
        self._pre = 0
        self._silent = ""
        self._silent_depth = 0
        self._term = ""
        self._open_terms: list[str] = []
        self._tables: list[_Table] = []

    def finished(self) -> list[Block]:
        """All blocks, whatever was left open."""
        while self._tables:
            self._end_table()
        self._end_list()
        self._flush()
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            self._silent_depth += tag == self._silent
            return
        if tag in _SILENT:
            self._silent, self._silent_depth = tag, 1
            return
        values = {name: value or "" for name, value in attrs}
        self._in_link += tag == "a"
        if tag == "br":
            self._text.append("\n")
        elif tag == "input":
            self._text.append(_shown_input(values))
        elif tag not in INLINE:
            self._open(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent_depth -= tag == self._silent
            if not self._silent_depth:
                self._silent = ""
            return
        if tag == "a":
            self._in_link = max(0, self._in_link - 1)
        elif tag not in INLINE:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        letters = sum(map(str.isalnum, data))
        if self._in_link:
            self._linked += letters
        else:
            self._unlinked += letters
        self._text.append(data if self._pre else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _open(self, tag: str, values: dict[str, str]) -> None:
        self._flush()
        if tag in ("ul", "ol", "menu"):
            if not self._lists:
                self._items, self._links_only = [], True
            start = values.get("start", "1")
            self._lists.append((int(start) if start.isdigit() else 1) if tag == "ol" else "-")
        elif tag in _HEADINGS:
            self._end_list()
            self._level = _HEADINGS[tag]
        elif tag == "pre":
            self._pre += 1
        elif tag == "table":
            self._end_list()
            self._tables.append(_Table(self._blocks))
            self._blocks = []
        elif self._tables:
            self._open_in_table(tag, values, self._tables[-1])

    def _open_in_table(self, tag: str, values: dict[str, str], table: _Table) -> None:
        if tag == "thead":
            table.in_head = True
        elif tag == "tr":
            self._end_cell(table)
            table.rows.append(_Row())
        elif tag in ("td", "th"):
            self._end_cell(table)
            if not table.rows:
                table.rows.append(_Row())
            row = table.rows[-1]
            table.captions += self._blocks
            self._blocks = []
            row.header = (row.header or not row.cells) and (tag == "th" or table.in_head)
            table.spans = _span(values.get("colspan")), _span(values.get("rowspan"))
            table.in_cell = True

    def _close(self, tag: str) -> None:
        if tag == "dt":
            self._end_term()
            return
        if tag == "dl" and self._open_terms:
            self._text = [*self._open_terms, "\n", *self._text]
        self._flush(labelled=self._term if tag == "dd" else "")
        if tag in ("dd", "dl"):
            self._open_terms = []
        if tag == "dl":
            self._term = ""
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)
        elif tag in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
            if not self._lists:
                self._end_list()
        elif tag in _HEADINGS:
            self._level = 0
        elif self._tables:
            table = self._tables[-1]
            if tag in ("td", "th"):
                self._end_cell(table)
            elif tag == "thead":
                table.in_head = False
            elif tag == "table":
                self._end_table()

    def _end_term(self) -> None:
        """What a list explains; several terms before what explains them are one label."""
        term = " ".join("".join(self._text).split())
        self._text = []
        if term:
            self._open_terms.append(", " + term if self._open_terms else term)
            self._term = "".join(self._open_terms)

    def _end_cell(self, table: _Table) -> None:
        if not table.in_cell:
            return
        self._end_list()
        self._flush()
        blocks, self._blocks = self._blocks, []
        table.contents.append(blocks)
        text = "\n".join(block.text for block in blocks)
        table.rows[-1].cells.append(Cell(text, *table.spans))
        table.in_cell = False

    def _end_table(self) -> None:
        """The rows of a table; one that lays out a page is read cell by cell."""
        table = self._tables.pop()
        self._end_cell(table)
        self._flush()
        captions, self._blocks = [*table.captions, *self._blocks], table.outer
        rows = [row for row in table.rows if row.cells]
        texts = [cell.text for row in rows for cell in row.cells if cell.text]
        if lays_out_a_page(texts):
            self._blocks += [*captions, *(b for blocks in table.contents for b in blocks)]
            return
        headers = 0
        while headers < len(rows) and rows[headers].header and len(rows[headers].cells) > 1:
            headers += 1
        headers = headers if headers < len(rows) else 0
        cells = [row.cells for row in rows]
        self._blocks += captions
        self._blocks += table_blocks(cells, headers=headers or None, labels=True)

    def _end_list(self) -> None:
        self._flush()
        if self._items:
            text = "\n".join(self._items)
            self._blocks.append(Block(text, links=self._links_only))
        self._items, self._lists = [], []

    def _flush(self, labelled: str = "") -> None:
        """Make what was read since the last block element a block, or an item of a list."""
        text, only_links = "".join(self._text), self._linked > 0 and not self._unlinked
        self._text, self._linked, self._unlinked = [], 0, 0
        if self._pre:
            text = text.strip("\n")
            if text.strip():
                self._blocks.append(Block(text.rstrip(), fixed=True))
            return
        lines = (" ".join(line.split()) for line in text.replace("\u00ad", "").split("\n"))
        text = "\n".join(line for line in lines if line)
        if not text:
            return
        if labelled:
            self._blocks.append(Block(f"{labelled.rstrip(':')}: {text}", fixed=True))
        elif self._lists:
            self._items.append(f"{self._mark()} {text}")
            self._links_only = self._links_only and only_links
        else:
            shown = " ".join(text.split()) if self._level else text
            self._blocks.append(
                Block(shown, level=self._level, links=only_links and not self._level)
            )

    def _mark(self) -> str:
        """The mark or number of the list's next item."""
        mark = self._lists[-1]
        if isinstance(mark, int):
            self._lists[-1] = mark + 1
            return f"{mark}."
        return mark


def _span(value: str | None) -> int:
    return min(int(value), _MOST_SPANNED) if value and value.isdigit() and int(value) else 1


def _shown_input(values: dict[str, str]) -> str:
    """What a form field shows."""
    kind = values.get("type", "").lower()
    if kind in ("checkbox", "radio"):
        return "☒ " if "checked" in values else "☐ "
    return f" {values['value']} " if kind in _SHOWN_INPUTS and values.get("value") else ""
