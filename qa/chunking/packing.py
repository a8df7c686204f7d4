"""Sizes: cuts what is too long for a passage and packs the rest into passages. Pure.

Of all ways of packing whole units under a limit the one with the least Σ(1 - fill)² is
taken, plus a price for every break inside a paragraph; so passages come out about equally
full and end with a paragraph where they can. The method is that of Knuth & Plass,
"Breaking paragraphs into lines" (1981), with sentences for words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.chunking.tokenizer import Tokenizer

Span = tuple[int, int]

CHARACTERS_PER_TOKEN = 12
"""A passage holds at most this many characters per token of its limit: BERT tokenizers make
one unknown token of any word over 100 characters, so tokens alone do not bound a text."""

BATCH = 1024
_BREAK_IN_PARAGRAPH = 0.5
_BREAK_AT_LINE = 0.25
_BREAK_AFTER_HEADING = 1e6
_LOST_OVERLAP = 0.5
_AFTER_CLAUSE = re.compile(r"[,;:](?=\s)|[、，；：]")
_AFTER_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is never divided again: a sentence, or a piece of one too long for a passage."""

    start: int
    end: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Limit:
    """The upper size of a passage in tokens and in characters."""

    tokens: int

    @property
    def characters(self) -> int:
        """The limit in characters, white space included."""
        return self.tokens * CHARACTERS_PER_TOKEN


def fit(
    text: str, spans: Iterable[tuple[Span, int]], tokenizer: Tokenizer, limit: Limit
) -> list[Unit]:
    """Measures spans, each given with its own limit in tokens, and cuts those over it."""
    units: list[Unit] = []
    todo = iter(spans)
    while batch := list(islice(todo, BATCH)):
        cuts = tokenizer.token_spans([text[start:end] for (start, end), _ in batch])
        for ((start, end), most), tokens in zip(batch, cuts, strict=True):
            own = Limit(min(most, limit.tokens))
            fits = len(tokens) <= own.tokens and end - start <= own.characters
            if fits or end - start <= 1:
                units.append(Unit(start, end, len(tokens)))
                continue
            starts = [start + token[0] for token in tokens]
            pieces = between(text, _cuts(text, start, end, starts, own))
            units.extend(fit(text, ((piece, most) for piece in pieces), tokenizer, limit))
    return units


def pack(
    text: str, units: Sequence[Unit], glued: int, limit: Limit, overlap: int = 0
) -> list[tuple[int, int]]:
    """Index ranges of `units` that form passages, in order.

    No passage ends within the first `glued` units (headings) where that can be avoided.
    With `overlap`, a range begins up to that many units earlier, as far as they fit.
    """
    total = [0, *accumulate(unit.tokens for unit in units)]
    edges = _edges(units, glued, limit) if overlap == 0 else list(range(len(units) + 1))
    price = [_break_price(text, units, edge, glued) for edge in edges[:-1]]
    best = [0.0]
    chosen = [(0, 0)]  # of the best last run: its edge, and its first unit with overlap
    for number in range(1, len(edges)):
        last = edges[number]
        low = total[last] - limit.tokens
        begin_at = units[last - 1].end - limit.characters
        least, choice = float("inf"), (number - 1, edges[number - 1])
        for edge in range(number - 1, -1, -1):
            first = edges[edge]
            if (total[first] < low or units[first].start < begin_at) and edge < number - 1:
                break
            wanted = max(min(glued, first), first - overlap)
            begin = wanted
            while begin < first and (total[begin] < low or units[begin].start < begin_at):
                begin += 1
            empty = max(0.0, (total[begin] - low) / limit.tokens)
            cost = best[edge] + price[edge] + empty * empty + _LOST_OVERLAP * (begin - wanted)
            if cost < least:
                least, choice = cost, (edge, begin)
        best.append(least)
        chosen.append(choice)
    ranges: list[tuple[int, int]] = []
    number = len(edges) - 1
    while number > 0:
        edge, begin = chosen[number]
        ranges.append((begin, edges[number]))
        number = edge
    return ranges[::-1]


def _edges(units: Sequence[Unit], glued: int, limit: Limit) -> list[int]:
    """Where passages may begin: anywhere but between tiny units, which only cost time.

    Neighbours stay together up to a sixteenth of the limit. Ends with `len(units)`.
    """
    tokens, characters = limit.tokens // 16, limit.characters // 16
    edges: list[int] = []
    taken = start = 0
    for number, unit in enumerate(units):
        taken += unit.tokens
        if number <= glued or taken > tokens or unit.end - start > characters:
            edges.append(number)
            taken, start = unit.tokens, unit.start
    return [*edges, len(units)]


def halve(units: Sequence[Unit]) -> int:
    """Where to divide a run of two or more units so that both parts weigh about the same.

    >>> halve([Unit(0, 4, 4), Unit(5, 6, 1), Unit(7, 9, 3)])
    1
    """
    total = [0, *accumulate(unit.tokens for unit in units)]
    return min(range(1, len(units)), key=lambda at: abs(2 * total[at] - total[-1]))


def _break_price(text: str, units: Sequence[Unit], number: int, glued: int) -> float:
    """What it costs to begin a passage with this unit."""
    if number == 0:
        return 0.0
    if number <= glued:
        return _BREAK_AFTER_HEADING
    gap = text[units[number - 1].end : units[number].start]
    lines = gap.count("\n")
    return 0.0 if lines > 1 else _BREAK_AT_LINE if lines else _BREAK_IN_PARAGRAPH


def _cuts(text: str, start: int, end: int, tokens: Sequence[int], limit: Limit) -> list[int]:
    """Positions that divide a text into about equal pieces within the limit, ends included.

    `tokens` are the positions at which its tokens begin.
    """
    cuts = [start]
    while True:
        at = cuts[-1]
        done = bisect_left(tokens, at)
        left = len(tokens) - done
        by_tokens = -(-left // limit.tokens)
        by_characters = -(-(end - at) // limit.characters)
        if max(by_tokens, by_characters) <= 1:
            return [*cuts, end]
        hard = at + limit.characters
        if done + limit.tokens < len(tokens):
            hard = min(hard, tokens[done + limit.tokens])
        if by_tokens >= by_characters:
            ideal = tokens[done - (-left // by_tokens)]
        else:
            ideal = at - (-(end - at) // by_characters)
        cuts.append(_cut_near(text, at, min(ideal, hard), min(hard, end), tokens))


def _cut_near(text: str, start: int, ideal: int, hard: int, tokens: Sequence[int]) -> int:
    """The best place to cut between `start` and `hard`: after a clause, a space, a token."""
    low = start + max(1, (ideal - start) * 7 // 10)
    for pattern in (_AFTER_CLAUSE, _AFTER_SPACE):
        found = [low + match.end() for match in pattern.finditer(text[low:hard])]
        found = [at for at in found if breakable(text, at)]
        if found:
            return min(found, key=lambda at: abs(at - ideal))
    at_tokens = tokens[bisect_left(tokens, low) : bisect_left(tokens, hard + 1)]
    found = [at for at in at_tokens if breakable(text, at)]
    if found:
        return min(found, key=lambda at: abs(at - ideal))
    for at in chain(range(ideal, start, -1), range(ideal + 1, hard + 1)):
        if breakable(text, at):
            return at
    return max(start + 1, hard)  # a single "character" over the limit


def between(text: str, cuts: Sequence[int]) -> list[Span]:
    """The ranges between neighbouring cuts, trimmed, without empty ones."""
    spans = (trim(text, a, b) for a, b in pairwise(cuts))
    return [span for span in spans if span[0] < span[1]]


def trim(text: str, start: int, end: int) -> Span:
    """The range without the white space at its ends."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + max(left, len(piece.rstrip())))


def breakable(text: str, at: int) -> bool:
    """Whether a reader sees two characters there, not the inside of one (grapheme).

    >>> breakable("ab", 1), breakable("e\\u0301", 1), breakable("👩\\u200d🚀", 1)
    (True, False, False)
    """
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if after < "\u0300":
        return not (before == "\u200d" or (before == "\r" and after == "\n"))
    if _is_flag_letter(after):  # two letters make a flag
        run = at
        while run > 0 and at - run < 1000 and _is_flag_letter(text[run - 1]):
            run -= 1
        return (at - run) % 2 == 0
    joins = (
        "\u200d" in (before, after)
        or after == "\u200c"
        or "\u1160" <= after <= "\u11ff"  # Hangul vowels and finals that were not composed
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= after <= "\U000e007f"  # tags
        or unicodedata.category(after) in ("Mn", "Mc", "Me")
    )
    return not joins


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
