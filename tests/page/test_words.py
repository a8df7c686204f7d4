"""The page's languages: every word is translated, and the visitor's language is found."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest
from gradio.context import LocalContext

from qa.datatypes import Answer
from qa.insight.explanation.why import HELD, LACKED, NAMES, UNKNOWN
from qa.page import brand
from qa.page.html import build_card, document_table
from qa.page.html import elements as markup
from qa.page.html.answer_card import answer_html
from qa.page.locale import translate as words
from qa.page.tabs import history, pins, quality, why_not
from qa.page.tabs import map as map_tab
from qa.settings import PAGE_LANGUAGES, Settings

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = [language for language in PAGE_LANGUAGES if language != "en"]


def written_texts() -> set[str]:
    """Every literal that the page gives to `t`, `label`, `everywhere` or `counted`."""
    found = set()
    for path in (ROOT / "qa" / "page").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            place = {"t": 0, "label": 0, "everywhere": 0, "counted": 1}.get(name)
            if place is None or len(node.args) <= place:
                continue
            given = node.args[place]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                plural = [given.value + "s"] if name == "counted" else []
                found |= {given.value, *plural}
    return found


def other_texts() -> set[str]:
    """Texts that reach `t` by a name."""
    return {
        *build_card.STAGES.values(),
        *build_card.MONTHS,
        build_card.MEANWHILE,
        *build_card.UNITS.values(),
        *build_card.CHANGES.values(),
        *(document_table.STAYS, document_table.PURGE, *document_table.HEAD),
        *(*history.HEAD, *pins.STATES.values(), pins.INTRO),
        *("Question", "Expected", "Result"),
        *brand.SCRIPT_TEXTS,
        *(map_tab.INTRO, map_tab.HINT, quality.INTRO, *quality.SYSTEMS.values(), "Hits"),
        *(text for names in NAMES.values() for text in names),
        *(HELD, LACKED, UNKNOWN, why_not.INTRO, *why_not.STEPS.values()),
        *("Signal", "Gives to the score", "Your text", "First hit", "Difference", "yes", "no"),
        *(markup.WENT_WRONG, markup.NO_INDEX, markup.NO_INDEX_TO_ASK),
        *("Very likely", "Likely", "Possibly", "Not in these documents"),
        *("Further passages", "Closest passages", "Title", "Source", "Words"),
        *(Settings().title, Settings().intro),
    }


@pytest.mark.parametrize("language", FOREIGN)
def test_every_text_of_the_page_is_translated(language: str) -> None:
    known = words.TRANSLATIONS[language]
    assert sorted((written_texts() | other_texts()) - set(known)) == []


@pytest.mark.parametrize("language", FOREIGN)
def test_translations_keep_the_names_that_are_filled_in(language: str) -> None:
    def names(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for english, foreign in words.TRANSLATIONS[language].items():
        assert names(english) == names(foreign), english
        assert foreign.strip(), english


def test_all_languages_have_the_same_texts() -> None:
    assert set(words.TRANSLATIONS["de"]) == set(words.TRANSLATIONS["es"])


@pytest.mark.parametrize("text", sorted(other_texts() | written_texts()))
def test_no_text_of_the_page_needs_escaping(text: str) -> None:
    assert not re.search("[<>&]", text)


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch):
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
    assert words.told_error("The question has 2,001 characters; ask in at most 2,000.") == (
        "Die Frage hat 2.001 Zeichen; fragen Sie mit höchstens 2.000."
    )
    told = words.told_error(
        "No document lies in “a 7”; give a document's source, a folder, or a pattern such as *.pdf."
    )
    assert told.startswith("Kein Dokument liegt in “a 7”;")
    assert words.told_error("Something {new} 7.") == "Something {new} 7."


def test_an_answer_in_german_quotes_the_document_as_it_is(speaking) -> None:
    speaking("de-DE")
    card = answer_html(Answer("How?", None, 0.1, ()))
    assert "Nicht in diesen Dokumenten" in card
    assert words.figure(12345) == "12.345"


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
    assert "--qa-accent:#123456" in head
    assert not re.search(r"(?:src|href)=|@import|url\(", head)
    assert '"forced": "de"' in head
