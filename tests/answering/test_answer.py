"""Confidence from scores, and where an answer ends and "not in these documents" begins."""

import math

import pytest

from qa.answering.answer import make_answer
from qa.answering.calibration import Calibration, calibrate
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
    questions = [f"Question {n}?" for n in range(8)]
    scores = {question: 0.1 * n for n, question in enumerate(questions)}
    # A quarter of eight lies below the third.
    assert calibrate(scores.__getitem__, questions).noise == pytest.approx(0.2)
    for question in questions[3:]:
        scores[question] = 3.0
    assert calibrate(scores.__getitem__, questions).noise == pytest.approx(0.2)


def test_without_foreign_questions_nothing_is_asked():
    assert calibrate({}.__getitem__, ()) == Calibration()
