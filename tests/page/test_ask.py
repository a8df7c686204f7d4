"""The tab "Ask": what is asked gets a card, and every error a notice."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from fake_service import (
    EVIL,
    EVIL_ESCAPED,
    answer,
    hit,
)

from qa.datatypes import (
    Passage,
)
from qa.errors import (
    BuildError,
    IndexMissingError,
)
from qa.page.html import elements as markup
from qa.page.tabs import ask


def test_folded_duplicates_are_named(service: Any) -> None:
    copies = (Passage("a", "d2", 5, 67, "…", page=2), Passage("b", "gone", 1, 2, "…"))
    service.reply = answer(hit(duplicates=copies))
    card = ask.answered(service, "How is tea picked?")
    assert (
        "Also in copies/&lt;b&gt;.txt (page 2, characters 5–67); "
        "another document (characters 1–2)" in card
    )


@pytest.mark.parametrize("question", ["", "   ", "\n\t\u3000", "?" * 10_000, "\0"])
def test_a_question_that_cannot_be_asked_gets_a_notice(service: Any, question: str) -> None:
    card = ask.answered(service, question)
    assert 'role="alert"' in card
    assert "question" in card
    assert "qa-card" not in card


def test_our_errors_are_shown_as_their_sentence(service: Any) -> None:
    service.reply = BuildError("The index <b>is</b> damaged.")
    card = ask.answered(service, "How?")
    assert "The index &lt;b&gt;is&lt;/b&gt; damaged." in card
    assert 'role="alert"' in card


def test_a_missing_index_says_what_to_do(service: Any) -> None:
    service.reply = IndexMissingError("There is no index in /secret/place.")
    card = ask.answered(service, "How?")
    assert "There is no index yet" in card
    assert "Add and rebuild" in card
    assert "/secret" not in card


def test_an_unexpected_error_is_logged_and_not_shown(
    service: Any, caplog: pytest.LogCaptureFixture
) -> None:
    service.reply = ZeroDivisionError("secret detail")
    with caplog.at_level(logging.ERROR, logger="qa.page"):
        card = ask.answered(service, "How?")
    assert "Something went wrong" in card
    assert "secret" not in card
    assert "Traceback" not in card
    assert caplog.records[0].exc_info is not None
    assert "secret detail" in caplog.text


def test_a_notice_is_escaped() -> None:
    assert markup.notice(EVIL, advice=EVIL).count(EVIL_ESCAPED) == 2


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
