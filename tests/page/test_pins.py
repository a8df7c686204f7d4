"""The part "Pinned questions": what is pinned, and how the live index does on it."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.datatypes import Answer
from qa.page.tabs.pins import PinResults

KETTLE = "How long is the warranty of the kettle?"


class CountingService(Service):
    """Counts the questions that it is asked."""

    asks = 0

    def ask(self, question: str, **options: Any) -> Answer:
        self.asks += 1
        return super().ask(question, **options)


@pytest.fixture
def counting(settings: Settings) -> CountingService:
    build_toy(settings)
    return CountingService(settings, encoder=ToyEncoder())


def test_a_question_is_pinned_and_tried_at_once(counting: CountingService) -> None:
    table, question, expected = PinResults(counting).pin(KETTLE, "three years")
    assert KETTLE in table
    assert "Passes" in table
    assert (question, expected) == ("", "")


def test_what_cannot_be_pinned_is_said_and_the_fields_stay(counting: CountingService) -> None:
    table, question, expected = PinResults(counting).pin(" ", "x")
    assert 'role="alert"' in table
    assert "Write one below" in table
    assert question["__type__"] == expected["__type__"] == "update"


def test_unpinning_and_showing_the_table_ask_nothing(counting: CountingService) -> None:
    for number in range(5):
        counting.pins.add(f"Question number {number}?", [])
    results = PinResults(counting)
    assert results.table().count("Not tried") == 5
    table = results.unpin("Question number 3?")
    assert "Question number 2?" in table
    assert "Question number 3?" not in table
    assert "is not pinned" in results.unpin("Question number 3?")
    assert counting.asks == 0


def test_each_question_is_tried_once_for_each_generation(counting: CountingService) -> None:
    counting.pins.add(KETTLE, ["three years"])
    counting.pins.add("Who won the world cup?", ["Brazil"])
    results = PinResults(counting)
    table = results.tried()
    assert (table.count("Passes"), table.count("Fails"), counting.asks) == (1, 1, 2)
    assert results.tried() == table
    assert counting.asks == 2
    build_toy(counting.settings, [("notes", "Nothing is told here of any kettle.")])
    assert results.table().count("Not tried") == 2
    assert results.tried().count("Fails") == 2
    assert counting.asks == 4


def test_without_an_index_the_pins_are_shown_untried(settings: Settings) -> None:
    service = Service(settings, encoder=ToyEncoder())
    service.pins.add(KETTLE, ["three years"])
    assert "Not tried" in PinResults(service).tried()
