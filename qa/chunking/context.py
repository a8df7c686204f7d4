"""Title and headings, put before a passage and its sentences when they are embedded. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.datatypes import Document, Passage

if TYPE_CHECKING:
    from qa.chunking.tokenizer import Tokenizer


CONTEXT_TOKENS = 48
"""Title and headings put before a text when it is embedded are cut to this many tokens."""


SPECIAL_TOKENS = 2


@dataclass(frozen=True, slots=True)
class Prefix:
    """Title and headings as put before a passage (which may begin with its own heading) and
    before its sentences."""

    passage: str
    sentence: str


def contextual(prefix: str, text: str) -> str:
    """The text that is embedded for a passage or sentence: its headings before it.

    >>> contextual("Refunds. Deadlines", "Thirty days."), contextual("", "Thirty days.")
    ('Refunds. Deadlines. Thirty days.', 'Thirty days.')
    """
    if not prefix:
        return text
    stop = " " if prefix[-1] in ".!?:" else ". "
    return f"{prefix}{stop}{text}"


def cut_context(prefix: str, tokenizer: Tokenizer) -> str:
    """`prefix` cut to CONTEXT_TOKENS tokens."""
    spans = tokenizer.token_spans([prefix])[0]
    return prefix if len(spans) <= CONTEXT_TOKENS else prefix[: spans[CONTEXT_TOKENS - 1][1]]


def prefix_of(document: Document, passage: Passage, tokenizer: Tokenizer) -> Prefix:
    """What goes before a passage and before its sentences, cut to CONTEXT_TOKENS tokens."""
    return Prefix(
        cut_context(context(document.title, passage.headings, passage.text), tokenizer),
        cut_context(context(document.title, passage.headings), tokenizer),
    )


def without_headings(document: Document, passages: Iterable[Passage]) -> Iterator[Passage]:
    """A document's passages with the heading lines taken off their sentences: no heading answers.

    A passage keeps them where it has nothing else.
    """
    headings = {section.start for section in document.sections if section.path}
    for passage in passages:
        below = tuple(s for s in passage.sentences if s.start not in headings)
        yield replace(passage, sentences=below) if below else passage


def context(title: str, headings: Sequence[str], text: str = "") -> str:
    """The title and headings that `text` does not begin with itself, for embedding.

    >>> context("Almanac", ["Weather", "May"], "It rained.")
    'Almanac. Weather. May'
    >>> context("Tea", ["Why?"], "# Why?\\n\\nBecause."), context("Tea", [], "Teapots pour.")
    ('Tea', 'Tea')
    """
    rest = text.lstrip("# \n").casefold()
    parts: list[str] = []
    for part in (title.strip(), *headings):
        folded = part.casefold()
        if part and rest.startswith(folded) and not rest[len(folded) :][:1].isalnum():
            rest = rest[len(folded) :].lstrip("#=- \n")
        elif part and part not in parts:
            parts.append(part)
    ended = [part if part[-1] in ".!?:…。！？" else part + "." for part in parts[:-1]]
    return " ".join([*ended, *parts[-1:]])
