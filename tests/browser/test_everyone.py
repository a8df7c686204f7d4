"""For everyone: axe-core on every tab, phones, three languages, brands, empty states."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

if os.environ.get("QA_REQUIRE_BROWSER") != "1":
    pytest.importorskip("playwright.sync_api")
    pytest.importorskip("axe_playwright_python")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

Visit = Callable[..., AbstractContextManager[Page]]
Serve = Callable[..., AbstractContextManager[str]]

SOON = 20_000
NOTICE = "How long is the notice period?"
GRAVE = ("serious", "critical")


def ask(page: Page, question: str) -> None:
    field = page.locator("#qa-question textarea")
    field.fill(question)
    field.press("Enter")
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(question, timeout=SOON)
    expect(page.locator("#qa-answer")).to_have_attribute("aria-busy", "false")


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_on_any_tab(
    visit: Visit, server: str, theme: str, width: int
) -> None:
    size = {"width": width, "height": 844}
    with visit(server, viewport=size, reduced_motion="reduce") as page:
        page.goto(f"{server}/?__theme={theme}")
        expect(page.locator(".qa-example").first).to_be_visible(timeout=SOON)
        found = violations(page)
        ask(page, NOTICE)
        page.locator(".qa-more summary").first.click()
        page.locator("#qa-history summary").click()
        found += violations(page)
        page.locator("[data-show]").first.click()
        expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
        found += violations(page)
        page.keyboard.press("Escape")
        ask(page, "Who won the world cup in 2018?")
        found += violations(page)
        page.locator("#qa-question textarea").fill(" ")
        page.locator("#qa-question textarea").press("Enter")
        expect(page.get_by_role("alert")).to_be_visible(timeout=SOON)
        found += violations(page)
        for tab in page.get_by_role("tab").all()[1:]:
            tab.click()
            shown = page.get_by_role("tabpanel").filter(visible=True).first
            expect(shown).not_to_be_empty(timeout=SOON)
            page.wait_for_timeout(500)
            found += violations(page)
            assert sideways(page) == 0
        assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_scrolls_sideways_on_a_phone(visit: Visit, server: str, theme: str) -> None:
    with visit(server, viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{server}/?__theme={theme}")
        ask(page, NOTICE)
        page.locator(".qa-more summary").first.click()
        assert sideways(page) == 0
        page.locator("[data-show]").first.click()
        expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
        text = page.locator(".qa-reader-text")
        assert sideways(page) == 0
        assert text.evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_reduced_motion_moves_nothing(visit: Visit, server: str) -> None:
    with visit(server, reduced_motion="reduce") as page:
        ask(page, NOTICE)
        moving = page.evaluate(
            "document.getAnimations().filter(each => each.playState === 'running').length"
        )
        assert moving == 0


SPOKEN = {
    "de-AT": (
        "Fragen",
        "Dokumente",
        "Sehr wahrscheinlich|Wahrscheinlich|Möglicherweise",
        "Seite 3",
        "Die Frage ist leer",
    ),
    "es-MX": (
        "Preguntar",
        "Documentos",
        "Muy probable|Probable|Posible",
        "página 3",
        "La pregunta está vacía",
    ),
    "fr-FR": ("Ask", "Documents", "Very likely|Likely|Possibly", "page 3", "The question is empty"),
}


def expect_spoken(page: Page, locale: str) -> None:
    button, tab, badge, place, empty = SPOKEN[locale]
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible(timeout=SOON)
    expect(page.get_by_role("tab", name=tab)).to_be_visible()
    ask(page, NOTICE)
    expect(page.locator(".qa-badge")).to_have_text(re.compile(f"^({badge})$"))
    expect(page.locator(".qa-found .qa-place")).to_contain_text(place)
    expect(page.locator(".qa-found mark")).to_contain_text("The notice period is three months")
    page.locator("#qa-question textarea").fill("  ")
    page.locator("#qa-question textarea").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(empty, timeout=SOON)


@pytest.mark.parametrize("locale", list(SPOKEN))
def test_the_page_speaks_the_visitor_s_language(visit: Visit, server: str, locale: str) -> None:
    with visit(server, locale=locale) as page:
        expect_spoken(page, locale)
        language = locale[:2] if locale[:2] in ("de", "es") else "en"
        assert page.evaluate("document.documentElement.lang") == language
        titles = {"de": "Fragen Sie Ihre Dokumente", "es": "Pregunte a sus documentos"}
        expect(page.get_by_role("heading", level=1)).to_have_text(
            titles.get(language, "Ask your documents"), use_inner_text=True
        )


def test_a_page_of_its_owner_that_only_answers(
    visit: Visit, serve: Serve, server: str, corpus: Path
) -> None:
    brand = {
        "QA_TITLE": "Harbour <House>",
        "QA_INTRO": "Ask the caretaker's shelf.",
        "QA_ACCENT": "#ffd400",
        "QA_DOCUMENTS_TAB": "no",
        "QA_PAGE_LANGUAGE": "de",
    }
    with serve(corpus, **brand) as url, visit(url, locale="es-ES") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("Harbour <House>")
        expect(page.locator(".qa-header p")).to_have_text("Ask the caretaker's shelf.")
        expect(page).to_have_title("Harbour <House>")
        expect(page.get_by_role("tab", name="Dokumente")).to_have_count(0)
        ask(page, NOTICE)
        expect(page.locator(".qa-badge")).to_have_text(re.compile(f"^({SPOKEN['de-AT'][2]})$"))
        for theme in ("light", "dark"):
            page.goto(f"{url}/?__theme={theme}")
            ask(page, NOTICE)
            assert violations(page) == []  # yellow is made readable


def test_without_documents_the_page_says_what_to_do_first(
    visit: Visit, serve: Serve, tmp_path: Path
) -> None:
    empty = tmp_path / "corpus"
    empty.mkdir()
    with serve(empty) as url, visit(url) as page:
        advice = page.locator("#qa-examples").get_by_role("alert")
        expect(advice).to_contain_text("There is no index yet", timeout=SOON)
        expect(advice).to_contain_text("Add and rebuild")
        page.locator("#qa-question textarea").fill("Who pays?")
        page.locator("#qa-question textarea").press("Enter")
        expect(page.locator("#qa-answer").get_by_role("alert")).to_be_visible(timeout=SOON)
        assert violations(page) == []
    with serve(empty, QA_DOCUMENTS_TAB="no") as url, visit(url) as page:
        advice = page.locator("#qa-examples").get_by_role("alert")
        expect(advice).to_contain_text("python -m qa index", timeout=SOON)
