"""Examples made of others say what is true of them."""

from random import Random

import pytest

from training.alterations import about_another, mixed, shortened, without_answer
from training.examples import Example

SENTENCES = [
    "Trams run from six to midnight.",
    "A ticket of Vienna costs 3 euros, one of Graz 2 euros.",
    "Dogs need a ticket of their own.",
    "Bicycles travel free of charge after 9 in the evening.",
]
PASSAGE = " ".join(SENTENCES)


def example(question="What does a ticket of Vienna cost?", answer="3 euros", passage=PASSAGE):
    start = passage.index(answer)
    spans = ((start, start + len(answer)),)
    return Example(question, "Trams", passage, True, spans, "span", "positive", "g")


def told(made):
    return [made.passage[a:b] for a, b in made.spans]


@pytest.mark.parametrize("words", range(1, 40))
def test_a_shortened_passage_still_answers(words) -> None:
    for seed in range(20):
        made = shortened(example(), words, Random(seed))
        assert told(made) == ["3 euros"]
        assert made.passage in PASSAGE
        assert len(made.passage.split()) <= max(words, len(SENTENCES[1].split()))


def test_a_shortened_passage_is_as_long_as_it_may_be() -> None:
    lengths = [len(sentence.split()) for sentence in SENTENCES]
    found = {shortened(example(), lengths[1] + lengths[2], Random(seed)).passage for seed in (1, 2)}
    assert found <= {" ".join(SENTENCES[0:2]), " ".join(SENTENCES[1:3])}


def test_a_negative_is_shortened_anywhere() -> None:
    negative = Example("Why?", "", PASSAGE, False, (), "span", "negative-retrieved", "g")
    found = {shortened(negative, 8, Random(seed)).passage for seed in range(60)}
    assert found == {
        SENTENCES[0], SENTENCES[1], SENTENCES[2], SENTENCES[3]
    }  # fmt: skip


def test_what_was_judged_as_a_whole_stays_whole() -> None:
    whole = Example("Why?", "", PASSAGE, True, (), "passage", "positive", "g")
    assert shortened(whole, 5, Random(0)) == whole


def test_without_its_answer_the_rest_of_the_passage_is_there() -> None:
    made = without_answer(example())
    assert made is not None
    assert made.passage == " ".join([SENTENCES[0], SENTENCES[2], SENTENCES[3]])
    assert (made.answers, made.spans) == (False, ())


def test_a_passage_that_answers_twice_is_not_denied() -> None:
    assert without_answer(example(passage=f"{PASSAGE} So it is 3 Euros.")) is None


def test_a_passage_of_one_sentence_is_not_denied() -> None:
    assert without_answer(example(passage=SENTENCES[1])) is None


def test_a_question_about_another_name_has_no_answer() -> None:
    made = about_another(example(), Random(0))
    assert made is not None
    assert made.question == "What does a ticket of Graz cost?"
    assert (made.passage, made.answers, made.spans) == (PASSAGE, False, ())


def test_a_question_about_another_number_has_no_answer() -> None:
    asked = example("Which ticket costs 3 euros?", "Vienna")
    numbers = {about_another(asked, Random(seed)).question for seed in range(30)}
    assert numbers == {"Which ticket costs 2 euros?", "Which ticket costs 9 euros?"}


def test_the_answer_is_not_put_into_the_question() -> None:
    asked = example("Where is Vienna?", "Graz")
    assert about_another(asked, Random(0)) is None  # no other name is there


def test_a_question_without_names_and_numbers_stays() -> None:
    assert about_another(example("what is it?"), Random(0)) is None


def test_mixed_keeps_all_and_adds_what_has_no_answer() -> None:
    given = [example()] * 50
    none = mixed(given, short=0, words=20, denied=0, random=Random(0))
    assert none == given
    some = mixed(given, short=1, words=20, denied=1, random=Random(0))
    assert [made.answers for made in some] == [True, False] * 50
    assert all(len(made.passage) < len(PASSAGE) for made in some)
