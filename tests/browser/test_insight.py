"""The map of the passages and the quality of the answers, as the owner of a page has them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

if os.environ.get("QA_REQUIRE_BROWSER") != "1":
    pytest.importorskip("playwright.sync_api")
    pytest.importorskip("axe_playwright_python")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

SOON = 30_000
NOTICE = "How long is the notice period?"
GRAVE = ("serious", "critical")

Visit = Callable[..., AbstractContextManager[Page]]
Serve = Callable[..., AbstractContextManager[str]]


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def tab(page: Page, name: str) -> None:
    """Open a tab; on a phone it may stand in the menu of those that have no room."""
    expect(page.get_by_role("tab", name="Ask", exact=True).first).to_be_visible(timeout=SOON)
    button = page.get_by_role("tab", name=name, exact=True)
    if button.count() and button.first.is_visible():
        button.first.click()
        return
    page.locator(".overflow-menu button").first.click()
    page.locator(".overflow-dropdown button", has_text=name).first.click()


def open_part(page: Page, name: str) -> None:
    tab(page, "Understand")
    expect(page.locator("#qa-understand")).to_be_visible()
    tab(page, name)


def points(page: Page) -> Locator:
    return page.locator("#qa-map use")


def show(page: Page, question: str) -> None:
    page.get_by_label("Question on the map").fill(question)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".qa-map-hits li").first).to_be_visible(timeout=SOON)


def test_a_click_on_a_point_opens_its_passage(page: Page) -> None:
    open_part(page, "Map")
    expect(points(page).first).to_be_visible(timeout=SOON)
    expect(points(page).first.locator("title")).not_to_be_empty()
    points(page).first.click(force=True)  # another point may lie on it
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=SOON)
    expect(dialog.locator(".qa-hit.qa-now").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_question_of_the_ask_tab_is_on_the_map_and_its_hits_open_by_keyboard(
    page: Page,
) -> None:
    field = page.locator("#qa-question textarea")
    field.fill(NOTICE)
    field.press("Enter")
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(NOTICE, timeout=SOON)
    open_part(page, "Map")
    expect(page.get_by_label("Question on the map")).to_have_value(NOTICE, timeout=SOON)
    hits = page.locator(".qa-map-hits button")
    expect(hits).to_have_count(5, timeout=SOON)
    expect(hits.first).to_contain_text("notice period is three months")
    expect(page.locator(".qa-map-hit")).to_have_count(5, timeout=SOON)
    hits.nth(1).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=SOON)
    expect(dialog.locator(".qa-at")).to_have_text("Hit 2 of 5")
    page.keyboard.press("p")
    expect(dialog.locator(".qa-at")).to_have_text("Hit 1 of 5", timeout=SOON)
    expect(dialog.locator(".qa-now mark").first).to_contain_text("notice period is three months")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(hits.nth(1)).to_be_focused()

    show(page, "How do I bleed a radiator?")
    expect(hits.first).to_contain_text("water comes", timeout=SOON)
    page.locator(".qa-map-hit").last.click()  # the first hit lies on top
    expect(dialog.locator(".qa-at")).to_have_text("Hit 1 of 5", timeout=SOON)


def test_the_dialog_still_opens_on_the_ask_tab(page: Page) -> None:
    open_part(page, "Map")
    show(page, "How do I bleed a radiator?")
    tab(page, "Ask")
    field = page.locator("#qa-question textarea")
    field.fill(NOTICE)
    field.press("Enter")
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(NOTICE, timeout=SOON)
    page.locator("#qa-answer [data-show]").first.click()
    expect(page.get_by_role("dialog").locator(".qa-now mark").first).to_contain_text(
        "three months", timeout=SOON
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_both_tabs_are_for_everyone(visit: Visit, server: str, theme: str, width: int) -> None:
    size = {"width": width, "height": 844}
    with visit(server, viewport=size, reduced_motion="reduce") as page:
        page.goto(f"{server}/?__theme={theme}")
        open_part(page, "Map")
        expect(points(page).first).to_be_visible(timeout=SOON)
        show(page, NOTICE)
        expect(page.locator(".qa-map-hit")).to_have_count(5, timeout=SOON)
        assert violations(page) == []
        assert sideways(page) == 0
        open_part(page, "Quality")
        expect(page.locator(".qa-quality").first).to_be_visible(timeout=SOON)
        assert violations(page) == []
        assert sideways(page) == 0


def test_quality_tells_what_is_known_here(
    visit: Visit, serve: Serve, corpus: Path, tmp_path: Path
) -> None:
    own = tmp_path / "corpus"
    shutil.copytree(corpus, own)
    estimate = {"mean": 0.71, "low": 0.6, "high": 0.8}
    figures = {name: {"nDCG@10": estimate, "R@100": estimate} for name in ("full", "dense", "RRF")}
    facts = {"questions": 60, "passages": 1200, "model": "toy"}
    result = tmp_path / "result.json"
    made = {"name": "a set", "kind": "ranking", "facts": facts, "figures": figures}
    result.write_text(json.dumps(made), encoding="utf-8")
    with serve(own, QA_EVALUATION=str(result)) as url, visit(url) as page:
        open_part(page, "Quality")
        shown = page.locator("#qa-quality")
        expect(shown).to_contain_text("Nothing to compare with yet.", timeout=SOON)
        expect(shown).to_contain_text("No question was asked yet.")
        tab(page, "Ask")
        field = page.locator("#qa-question textarea")
        for question in (NOTICE, "Who won the world cup in 2018?"):
            field.fill(question)
            field.press("Enter")
            expect(page.locator("#qa-answer .qa-asked")).to_have_text(question, timeout=SOON)
        page.get_by_role("button", name="Right, it is not there").click()
        expect(page.locator("#qa-noted")).to_contain_text("kept on this machine", timeout=SOON)

        open_part(page, "Map")
        tab(page, "Quality")
        charts = shown.get_by_role("img")
        expect(charts).to_have_count(2, timeout=SOON)
        expect(shown).to_contain_text("Fewer than 10 questions: this says little yet.")
        expect(charts.last).to_have_attribute(
            "aria-label", "Questions by confidence: 1 answered, 1 not"
        )
        shown.locator("summary").last.click()
        expect(shown.get_by_role("row", name="90–100%")).to_be_visible()
        table = shown.get_by_role("region", name="a set")
        expect(table).to_contain_text("0.710 (0.600–0.800)")
        assert violations(page) == []


def test_without_an_index_the_map_says_what_to_do_first(
    visit: Visit, serve: Serve, tmp_path: Path
) -> None:
    empty = tmp_path / "corpus"
    empty.mkdir()
    with serve(empty) as url, visit(url) as page:
        open_part(page, "Map")
        advice = page.locator("#qa-map-beside").get_by_role("alert")
        expect(advice).to_contain_text("There is no index yet", timeout=SOON)
        expect(page.locator("#qa-map svg")).to_have_count(0)
        tab(page, "Quality")
        expect(page.locator("#qa-quality")).to_contain_text("No question is pinned", timeout=SOON)
