"""Typing slips: what is mended, and what is left as it is."""

from dataclasses import replace

import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder

from qa import Service
from qa.answering.spelling import Speller
from qa.index.words import count_words, read_words, write_words
from qa.languages import language_of

WORDS = {"refund": 9, "outsourcing": 5, "warranty": 3, "napoleon": 2, "order": 2, "recent": 1}
ENGLISH = ["what", "which", "does", "football", "crab"]


@pytest.fixture
def speller():
    return Speller(lambda word: word.lower() in WORDS, lambda: WORDS, lambda: ENGLISH)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("waht is a refnud", "what is a refund"),  # two neighbours swapped
        ("Outsorcing", "Outsourcing"),  # one too few
        ("outtsoucing", "outsourcing"),  # two slips in a long word
        ("who was Napolean?", "who was Napoleon?"),  # a name, one slip
        ("WAHT IS A REFNUD", "WHAT IS A REFUND"),
        ("fotball", "football"),  # a word of the model, not of the corpus
        ("(refumd)", "(refund)"),  # the key beside
    ],
)
def test_slips_are_mended(speller, typed, meant):
    mended = speller.correct(typed, language_of("en"))
    assert mended.casefold() == meant.casefold()
    assert mended[:1] == meant[:1]


@pytest.mark.parametrize(
    "question",
    [
        "what is a crib",  # crab has one other letter, far away on the keyboard
        "border",  # the first letter is seldom wrong
        "warrant",  # only an ending is missing
        "REFNUD of an order",  # letters in capitals are a short form
        "my Crxb",  # a short name
        "rfd",
        "a-refnud, refnud2, me@refnud.com, /refnud, refnud.txt",
        "zorblax quuxify",
        "--refnud, refnud-12, refnud-b2, refnud:x, refnud#1, $refnud, refnud=1, refnud++",
        "RefNud-X7",
        "",
        "?!",
    ],
)
def test_what_may_be_meant_stays(speller, question):
    assert speller.correct(question, language_of("en")) == question


def test_a_word_that_is_not_mended_keeps_its_capitals(speller):
    assert speller.correct("is ZorBlax a WiFiz", language_of("en")) == "is ZorBlax a WiFiz"


def test_of_two_words_the_one_in_the_corpus_is_taken():
    speller = Speller(lambda word: False, lambda: {"formal": 1}, lambda: ["format"])
    assert speller.correct("formak", language_of("en")) == "formal"


def test_the_words_are_read_only_when_needed():
    def fail():
        raise AssertionError

    assert Speller(lambda word: True, fail, fail).correct("refnud", language_of("en")) == "refnud"


def test_words_on_disk(tmp_path):
    write_words(count_words(["Fees and more fees", "Grüße, fee"]), tmp_path / "words.txt")
    assert (tmp_path / "words.txt").read_text("utf-8") == "fees\t2\nmore\t1\ngrüße\t1\n"
    assert read_words(tmp_path / "words.txt") == {"fees": 2, "more": 1, "grüße": 1}
    assert read_words(tmp_path / "none.txt") == {}


def test_a_question_with_a_slip_finds_the_same(toy_service):
    right, wrong = toy_service.ask("kettle warranty years"), toy_service.ask("ketle waranty yaers")
    assert wrong.corrected_question == "kettle warranty years"
    assert wrong.question == "ketle waranty yaers"
    assert right.corrected_question == right.question
    assert [hit.score for hit in wrong.hits] == [hit.score for hit in right.hits]


def test_an_index_without_the_list_of_words_still_answers(settings):
    build_toy(settings, TEXTS)
    service = Service(settings, encoder=ToyEncoder())
    (words,) = settings.index.rglob("words.txt")
    retriever = service.retriever()
    words.unlink()
    assert retriever.corrected("ketle") == "ketle"


def test_mending_can_be_switched_off(settings):
    build_toy(settings)
    service = Service(replace(settings, mend_slips=False), encoder=ToyEncoder())
    assert service.ask("ketle waranty").corrected_question == "ketle waranty"
