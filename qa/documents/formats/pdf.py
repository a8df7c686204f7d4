"""What is particular to a PDF: page numbers, running headers, broken words, scanned pages. Pure.

The library gives the text twice: as Markdown, with headings and joined paragraphs, and line
by line for each page. The lines tell where a page begins and what returns on every page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qa.datatypes import Dropped, Skipped
from qa.documents.blocks import Block, states
from qa.documents.encodings import clean_text
from qa.errors import DocumentError

Pages = Sequence[tuple[int, str]]
"""(number, text line by line) of each page, in order. As the library gives it, a word broken
at a line end has the control character 2 in the place of its hyphen."""

LEAST_PAGES = 3
LEAST_SHARE = 0.4
"""A line is a running header or footer if it stands at the edge of so many pages. Not more
than this share, since left and right pages may have different ones."""
EDGE_LINES = 2
_LONGEST = 160
_PAGE_FIGURE = re.compile(r"^\d{1,6}\b|\b\d{1,6}(?=[^\w]*$|\s*(?:/|of|von|de|di|sur)\s*\d+[^\w]*$)")
_BREAK = re.compile(r"\x02|-[ \t]*\r?\n")
_BROKEN = re.compile(r"(\w+)(?:\x02|-[ \t]*\r?\n[ \t]*)(\w+)")
_ENDS = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")


def paged_blocks(
    blocks: Sequence[Block],
    pages: Pages,
    source: str,
    scanned: Mapping[int, Sequence[Block]],
    told: str,
) -> tuple[list[Block], list[Dropped], list[Skipped]]:
    """Blocks with their pages, without running headers and footers; those; pages without text.

    `scanned`: blocks of pages whose text was read from a picture; `pages` holds it too.
    `told`: a sentence on what can be done about pages without text. Raises DocumentError
    where no page holds text.
    """
    empty = [number for number, text in pages if not text.strip()]
    if pages and len(empty) == len(pages):
        raise DocumentError(f"It holds no text on its {_count(empty)}: scanned or pictures? {told}")
    notes = []
    if empty:
        reason = f"There is no text on it: scanned, a picture, or blank. {told}"
        notes.append(Skipped(f"{source} ({_listed(empty)})", reason))
    mended = mend_words(blocks, pages)
    pages = [(number, clean_text(text)) for number, text in pages]
    placed = with_pages(mended, pages, frozenset(scanned))
    for number, each in scanned.items():
        placed += [replace(block, page=number) for block in each]
    placed.sort(key=lambda block: block.page or 0)
    kept, dropped = without_running_lines(placed, pages, source)
    return join_over_pages(kept), dropped, notes


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


def mend_words(blocks: Sequence[Block], pages: Pages) -> list[Block]:
    """Words that broke at a line end, joined: without the hyphen, unless the document writes
    the word with one elsewhere.

    >>> page = "A well\\x02known word. It is well-known."
    >>> mend_words([Block("A wellknown word. It is well-known.")], [(1, page)])[0].text
    'A well-known word. It is well-known.'
    """
    whole = "\n".join(text for _, text in pages)
    broken = set(_BROKEN.findall(whole)) if _BREAK.search(whole) else set()
    if not broken:
        return list(blocks)
    words = set(re.findall(r"\w+(?:-\w+)*", _BROKEN.sub(" ", whole)))
    changes = {}
    for first, second in broken:
        joined, hyphened = first + second, f"{first}-{second}"
        if hyphened in words and joined not in words:
            changes[joined] = hyphened
        elif hyphened not in words and second[:1].islower():
            changes[hyphened] = joined
    if not changes:
        return list(blocks)
    known = re.compile(r"\w+(?:-\w+)*")

    def mend(text: str) -> str:
        return known.sub(lambda match: changes.get(match.group(), match.group()), text)

    return [replace(block, text=mend(block.text)) for block in blocks]


def with_pages(
    blocks: Sequence[Block], pages: Pages, scanned: frozenset[int] = frozenset()
) -> list[Block]:
    """Gives each block the page on which its first characters are found, in order.

    `scanned`: pages on which none of them is.
    """
    plain = [(number, _key(text)) for number, text in pages if number not in scanned]
    at = position = 0
    result: list[Block] = []
    for block in blocks:
        key = _key(re.sub(r"^[-*\d.|\s]+", "", block.text))[:40]
        for number in range(at, len(plain)):
            found = plain[number][1].find(key, position if number == at else 0)
            if found >= 0 and key:
                at, position = number, found + len(key)
                break
        result.append(replace(block, page=plain[at][0]) if plain else block)
    return result


def _key(text: str) -> str:
    """A text without spaces and hyphens: the same for both forms of it."""
    return "".join(text.split()).replace("-", "")


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
