"""Evidence of a question and its hits, and the probability that is made of it."""

import math
from dataclasses import asdict, fields, replace

import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.answering.confidence import (
    MISSING_AT_MOST,
    MODEL,
    RARE_HELD_AT_LEAST,
    LogisticModel,
    confidence,
)
from qa.answering.evidence import Evidence

NOTHING = Evidence(*[0.0] * len(fields(Evidence)))


def evidence(service, question):
    return service.retriever().search(question)[1]


def test_probability_is_the_logistic_of_the_weighted_sum():
    model = LogisticModel(-1.0, {"lead": 2.0, "unknown": -0.5})
    told = replace(NOTHING, lead=1.5, unknown=2.0, new_words=9.0)
    assert model.contributions(told) == {"lead": 3.0, "unknown": -1.0}
    assert model.probability(told) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert model.probability(replace(told, lead=1e9)) == pytest.approx(1.0)
    assert model.probability(replace(told, lead=-1e9)) == pytest.approx(0.0)


def test_the_model_knows_every_field_of_the_evidence():
    assert list(MODEL.slopes) == [field.name for field in fields(Evidence)]


@pytest.mark.parametrize(
    ("better", "than"),
    [
        ({"above_noise": 1.0}, {}),
        ({"lead": 0.5}, {}),
        ({"sentence_lead": 0.5}, {}),
        ({}, {"word_rank": 2.0}),
        ({}, {"unknown": 1.0}),
        ({"kind_met": 1.0}, {}),
        ({}, {"refers_back": 1.0}),
        ({}, {"adds_nothing": 1.0}),
    ],
)
def test_what_speaks_for_an_answer_makes_it_surer(better, than):
    sure = [MODEL.probability(replace(NOTHING, **each)) for each in (better, than)]
    assert sure[0] > sure[1]


@pytest.mark.parametrize("above_noise", [-9.0, 0.0, 9.0])
def test_literal_words_bound_the_confidence(above_noise):
    told = replace(NOTHING, above_noise=above_noise)
    free = MODEL.probability(told)
    assert confidence(told) == free
    assert confidence(replace(told, missing=1.0, rare_held=1.0)) == min(free, MISSING_AT_MOST)
    assert confidence(replace(told, rare_held=1.0)) == max(free, RARE_HELD_AT_LEAST)
    assert MISSING_AT_MOST < Settings().threshold <= RARE_HELD_AT_LEAST


def test_evidence_is_read_off_the_hits(toy_service):
    retriever = toy_service.retriever()
    question = "kettle warranty years zorblax quuxify fnord"
    hits, told = retriever.search(question)
    scores = [hit.score for hit in hits]
    assert told.above_noise == pytest.approx(scores[0] - retriever.index.noise)
    assert told.lead == pytest.approx(scores[0] - scores[-1])
    assert told.unknown == 2.0  # never more, though the texts hold none of three
    assert told.word_rank == told.sentence_rank == 0.0  # the first hit leads both
    assert told.title_share == pytest.approx(1 / 6, abs=0.1)  # "Warranty"
    marked = hits[0].sentence.text
    words = set(retriever.index.keywords.terms(marked)) - set(retriever.query(question).terms)
    assert told.new_words == pytest.approx(math.log1p(len(words)))


def test_a_question_for_a_number_is_met_by_a_number(toy_service):
    assert evidence(toy_service, "How many years is the kettle warranty?").kind_met == 1.0
    assert evidence(toy_service, "Which years have a kettle warranty?").kind_met == 0.0


def told(tmp_path, question, *texts):
    """The evidence for `question` and the marked sentence, in an index of `texts` and another."""
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    build_toy(settings, [*texts, ("z", "Others sang.\n")])
    hits, known = Service(settings, encoder=ToyEncoder()).retriever().search(question)
    return known, hits[0].sentence.text


def test_a_sentence_that_refers_back_is_no_answer_by_itself(tmp_path):
    question = "played Eddie on the show"
    assert told(tmp_path, question, ("a", "He played Eddie on the show."))[0].refers_back == 1.0
    assert told(tmp_path, question, ("a", "Osmond played Eddie on a show."))[0].refers_back == 0.0


def test_with_what_it_refers_to_it_is_one(tmp_path):
    text = "Osmond was a child. He played Eddie on the show."
    known, marked = told(tmp_path, "Which child played Eddie on the show?", ("a", text))
    assert (marked, known.refers_back) == (text, 0.0)


@pytest.mark.parametrize(
    ("question", "text", "nothing"),
    [
        ("What is the sum of the rope?", "Item: Rope", True),
        ("rope", "Item: Rope", False),  # nothing is asked, it is looked up
        ("What is the sum of the rope?", "Item: Rope\nSum: 12 euros", False),
        ("What is a fuse?", "Fuse", True),
        ("Which fuse is it?", "Fuse: FS-20A", False),
    ],
)
def test_a_label_or_heading_answers_nothing(tmp_path, question, text, nothing):
    known, _ = told(tmp_path, question, ("a", text))
    assert known.adds_nothing == float(nothing)


def test_the_only_sentence_leads_nothing(tmp_path):
    assert told(tmp_path, "Who sang?", ("a", "Osmond sang a song."))[0].sentence_lead == 0.0


def test_rare_words_are_held_only_where_all_are(tmp_path):
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    texts = [("a", "Backup is made with Resticly."), ("b", "Zentrix is sold.")]
    build_toy(settings, [*texts, *((f"c{n}", f"Korvex number {n}.") for n in range(5))])
    service = Service(settings, encoder=ToyEncoder())
    told = {
        question: evidence(service, question).rare_held
        for question in ("Resticly", "Resticly Zentrix", "Resticly zorblax", "Korvex", "Resticly X")
    }
    assert list(told.values()) == [1.0, 0.0, 0.0, 0.0, 1.0]


def test_the_number_of_hits_does_not_change_confidence(toy_service):
    question = "kettle warranty years"
    sure = {toy_service.ask(question, top_k=k).confidence for k in (1, 2, 5)}
    assert len(sure) == 1


def test_a_lone_passage_leads_nothing(tmp_path):
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    build_toy(settings, [("a", "The kettle has a warranty of three years.\n")])
    told = asdict(evidence(Service(settings, encoder=ToyEncoder()), "kettle warranty"))
    assert told["lead"] == 0.0
