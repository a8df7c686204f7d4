"""The tab "Documents" as its owner has it, against the real server, model and index."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

if os.environ.get("QA_REQUIRE_BROWSER") != "1":
    pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

SOON = 20_000
REBUILT = 180_000
Visit = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def owned(serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this file's own: removal and going back would disturb the others."""
    corpus = tmp_path_factory.mktemp("owned") / "corpus"
    corpus.mkdir()
    (corpus / "kettle.txt").write_text("The Zorblax kettle boils water. It is made of steel.")
    (corpus / "copy.txt").write_text("The Zorblax kettle boils water. It is made of steel.")
    (corpus / "lamp.md").write_text("# Lamp\n\nThe Quibble lamp draws eleven watts.")
    with serve(corpus, QA_ALLOW_PATHS="yes") as url:
        yield url


@pytest.fixture
def tab(visit: Visit, owned: str) -> Iterator[Page]:
    with visit(owned) as page:
        page.get_by_role("tab", name="Documents").click()
        expect(page.locator("#qa-documents .qa-table")).to_be_visible(timeout=SOON)
        yield page


def test_the_search_filters_and_says_when_nothing_is_found(tab: Page) -> None:
    rows = tab.locator("#qa-documents tbody tr")
    expect(rows.filter(has_text="kettle.txt").first).to_contain_text("Same text as")
    field = tab.get_by_label("Search titles and sources")
    field.press_sequentially("LAMP")
    expect(rows).to_have_count(1, timeout=SOON)
    field.fill("nothing of that name")
    expect(tab.locator("#qa-documents")).to_contain_text("No title or source holds")
    field.fill("")
    expect(rows.nth(1)).to_be_visible()


def test_the_preview_shows_passages_and_gives_the_focus_back(tab: Page) -> None:
    button = tab.get_by_role("button", name="Preview: Lamp")
    button.focus()
    tab.keyboard.press("Enter")
    dialog = tab.get_by_role("dialog")
    expect(dialog.locator(".qa-cut").first).to_contain_text("eleven watts", timeout=SOON)
    tab.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_pins_are_added_pass_or_fail_and_go(tab: Page) -> None:
    tab.get_by_role("button", name="Pinned questions").click()
    expect(tab.locator("#qa-pins")).to_contain_text("No question is pinned yet", timeout=SOON)
    for question, expected in (
        ("How many watts does the Quibble lamp draw?", "eleven watts"),
        ("What is the kettle made of?", "wood"),
    ):
        tab.get_by_label("Question to pin").fill(question)
        tab.get_by_label("Expected text").fill(expected)
        tab.get_by_role("button", name="Pin", exact=True).click()
        expect(tab.locator("#qa-pins")).to_contain_text(question, timeout=SOON)
    rows = tab.locator("#qa-pins .qa-table tbody tr")
    expect(rows.nth(0)).to_contain_text("Passes")
    expect(rows.nth(1)).to_contain_text("Fails")
    for count in (1, 0):
        rows.first.get_by_role("button").click()
        expect(rows).to_have_count(count, timeout=SOON)


def test_removing_asks_first_and_going_back_brings_it_back(tab: Page) -> None:
    remove = tab.get_by_role("button", name="Remove: copy")
    remove.click()
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_contain_text("copy.txt", timeout=SOON)
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_have_count(0)
    expect(tab.locator("#qa-build")).to_be_empty()
    remove.click()
    dialog.get_by_role("button", name="Remove").click()
    report = tab.locator("#qa-build .qa-report")
    expect(report).to_contain_text("Removed: 1", timeout=REBUILT)
    table = tab.locator("#qa-documents")
    expect(table).not_to_contain_text("copy.txt")

    tab.get_by_role("button", name="History").click()
    tab.locator("[data-rollback]").first.click()
    expect(tab.locator("#qa-generations")).to_contain_text("is live now", timeout=SOON)
    expect(table).to_contain_text("copy.txt", timeout=SOON)


def test_a_path_of_the_server_is_added_or_a_sentence_says_why_not(
    tab: Page, tmp_path: Path
) -> None:
    tab.get_by_label("Path on the server").fill(str(tmp_path / "none"))
    tab.get_by_role("button", name="Add path and rebuild").click()
    expect(tab.locator("#qa-build").get_by_role("alert")).to_contain_text(
        "no such file", timeout=SOON
    )
    (tmp_path / "florbin.txt").write_text("A florbin is a small wooden flute.")
    tab.get_by_label("Path on the server").fill(str(tmp_path))
    tab.get_by_role("button", name="Add path and rebuild").click()
    expect(tab.locator("#qa-build .qa-report")).to_contain_text("Added: 1", timeout=REBUILT)
    expect(tab.locator("#qa-documents")).to_contain_text("florbin.txt")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_all_of_it_fits(visit: Visit, owned: str, width: int, theme: str) -> None:
    with visit(owned, viewport={"width": width, "height": 900}) as page:
        page.goto(f"{owned}/?__theme={theme}")
        page.get_by_role("tab", name="Documents").click()
        expect(page.locator("#qa-documents .qa-table")).to_be_visible(timeout=SOON)
        for name in ("History", "Pinned questions"):
            page.get_by_role("button", name=name).click()
        expect(page.locator("#qa-generations .qa-table")).to_be_visible(timeout=SOON)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
        if place := os.environ.get("QA_SCREENSHOTS"):
            page.screenshot(path=Path(place) / f"documents-{width}-{theme}.png", full_page=True)
        page.locator("[data-preview]").first.click()
        expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
        if place:
            page.screenshot(path=Path(place) / f"preview-{width}-{theme}.png")
