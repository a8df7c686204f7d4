"""Files, folders and pasted text → Documents, without what belongs to the page only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa.accounts import Account, LeftOut
from qa.datatypes import Document, Dropped, Page, Section
from qa.documents.blocks import (
    Block,
    begins_with_questions,
    labels_with_values,
    mark_headings,
    plain_blocks,
)
from qa.documents.boilerplate import remove_boilerplate
from qa.documents.encodings import clean_text, printable
from qa.documents.formats.registry import Parsed, readable_name
from qa.documents.identity import document_id
from qa.documents.table_rows import Table, tables_of
from qa.documents.words import count_words
from qa.languages import any_of

_UNTITLED = any_of(lambda language: language.page_words.untitled if language.page_words else ())
_JUNK_TITLE = re.compile(
    rf"(?i){_UNTITLED}|\(.*\)|microsoft \w+ - .*|(?:[a-z]:|file:)?(?:[/\\]+[^/\\]+)+"
    r"|.*\.\w{2,5}|.{200,}"
)
"""Titles that programs set: none, one in brackets, with a counter, a path, a file's name."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a file or text: its document, None where no text is left; what was left out
    of it; the account of its words; and the tables in the document's text."""

    document: Document | None
    dropped: tuple[Dropped, ...]
    account: Account
    tables: tuple[Table, ...] = ()


def from_text(name: str, text: str) -> Finished:
    """What a pasted text becomes.

    >>> note = from_text("note", "The Zorblax runs at 42 volts.")
    >>> note.document.title, note.document.text, note.dropped, note.account.read
    ('note', 'The Zorblax runs at 42 volts.', (), 6)
    """
    source = printable(name.strip()) or "pasted text"
    words = count_words(text)
    blocks = plain_blocks(clean_text(text))
    return finish(Parsed(source, "", blocks, counted=(words, words, 0)), frozenset())


def finish(parsed: Parsed, repeated: frozenset[str]) -> Finished:
    """What a file's blocks become: furniture is removed, headings and title are found, and the
    blocks are joined to one text."""
    kept, removed = remove_boilerplate(parsed.blocks, parsed.source, repeated)
    dropped = (*parsed.dropped, *removed)
    blocks = labels_with_values(mark_headings(kept))
    if not any(block.text.strip() for block in blocks):
        return Finished(None, dropped, _account(parsed, removed, ""))
    title = "" if _JUNK_TITLE.fullmatch(parsed.title) else parsed.title
    title = title or _first_heading(blocks) or readable_name(parsed.source)
    text, sections, pages, tables = _assemble(blocks)
    identity = document_id(parsed.source, title, text)
    document = Document(identity, title, text, parsed.source, sections, pages)
    return Finished(document, dropped, _account(parsed, removed, text), tables)


def _account(parsed: Parsed, removed: Sequence[Dropped], text: str) -> Account:
    """The account of a file's words; `removed`: the furniture, all of which was read before."""
    dropped = [*parsed.dropped, *removed]
    words: Counter[str] = Counter()
    for each in dropped:
        words[each.rule] += count_words(each.text)
    pieces = Counter(each.rule for each in dropped)
    left_out = tuple(LeftOut(rule, number, pieces[rule]) for rule, number in words.most_common())
    parts = ((note.source.removeprefix(parsed.source), note.reason) for note in parsed.notes)
    unread = tuple(f"{part} {reason}".strip() for part, reason in parts)
    if parsed.counted is None:
        return Account(parsed.source, None, count_words(text), 0, left_out, unread)
    in_file, read, missing = parsed.counted
    read = max(0, read - sum(count_words(each.text) for each in removed))
    return Account(parsed.source, in_file, read if text else 0, missing, left_out, unread)


def _first_heading(blocks: Sequence[Block]) -> str:
    """The heading that names the document: the first block, or else its only top heading.

    A first heading below the top names the whole only where no other stands beside it.
    """
    top = [block.text for block in blocks if block.level == 1]
    first, others = blocks[0].level, [block.level for block in blocks[1:] if block.level]
    above_all = first == 1 or all(level > first for level in others)
    if first and above_all and not begins_with_questions(blocks):
        return blocks[0].text
    return top[0] if len(top) == 1 else ""


def _assemble(
    blocks: Sequence[Block],
) -> tuple[str, tuple[Section, ...], tuple[Page, ...], tuple[Table, ...]]:
    """Joins blocks with a blank line; sections, pages and rows are places in the joined text."""
    starts: list[int] = []
    length = 0
    for block in blocks:
        starts.append(length)
        length += len(block.text) + 2
    text = "\n\n".join(block.text for block in blocks)
    heads = [n for n, block in enumerate(blocks) if block.level]
    ends = [*(starts[n] for n in heads[1:]), len(text)]
    path: list[tuple[int, str]] = []
    sections: list[Section] = []
    for number, end in zip(heads, ends, strict=False):
        path = [each for each in path if each[0] < blocks[number].level]
        path.append((blocks[number].level, blocks[number].text))
        sections.append(Section(starts[number], end, tuple(heading for _, heading in path)))
    pages = _pages(blocks, starts, len(text))
    return text, tuple(sections), pages, tables_of(blocks, starts)


def _pages(blocks: Sequence[Block], starts: Sequence[int], length: int) -> tuple[Page, ...]:
    """Ranges of pages: each begins with a block, or where a block goes on on it."""
    begins: list[tuple[int, int]] = []
    for block, start in zip(blocks, starts, strict=True):
        turned = [(block.turn[1], start + block.turn[0])] if block.turn else []
        for number, at in [(block.page, start), *turned]:
            if number is not None and (not begins or begins[-1][0] != number):
                begins.append((number, at))
    ends = [*(at for _, at in begins[1:]), length]
    return tuple(Page(number, at, end) for (number, at), end in zip(begins, ends, strict=False))
