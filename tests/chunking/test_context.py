"""What goes before a text when it is embedded, and that a heading is no answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from toy_encoder import ToyTokenizer

from qa.chunking.context import (
    CONTEXT_TOKENS,
    context,
    contextual,
    cut_context,
    prefix_of,
    without_headings,
)
from qa.chunking.passages import chunk
from qa.datatypes import Document, Page, Passage, Section, Sentence


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Tea", "Teapots are made of clay.", "Tea"),
        ("Tea", "Tea is a drink.", ""),
        ("TEA", "tea: a drink.", ""),
        ("Tea", "## Tea\n\nA drink.", ""),
        ("C", "C++ is a language.", ""),
        ("Chapter 1", "Chapter 12 begins.", "Chapter 1"),
    ],
)
def test_a_title_is_left_out_only_where_the_text_begins_with_the_same_words(
    title: str, text: str, expected: str
) -> None:
    assert context(title, [], text) == expected


def test_headings_that_the_text_begins_with_are_left_out_one_after_the_other() -> None:
    text = "# Guide\n\nRefunds\n=======\n\nWithin a week."
    assert context("Guide", ["Refunds"], text) == ""
    assert context("Guide", ["Refunds", "How"], text) == "How"
    assert context("Guide", ["Refunds", "How"]) == "Guide. Refunds. How"


def test_a_heading_is_said_once_and_keeps_its_own_end() -> None:
    assert context(" Why? ", ["Why?", "Costs:", "", "Fees"], "Ten.") == "Why? Costs: Fees"
    assert contextual("Why?", "Ten.") == "Why? Ten."
    assert contextual("Fees", "Ten.") == "Fees. Ten."


def test_a_sentence_gets_the_headings_that_its_passage_begins_with() -> None:
    document = Document("d", "Guide", "Refunds\n\nA week.", "d.txt")
    passage = Passage("d:0-16", "d", 0, 16, document.text, headings=("Refunds",))
    before = prefix_of(document, passage, ToyTokenizer())
    assert (before.passage, before.sentence) == ("Guide", "Guide. Refunds")


def test_context_is_cut_at_a_token() -> None:
    long = " ".join(f"word{n}" for n in range(100))
    cut = cut_context(long, ToyTokenizer())
    assert cut.split() == [f"word{n}" for n in range(CONTEXT_TOKENS)]
    assert cut_context("short title", ToyTokenizer()) == "short title"


def test_headings_are_no_answers() -> None:
    text = "Refunds\nThirty days."
    document = Document("d", "Shop", text, "shop.txt", (Section(0, 20, ("Refunds",)),))
    heading, body = Sentence(0, 7, "Refunds"), Sentence(8, 20, "Thirty days.")
    passage = Passage("d:0-20", "d", 0, 20, text, (heading, body))
    alone = Passage("d:0-7", "d", 0, 7, "Refunds", (heading,))
    first, second = without_headings(document, [passage, alone])
    assert first.sentences == (body,)
    assert second == alone


class Counted(tuple[Any, ...]):
    """A tuple that counts how often one of its items is looked at."""

    looks = 0

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            self.looks += 1
            yield item

    def __getitem__(self, at: Any) -> Any:
        self.looks += 1
        return super().__getitem__(at)


def test_many_headings_and_pages_are_not_gone_through_again_for_each_passage() -> None:
    """Each section is looked at a few times; a page is found among n in log2(n) steps."""
    count = 1000
    parts = [f"Head {n}\n\nBody {n}.\n\n" for n in range(count)]
    starts = [sum(map(len, parts[:n])) for n in range(count + 1)]
    ranges = list(pairwise(starts))
    sections = Counted(Section(a, b, (f"Head {n}",)) for n, (a, b) in enumerate(ranges))
    pages = Counted(Page(n + 1, a, b) for n, (a, b) in enumerate(ranges))
    document = Document("d", "T", "".join(parts), "d.pdf", sections, pages)
    passages = chunk(document, ToyTokenizer(), max_tokens=50)
    assert [p.page for p in without_headings(document, passages)] == list(range(1, count + 1))
    assert sections.looks <= 5 * count
    assert pages.looks <= 15 * count
