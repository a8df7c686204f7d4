"""What a message asks, and what is only said around it."""

import numpy as np
import pytest

from qa.answering.question import ASIDE_WEIGHT, asked_part
from qa.index.keywords import KeywordIndex
from qa.insight.explanation.why import why
from qa.languages import language_of

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
    assert asked_part(message, language_of("en")) == asked


@pytest.mark.parametrize(
    ("language", "message", "asked"),
    [
        ("de", "Hallo zusammen. Was kostet ein Umzug? Danke!", "Was kostet ein Umzug?"),
        ("de", "Mein Rad quietscht. Was hilft dagegen am besten?", None),
        ("fr", "Bonjour. Quel est le prix d'un billet ? Merci !", "Quel est le prix d'un billet ?"),
        ("es", "Hola a todos. ¿Cuánto cuesta un billete? Gracias.", "¿Cuánto cuesta un billete?"),
        ("sv", "Hej alla. Vad kostar en biljett? Tack!", None),  # nobody knows what refers back
    ],
)
def test_the_part_that_asks_in_other_languages(language, message, asked):
    assert asked_part(message, language_of(language)) == asked


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
    alone, said = retriever.candidates(question), retriever.candidates(message)
    assert said.query.asked == question
    assert said.rows[0] == alone.rows[0]
    assert set(alone.query.terms) < set(said.query.terms)
    assert {"kind", "regard", "sister"}.isdisjoint(said.query.terms)
    rest = set(said.query.terms) - set(alone.query.terms)
    full = retriever.index.keywords.weights(dict.fromkeys(rest, 1.0))
    assert all(said.term_weights[term] == ASIDE_WEIGHT * full[term] for term in rest)
    assert float(np.linalg.norm(said.scores)) > 0


def test_courtesy_and_words_that_nobody_holds_are_left_out(toy_service):
    message = "Hi there, my zorblax is on the warehouse shelf. What is the kettle warranty? Thanks!"
    terms = set(toy_service.retriever().candidates(message).query.terms)
    assert terms == {"kettl", "warranti", "warehous"}


def test_reasons_name_the_words_that_count(toy_service):
    message = "Hi there, my zorblax is on the warehouse shelf. What is the kettle warranty? Thanks!"
    answer = toy_service.ask(message)
    told = {word.text: word.known for word in why(toy_service.retriever(), answer)[0].words}
    assert told == {"kettle": True, "warranty": True, "warehouse": True}
    retriever = toy_service.retriever()
    assert list(retriever.query(message).terms) == ["kettl", "warranti", "warehous"]
    np.testing.assert_allclose(np.linalg.norm(retriever.query(message).vector), 1.0, rtol=1e-5)


def test_a_question_that_only_points_at_the_story_is_asked_as_a_whole(toy_service):
    message = "The kettle leaks. What can you tell me about?"
    assert toy_service.retriever().candidates(message).query.asked == message
