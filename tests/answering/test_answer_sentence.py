import numpy as np
import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa import Service
from qa.answering.answer_sentence import BEFORE_WEIGHT, SHARE_WEIGHT, best_sentence, term_share
from qa.answering.answer_type import DEFINITION_GAIN, KIND_GAIN
from qa.languages import language_of

ENGLISH = language_of("en")


def cosines(*values):
    return np.array(values, np.float32)


def test_the_share_is_a_share_of_idf():
    assert term_share({"ipo": 2.0, "share": 1.0, "buy": 1.0}, ["share", "ipo"]) == pytest.approx(
        3 / 4
    )
    assert term_share({}, ["ipo"]) == 0.0


def test_words_decide_between_like_cosines():
    # 0.50 + 0 against 0.45 + SHARE_WEIGHT · 0.1
    assert SHARE_WEIGHT * 0.1 > 0.05
    assert (
        best_sentence("kpo", cosines(0.50, 0.45), [0.0, 0.1], ["A.", "B."], ENGLISH).position == 1
    )
    assert (
        best_sentence("kpo", cosines(0.50, 0.45), [0.0, 0.0], ["A.", "B."], ENGLISH).position == 0
    )


@pytest.mark.parametrize(("share_before", "chosen"), [(0.0, 1), (0.3, 1), (0.4, 2)])
def test_the_sentence_after_the_one_that_names_the_thing_gains(share_before, chosen):
    # Second: 0.50. Third: 0.40 + 0.3 · the share of the second, which is 0.49 or 0.52; the share
    # itself counts for the second, whose cosine is lower by as much.
    assert (BEFORE_WEIGHT, SHARE_WEIGHT) == (0.3, 1.0)
    scores = cosines(-1, 0.50 - share_before, 0.40)
    marked = best_sentence("it", scores, [0, share_before, 0], ["A.", "B.", "C."], ENGLISH)
    assert marked.position == chosen


def test_a_number_is_preferred_where_one_is_asked_for():
    texts = ["Refunds are quick.", "Refunds take 30 days."]
    asked = best_sentence("How long do refunds take?", cosines(0.5, 0.45), [0, 0], texts, ENGLISH)
    assert (asked.position, asked.gain) == (1, KIND_GAIN)
    plain = best_sentence("Are refunds quick?", cosines(0.5, 0.45), [0, 0], texts, ENGLISH)
    assert (plain.position, plain.gain) == (0, 0.0)


def test_a_definition_is_preferred_where_one_is_asked_for():
    texts = ["Clerks handle a refund.", "A refund is money given back."]
    marked = best_sentence("What is a refund?", cosines(0.6, 0.5), [1, 1], texts, ENGLISH)
    assert (marked.position, marked.gain) == (1, DEFINITION_GAIN)


OLAV = "Name: Olav Lie\nPlot: 14\nWater: yes"


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("What is the plot of Olav Lie?", OLAV),  # told by two lines
        ("Who is Olav Lie?", OLAV),  # no label is asked for
        ("Which plot?", "Plot: 14"),
    ],
)
def test_a_record_is_marked_as_far_as_the_question_needs_it(settings, question, marked):
    texts = [("members", OLAV), ("weather", "It rains all day.")]
    build_toy(settings, texts)
    hit = Service(settings, encoder=ToyEncoder()).ask(question).hits[0]
    start, end = hit.sentence.start, hit.sentence.end
    assert hit.sentence.text == hit.document.text[start:end]
    assert hit.sentence.text == marked


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        # All sentences speak of what the title names.
        (
            "When does the rowing club meet?",
            "The rowing club was founded by Ode. Members meet on Mondays.",
            "Members meet on Mondays.",
        ),
        # A heading only repeats the question.
        ("What does the boat need?", "The boat\n\nIt wants a coat of tar.", "a coat of tar."),
        # What "It" stands for is marked with it, if the question names it.
        (
            "Which boat needs a coat of tar?",
            "We bought a boat. It needs a coat of tar.",
            "We bought a boat. It needs a coat of tar.",
        ),
        # Where only the title's words are asked for, they decide.
        ("Is rowing a club?", "It was warm. Rowing is a sport.", "Rowing is a sport."),
    ],
)
def test_the_sentence_that_tells_something_is_marked(settings, question, text, marked):
    build_toy(settings, [("Rowing club", text), ("weather", "It rains all day.")])
    hit = Service(settings, encoder=ToyEncoder()).ask(question).hits[0]
    assert hit.sentence.text == hit.document.text[hit.sentence.start : hit.sentence.end]
    assert marked in hit.sentence.text
    assert len(hit.sentence.text) < len(text) or marked == text
