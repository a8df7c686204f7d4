"""Confidence from scores, and where an answer ends and "not in these documents" begins."""

import math

import pytest

from qa.answering.answer import make_answer
from qa.answering.calibration import FOREIGN_QUESTIONS, Calibration, calibrate
from qa.datatypes import Document, Hit, Passage, Sentence, Signals

CURVE = Calibration(noise=0.5, slope=4.0, midpoint=1.0)


def hit(score):
    text = "Thirty days."
    sentence = Sentence(0, 12, text)
    passage = Passage("d:0-12", "d", 0, 12, text, (sentence,))
    return Hit(passage, Document("d", "D", text, "d.txt"), score, 1, sentence, Signals(0, 0, 0))


def test_probability_is_the_logistic_of_the_distance_to_noise():
    assert CURVE.probability(1.5) == 0.5  # at noise + midpoint
    assert CURVE.probability(2.0) == pytest.approx(1 / (1 + math.exp(-4.0 * 0.5)))
    assert CURVE.probability(-1e9) == pytest.approx(0.0)
    assert CURVE.probability(1e9) == pytest.approx(1.0)


def test_an_answer_from_the_threshold_on():
    below = make_answer("q", [hit(1.4)], threshold=0.5, calibration=CURVE)
    assert below.text is None
    assert len(below.hits) == 1
    at = make_answer("q", [hit(1.5)], threshold=0.5, calibration=CURVE, generation="g")
    assert (at.text, at.confidence, at.generation) == ("Thirty days.", 0.5, "g")


def test_no_hits_no_answer():
    answer = make_answer("q", [], threshold=0.0, calibration=CURVE)
    assert (answer.text, answer.confidence, answer.hits) == (None, 0.0, ())


def test_noise_is_not_moved_by_foreign_questions_that_a_broad_corpus_answers():
    scores = {question: 0.01 * n for n, question in enumerate(FOREIGN_QUESTIONS)}
    quarter = 0.01 * (len(FOREIGN_QUESTIONS) // 4)
    assert calibrate(scores.__getitem__).noise == pytest.approx(quarter)
    for question in FOREIGN_QUESTIONS[20:]:
        scores[question] = 3.0
    assert calibrate(scores.__getitem__).noise == pytest.approx(quarter)


def test_foreign_questions_are_many_and_all_different():
    assert len(set(FOREIGN_QUESTIONS)) == len(FOREIGN_QUESTIONS) >= 50
