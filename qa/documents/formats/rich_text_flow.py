"""A text of RTF while it is read: paragraphs, lists, rows of tables → blocks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa.documents.blocks import Block
from qa.documents.encodings import one_line
from qa.documents.formats.table_model import Cell, lays_out_a_page, table_blocks
from qa.documents.formats.word_styles import outline_level

_PARAGRAPH_ENDS = frozenset("par sect page column nestcell".split())
_MOST_CELLS = 10_000


@dataclass
class _Row:
    """A row of a table: its cells, and for each its right edge and whether it goes on."""

    cells: list[list[Block]] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    merges: list[set[str]] = field(default_factory=list)


@dataclass
class Flow:
    """A text that is being read: the document, a note, a text box, a header."""

    what: str = ""
    depth: int = 0
    text: list[str] = field(default_factory=list)
    label: str = ""
    level: int = 0
    in_table: bool = False
    listed: bool = False
    blocks: list[Block] = field(default_factory=list)
    hanging: list[Block] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    merges: list[set[str]] = field(default_factory=list)
    merge: set[str] = field(default_factory=set)
    rows: list[_Row] = field(default_factory=list)

    def finished(self) -> list[Block]:
        """All blocks, whatever was left open."""
        self.end_paragraph()
        self.end_table()
        return self.blocks

    def layout(self, name: str, number: int | None, levels: Mapping[int, int]) -> None:
        """Obey a control word on paragraphs and tables. `levels`: of the styles of headings."""
        if name in _PARAGRAPH_ENDS:
            self.end_paragraph()
        elif name == "pard":
            self.level, self.in_table = 0, False
        elif name == "s":
            self.level = levels.get(number or 0, 0)
        elif name == "outlinelevel":
            self.level = outline_level(str(number))
        elif name == "intbl":
            self.in_table = True
        elif name == "trowd":
            self.edges, self.merges, self.merge = [], [], set()
        elif name in ("clmrg", "clvmrg", "clvmgf"):
            self.merge.add(name)
        elif name == "cellx" and len(self.edges) < _MOST_CELLS:
            self.edges.append(number or 0)
            self.merges.append(self.merge)
            self.merge = set()
        elif name == "cell":
            self.in_table = True
            self.end_paragraph()
            self.cells.append(self.cell)
            self.cell = []
        elif name == "row":
            self.rows.append(_Row(self.cells, self.edges, self.merges))
            self.cells = []

    def end_paragraph(self) -> None:
        """Make a block of the text, in the cell or the document."""
        text = "\n".join(filter(str.strip, (x.strip(" ") for x in _whole(self.text).split("\n"))))
        label, self.text, self.label = self.label, [], ""
        hanging, self.hanging = self.hanging, []
        found: list[Block] = []
        listed = bool(label) and not self.level
        if text:
            shown = f"{label} {text}" if label and (listed or label != "-") else text
            found = [Block(one_line(shown) if self.level else shown, level=self.level)]
        target = self.cell if self.in_table else self.blocks
        if not self.in_table:
            self.end_table()
        if found and listed and self.listed and target and not target[-1].fixed:
            target[-1] = replace(target[-1], text=f"{target[-1].text}\n{found[0].text}")
            found = []
        target += [*found, *hanging]
        self.listed = listed if text else self.listed and not hanging

    def end_table(self) -> None:
        """Make blocks of the rows before."""
        if self.cells or self.cell:  # a row that was never ended
            self.rows.append(_Row([*self.cells, self.cell], self.edges, self.merges))
            self.cells, self.cell = [], []
        rows, self.rows = self.rows, []
        if rows:
            self.listed = False
            contents = [blocks for row in rows for blocks in row.cells]
            cells = _cells(rows)
            texts = [cell.text for row in cells for cell in row if cell.text]
            if lays_out_a_page(texts):
                self.blocks += [block for blocks in contents for block in blocks]
            else:
                notes = [b for blocks in contents for b in blocks if b.fixed]
                self.blocks += [*table_blocks(cells, labels=True), *notes]


def _whole(pieces: Sequence[str]) -> str:
    """Pieces as one text; signs beyond the first 65,536 are written as two halves."""
    text = "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\u00ad", "").replace("\u2011", "-")


def _cells(rows: Sequence[_Row]) -> list[list[Cell]]:
    """The cells of a table. A cell spans the columns that begin before its right edge."""
    edges = sorted({edge for row in rows for edge in row.edges})
    found: list[list[Cell]] = []
    open_cells: dict[int, tuple[int, int]] = {}
    for row in rows:
        line: list[Cell] = []
        column = 0
        for number, blocks in enumerate(row.cells):
            after = column + 1
            if number < len(row.edges):
                after = max(after, edges.index(row.edges[number]) + 1)
            merges = row.merges[number] if number < len(row.merges) else set()
            text = "\n".join(block.text for block in blocks if not block.fixed)
            if "clmrg" in merges and line and not text:
                line[-1] = replace(line[-1], columns=line[-1].columns + after - column)
            elif "clvmrg" in merges and column in open_cells and not text:
                at, place = open_cells[column]
                above = found[at][place]
                found[at][place] = replace(above, rows=len(found) - at + 1)
            else:
                open_cells.pop(column, None)
                if "clvmgf" in merges:
                    open_cells[column] = len(found), len(line)
                line.append(Cell(text, after - column))
            column = after
        found.append(line)
    return found
