"""Running headers and footers of pages: lines at their edges that return on many of them. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa.datatypes import Dropped
from qa.documents.blocks import Block, states
from qa.languages import any_of

Pages = Sequence[tuple[int, str]]
"""(number, text line by line) of each page, in order."""


LEAST_PAGES = 3


LEAST_SHARE = 0.4
"""A line is a running header or footer if it stands at the edge of so many pages. Not more
than this share, since left and right pages may have different ones."""


MOST_DROPPED = 0.5
"""Share of a document's characters; where more would go, its pages are alike, not furnished."""


EDGE_LINES = 2


_LONGEST = 160


_OF = any_of(lambda language: [language.of_pages])
_PAGE_FIGURE = re.compile(rf"^\d{{1,6}}\b|\b\d{{1,6}}(?=[^\w]*$|\s*(?:/|{_OF})\s*\d+[^\w]*$)")


def without_running_lines(
    blocks: Sequence[Block], pages: Pages, source: str
) -> tuple[list[Block], list[Dropped]]:
    """Takes out the first and last lines of pages that return on many pages.

    Such a line goes where it is a block of its own and where the library joined it to the
    first or last paragraph of a page.
    """
    edges = _running(pages)
    outer = {
        number
        for number, block in enumerate(blocks)
        if number in (0, len(blocks) - 1)
        or not blocks[number - 1].page == block.page == blocks[number + 1].page
    }
    kept: list[Block] = []
    dropped: list[Dropped] = []
    for number, block in enumerate(blocks):
        text = block.text
        for page in (block.page or 0, (block.page or 0) + 1):
            for line in list(edges.get(page, ())):
                cut = _without(text, line, joined=number in outer)
                if cut is not None:
                    text = cut
                    edges[page].remove(line)
                    dropped.append(Dropped(source, line, "running header or footer"))
        if text.strip():
            kept.append(block if text == block.text else replace(block, text=text))
    whole = sum(len(block.text) for block in blocks)
    if sum(len(each.text) for each in dropped) > MOST_DROPPED * whole:
        return list(blocks), []
    return kept, dropped


def _running(pages: Pages) -> dict[int, list[str]]:
    """The lines at the edges of each page that return on many pages."""
    keys: dict[int, dict[str, set[tuple[str, int]]]] = {
        number: {line: _keys(line, number, top) for line, top in _edges(text)}
        for number, text in pages
    }
    seen = Counter(
        key for lines in keys.values() for key in {key for each in lines.values() for key in each}
    )
    least = max(LEAST_PAGES, LEAST_SHARE * len(pages))
    return {
        number: [line for line, own in lines.items() if any(seen[key] >= least for key in own)]
        for number, lines in keys.items()
    }


def _edges(text: str) -> list[tuple[str, bool]]:
    """The first and last lines of a page that are not long; True for the first ones."""
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    first, last = lines[:EDGE_LINES], lines[EDGE_LINES:][-EDGE_LINES:]
    marked = [*((line, True) for line in first), *((line, False) for line in reversed(last))]
    return [(line, top) for line, top in marked if len(line) <= _LONGEST]


def _keys(line: str, page: int, top: bool) -> set[tuple[str, int]]:
    """What is equal for a line that returns: itself, or all but a figure that counts the pages.

    The figure stands first or last in the line, or before "of 9". A sentence is content; so
    is a line of two words at the top of a page, which may be a heading like "Step 3".

    >>> _keys("Report, page 7", 5, False) & _keys("Report, page 8", 6, False)
    {('Report, page #', 2)}
    """
    keys = {(line, 0)}
    if not states(line, 4) and not (top and len(line.split()) == 2):
        for figure in _PAGE_FIGURE.finditer(line):
            shape = f"{line[: figure.start()]}#{line[figure.end() :]}"
            keys.add((shape, int(figure.group()) - page))
    return keys


def _without(text: str, line: str, *, joined: bool) -> str | None:
    """`text` without `line`: the whole of it or, if `joined`, its beginning or end; or None."""
    if " ".join(text.split()) == line:
        return ""
    if not joined:
        return None
    spaced = r"\s+".join(re.escape(word) for word in line.split())
    found = re.match(rf"\s*{spaced}\s+", text) or re.search(rf"\s+{spaced}\s*$", text)
    return text[: found.start()] + text[found.end() :] if found else None
