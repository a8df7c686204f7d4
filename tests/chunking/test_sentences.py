"""Sentence ends, and what is no end of a sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_encoder import ToyTokenizer

from qa.chunking.passages import chunk
from qa.chunking.sentences import records, split_sentences
from qa.datatypes import Document


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text, 0, len(text), "en")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See e.g. this one. It works.", ["See e.g. this one.", "It works."]),
        ("Dr. Ode came. Mr. X left.", ["Dr. Ode came.", "Mr. X left."]),
        ("compared toBPOs.. And last.", ["compared toBPOs..", "And last."]),
        ("你好。再见！", ["你好。", "再见！"]),
        ("Good 👩‍🚀 day. So é was.", ["Good 👩‍🚀 day.", "So é was."]),
        ("A line that was wrapped in the\nmiddle of it.", None),
        ("Title\n\nBody text.", ["Title", "Body text."]),
        ("# Head\nBody text.", ["# Head", "Body text."]),
        (
            "Needed:\n- one egg\n- two spoons\n  of oil",
            ["Needed:", "- one egg", "- two spoons\n  of oil"],
        ),
        ("It has the GF.LLA.4433. It is new.", ["It has the GF.LLA.4433.", "It is new."]),
        ("| 1557.L53.CF | motor |", ["| 1557.L53.CF | motor |"]),
        ("At the end.Then more.", ["At the end.", "Then more."]),
        ("a.b 4.", ["a.b 4."]),  # a line that begins with a point behind its first letter
        ("x\na.b 4.", None),
        ("1. First\n2. Second", ["1. First", "2. Second"]),
        ("- one egg\n- two spoons\n- three pans", ["- one egg", "- two spoons", "- three pans"]),
        ("Refund period: 30 days\nShipping: free", ["Refund period: 30 days", "Shipping: free"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |\n|---|---|", "| 1 | 2 |"]),
        ("", []),
        (" \n\t\n ", []),
        ("No end", ["No end"]),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    assert sentences(text) == ([text] if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # Wrapped: goes on in lower case, however short the line.
        ("A short\nline.", 1),
        # Or the line is long: 25 characters at least, and 60 % of the widest beside it.
        ("The river Elbe flows from\nBohemia.", 1),
        ("The river Elbe runs from\nBohemia.", 2),
        ("The river Elbe flows from   \nBohemia.", 1),
        ("The river Elbe runs from \nBohemia.", 2),
        (
            "The river Elbe flows from\n" + "Bohemia, which is a country of its own ag",
            1,
        ),  # 41: 24.6
        (
            "The river Elbe flows from\n" + "Bohemia, which is a country of its own aga",
            2,
        ),  # 42: 25.2
        # A heading, a row of a table, an item, a key and its value are no wrapped lines.
        ("# A heading that is very long\nand text", 2),
        ("  ## A heading that is very long\nand text", 2),
        ("| a long row | of a table | here |\nand text", 2),
        (" | a long row | of a table | here |\nand text", 2),
        ("A long line before these items\n- one item", 2),
        ("A long line before these values\nprice: 30 euros", 2),
    ],
)
def test_where_a_line_goes_on(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def joined(text: str) -> list[str]:
    """The records of a text."""
    spans = split_sentences(text, 0, len(text), "en")
    return [text[spans[a][0] : spans[b - 1][1]] for a, b in records(text, spans)]


OLAV, TONE = "Name: Olav Lie\nPlot: 14\nWater: yes", "Name: Tone Dahl\nPlot: 22\nWater: no"
LONG = "\n".join(f"Field {n}: of this record" for n in range(9))  # 9 times 5 words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OLAV, [OLAV]),
        (f"{OLAV}\n\n{TONE}", [OLAV, TONE]),
        (f"{OLAV}\n{TONE}", [OLAV, TONE]),  # a label that comes again begins the next one
        ("Name:\nOlav Lie\nPlot:\n14", ["Name:\nOlav Lie\nPlot:\n14"]),
        ("名前：太郎\n区画：14", ["名前：太郎\n区画：14"]),
        ("Name\tOlav Lie\nPlot\t14", ["Name\tOlav Lie\nPlot\t14"]),
        (f"Members\n{OLAV}\nThe end", [OLAV]),
        (LONG, []),  # the only one of its kind, and long
        (f"{LONG}\n\n{LONG}", [LONG, LONG]),
        ("- Name: Olav\n- Plot: 14", []),
        ("Name: Olav\n\nPlot: 14", []),
        ("Rent: what you pay for the plot.\nFine: what you pay when late.", []),
        ("Name: Olav Lie", []),
    ],
)
def test_lines_of_one_record(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name:\nOlav Lie\nPlot:\n14", ["Name:\nOlav Lie", "Plot:\n14"]),
        ("Name:\nPlot:\n14", ["Name:", "Plot:\n14"]),
        ("Bring:\n- a key", ["Bring:", "- a key"]),
        ("Name:\n\nOlav Lie", ["Name:", "Olav Lie"]),
    ],
)
def test_a_label_goes_with_the_line_below(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_three_wrapped_lines_are_one_sentence() -> None:
    text = "It was\nwrapped\ntwice. And\nonce more."
    assert sentences(text) == ["It was\nwrapped\ntwice.", "And\nonce more."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Great!\n🙂", ["Great!\n🙂"]),
        ("Great!\n\n🙂", ["Great!", "🙂"]),
        ("* * *\n\nText.", ["* * *", "Text."]),
        ("Great!\n🙂\n🙂\nYes.", ["Great!\n🙂\n🙂", "Yes."]),
        ("1) One. Two.", ["1) One.", "Two."]),
        ("a. One. Two.", ["a. One.", "Two."]),
        ("Yes.\u0301\u0302 No.", ["Yes.\u0301\u0302", "No."]),
    ],
)
def test_what_has_no_words_is_no_sentence_of_its_own(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_only_the_range_that_was_asked_for() -> None:
    text = "One is out. Two is in. Three is out."
    start, end = text.index("Two"), text.index(" Three")
    assert split_sentences(text, start, end, "en") == [(start, end)]
    assert split_sentences("A b. C d.\nE f.", 0, 4, "en") == [(0, 4)]


def test_abbreviations_are_those_of_the_language() -> None:
    text = "Es kam bzw. Anna ging."
    assert split_sentences(text, 0, len(text), "de") == [(0, len(text))]
    assert split_sentences(text, 0, len(text), "en") == [(0, 11), (12, len(text))]
    assert (
        len(chunk(Document("d", "", text, "d"), ToyTokenizer(), max_tokens=7, language="de")) == 1
    )


def test_an_unknown_language_still_splits() -> None:
    assert len(split_sentences("Ein Satz. Noch einer.", 0, 21, "xx")) == 2


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('ab.!?\n -1😀\u0301\u200d字。\t|:"('), max_size=80))
def test_sentences_leave_only_whitespace_between(text: str) -> None:
    spans = split_sentences(text, 0, len(text), "en")
    at = 0
    for start, end in spans:
        assert start >= at
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip() != ""
        assert not re.search(r"\n[ \t]*\n", text[start:end])
        at = end
    assert text[at:].strip() == ""
