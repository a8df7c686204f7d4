"""Sentence ends, and what is no end of a sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.chunking.sentences import split_sentences


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
        ("1. First\n2. Second", ["1. First", "2. Second"]),
        ("Refund period: 30 days\nShipping: free", ["Refund period: 30 days", "Shipping: free"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |\n|---|---|", "| 1 | 2 |"]),
        ("", []),
        (" \n\t\n ", []),
        ("No end", ["No end"]),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    assert sentences(text) == ([text] if expected is None else expected)


def test_only_the_range_that_was_asked_for() -> None:
    text = "One is out. Two is in. Three is out."
    start, end = text.index("Two"), text.index(" Three")
    assert split_sentences(text, start, end, "en") == [(start, end)]


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
