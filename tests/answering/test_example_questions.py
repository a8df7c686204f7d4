"""Example questions come from the documents, in their language, and have answers."""

import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa import Service
from qa.answering.example_questions import answered_by_different, suggest
from qa.datatypes import Answer, Document, Section
from qa.languages import language_of


def document(text, title="", headings=()):
    sections = tuple(Section(0, 1, (heading,)) for heading in headings)
    return Document("d", title, text, "d.txt", sections)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A voucher is a paper. It is a thing.", ["What is a voucher?"]),
        ("en", "In short this is a test of words.", []),
        ("en", "This is called stock market launch.", ["What is stock market launch?"]),
        ("en", "The Food Bank (FB) and John Smith (CEO).", ["What does FB stand for?"]),
        ("de", "Ein Pfand ist eine Sicherheit. Das ist ein Satz.", ["Was ist ein Pfand?"]),
        ("de", "Die Deutsche Bahn (DB) fährt.", ["Wofür steht DB?"]),
        ("es", "La fianza es una garantía. Esto es un texto.", ["¿Qué es la fianza?"]),
        ("fr", "Une caution est une somme. Il est un homme.", ["Que signifie « une caution » ?"]),
        ("xx", "A voucher is a paper.", []),
    ],
)
def test_terms_that_are_defined(language, text, expected):
    assert suggest([document(text)], language_of(language), 9) == expected


def test_headings_that_ask_come_first_and_file_names_never():
    asked = suggest(
        [document("x", "lease_2024.pdf", ["Opening hours", "Who pays?", "Read this.", "A"])],
        language_of("en"),
        9,
    )
    assert asked == ["Who pays?", "What about Opening hours?"]


def test_every_document_has_its_turn_and_none_comes_twice():
    first = document("x", "", ["Who pays?", "Who cleans?"])
    second = document("y", "", ["Who pays?", "Who cooks?"])
    assert suggest([first, second], language_of("en"), 2) == ["Who pays?", "Who cleans?"]
    assert suggest([first, second], language_of("en"), 9) == [
        "Who pays?",
        "Who cleans?",
        "Who cooks?",
    ]


def test_only_questions_with_answers_of_their_own_are_kept():
    texts = {"a": "one", "b": None, "c": "one", "d": "two", "e": "three"}
    kept = answered_by_different(list("abcde"), lambda q: Answer(q, texts[q], 1.0, ()), 2)
    assert kept == ["a", "d"]


def test_a_service_gives_examples_and_new_ones_after_a_rebuild(settings):
    settings = type(settings)(corpus=settings.corpus, index=settings.index, threshold=0.0)
    build_toy(settings, [("shop", "A voucher is a paper. Shops sell bread.")])
    service = Service(settings, encoder=ToyEncoder())
    assert service.examples()[0] == "What is a voucher?"
    build_toy(settings, [("bank", "A loan is a debt. Banks are closed.")])
    assert service.examples()[0] == "What is a loan?"


@pytest.mark.model
def test_the_shipped_corpus_suggests_what_it_answers(real_service):
    examples = real_service.examples()
    assert len(examples) >= 3
    assert all(real_service.ask(question).text for question in examples)
