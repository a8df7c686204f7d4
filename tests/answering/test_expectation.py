"""What a question's wording makes its answer look like."""

import pytest

from qa.answering.answer_type import (
    ACRONYM_GAIN,
    DEFINITION_GAIN,
    KIND_GAIN,
    expectation,
    spells_out,
)


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
    assert expectation(question)(answer) == KIND_GAIN
    assert expectation(question)(other) == 0.0


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
    assert expectation(question)(spelled) == ACRONYM_GAIN
    assert expectation(question)("NASA launched it.") == 0.0


def test_an_acronym_in_another_question_is_not_asked_for():
    question = "What is needed to be hired by NASA?"
    assert expectation(question)("The National Aeronautics Space Administration hires.") == 0.0


def test_initials_must_be_in_a_row():
    assert spells_out("an initial public offering", "ipo")
    assert not spells_out("an initial and public offering", "ipo")
    assert not spells_out("Anything.", "a")


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
    assert expectation(question)(sentence) == gain


@pytest.mark.parametrize(
    "question", ["", "???", "what is", "define", "🙂", "(((", "what is [a-z]+\\"]
)
def test_any_question_is_harmless(question):
    assert expectation(question)("Some sentence (with [brackets] and \\ a slash).") >= 0.0
