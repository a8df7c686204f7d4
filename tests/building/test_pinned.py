"""Pinned questions: kept, tried at each build, and able to refuse one."""

from dataclasses import replace

import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder

from qa import Service
from qa.answering.judged_questions import JudgedQuestion
from qa.building.pins import MOST, Pins
from qa.errors import InputError, PinnedLostError, QAError
from qa.index.generations import IndexFolder

KETTLE = "How many years of warranty has the kettle?"


@pytest.fixture
def service(settings):
    """Pins over the toy index; its confidence means little, so everything is answered."""
    settings = replace(settings, threshold=0.0)
    build_toy(settings)
    return Service(settings, encoder=ToyEncoder())


def test_pins_are_listed_replaced_and_taken_away(service):
    assert service.pins.all() == ()
    service.pins.add(f"  {KETTLE} ", ["three years"])
    service.pins.add("Who is the queen?", [])
    assert [(pin.text, pin.accepted) for pin in service.pins.all()] == [
        (KETTLE, ("three years",)),
        ("Who is the queen?", ()),
    ]
    service.pins.add(KETTLE.upper(), ["three years", "3 years"])
    assert [pin.accepted for pin in service.pins.all()] == [(), ("three years", "3 years")]
    assert service.pins.remove("1").text == "Who is the queen?"
    assert service.pins.remove(KETTLE).text == KETTLE.upper()
    assert service.pins.all() == ()
    with pytest.raises(InputError, match="not pinned"):
        service.pins.remove("1")
    for question, expected in [("", ["x"]), ("x" * 3000, ["x"]), ("kettle", [" "])]:
        with pytest.raises(InputError):
            service.pins.add(question, expected)


def test_a_build_tells_what_passed_improved_and_regressed(service):
    service.pins.add(KETTLE, ["three years"])
    service.pins.add("When does the shop open?", ["at nine"])
    first = build_toy(service.settings).pinned
    assert [(each.passed, each.before) for each in first] == [(True, True), (False, False)]
    texts = [*TEXTS[:2], ("hours", "The shop does open at nine.")]
    second = build_toy(service.settings, texts).pinned
    assert [(each.improved, each.regressed) for each in second] == [(False, True), (True, False)]
    assert second[1].answer == "The shop does open at nine."
    assert [(each.pinned, each.asked) for each in service.generations.history()] == [
        (0, 0),
        (1, 2),
        (1, 2),
    ]


def test_require_pinned_refuses_to_lose_one_and_the_old_index_stays(service):
    service.pins.add(KETTLE, ["three years"])
    service.pins.add("Who is the queen?", ["never there"])  # lost already: nothing to lose
    before = service.status().generation
    strict = replace(service.settings, require_pinned=True)
    with pytest.raises(PinnedLostError, match=rf"“{KETTLE[:-1]}.”, so the index.*stays"):
        build_toy(strict, TEXTS[:2])
    assert service.status().generation == before
    assert IndexFolder(strict.index).litter() == []
    assert build_toy(strict).generation == service.status().generation != before
    assert len(service.pins.all()) == 2  # they survive rebuilds


def test_without_an_earlier_index_there_is_nothing_to_lose(settings):
    service = Service(settings, encoder=ToyEncoder())
    service.pins.add("zorblax", ["hums"])
    report = build_toy(replace(settings, require_pinned=True))
    assert [(each.passed, each.before) for each in report.pinned] == [(False, None)]


def test_absent_is_expected_where_nothing_is(settings):
    build_toy(settings)
    sure = replace(settings, threshold=1.0)  # nothing is ever sure enough
    service = Service(sure, encoder=ToyEncoder())
    service.pins.add("Who is the queen?", [])
    assert [each.passed for each in build_toy(sure).pinned] == [True]
    assert [each.passed for each in build_toy(replace(sure, threshold=0.0)).pinned] == [False]


def test_where_the_live_index_cannot_be_asked_nothing_is_compared(service):
    service.pins.add(KETTLE, ["three years"])
    (outcome,) = build_toy(service.settings, encoder=ToyEncoder("B")).pinned
    assert (outcome.passed, outcome.before) == (True, None)
    build_toy(service.settings)
    folder = IndexFolder(service.settings.index)
    (folder.path(folder.live()) / "passages.faiss").write_bytes(b"x")
    (outcome,) = build_toy(service.settings).pinned
    assert (outcome.passed, outcome.before) == (True, None)


@pytest.mark.parametrize(
    "line", ['{"question": ""}', "nonsense", '{"question": "x", "expected": 1}']
)
def test_a_broken_file_of_pins_stops_a_build_by_line(service, line):
    service.pins.add(KETTLE, ["three years"])
    path = service.settings.index / "pinned.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(QAError, match=r"pinned\.jsonl, line 2"):
        build_toy(service.settings)
    assert service.generations.verify() == []


def test_a_pin_may_be_set_while_a_build_runs(service):
    with IndexFolder(service.settings.index).writing():
        service.pins.add(KETTLE, ["three years"])
    assert len(service.pins.all()) == 1


def test_listing_and_taking_away_ask_nothing(settings):
    def ask(question):
        raise AssertionError(question)

    pins = Pins(IndexFolder(settings.index), ask)
    pins.add("Where do otters swim?", ["river"])
    assert len(pins.all()) == 1
    pins.remove("1")
    assert pins.all() == ()


def test_what_is_too_long_or_one_too_many_is_not_pinned(service):
    with pytest.raises(InputError, match=r"expected text has 20,001 characters; give at most"):
        service.pins.add(KETTLE, ["x" * 15_000, "y" * 5_001])
    many = [JudgedQuestion(f"Question {number}?") for number in range(MOST)]
    service.pins.add_all(many)
    with pytest.raises(InputError, match=r"At most 1,000 questions can be pinned"):
        service.pins.add(KETTLE, [])
    service.pins.add("question 7?", ["one of them again"])
    service.pins.remove("1")
    service.pins.add(KETTLE, [])
    with pytest.raises(InputError, match="not pinned"):
        service.pins.remove("²")
    assert len(service.pins.all()) == MOST


def test_of_several_questions_all_or_none_are_pinned(service):
    with pytest.raises(InputError):
        service.pins.add_all([JudgedQuestion(KETTLE), JudgedQuestion(" ")])
    assert service.pins.all() == ()


def test_a_sign_that_utf8_cannot_write_is_pinned_as_a_question_mark(service):
    service.pins.add("Is \ud800 there?", ["a \udfff"])
    assert service.pins.all()[0].accepted == ("a \ufffd",)
