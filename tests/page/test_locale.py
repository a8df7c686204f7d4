"""The page's languages: every word is translated, and the visitor's language is found."""

from __future__ import annotations

import ast
import re
import shlex
import string
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from gradio.context import LocalContext

from qa.answering.question import check_question
from qa.datatypes import Answer
from qa.errors import InputError
from qa.page import brand
from qa.page.html.answer_card import answer_html
from qa.page.locale import translate as words
from qa.page.locale.errors import VISITORS_ERRORS
from qa.settings import PAGE_LANGUAGES, Settings

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = [language for language in PAGE_LANGUAGES if language != "en"]


def extracted() -> set[str | tuple[str, ...]]:
    """What the command of docs/README.md finds in the page's source."""
    text = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^python -m babel.messages.frontend extract (.*)$", text, re.MULTILINE)
    assert command
    options = shlex.split(command[1])
    given = [value for name, value in pairwise(options) if name == "-k"]
    with (ROOT / options[options.index("-F") + 1]).open(encoding="utf-8") as file:
        methods, _ = parse_mapping_cfg(file)
    keywords = {"N_": None, **parse_keywords(given)}
    found = extract_from_dir(ROOT / options[-1], methods, {}, keywords)
    return {message for _, _, message, _, _ in found}


TEXTS = extracted()


def catalog(language: str) -> Catalog:
    return words.catalog(language)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def forms(message: object) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)  # type: ignore[arg-type]


def test_the_texts_of_the_page_are_found() -> None:
    assert "Show in document" in TEXTS  # inside an f-string
    assert ("passage", "passages") in TEXTS
    assert {*brand.SCRIPT_TEXTS, Settings().title, Settings().intro} <= TEXTS


@pytest.mark.parametrize("language", FOREIGN)
def test_the_catalogs_hold_the_texts_of_the_page_and_no_others(language: str) -> None:
    held = {
        tuple(message.id) if message.pluralizable else message.id
        for message in catalog(language)
        if message.id
    }
    assert sorted(map(str, held ^ TEXTS)) == []


@pytest.mark.parametrize("language", FOREIGN)
def test_every_text_is_translated_and_keeps_the_names_that_are_filled_in(language: str) -> None:
    for message in catalog(language):
        if message.id:
            assert not message.fuzzy, message.id
            foreign = forms(message.string)
            assert len(foreign) == (catalog(language).num_plurals if message.pluralizable else 1)
            for english, translated in zip(forms(message.id), foreign, strict=True):
                assert translated.strip(), english
                assert names(translated) == names(english), english


def test_errors_are_translated_as_they_are_raised() -> None:
    literals = {
        node.value
        for path in (ROOT / "qa").rglob("*.py")
        if path.name != "errors.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert set(VISITORS_ERRORS) <= literals


@pytest.mark.parametrize("message", sorted(TEXTS, key=str))
def test_no_text_of_the_page_needs_escaping(message: str | tuple[str, ...]) -> None:
    assert not re.search("[<>&]", "".join(forms(message)))


@pytest.fixture
def speaking():
    """Sets what the event of a visitor carries."""
    tokens = []

    def speak(accepted: str, **page: object) -> None:
        request = SimpleNamespace(headers={"accept-language": accepted})
        tokens.append((LocalContext.request, LocalContext.request.set(request)))
        if page:
            tokens.append((LocalContext.blocks, LocalContext.blocks.set(SimpleNamespace(**page))))

    yield speak
    for variable, token in reversed(tokens):
        variable.reset(token)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("de", "de"), ("DE-at,en", "de"), ("es;q=0.8,de", "es"), ("fr,de", "en"), ("*", "en")],
)
def test_the_browser_s_first_language_counts(speaking, accepted: str, expected: str) -> None:
    speaking(accepted)
    assert words.language() == expected


def test_the_owner_s_choice_comes_before_the_browser(speaking) -> None:
    speaking("de", page_language="es")
    assert words.language() == "es"
    assert words.t("Close") == "Cerrar"


def test_errors_are_translated_around_their_figures_and_names(speaking) -> None:
    speaking("de")
    with pytest.raises(InputError) as raised:
        check_question("?" * 2_001)
    assert str(raised.value) == "The question has 2,001 characters; ask in at most 2,000."
    assert words.error_text(raised.value) == (
        "Die Frage hat 2.001 Zeichen; fragen Sie mit höchstens 2.000."
    )
    assert words.error_text(InputError("Something {new} 7.")) == "Something {new} 7."
    assert str(InputError("Lost: “{place}”.", place="a {7}")) == "Lost: “a {7}”."


def test_numbers_and_dates_are_written_as_the_language_does(speaking) -> None:
    day = datetime(2026, 5, 4)
    speaking("de")
    assert [words.figure(12345), words.decimal(-1.5), words.percent(0.5), words.date(day)] == [
        "12.345",
        "−1,50",
        "50\N{NO-BREAK SPACE}%",
        "4. Mai 2026",
    ]
    speaking("es")
    assert words.date(day) == "4 de mayo de 2026"


def test_the_plural_goes_with_the_number(speaking) -> None:
    speaking("de")
    assert [words.counted(number, "passage", "passages") for number in (0, 1, 2)] == [
        "0 Stellen",
        "1 Stelle",
        "2 Stellen",
    ]


def test_an_answer_in_german(speaking) -> None:
    speaking("de-DE")
    card = answer_html(Answer("How?", None, 0.1, ()))
    assert "Nicht in diesen Dokumenten" in card


def test_labels_of_all_languages_or_of_the_one_that_is_forced() -> None:
    key = words.LABEL_PREFIX + "Ask"
    free, forced = words.labels().translations, words.labels("es").translations
    assert [free[language][key] for language in PAGE_LANGUAGES] == ["Ask", "Fragen", "Preguntar"]
    assert {forced[language][key] for language in PAGE_LANGUAGES} == {"Preguntar"}
    assert isinstance(words.labels(), gr.I18n)


def test_the_owner_s_own_words_are_escaped_and_not_translated() -> None:
    header = brand.header_html(Settings(title="Ask <b>", intro="</p>"))
    assert "<h1>Ask &lt;b&gt;</h1><p>&lt;/p&gt;</p>" in header
    assert 'lang="de">Fragen Sie Ihre Dokumente<' in brand.header_html(Settings())


def test_the_head_fetches_nothing_and_holds_the_accent() -> None:
    head = brand.head_html(Settings(accent="#123456", page_language="de"))
    assert "--qa-chosen:#123456" in head
    assert not re.search(r"(?:src|href)=|@import|url\(", head)
    assert '"forced": "de"' in head
