"""What a message asks, and what is only said around it."""

import numpy as np
import pytest

from qa.answering.question import ASIDE_WEIGHT, asked_part
from qa.index.keywords import KeywordIndex
from qa.insight.explanation.why import why

GREETING = "Hello, I am new here. "


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("What is an IPO?", None),
        (GREETING + "What is an IPO?", "What is an IPO?"),
        (GREETING + "What is an IPO? Who buys shares then?", None),  # "then" refers back
        (GREETING + "What is an IPO? Thanks! Who buys shares?", "What is an IPO? Who buys shares?"),
        ("What is an IPO? Who buys shares?", None),
        (GREETING + "Tell me of IPOs.", None),
        (GREETING + "Why?", None),
        ("My bike squeaks. How do I stop it?", None),
        ("When did Mr. Smith leave the old town?", None),
        ("hi\nwhat is an ipo?", None),  # a wrapped line goes on
        ("", None),
    ],
)
def test_the_part_that_asks(message, asked):
    assert asked_part(message) == asked


def test_other_languages_are_left_alone():
    assert asked_part("Hallo zusammen. Was ist ein Börsengang?", "de") is None


def test_words_beside_the_question_count_less(tmp_path):
    KeywordIndex.write(["kettle tea", "garden tea", "garden", "stone"], tmp_path / "lexical")
    index = KeywordIndex.open(tmp_path / "lexical")
    rows, terms = np.array([0, 1]), {"kettl": 1.0, "garden": 1.0}
    aside = {"kettl": 1.0, "garden": ASIDE_WEIGHT}
    alike, less = index.weights(terms), index.weights(aside)
    assert less == {"kettl": alike["kettl"], "garden": ASIDE_WEIGHT * alike["garden"]}
    held = index.coverage(aside, rows)
    np.testing.assert_allclose(held, np.array(list(less.values())) / sum(less.values()), rtol=1e-6)
    plain, lowered = index.share(terms, rows), index.share(aside, rows)
    assert plain[1] > lowered[1] > 0
    assert lowered[0] > plain[0]
    assert index.search(aside, 4)[0][0] == 0


def test_a_question_in_a_message_finds_what_it_finds_alone(toy_service):
    question = "How many years of warranty has the kettle?"
    message = f"My sister returns refunds and shipping forms. {question} Kind regards, Ann"
    retriever = toy_service.retriever()
    alone, said = retriever.score(question), retriever.score(message)
    assert said.asked == question
    assert said.rows[0] == alone.rows[0]
    assert set(alone.terms) < set(said.terms)
    assert {"kind", "regard", "sister"}.isdisjoint(said.terms)
    rest = set(said.terms) - set(alone.terms)
    full = retriever.parts.keywords.weights(dict.fromkeys(rest, 1.0))
    assert all(said.terms[term] == ASIDE_WEIGHT * full[term] for term in rest)
    assert float(np.linalg.norm(said.fused)) > 0


def test_courtesy_and_words_that_nobody_holds_are_left_out(toy_service):
    message = "Hi there, my zorblax is on the warehouse shelf. What is the kettle warranty? Thanks!"
    terms = set(toy_service.retriever().score(message).terms)
    assert terms == {"kettl", "warranti", "warehous"}


def test_reasons_name_the_words_that_count(toy_service):
    message = "Hi there, my zorblax is on the warehouse shelf. What is the kettle warranty? Thanks!"
    answer = toy_service.ask(message)
    told = {word.text: word.known for word in why(toy_service.retriever(), answer)[0].words}
    assert told == {"kettle": True, "warranty": True, "warehouse": True}
    retriever = toy_service.retriever()
    assert list(retriever.search_terms(message)) == ["kettl", "warranti", "warehous"]
    np.testing.assert_allclose(np.linalg.norm(retriever.query_vector(message)), 1.0, rtol=1e-5)


def test_a_question_that_only_points_at_the_story_is_asked_as_a_whole(toy_service):
    message = "The kettle leaks. What can you tell me about?"
    assert toy_service.retriever().score(message).asked == message
