"""The dialog with a whole document, and the tab around it, with a service made for the test."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from qa.datatypes import Answer, Document, Page
from qa.errors import IndexMissingError, InputError
from qa.page.highlights import Marked, pieces
from qa.page.html import reader
from qa.page.tabs import ask

EVIL = "<script>alert(1)</script>"
TEXT = f"Tea\n{EVIL} is hot. Drink it."


class Shelf:
    """A service of one document."""

    def __init__(self) -> None:
        self.shelf = Document("d1", EVIL, TEXT, "a/b.pdf", (), (Page(4, 0, len(TEXT)),))
        self.asked: list[tuple[str, int, tuple[str, ...]]] = []
        self.recorded: list[str] = []
        self.settings = SimpleNamespace(feedback=True, documents_tab=True)
        self.error: Exception | None = None
        self.feedback = self

    def document(self, identity: str) -> Document:
        if identity != "d1":
            raise InputError("There is no document with the id 'x' in the index.")
        return self.shelf

    def ask(self, question: str, *, top_k: int, sources: Any) -> Answer:
        self.asked.append((question, top_k, tuple(sources)))
        return Answer(question, None, 0.0, (), "g2")

    def retriever(self) -> SimpleNamespace:
        return SimpleNamespace(generation="g1")

    def record(self, answer: Answer) -> None:
        self.recorded.append(answer.question)

    def examples(self, count: int) -> list[str]:
        if self.error:
            raise self.error
        return ["What is <tea>?"][:count]

    def documents(self) -> list[Any]:
        return [SimpleNamespace(source="a/b.pdf"), SimpleNamespace(source='"c".txt')]


@pytest.fixture
def shelf() -> Any:
    return Shelf()


def test_the_dialog_marks_escapes_and_tells_pages(shelf: Any) -> None:
    end = len(TEXT)
    dialog = reader.read(shelf, json.dumps([1, [["d1", 4, end, end - 9, end], ["x", 0, 1, 0, 1]]]))
    assert "<script" not in dialog
    assert "<mark>Drink it.</mark>" in dialog
    assert 'id="qa-hit-1"' in dialog
    assert '<span class="qa-page">Page 4</span>' in dialog
    assert "Hit 1 of 2" in dialog


@pytest.mark.parametrize(
    "wanted",
    ["", "null", "7", "[]", '[1, [["d1"]]]', '[9, [["d1",0,1,0,1]]]', '[1, [["d1",0,999,0,1]]]',
     '[1, [["x",0,1,0,1]]]', '["1", []]', '[[], [["d1",0,1,0,1]]]', '[1, [["d1","a",1,0,1]]]'],
)  # fmt: skip
def test_what_cannot_be_shown_is_said_in_the_dialog(shelf: Any, wanted: str) -> None:
    dialog = reader.read(shelf, wanted)
    assert dialog.startswith("<dialog")
    assert 'role="alert"' in dialog
    assert "Something went wrong" not in dialog


def test_a_mark_over_a_heading_keeps_both() -> None:
    document = Document("d", "Tea", "Tea is hot.", "s")
    shown = reader.reader_html(document, pieces(document, [Marked(1, 0, 11, 0, 11)]), 1, 1)
    assert "<mark>Tea is hot.</mark>" in shown


def test_a_link_asks_what_it_says(shelf: Any) -> None:
    card = ask.answered(shelf, "?q=Tea+%26+milk&k=3&in=a&in=*.txt&g=g1")
    assert shelf.asked == [("Tea & milk", 3, ("a", "*.txt"))]
    assert "The index has changed since this link was made." in card
    assert 'data-link="?q=Tea+%26+milk&amp;k=3&amp;in=a&amp;in=%2A.txt&amp;g=g2"' in card
    assert shelf.recorded == ["Tea & milk"]


def test_a_question_that_is_only_reopened_is_not_kept_as_asked_again(shelf: Any) -> None:
    _, card = ask.reopened(shelf, "?q=Tea")
    assert "Something went wrong" not in card
    assert shelf.asked
    assert shelf.recorded == []


def test_an_address_without_a_question_leaves_the_page_alone(shelf: Any) -> None:
    question, card = ask.opened(shelf, "?__theme=dark")
    assert question["__type__"] == card["__type__"] == "update"
    assert ask.reopened(shelf, "") == ("", ask.live(""))
    assert shelf.asked == []


def test_an_address_that_makes_no_sense_is_told(shelf: Any) -> None:
    for found in (ask.opened, ask.reopened):
        question, card = found(shelf, "?q=tea&k=0")
        assert question == ""
        assert "ask for 1 to 50" in card


def test_examples_and_scopes_are_escaped(shelf: Any) -> None:
    assert ">What is &lt;tea&gt;?</button>" in ask.examples_html(shelf)
    listed = ask.scopes_html(shelf)
    assert [part.split('"')[0] for part in listed.split('<option value="')[1:]] == [
        "a/",
        "a/b.pdf",
        "&quot;c&quot;.txt",
    ]
    shelf.error = IndexMissingError("There is none.")
    assert "There is no index yet" in ask.examples_html(shelf)
