"""What belongs to the page and not to the text: counters, loading notes, cookie bars. Pure.

Only shape, place and repetition decide, never the words of one site; the single exception
is the cookie bar. In doubt a block is kept: a bit of furniture costs less than lost content.
A document without running text (a poem, a list, a glossary) is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from qa.datatypes import Dropped
from qa.documents.blocks import (
    Block,
    is_counter,
    is_prose,
    is_structured,
    is_title_like,
    states,
    words,
)

REPEATED_IN_DOCUMENT = 3
REPEATED_OVER_DOCUMENTS = 3
COUNTED_TEXTS = 100_000
"""Different short texts that are counted before the rare ones are forgotten."""

_COOKIE = re.compile(r"\bcookies?\b", re.I)
_BUTTON = re.compile(
    r"\b(?:accept|allow|agree|reject|decline|deny|got it|okay|ok|manage|settings|preferences"
    r"|akzeptieren|ablehnen|zustimmen|accepter|refuser|aceptar|rechazar|accetta|rifiuta)\b",
    re.I,
)
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:(?:\w+\s+)?\d+\s*(?:/|of|von|de|di|sur)\s*)?\d+[-–—\s]*")
_BAR = re.compile(r"[ \t]{1,9}[|›»>•·][ \t]{1,9}")


def remove_furniture(
    blocks: Sequence[Block], source: str, repeated: frozenset[str] = frozenset()
) -> tuple[list[Block], list[Dropped]]:
    """Blocks that are kept, and those left out with the rule that said so.

    `repeated`: texts found on most documents of the run, from `RepeatedTexts`.

    >>> texts = ["46 votes", "Title", "This is a text that says it.", "Loading, please wait..."]
    >>> kept, dropped = remove_furniture([Block(text) for text in texts], "a.txt")
    >>> [block.text for block in kept], [each.rule for each in dropped]
    (['Title', 'This is a text that says it.'], ['counter', 'exclamation or waiting note'])
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
    kept = keep(kept, lambda each: _repetitions(each, repeated))
    kept = keep(kept, _edges)
    return (kept, dropped) if kept else (list(blocks), [])


class RepeatedTexts:
    """Counts on how many documents a short text stands, one document after the other."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._documents = 0
        self._room = COUNTED_TEXTS

    def add(self, blocks: Sequence[Block]) -> None:
        """Count a document. With very many texts the rare ones are forgotten on the way."""
        self._documents += 1
        self._seen.update({_normal(block.text) for block in blocks if _is_short(block)})
        if len(self._seen) > self._room:
            least = max(2, self._documents // 100)
            self._seen = Counter({text: n for text, n in self._seen.items() if n >= least})
            self._room = max(COUNTED_TEXTS, 2 * len(self._seen))

    def texts(self) -> frozenset[str]:
        """Those on more than half of the documents; none of fewer than three documents."""
        if self._documents < REPEATED_OVER_DOCUMENTS:
            return frozenset()
        least = max(REPEATED_OVER_DOCUMENTS, self._documents // 2 + 1)
        return frozenset(text for text, count in self._seen.items() if count >= least)


def _normal(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_short(block: Block) -> bool:
    """Not prose, not structured, no statement: what furniture may look like."""
    return not (is_prose(block.text) or is_structured(block) or states(block.text, 4))


def _asks(block: Block) -> bool:
    return block.text.rstrip().endswith(("?", "？"))


def _cookie_bars(blocks: Sequence[Block]) -> dict[int, str]:
    """A sentence on cookies with buttons behind it, in the same block or the next ones."""
    out: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if block.level or len(block.text) > 500 or not _COOKIE.search(block.text):
            continue
        tail = re.split(r"[.!?。]\s+|\n", block.text)[-1]
        is_button = tail[-1:] not in ".!?。" and words(tail) <= 8 and _BUTTON.search(tail)
        after = number + 1
        while after < len(blocks) and words(blocks[after].text) <= 4 and _is_short(blocks[after]):
            if not _BUTTON.search(blocks[after].text):
                break
            after += 1
        if (is_button and tail != block.text) or after > number + 1:
            out.update((each, "cookie bar") for each in range(number, after))
    return out


def _repetitions(blocks: Sequence[Block], repeated: frozenset[str]) -> dict[int, str]:
    """Lines that return in the document, or on most documents, and announce nothing."""
    counts = Counter(_normal(block.text) for block in blocks if _is_short(block))
    pages = [n for n, block in enumerate(blocks) if _PAGE_NUMBER.fullmatch(block.text.strip())]
    out: dict[int, str] = {}
    for number, block in enumerate(blocks):
        text = _normal(block.text)
        answers = number > 0 and blocks[number - 1].text.rstrip().endswith(("?", "？", ":"))
        if not _is_short(block) or answers:
            continue
        announces = number + 1 < len(blocks) and not _is_short(blocks[number + 1])
        if counts[text] >= REPEATED_IN_DOCUMENT and not block.level:
            out[number] = "repeated in the document"
        elif text in repeated and not (announces and is_title_like(block.text)):
            out[number] = "repeated in most documents"
    if len(pages) >= REPEATED_IN_DOCUMENT and all(blocks[n].page for n in pages):
        out.update((number, "page number") for number in pages if number not in out)
    return out


def _edges(blocks: Sequence[Block]) -> dict[int, str]:
    """Short blocks above the title and below the last text."""
    solid = [n for n, block in enumerate(blocks) if not _is_short(block)]
    marked = [n for n, block in enumerate(blocks) if block.level]
    first = min([*solid[:1], *marked[:1]], default=0)
    out: dict[int, str] = {}
    for number in range(first - 1, -1, -1):
        block = blocks[number]
        nearest = number == first - 1 and not blocks[first].level
        rule = _page_like(block.text, is_nearest=nearest)
        if rule:
            out[number] = rule
        elif not nearest and (_asks(block) or not is_title_like(block.text)):
            out[number] = "above the title"
    if solid and not any(number > solid[-1] for number in marked):
        out.update(_below(blocks, solid[-1]))
    if len(out) < len(blocks):
        bare = [n for n in (0, len(blocks) - 1) if blocks[n].links]
        out.update((number, "nothing but links") for number in bare)
    return out


def _below(blocks: Sequence[Block], last: int) -> dict[int, str]:
    """Short blocks below the last text; many of them are content, so is an answer."""
    tail = range(last + 1, len(blocks))
    rules = {number: _page_like(blocks[number].text) for number in tail}
    pairs = [n for n in range(1, len(blocks) - 1) if _asks(blocks[n]) and not _asks(blocks[n + 1])]
    if len(pairs) >= 2:  # questions and answers: an answer may be as short as "30 days"
        for number in pairs:
            rules.pop(number, None)
            rules.pop(number + 1, None)
    loose = [n for n in rules if not rules[n] and not _holds_a_fact(blocks, n)]
    size = sum(len(block.text) for block in blocks)
    small = sum(len(blocks[n].text) for n in loose) <= 0.3 * size and len(loose) <= 6
    out = {number: rule for number, rule in rules.items() if rule}
    if small:
        out.update((number, "below the last text") for number in loose)
    return out


def _holds_a_fact(blocks: Sequence[Block], number: int) -> bool:
    """A figure, or a line that the one above leads to ("Yours sincerely,", "Price:")."""
    text = blocks[number].text
    above = blocks[number - 1].text.rstrip() if number else ""
    return bool(re.search(r"\d", text)) or above.endswith((",", ":")) or text.endswith((",", ":"))


def _page_like(text: str, *, is_nearest: bool = False) -> str:
    """The rule by which a short block is part of the page wherever it stands at an edge."""
    text = text.strip()
    if is_counter(text):
        return "counter"
    if text.endswith(("…", "...")) or (text.endswith(("!", "！")) and not is_nearest):
        return "exclamation or waiting note"
    if text.startswith(("©", "(c)")):
        return "copyright note"
    if not any(character.isalnum() for character in text):
        return "no letters"
    if len(_BAR.findall(text)) >= 2 and all(words(part) <= 3 for part in _BAR.split(text)):
        return "navigation bar"
    return ""
