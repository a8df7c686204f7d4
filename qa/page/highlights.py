"""A document cut into runs of text for showing: its passages of one question, or all of them. Pure.

Both ways, the texts joined are the document's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.datatypes import Document, Passage, Section
from qa.errors import InputError


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage to mark, characters `start` … `end`, and in it the sentence that fits best.

    `hit` numbers the passages of one question, from 1.
    """

    hit: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text that is shown alike.

    `hit` is the number of the passage it belongs to, 0 outside of all. `in_sentence` tells the
    best sentence from the passage around it. `page` is the number of the page that begins here.
    `heading` tells a heading's line. `opens` is True for the first run of its passage.
    """

    text: str
    hit: int = 0
    in_sentence: bool = False
    page: int | None = None
    heading: bool = False
    opens: bool = False


def text_runs(document: Document, highlights: Sequence[Highlight]) -> list[TextRun]:
    """The whole document in order. Where passages overlap, the one with the lower number has the
    text. Raises InputError for a passage outside of the document.

    >>> tea = Document("d", "Tea", "Tea is hot. Drink it.", "tea.txt")
    >>> marked = text_runs(tea, [Highlight(1, 0, 21, 12, 21)])
    >>> [(run.text, run.hit, run.in_sentence) for run in marked]
    [('Tea is hot. ', 1, False), ('Drink it.', 1, True)]
    """
    size = len(document.text)
    edges = {0, size}
    for mark in highlights:
        if not 0 <= mark.start <= mark.sentence_start <= mark.sentence_end <= mark.end <= size:
            raise _outside(document, mark.start, mark.end)
        edges |= {mark.start, mark.end, mark.sentence_start, mark.sentence_end}
    pages = {page.start: page.number for page in reversed(document.pages)}
    headings = sorted(_heading_line(document.text, s) for s in document.sections if s.path)
    others = (*pages, *(edge for line in headings for edge in line))
    edges |= {edge for edge in others if 0 <= edge <= size}
    ranked = sorted(highlights, key=lambda mark: mark.hit)
    runs: list[TextRun] = []
    opened = {0}
    for start, end in pairwise(sorted(edges)):
        mine = next((mark for mark in ranked if mark.start <= start and end <= mark.end), None)
        hit = mine.hit if mine else 0
        line = bisect_right(headings, (start, size)) - 1
        runs.append(
            TextRun(
                text=document.text[start:end],
                hit=hit,
                in_sentence=bool(mine and mine.sentence_start <= start < mine.sentence_end),
                page=pages.get(start),
                heading=line >= 0 and start < headings[line][1],
                opens=hit not in opened,
            )
        )
        opened.add(hit)
    return runs


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document: a passage by its number from 1, or 0: between passages.

    `page` is the page on which the passage begins, where that is another one than before.
    """

    text: str
    number: int = 0
    page: int | None = None


def passage_blocks(document: Document, passages: Sequence[Passage]) -> list[Block]:
    """The whole document as it was cut into passages. Where these overlap, the earlier one has the
    text. Raises InputError for a passage outside of the document.

    >>> tea = Document("d", "Tea", "Tea. Hot.", "tea.txt")
    >>> [(b.text, b.number) for b in passage_blocks(tea, [Passage("p", "d", 5, 9, "Hot.")])]
    [('Tea. ', 0), ('Hot.', 1)]
    """
    blocks: list[Block] = []
    at, page, size = 0, None, len(document.text)
    for number, passage in enumerate(sorted(passages, key=lambda p: p.start), start=1):
        if not 0 <= passage.start <= passage.end <= size:
            raise _outside(document, passage.start, passage.end)
        if passage.start > at:
            blocks.append(Block(document.text[at : passage.start]))
        text = document.text[max(at, passage.start) : passage.end]
        blocks.append(Block(text, number, passage.page if passage.page != page else None))
        at, page = max(at, passage.end), passage.page
    return [*blocks, Block(document.text[at:])] if at < size else blocks


def _outside(document: Document, start: int, end: int) -> InputError:
    return InputError(
        f"The passage {start}–{end} does not lie in {document.source}; ask the question again."
    )


def _heading_line(text: str, section: Section) -> tuple[int, int]:
    stop = text.find("\n", section.start, section.end)
    return section.start, section.end if stop < 0 else stop
