"""What a question's wording makes its answer look like."""

import pytest

from qa.answering.answer_type import (
    ACRONYM_GAIN,
    DEFINITION_GAIN,
    KIND_GAIN,
    answer_type_gain,
    spells_out,
)
from qa.languages import language_of

ENGLISH = language_of("en")


def gain_of(question, sentence):
    return answer_type_gain(question, ENGLISH)(sentence)


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("When was it founded?", "Founded in 1871.", "Founded by Ann."),
        ("In what year did it close?", "It closed in 1999.", "It closed early."),
        ("How many staff?", "Twelve people.", "Many people."),
        ("Why do they fly south?", "They do so because of the cold.", "They fly far."),
        ("What is the purpose of the fund?", "It is used to pay claims.", "It is large."),
    ],
)
def test_kinds(question, answer, other):
    assert gain_of(question, answer) == KIND_GAIN
    assert gain_of(question, other) == 0.0


@pytest.mark.parametrize(
    "question",
    [
        "What does NASA stand for?",
        "nasa full form",
        "what is NASA",
        "meaning of NASA",
        "NASA short for",
    ],
)
def test_acronyms(question):
    spelled = "The National Aeronautics Space Administration was founded in 1958."
    assert gain_of(question, spelled) == ACRONYM_GAIN
    assert gain_of(question, "NASA launched it.") == 0.0


@pytest.mark.parametrize(
    ("question", "sentence", "gain"),
    [
        ("When is it due?", "You may pay by card.", 0.0),
        ("When do they come?", "The troops march to the sea.", 0.0),
        ("When was it shown?", "It was shown in an ad.", 0.0),
        ("When is it due?", "It is due in May.", KIND_GAIN),
        ("When is it due?", "It is due on 3 May.", KIND_GAIN),
        ("When did they come?", "They came on the 4th of March.", KIND_GAIN),
        ("When did they come?", "They came in AD 44.", KIND_GAIN),
        ("How many are there?", "This one is the best.", 0.0),
        ("How many are there?", "No one may enter.", 0.0),
        ("How long is it?", "It takes one month.", KIND_GAIN),
        ("How many are there?", "Twenty-one pupils.", KIND_GAIN),
    ],
)
def test_verbs_are_no_months_and_pronouns_no_numbers(question, sentence, gain):
    assert gain_of(question, sentence) == gain


@pytest.mark.parametrize(
    ("sentence", "gain"),
    [
        ("It was built on an island.", 0.0),  # the initials of "an island"
        ("The AI office lies on an island.", 0.0),
        ("She added ice to the tea.", 0.0),
        ("Artificial Intelligence is growing.", ACRONYM_GAIN),
        ("AI means artificial intelligence.", ACRONYM_GAIN),
        ("AI is a branch of computing.", DEFINITION_GAIN),
    ],
)
def test_two_letters_are_found_by_chance_unless_they_name_something(sentence, gain):
    assert gain_of("What is AI?", sentence) == gain


def test_a_language_without_patterns_prefers_no_sentence():
    assert answer_type_gain("When is it due?", language_of("de"))("It is due in May.") == 0.0


def test_an_acronym_in_another_question_is_not_asked_for():
    question = "What is needed to be hired by NASA?"
    assert gain_of(question, "The National Aeronautics Space Administration hires.") == 0.0


def test_initials_must_be_in_a_row():
    assert spells_out("an initial public offering", "ipo", ENGLISH)
    assert not spells_out("an initial and public offering", "ipo", ENGLISH)
    assert not spells_out("Anything.", "a", ENGLISH)


@pytest.mark.parametrize(
    ("question", "sentence", "gain"),
    [
        ("What is a lien?", "A lien is a claim on property.", DEFINITION_GAIN),
        ("what are liens", "In law, a lien means a claim.", DEFINITION_GAIN),
        ("Define gross income.", "Gross income refers to all earnings.", DEFINITION_GAIN),
        ("What is a lien?", "The bank placed a lien on the house.", 0.0),
        ("What is the capital of France and who lives there now?", "France is large.", 0.0),
    ],
)
def test_definitions(question, sentence, gain):
    assert gain_of(question, sentence) == gain


@pytest.mark.parametrize(
    "question", ["", "???", "what is", "define", "🙂", "(((", "what is [a-z]+\\"]
)
def test_any_question_is_harmless(question):
    assert gain_of(question, "Some sentence (with [brackets] and \\ a slash).") >= 0.0
