"""A document with passages marked in it, cut into pieces that can be shown. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.datatypes import Document, Passage, Section
from qa.errors import InputError


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage to mark, characters `start` … `end`, and in it the sentence that fits best.

    `hit` numbers the passages of one question, from 1.
    """

    hit: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is shown alike.

    `hit` is the number of the passage it belongs to, 0 outside of all. `in_sentence` tells the
    best sentence from the passage around it. `page` is the number of the page that begins here.
    `heading` tells a heading's line. `opens` is True for the first piece of its passage.
    """

    text: str
    hit: int = 0
    in_sentence: bool = False
    page: int | None = None
    heading: bool = False
    opens: bool = False


def pieces(document: Document, passages: Sequence[Marked]) -> list[Piece]:
    """The whole text in order: the pieces' texts joined are `document.text`.

    Where passages overlap, the one with the lower number has the text. Raises InputError for a
    passage outside of the document.

    >>> document = Document("d", "Tea", "Tea is hot. Drink it.", "tea.txt")
    >>> [(p.text, p.hit, p.in_sentence) for p in pieces(document, [Marked(1, 0, 21, 12, 21)])]
    [('Tea is hot. ', 1, False), ('Drink it.', 1, True)]
    """
    size = len(document.text)
    for one in passages:
        if not 0 <= one.start <= one.sentence_start <= one.sentence_end <= one.end <= size:
            raise InputError(
                f"The passage {one.start}–{one.end} does not lie in {document.source}; "
                "ask the question again."
            )
    pages = {page.start: page.number for page in reversed(document.pages)}
    lines = sorted(_heading_line(document.text, s) for s in document.sections if s.path)
    edges = _edges(size, passages, [*pages, *(edge for line in lines for edge in line)])
    ranked = sorted(passages, key=lambda one: one.hit)
    found: list[Piece] = []
    opened = {0}
    for start, end in pairwise(edges):
        mine = next((one for one in ranked if one.start <= start and end <= one.end), None)
        hit = mine.hit if mine else 0
        line = bisect_right(lines, (start, size)) - 1
        found.append(
            Piece(
                text=document.text[start:end],
                hit=hit,
                in_sentence=bool(mine and mine.sentence_start <= start < mine.sentence_end),
                page=pages.get(start),
                heading=line >= 0 and start < lines[line][1],
                opens=hit not in opened,
            )
        )
        opened.add(hit)
    return found


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a document: a passage by its number from 1, or 0: between passages.

    `page` is the page on which the passage begins, where that is another one than before.
    """

    text: str
    number: int = 0
    page: int | None = None


def cuts(document: Document, passages: Sequence[Passage]) -> list[Cut]:
    """A document as it was cut: the texts joined are `document.text`. Where passages overlap,
    the earlier one has the text. Raises InputError for a passage outside of the document.

    >>> tea = Document("d", "Tea", "Tea. Hot.", "tea.txt")
    >>> [(c.text, c.number) for c in cuts(tea, [Passage("p", "d", 5, 9, "Hot.")])]
    [('Tea. ', 0), ('Hot.', 1)]
    """
    found: list[Cut] = []
    at, page, size = 0, None, len(document.text)
    for number, one in enumerate(sorted(passages, key=lambda one: one.start), start=1):
        if not 0 <= one.start <= one.end <= size:
            raise InputError(
                f"The passage {one.start}–{one.end} does not lie in {document.source}."
            )
        if one.start > at:
            found.append(Cut(document.text[at : one.start]))
        text = document.text[max(at, one.start) : one.end]
        found.append(Cut(text, number, one.page if one.page != page else None))
        at, page = max(at, one.end), one.page
    return [*found, Cut(document.text[at:])] if at < size else found


def _edges(size: int, passages: Sequence[Marked], others: Sequence[int]) -> list[int]:
    """Where one piece ends and the next begins, in order."""
    cuts = {0, size, *others}
    for one in passages:
        cuts |= {one.start, one.end, one.sentence_start, one.sentence_end}
    return sorted(cut for cut in cuts if 0 <= cut <= size)


def _heading_line(text: str, section: Section) -> tuple[int, int]:
    stop = text.find("\n", section.start, section.end)
    return section.start, section.end if stop < 0 else stop
