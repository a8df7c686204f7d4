"""Whether a passage is what its document says in that place. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.datatypes import Document, Page, Passage


def comes_from(passage: Passage, document: Document) -> bool:
    """Whether text, sentences, headings and page of a passage fit its document.

    >>> from qa.datatypes import Document, Passage, Sentence
    >>> tea = Document("d", "Tea", "Tea is hot. Drink it.", "tea.txt")
    >>> hot = Sentence(0, 11, "Tea is hot.")
    >>> comes_from(Passage("d:0-11", "d", 0, 11, "Tea is hot.", (hot,)), tea)
    True
    >>> comes_from(Passage("d:0-11", "d", 0, 11, "Tea is not.", (hot,)), tea)
    False
    """
    return (
        document.text[passage.start : passage.end] == passage.text
        and passage.page == page_at(document.pages, passage.start)
        and _stands_under(passage, document)
        and _only_headings_between(passage, document)
    )


def page_at(pages: tuple[Page, ...], start: int) -> int | None:
    """The number of the page that a character is on; None where there are no pages."""
    page = bisect_right(pages, start, key=lambda page: page.start) - 1
    return pages[page].number if page >= 0 else None


def headings_below(title: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The headings of a passage: the path of its section, without the document's title."""
    return path[1:] if path and path[0].casefold() == title.casefold() else path


def _stands_under(passage: Passage, document: Document) -> bool:
    """A heading goes with the text below it, so the section may begin within the passage."""
    first = bisect_right(document.sections, passage.start, key=lambda section: section.start) - 1
    return not passage.headings or any(
        headings_below(document.title, section.path) == passage.headings
        for section in document.sections[max(first, 0) :]
    )


def _only_headings_between(passage: Passage, document: Document) -> bool:
    """Sentences are in order, within the passage, without white space around them, and what lies
    between them are headings."""
    edges = [edge for each in passage.sentences for edge in (each.start, each.end)]
    edges = [passage.start, *edges, passage.end]
    if any(first > second for first, second in pairwise(edges)):
        return False
    shown = [document.text[each.start : each.end] for each in passage.sentences]
    if any(not text or text != text.strip() for text in shown):
        return False
    headings: set[int] | None = None
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for line in _lines(document.text, start, end):
            if headings is None:
                headings = {section.start for section in document.sections}
            if line not in headings:
                return False
    return True


def _lines(text: str, start: int, end: int) -> Iterator[int]:
    """Where each line between two characters begins that holds more than white space."""
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            yield start + len(line) - len(line.lstrip())
        start += len(line)
