"""What belongs to the page and not to the text: counters, loading notes, cookie bars. Pure.

A line is left out only where both its place and its wording or shape say that it is boilerplate;
being short, standing last or coming again is not enough, for so does many a fact ("2 weeks",
"Serves four."). In doubt a line is kept: a bit of boilerplate costs less than lost content. A
document without running text (a poem, a list, a glossary) is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from qa.datatypes import Dropped
from qa.documents.blocks import (
    Block,
    is_prose,
    is_quantity,
    is_structured,
    is_title_like,
    states,
    words,
)
from qa.documents.encodings import one_line
from qa.languages import any_of
from qa.languages.language import PageWords

REPEATED_IN_DOCUMENT = 3
REPEATED_OVER_DOCUMENTS = 3
COUNTED_TEXTS = 100_000
"""Different short texts that are counted before the rare ones are forgotten."""


def _page_words(choose: Callable[[PageWords], Iterable[str]]) -> str:
    """A regular expression for words that languages know of pages."""
    return any_of(lambda language: choose(language.page_words) if language.page_words else ())


_COUNTED = re.compile(rf"\b{_page_words(lambda words: words.counted)}$", re.I)
_WAITING = re.compile(rf"\b{_page_words(lambda words: words.waiting)}\b", re.I)
_PROMPT = re.compile(rf"\b{_page_words(lambda words: words.prompts)}\b", re.I)
_POINTER = re.compile(rf"{_page_words(lambda words: words.pointers)}\b", re.I)
_INTERRUPTION = re.compile(rf"{_page_words(lambda words: words.interruptions)}\W*", re.I)
CONSENT = re.compile(rf"\b{_page_words(lambda words: words.consent)}\b", re.I)
_CHOICES = re.compile(rf"\b{_page_words(lambda words: words.choices)}\b", re.I)
_COOKIE = re.compile(r"\bcookies?\b", re.I)
_OF = any_of(lambda language: [language.of_pages])
_PAGE_NUMBER = re.compile(rf"[-–—\s]*(\d+)(?:\s*(?:/|{_OF})\s*\d+)?[-–—\s]*")
_BAR = re.compile(r"[ \t]{1,9}[|›»>•·][ \t]{1,9}")


def remove_boilerplate(
    blocks: Sequence[Block], source: str, repeated: frozenset[str] = frozenset()
) -> tuple[list[Block], list[Dropped]]:
    """Blocks that are kept, and those left out with the rule that said so.

    `repeated`: texts found on most documents of the run, from `RepeatedTexts`.

    >>> texts = ["46 votes", "Title", "This is a text that says it.", "Loading, please wait..."]
    >>> kept, dropped = remove_boilerplate([Block(text) for text in texts], "a.txt")
    >>> [block.text for block in kept], [piece.rule for piece in dropped]
    (['Title', 'This is a text that says it.'], ['counter', 'waiting note'])
    """
    dropped: list[Dropped] = []

    def keep(
        blocks: Sequence[Block], rule: Callable[[Sequence[Block]], dict[int, str]]
    ) -> list[Block]:
        out = rule(blocks)
        dropped.extend(Dropped(source, blocks[n].text, out[n]) for n in sorted(out))
        return [block for number, block in enumerate(blocks) if number not in out]

    if not any(is_prose(block.text) and not block.level for block in blocks):
        return list(blocks), []
    kept = keep(blocks, _cookie_bars)
    kept = keep(kept, _interruptions)
    kept = keep(kept, lambda blocks: _site_header(blocks, repeated))
    kept = keep(kept, _edges)
    return (kept, dropped) if kept else (list(blocks), [])


class RepeatedTexts:
    """Counts on how many documents a short text stands, one document after the other."""

    def __init__(self, room: int = COUNTED_TEXTS) -> None:
        self._seen: Counter[str] = Counter()
        self._documents = 0
        self._room = self._least_room = room

    def add(self, blocks: Sequence[Block]) -> None:
        """Count a document. With very many texts the rare ones are forgotten on the way."""
        self._documents += 1
        self._seen.update({_folded(block.text) for block in blocks if _is_short(block)})
        if len(self._seen) > self._room:
            least = max(2, self._documents // 100)
            self._seen = Counter({text: n for text, n in self._seen.items() if n >= least})
            self._room = max(self._least_room, 2 * len(self._seen))

    def texts(self) -> frozenset[str]:
        """Those on more than half of the documents; none of fewer than three documents."""
        if self._documents < REPEATED_OVER_DOCUMENTS:
            return frozenset()
        least = max(REPEATED_OVER_DOCUMENTS, self._documents // 2 + 1)
        return frozenset(text for text, count in self._seen.items() if count >= least)


def _folded(text: str) -> str:
    return one_line(text).casefold()


def _is_short(block: Block) -> bool:
    """Not prose, not structured, no statement: what boilerplate may look like."""
    return not (is_prose(block.text) or is_structured(block) or states(block.text, 4))


def _leads_on(block: Block) -> bool:
    """Whether the line below belongs to this one: a title, a label ("Price:"), a question."""
    return block.text.rstrip().endswith((":", ",")) or is_title_like(block.text)


def _cookie_bars(blocks: Sequence[Block]) -> dict[int, str]:
    """A sentence on cookies with buttons behind it, in the same block or the next ones."""
    out: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if block.level or len(block.text) > 500 or not _COOKIE.search(block.text):
            continue
        tail = re.split(r"[.!?。]\s+|\n", block.text)[-1]
        is_button = tail[-1:] not in ".!?。" and words(tail) <= 8 and CONSENT.search(tail)
        after = number + 1
        while after < len(blocks) and _is_button(blocks[after]):
            after += 1
        buttons = [button.text for button in blocks[number + 1 : after]]
        if (is_button and tail != block.text) or CONSENT.search("\n".join(buttons)):
            out.update((each, "cookie bar") for each in range(number, after))
    return out


def _is_button(block: Block) -> bool:
    text = block.text
    is_named = CONSENT.search(text) or _CHOICES.search(text)
    return words(text) <= 4 and _is_short(block) and is_named is not None


def _interruptions(blocks: Sequence[Block]) -> dict[int, str]:
    """Lines that only interrupt, coming again and again, and the numbers of pages."""
    counts = Counter(_folded(block.text) for block in blocks)
    out = {
        number: "repeated in the document"
        for number, block in enumerate(blocks)
        if counts[_folded(block.text)] >= REPEATED_IN_DOCUMENT
        and _INTERRUPTION.fullmatch(block.text.strip())
        and not block.level
    }
    figures = {
        number: int(match.group(1)) - block.page
        for number, block in enumerate(blocks)
        if block.page is not None and (match := _PAGE_NUMBER.fullmatch(block.text.strip()))
    }
    shifts = Counter(figures.values())
    counting = [n for n, shift in figures.items() if shifts[shift] >= REPEATED_IN_DOCUMENT]
    return out | dict.fromkeys(counting, "page number")


def _site_header(blocks: Sequence[Block], repeated: frozenset[str]) -> dict[int, str]:
    """The first lines, as far as most documents have them, down to what they announce."""
    out: dict[int, str] = {}
    for number, block in enumerate(blocks[:-1]):
        announces = not _is_short(blocks[number + 1]) and is_title_like(block.text)
        if announces or not _is_short(block) or _folded(block.text) not in repeated:
            break
        out[number] = "repeated in most documents"
    return out


def _edges(blocks: Sequence[Block]) -> dict[int, str]:
    """Boilerplate above the title and below the last text."""
    inner = [n for n, block in enumerate(blocks) if block.level or not _is_short(block)]
    out: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if inner and inner[0] <= number <= inner[-1] and not block.links:
            continue
        above = blocks[number - 1] if number and number - 1 not in out else None
        rule = "" if above is not None and _leads_on(above) else _boilerplate(block.text)
        if block.links and number in (0, len(blocks) - 1) and not (above and _leads_on(above)):
            rule = "nothing but links"
        if rule:
            out[number] = rule
    return out


def _boilerplate(text: str) -> str:
    """The rule by which a short line is part of the page, not of the text; "" for any other."""
    text = text.strip()
    rules = {
        "counter": is_quantity(text) and _COUNTED.search(text),
        "waiting note": text.endswith(("…", "...")) and _WAITING.search(text),
        "prompt to the visitor": text.endswith(("!", "?")) and _PROMPT.search(text),
        "pointer elsewhere": _POINTER.match(text),
        "copyright note": text.startswith(("©", "(c)")),
        "no letters": not any(character.isalnum() for character in text),
        "navigation bar": len(_BAR.findall(text)) >= 2
        and all(words(part) <= 3 for part in _BAR.split(text)),
    }
    return next((rule for rule, holds in rules.items() if holds), "")
