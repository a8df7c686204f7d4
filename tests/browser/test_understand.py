"""Why this passage, and why not another: the bars on the card and the tab "Understand"."""

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
NOWHERE = "Who won the world cup in 2018?"
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


def expected_else(page: Page) -> None:
    """From the card to "Why not?" by the keyboard."""
    button = page.get_by_role("button", name=re.compile("^(Expected something|Etwas anderes)"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#qa-why-expected textarea")).to_be_focused(timeout=SOON)


def test_each_hit_tells_why_by_the_keyboard(page: Page) -> None:
    ask(page, NOTICE)
    charts = page.locator(".qa-why")
    expect(charts).to_have_count(5)
    expect(page.locator(".qa-why[open]")).to_have_count(0)
    first = charts.first
    summary = first.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(first.locator("tbody tr")).to_have_count(7)
    expect(
        first.get_by_role("rowheader", name=re.compile("Meaning of the passage"))
    ).to_be_visible()
    expect(first.locator(".qa-words")).to_contain_text("In this passage: notice, period")
    figures = [float(text) for text in first.locator("tbody td").all_inner_texts()]
    total = float(first.locator("tfoot td").inner_text())
    assert figures == sorted(figures, reverse=True)
    assert abs(sum(figures) - total) < 0.05  # seven figures of two decimals
    widths = first.locator(".qa-bar").evaluate_all("bars => bars.map(bar => bar.offsetWidth)")
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 100
    page.keyboard.press("Escape")
    expect(page.locator(".qa-why[open]")).to_have_count(0)
    expect(summary).to_be_focused()
    # The arrows go on walking through the hits, from inside of one too.
    page.keyboard.press("ArrowDown")
    expect(page.locator(".qa-more > summary").first).to_be_focused()


def test_an_expected_text_is_followed_to_the_step_that_lost_it(page: Page) -> None:
    ask(page, NOTICE)
    expected_else(page)
    expect(page.get_by_label("The question")).to_have_value(NOTICE)
    expect(page.get_by_role("tab", name="Understand")).to_have_attribute("aria-selected", "true")
    page.keyboard.type("three monthly rents")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show where it went")).to_be_focused()
    page.keyboard.press("Enter")
    found = page.locator("#qa-why-found")
    expect(found.get_by_role("heading", level=2)).to_contain_text(
        "Another passage beat it", timeout=SOON
    )
    expect(found.locator(".qa-went")).to_have_count(3)
    expect(found.locator(".qa-lost")).to_contain_text("First in the ranking: no")
    figures = [float(text) for text in found.locator("tfoot td").all_inner_texts()]
    assert figures[0] < figures[1]
    assert abs(figures[1] - figures[0] - figures[2]) < 0.02

    page.get_by_label("Words of the text").fill("<b>nowhere</b> zorblax")
    page.get_by_role("button", name="Show where it went").click()
    expect(found.get_by_role("heading", level=2)).to_have_text(
        "It is in no document of the index.", timeout=SOON
    )
    page.get_by_label("Words of the text").fill(" ")
    page.get_by_role("button", name="Show where it went").click()
    expect(found.get_by_role("alert")).to_contain_text("The expected text is empty", timeout=SOON)


def test_from_not_in_these_documents_and_again_with_another_question(page: Page) -> None:
    ask(page, NOWHERE)
    expected_else(page)
    expect(page.get_by_label("The question")).to_have_value(NOWHERE)
    page.get_by_role("tab", name="Ask", exact=True).click()
    ask(page, NOTICE)
    expected_else(page)
    expect(page.get_by_label("The question")).to_have_value(NOTICE)


def test_visitors_who_can_only_ask_have_bars_but_no_tab(
    visit: Visit, serve: Serve, corpus: Path
) -> None:
    with serve(corpus, QA_DOCUMENTS_TAB="no") as url, visit(url) as page:
        ask(page, NOTICE)
        expect(page.locator(".qa-why")).to_have_count(5)
        expect(page.locator("[data-else]")).to_have_count(0)
        expect(page.get_by_role("tab", name="Understand")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    visit: Visit, server: str, theme: str, width: int
) -> None:
    size = {"width": width, "height": 844}
    with visit(server, viewport=size, reduced_motion="reduce", locale="de-DE") as page:
        page.goto(f"{server}/?__theme={theme}")
        ask(page, NOTICE)
        page.locator(".qa-why > summary").first.click()
        page.locator(".qa-more > summary").first.click()
        page.locator(".qa-more .qa-why > summary").first.click()
        found = violations(page)
        assert sideways(page) <= 0
        expected_else(page)
        page.keyboard.type("three monthly rents")
        page.locator("#qa-why-explain").click()
        expect(page.locator(".qa-compared")).to_be_visible(timeout=SOON)
        found += violations(page)
        assert sideways(page) <= 0
        assert found == []
