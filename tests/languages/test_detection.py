"""The language of texts: certain, uncertain, and of a whole corpus."""

import pytest

from qa.languages import DEFAULT, language_of
from qa.languages.detection import FEWEST_LETTERS, LanguageCount, detect

GERMAN = "Der Mieter zahlt vor dem Einzug eine Kaution, und der Vermieter legt sie auf ein Konto."
ENGLISH = "The tenant pays a deposit before moving in, and the landlord puts it into an account."


@pytest.mark.parametrize("code", ["de", "en", "es", "fr"])
def test_a_few_sentences_show_their_language(code):
    questions = language_of(code).foreign_questions
    for first in range(0, 60, 4):
        assert detect(" ".join(questions[first : first + 4])) == code


@pytest.mark.parametrize("text", ["", "KPO", "Massey Ferguson\nA 1928 Wallis", "1 2 3 4" * 20])
def test_names_and_numbers_show_none(text):
    assert detect(text) is None


def test_too_few_letters_are_not_believed():
    short = "Wo ist denn hier bitte die Toilette"
    assert sum(letter.isalpha() for letter in short) < FEWEST_LETTERS
    assert detect(short) is None
    assert detect(f"{short}, und wo der Ausgang?") == "de"


def test_the_main_language_is_that_of_most_of_the_text():
    count = LanguageCount()
    assert [count.add(text) for text in (ENGLISH, GERMAN * 5, ENGLISH)] == ["en", "de", "en"]
    assert count.main == "de"  # 435 characters against 170
    assert count.documents() == {"en": 2, "de": 1}


def test_an_uncertain_document_counts_to_the_main_language():
    count = LanguageCount()
    assert count.add(GERMAN) == "de"
    assert count.add("KPO") == "de"
    assert count.documents() == {"de": 2}


def test_many_short_texts_show_their_language_together():
    count = LanguageCount()
    for text in ("Die Kaution.", "Der Einzug.", "Das Konto ist neu.", "Wir haben offen."):
        assert detect(text) is None
        count.add(text)
    assert count.main == "de"
    assert count.documents() == {"de": 4}


def test_nothing_certain_is_the_default():
    count = LanguageCount()
    assert count.main == count.add("KPO") == DEFAULT
    assert LanguageCount().documents() == {}


def test_a_given_language_is_not_questioned():
    count = LanguageCount("fr")
    assert count.add(GERMAN) == count.main == "fr"
    assert count.documents() == {"fr": 1}
