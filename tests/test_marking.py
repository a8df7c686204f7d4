import numpy as np
import pytest

from qa.marking import (
    BEFORE_WEIGHT,
    KIND_WEIGHT,
    OVERLAP_WEIGHT,
    asked_kind,
    best_sentence,
    overlap,
)


def cosines(*values):
    return np.array(values, np.float32)


def test_overlap_is_a_share_of_idf():
    assert overlap({"ipo": 2.0, "share": 1.0, "buy": 1.0}, ["share", "ipo"]) == pytest.approx(3 / 4)
    assert overlap({}, ["ipo"]) == 0.0


def test_words_decide_between_like_cosines():
    # 0.50 + 0 against 0.45 + OVERLAP_WEIGHT · 0.1
    assert OVERLAP_WEIGHT * 0.1 > 0.05
    assert best_sentence("kpo", cosines(0.50, 0.45), [0.0, 0.1], ["A.", "B."]) == 1
    assert best_sentence("kpo", cosines(0.50, 0.45), [0.0, 0.0], ["A.", "B."]) == 0


def test_the_sentence_after_the_one_that_names_the_thing_gains():
    # third: 0.40 + BEFORE_WEIGHT · 0.5; second: 0.50
    assert BEFORE_WEIGHT * 0.5 > 0.1
    assert best_sentence("it", cosines(-1, 0.50, 0.40), [0, 0.0, 0.0], ["A.", "B.", "C."]) == 1
    assert best_sentence("it", cosines(-1, -1, 0.40), [0, 0.5, 0.0], ["A.", "B.", "C."]) == 2


def test_a_number_is_preferred_where_one_is_asked_for():
    assert KIND_WEIGHT > 0.05
    texts = ["Refunds are quick.", "Refunds take 30 days."]
    assert best_sentence("How long do refunds take?", cosines(0.5, 0.45), [0, 0], texts) == 1
    assert best_sentence("Are refunds quick?", cosines(0.5, 0.45), [0, 0], texts) == 0


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("When was it founded?", "Founded in 1871.", "Founded by Ann."),
        ("In what year did it close?", "It closed in 1999.", "It closed early."),
        ("How many staff?", "Twelve people.", "Many people."),
    ],
)
def test_kinds(question, answer, other):
    kind = asked_kind(question)
    assert kind.search(answer)
    assert not kind.search(other)
