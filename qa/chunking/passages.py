"""Documents → passages and sentences, every one an exact range of the document's text. Pure.

Sentence ends are found by sentencex; how they are packed, see `qa.chunking.packing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.chunking.origin import headings_below, page_at
from qa.chunking.packing import (
    BATCH,
    CHARACTERS_PER_TOKEN,
    Limit,
    Span,
    Unit,
    between,
    fit,
    halve,
    pack,
    trim,
)
from qa.chunking.sentences import records, split_sentences
from qa.datatypes import Document, Passage, Section, Sentence

if TYPE_CHECKING:
    from qa.chunking.tokenizer import Tokenizer


@dataclass(frozen=True, slots=True)
class _Region:
    """Text under one heading chain: `heads` are the heading lines, `start` … `end` the body."""

    heads: tuple[Span, ...]
    start: int
    end: int
    path: tuple[str, ...]


def chunk(
    document: Document,
    tokenizer: Tokenizer,
    *,
    max_tokens: int,
    overlap_sentences: int = 0,
    language: str = "en",
) -> list[Passage]:
    """Passages of a document, in order, of at most `max_tokens` tokens (specials not counted).

    Every character but whitespace lies in at least one passage. A passage stays within its
    section; a heading goes with the text under it, together with headings directly above.
    A record of short lines "label: value" counts as one sentence.
    A sentence over the limit is cut, at a comma or space where there is one; its pieces
    count as sentences. `overlap_sentences` sentences of the passage before are repeated
    where they fit. Needs time in proportion to the text.
    """
    text, limit = document.text, Limit(max_tokens)
    regions = list(_regions(document))
    heads = _measured(text, [[(h, max_tokens) for h in r.heads] for r in regions], tokenizer, limit)
    wanted: list[list[tuple[Span, int]]] = []
    for region, head in zip(regions, heads, strict=True):
        sentences = split_sentences(text, region.start, region.end, language)
        room = [_room(head, region.start, limit)] + [max_tokens] * len(sentences)
        wanted.append(list(zip(sentences, room, strict=False)))
    bodies = _measured(text, wanted, tokenizer, limit)
    runs: list[tuple[list[Unit], _Region]] = []
    for region, head, lines in zip(regions, heads, bodies, strict=True):
        body = _with_records_whole(text, lines, Limit(_room(head, region.start, limit)))
        units = head + body
        for first, last in pack(text, units, len(head) if body else 0, limit, overlap_sentences):
            runs.append((units[first:last], region))
    return [
        _passage(document, units, region) for units, region in _within(text, runs, tokenizer, limit)
    ]


def _regions(document: Document) -> Iterator[_Region]:
    """The document's sections and what lies between them; childless headings join a child."""
    text, end = document.text, len(document.text)
    chain: tuple[Span, ...] = ()
    chain_path: tuple[str, ...] = ()
    for section in _all_sections(document.sections, end):
        start = section.start
        heads: tuple[Span, ...] = ()
        if section.path:
            line = text.find("\n", trim(text, start, section.end)[0], section.end)
            start = section.end if line < 0 else line
            heads = tuple(between(text, (section.start, start)))
        if chain and section.path[: len(chain_path)] == chain_path:
            heads = chain + heads
        elif chain:
            yield _Region(chain, section.start, section.start, chain_path)
        chain, chain_path = (), ()
        body = trim(text, start, section.end)
        if body[0] < body[1]:
            yield _Region(heads, *body, section.path)
        elif heads:
            chain, chain_path = heads, section.path
    if chain:
        yield _Region(chain, end, end, chain_path)


def _all_sections(sections: Sequence[Section], end: int) -> Iterator[Section]:
    """Sections in order, with headingless ones put where the text lies in none."""
    at = 0
    for section in sorted(sections, key=lambda section: section.start):
        start, stop = max(at, section.start), min(end, section.end)
        if start > at:
            yield Section(at, start, ())
        if stop > start:
            yield Section(start, stop, section.path)
            at = stop
    if at < end:
        yield Section(at, end, ())


def _room(heads: Sequence[Unit], body: int, limit: Limit) -> int:
    """Tokens left for the first sentence under headings, at least a quarter of the limit."""
    if not heads:
        return limit.tokens
    width = -(-(body - heads[0].start) // CHARACTERS_PER_TOKEN)
    taken = max(width, sum(unit.tokens for unit in heads))
    return max(limit.tokens - taken, limit.tokens // 4, 1)


def _with_records_whole(text: str, units: Sequence[Unit], limit: Limit) -> list[Unit]:
    """Units, those that are lines of one record as one, where it is within the limit."""
    whole, at = list[Unit](), 0
    for first, last in records(text, [(unit.start, unit.end) for unit in units]):
        start, end = units[first].start, units[last - 1].end
        tokens = sum(unit.tokens for unit in units[first:last])
        if tokens <= limit.tokens and end - start <= limit.characters:
            whole += [*units[at:first], Unit(start, end, tokens)]
            at = last
    return [*whole, *units[at:]]


def _measured(
    text: str,
    groups: Sequence[Sequence[tuple[Span, int]]],
    tokenizer: Tokenizer,
    limit: Limit,
) -> list[list[Unit]]:
    """`fit` for many groups of spans at once, since one large call is faster than many."""
    units = iter(fit(text, (span for group in groups for span in group), tokenizer, limit))
    unit = next(units, None)
    result: list[list[Unit]] = []
    for group in groups:
        own: list[Unit] = []
        while unit is not None and group and unit.start < group[-1][0][1]:
            own.append(unit)
            unit = next(units, None)
        result.append(own)
    return result


def _within(
    text: str, runs: Sequence[tuple[list[Unit], _Region]], tokenizer: Tokenizer, limit: Limit
) -> list[tuple[list[Unit], _Region]]:
    """Runs checked as whole texts: some tokenizers need more tokens for a text than for its
    sentences, and then a run is divided in two."""
    result: list[tuple[list[Unit], _Region]] = []
    for begin in range(0, len(runs), BATCH):
        batch = runs[begin : begin + BATCH]
        tokens = tokenizer.token_spans([text[u[0].start : u[-1].end] for u, _ in batch])
        for (units, region), spans in zip(batch, tokens, strict=True):
            if len(spans) <= limit.tokens or len(units) == 1:
                result.append((units, region))
            else:
                at = halve(units)
                halves = [(units[:at], region), (units[at:], region)]
                result.extend(_within(text, halves, tokenizer, limit))
    return result


def _passage(document: Document, units: Sequence[Unit], region: _Region) -> Passage:
    start, end = units[0].start, units[-1].end
    text = document.text
    return Passage(
        id=f"{document.id}:{start}-{end}",
        document_id=document.id,
        start=start,
        end=end,
        text=text[start:end],
        sentences=tuple(Sentence(u.start, u.end, text[u.start : u.end]) for u in units),
        headings=headings_below(document.title, region.path),
        page=page_at(document.pages, start),
    )
