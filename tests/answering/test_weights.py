"""Weights follow the corpus: lists of questions are weighed by their headings."""

import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa import Service
from qa.answering.fusion import Weights
from qa.answering.weights import QUESTIONS, asks, choose_weights
from qa.languages import language_of

ENGLISH = language_of("en")
FAQ = [(f"How do I pay with method {n}?", f"Method {n} is paid at the desk.") for n in range(9)]


@pytest.mark.parametrize("heading", ["Payment?", "何ですか？", "How to pay", "is it open today"])
def test_headings_that_ask(heading):
    assert asks(heading, ENGLISH)


@pytest.mark.parametrize("heading", ["", "Payment", "How-to", "Whatever you need", "Canada now"])
def test_headings_that_do_not(heading):
    assert not asks(heading, ENGLISH)


def test_few_questions_or_one_often_repeated_change_nothing():
    many = [f"How do I pay {n}?" for n in range(8)]
    assert choose_weights(many, ENGLISH)[0] == QUESTIONS
    assert choose_weights(many[:7], ENGLISH)[0] == Weights()
    assert choose_weights(["What is a KPO?"] * 100, ENGLISH)[0] == Weights()
    assert choose_weights([*many, *["Contact"] * 19], ENGLISH)[0] == Weights()
    assert choose_weights([], ENGLISH)[0] == Weights()


def test_an_index_keeps_its_weights_and_why(settings):
    build_toy(settings, FAQ)
    retriever = Service(settings, encoder=ToyEncoder()).retriever()
    assert retriever.weights == QUESTIONS
    assert retriever.manifest.ranking["weights_because"].startswith("9 of 9 passages stand under")
    assert retriever.retrieve("pay with method 4")[0].document.title == FAQ[4][0]


def test_other_texts_have_the_usual_ones(toy_service):
    retriever = toy_service.retriever()
    assert retriever.weights == Weights()
    assert retriever.manifest.ranking["weights_because"].startswith("The usual ones: 0 of 3")
