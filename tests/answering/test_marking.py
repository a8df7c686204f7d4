import numpy as np
import pytest

from qa.answering.answer_sentence import BEFORE_WEIGHT, OVERLAP_WEIGHT, best_sentence, overlap
from qa.answering.answer_type import DEFINITION_GAIN, KIND_GAIN


def cosines(*values):
    return np.array(values, np.float32)


def test_overlap_is_a_share_of_idf():
    assert overlap({"ipo": 2.0, "share": 1.0, "buy": 1.0}, ["share", "ipo"]) == pytest.approx(3 / 4)
    assert overlap({}, ["ipo"]) == 0.0


def test_words_decide_between_like_cosines():
    # 0.50 + 0 against 0.45 + OVERLAP_WEIGHT · 0.1
    assert OVERLAP_WEIGHT * 0.1 > 0.05
    assert best_sentence("kpo", cosines(0.50, 0.45), [0.0, 0.1], ["A.", "B."]).position == 1
    assert best_sentence("kpo", cosines(0.50, 0.45), [0.0, 0.0], ["A.", "B."]).position == 0


def test_the_sentence_after_the_one_that_names_the_thing_gains():
    # third: 0.40 + BEFORE_WEIGHT · 0.5; second: 0.50
    assert BEFORE_WEIGHT * 0.5 > 0.1
    texts = ["A.", "B.", "C."]
    assert best_sentence("it", cosines(-1, 0.50, 0.40), [0, 0, 0], texts).position == 1
    assert best_sentence("it", cosines(-1, -1, 0.40), [0, 0.5, 0], texts).position == 2


def test_a_number_is_preferred_where_one_is_asked_for():
    texts = ["Refunds are quick.", "Refunds take 30 days."]
    asked = best_sentence("How long do refunds take?", cosines(0.5, 0.45), [0, 0], texts)
    assert (asked.position, asked.gain) == (1, KIND_GAIN)
    plain = best_sentence("Are refunds quick?", cosines(0.5, 0.45), [0, 0], texts)
    assert (plain.position, plain.gain) == (0, 0.0)


def test_a_definition_is_preferred_where_one_is_asked_for():
    texts = ["Clerks handle a refund.", "A refund is money given back."]
    marked = best_sentence("What is a refund?", cosines(0.6, 0.5), [1, 1], texts)
    assert (marked.position, marked.gain) == (1, DEFINITION_GAIN)
