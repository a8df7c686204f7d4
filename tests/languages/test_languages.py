"""What the languages hold fits together, and a language without a file has nothing."""

from dataclasses import fields
from string import ascii_lowercase

import pytest

from qa.languages import described, language_of
from qa.languages.language import Language


@pytest.mark.parametrize("code", ["de", "en", "es", "fr"])
def test_foreign_questions_are_sixty_different_ones(code):
    questions = language_of(code).foreign_questions
    assert len(set(questions)) == len(questions) == 60
    assert all(question.endswith("?") for question in questions)


@pytest.mark.parametrize("language", described(), ids=lambda language: language.code)
def test_words_are_single_and_in_lower_case(language):
    for field in fields(language):
        words = getattr(language, field.name)
        if isinstance(words, frozenset):
            assert all(word == word.lower() and not set(word) & set(" ,.?") for word in words)


@pytest.mark.parametrize("language", described(), ids=lambda language: language.code)
def test_a_keyboard_has_every_letter(language):
    if language.spelling is not None:
        keys = "".join(language.spelling.keyboard_rows)
        assert set(keys) >= set(ascii_lowercase)
        assert len(set(keys)) == len(keys)


def test_only_english_borrows_words_from_the_model():
    assert [x.code for x in described() if x.spelling and x.spelling.model_words] == ["en"]


def test_a_language_without_a_file_has_nothing():
    swedish = language_of("sv")
    assert swedish.code == "sv"
    assert swedish is language_of("sv")
    empty = [getattr(swedish, field.name) for field in fields(Language)[1:]]
    assert not any(empty)
