"""Where an answer ends and "not in these documents" begins."""

import pytest

from qa.answering.answer import make_answer
from qa.answering.calibration import USUAL_NOISE, measure_noise
from qa.datatypes import Document, Hit, Passage, Sentence, Signals


def hit():
    text = "Thirty days."
    sentence = Sentence(0, 12, text)
    passage = Passage("d:0-12", "d", 0, 12, text, (sentence,))
    return Hit(passage, Document("d", "D", text, "d.txt"), 1.0, 1, sentence, Signals(0, 0, 0))


def test_an_answer_from_the_threshold_on():
    below = make_answer("q", [hit()], threshold=0.5, confidence=0.49)
    assert below.text is None
    assert len(below.hits) == 1
    at = make_answer("q", [hit()], threshold=0.5, confidence=0.5, generation="g")
    assert (at.text, at.confidence, at.generation) == ("Thirty days.", 0.5, "g")


def test_no_hits_no_answer():
    answer = make_answer("q", [], threshold=0.0, confidence=0.0)
    assert (answer.text, answer.confidence, answer.hits) == (None, 0.0, ())


def test_noise_is_not_moved_by_foreign_questions_that_a_broad_corpus_answers():
    questions = [f"Question {n}?" for n in range(8)]
    scores = {question: 0.1 * n for n, question in enumerate(questions)}
    # A quarter of eight lies below the third.
    assert measure_noise(scores.__getitem__, questions) == pytest.approx(0.2)
    for question in questions[3:]:
        scores[question] = 3.0
    assert measure_noise(scores.__getitem__, questions) == pytest.approx(0.2)


def test_without_foreign_questions_nothing_is_asked():
    assert measure_noise({}.__getitem__, ()) == USUAL_NOISE
