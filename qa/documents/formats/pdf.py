"""PDF → blocks: paragraphs, headings, lists and tables with their pages.

`pdf_characters` reads where each character stands, `pdf_layout` puts them into lines in reading
order. Here lines become blocks, words broken at line ends are joined, running headers and footers
are left out, and pages without readable text are named.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from qa.datatypes import Dropped, Skipped
from qa.documents.blocks import Block, unbroken, words_written
from qa.documents.formats.pdf_characters import PdfText
from qa.documents.formats.pdf_doubts import doubtful_pages
from qa.documents.formats.pdf_layout import Region, regions
from qa.documents.formats.pdf_lines import Line
from qa.documents.formats.pdf_tables import with_headers
from qa.documents.formats.running_lines import without_running_lines
from qa.documents.formats.table_model import Cell, table_blocks
from qa.errors import DocumentError

HEADING_SIZE = 1.15
"""Lines in a font so much larger than that of the text are headings."""
LONGEST_HEADING = 150

_ENDS = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[-*+•▪◦‣·–—■●○\ufffd]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s+\S")
_WIDE = r"[\u3000-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WITHOUT_BLANK = re.compile(rf"{_WIDE}[^\w\s]?\n[^\w\s]?{_WIDE}|\w[–—/]\n\w")
"""Ends of lines between signs of scripts that are written without blanks, or after a dash or
slash within a word."""
_HYPHEN = ("\x02", "-", "\u2010", "\u00ad")


def pdf_blocks(
    pdf: PdfText, source: str, scanned: Mapping[int, Sequence[Block]], told: str
) -> tuple[list[Block], list[Dropped], list[Skipped]]:
    """Blocks with their pages, without running headers and footers; those; and what of the file
    could not be read, or only doubtfully.

    `scanned`: blocks of pages whose text was read from a picture. `told`: a sentence on what can
    be done about pages without text. Raises DocumentError where no page holds text.
    """
    layout = with_headers({page.number: regions(page.characters) for page in pdf.pages})
    empty = [n for n, found in layout.items() if not found and n not in scanned]
    if pdf.pages and len(empty) == len(pdf.pages):
        raise DocumentError(f"It holds no text on its {_count(empty)}: scanned or pictures? {told}")
    pages = [(n, "\n".join(_page_lines(found))) for n, found in layout.items()]
    notes = [*doubtful_pages(pdf.pages, dict(pages), layout, source)]
    if empty:
        reason = f"There is no text on it: scanned, a picture, or blank. {told}"
        notes.append(Skipped(f"{source} ({_listed(empty)})", reason))
    style = _style(layout)
    words = words_written(
        line.text for found in layout.values() for region in found for line in region.lines
    )
    blocks: list[Block] = []
    for number, found in layout.items():
        own = [block for region in found for block in _region_blocks(region, style, words)]
        blocks += [replace(block, page=number) for block in [*own, *scanned.get(number, ())]]
    kept, dropped = without_running_lines(blocks, pages, source)
    return join_over_pages(kept), dropped, notes


def pages_without_text(pdf: PdfText) -> list[int]:
    """The numbers of the pages on which nothing is written."""
    return [p.number for p in pdf.pages if not any(c.text.strip() for c in p.characters)]


@dataclass(frozen=True, slots=True)
class _Style:
    """The font size of the text, and those of headings, largest first; whether text is bold."""

    size: float
    headings: tuple[float, ...]
    bold: bool


def _style(layout: Mapping[int, Sequence[Region]]) -> _Style:
    lines = [line for found in layout.values() for region in found for line in region.lines]
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    size = weights.most_common(1)[0][0] if weights else 10.0
    larger = {round(line.size) for line in lines if line.size > HEADING_SIZE * size}
    bold = sum(len(line.text) for line in lines if line.bold) * 2 > sum(weights.values())
    return _Style(size, tuple(sorted(larger, reverse=True)), bold)


def _page_lines(found: Sequence[Region]) -> Iterator[str]:
    for region in found:
        yield from (line.text for line in region.lines)
        yield from (" ".join(filter(None, row)) for row in region.rows)


def _region_blocks(region: Region, style: _Style, words: Mapping[str, int]) -> list[Block]:
    if region.rows:
        rows = [[Cell(text) for text in row] for row in (*region.header, *region.rows)]
        return table_blocks(rows, headers=len(region.header) or None, labels=True)
    blocks: list[Block] = []
    in_list = False
    for lines in _paragraphs(region.lines):
        block = _block(lines, region, style, words)
        item = not block.level and _ITEM.match(block.text) is not None
        if item and in_list:
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text}\n{block.text}")
        else:
            blocks.append(block)
        in_list = item
    return blocks


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together, by their distance, font, indent and marks of lists."""
    if not lines:
        return
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    steps = [a.y - b.y for a, b in itertools.pairwise(lines)]
    leads = [step / line.size for step, line in zip(steps, lines, strict=False)]
    near = [lead for lead in leads if 0 < lead < 2.2]
    usual = min(median(near), 1.6) if near else 0.0
    paragraph = [lines[0]]
    for line, step in zip(lines[1:], steps, strict=True):
        before = paragraph[-1]
        wide = step > 1.5 * line.size and _ENDS.search(before.text) is not None
        apart = step <= 0 or step > max(1.25 * usual, 1.15) * line.size or wide
        other_font = abs(line.size - before.size) > 0.1 * before.size or line.bold != before.bold
        indented = line.left > left + 0.8 * line.size and before.left < left + 0.4 * line.size
        ended = _ENDS.search(before.text) and before.right < right - 0.2 * (right - left)
        begins = indented and len(paragraph) > 1 and not _ITEM.match(paragraph[0].text)
        if apart or other_font or begins or ended or _ITEM.match(line.text):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _block(lines: Sequence[Line], region: Region, style: _Style, words: Mapping[str, int]) -> Block:
    right = max(line.right for line in region.lines)
    text = join_lines(lines, right, words)
    level = 0
    if len(text) <= LONGEST_HEADING and any(map(str.isalpha, text)):
        size = max(line.size for line in lines)
        if size > HEADING_SIZE * style.size:
            level = min(style.headings.index(round(size)) + 1, 6) if style.headings else 1
        elif not style.bold and all(line.bold for line in lines) and not _ENDS.search(text):
            level = min(len(style.headings) + 1, 6)
    return Block(" ".join(text.split()) if level else text, level=level)


def join_lines(lines: Sequence[Line], right: float, words: Mapping[str, int]) -> str:
    """Lines as one text. A line that ends although the next word had room before `right` stays a
    line of its own; a word broken at a line's end is joined as the document writes it elsewhere
    (`words`).

    >>> a, b = Line("An exam\x02", 0, 100, 20, 10), Line("ple is here.", 0, 90, 8, 10)
    >>> join_lines([a, b], 100, {})
    'An example is here.'
    """
    text = ""
    for before, line in zip([None, *lines[:-1]], lines, strict=True):
        if before is None:
            text = line.text
        elif text.endswith(_HYPHEN) and text[-2:-1].isalpha() and line.text[:1].isalpha():
            text = _unbroken(text, line.text, words)
        else:
            room = 0.5 * line.size * (len(line.text.split()[0]) + 2)
            if _WITHOUT_BLANK.search(f"{text[-2:]}\n{line.text[:2]}"):
                text += line.text
            else:
                text += ("\n" if before.right + room < right else " ") + line.text
    text = text.translate({0x02: "-", 0xAD: None, 0x2010: "-", 0x2011: "-"})
    return re.sub(r"^\ufffd(?= )", "•", text)  # a bullet of a font of signs


def _unbroken(text: str, following: str, words: Mapping[str, int]) -> str:
    first = re.split(r"[^\w]", text[:-1])[-1]
    second = re.split(r"[^\w]", following)[0]
    word = unbroken(first, second, words, soft=text[-1] == "\u00ad")
    return text[:-1].removesuffix(first) + word + following.removeprefix(second)


def _count(numbers: Sequence[int]) -> str:
    return "one page" if len(numbers) == 1 else f"{len(numbers)} pages"


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers in words.

    >>> _listed([2]), _listed([1, 2, 3, 7])
    ('page 2', 'pages 1-3, 7')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    word = "page" if len(numbers) == 1 else "pages"
    shown = ", ".join("-".join(str(each) for each in run) for run in runs[:20])
    return f"{word} {shown}{', …' if len(runs) > 20 else ''}"


def join_over_pages(blocks: Sequence[Block]) -> list[Block]:
    """Joins a paragraph that goes on on the next page: no end of a sentence, then a small letter.

    >>> pair = [Block("A river gathers, on its way, the", page=1), Block("water.", page=2)]
    >>> join_over_pages(pair)[0].text, join_over_pages(pair)[0].turn
    ('A river gathers, on its way, the water.', (33, 2))
    """
    return list(_joined(blocks))


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    before: Block | None = None
    for block in blocks:
        if before is not None and _goes_on(before, block):
            start = len(before.text) + 1
            before = replace(
                before, text=f"{before.text} {block.text}", turn=(start, block.page or 1)
            )
            continue
        if before is not None:
            yield before
        before = block
    if before is not None:
        yield before


def _goes_on(before: Block, block: Block) -> bool:
    return (
        before.page is not None
        and block.page == before.page + 1
        and before.turn is None
        and not (before.level or block.level or before.fixed or block.fixed)
        and block.text[:1].islower()
        and len(before.text) > 30
        and "\n" not in before.text
        and not _ENDS.search(before.text)
    )
