"""The tab "Ask" as a visitor has it: links, history, the whole document, keys, filter, copying."""

from __future__ import annotations

import os
import re

import pytest

if os.environ.get("QA_REQUIRE_BROWSER") != "1":
    pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

SOON = 20_000
NOTICE = "How long is the notice period?"
RADIATOR = "How do I bleed a radiator?"


def ask(page: Page, question: str) -> None:
    field = page.get_by_label("Your question")
    field.fill(question)
    field.press("Enter")
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(question, timeout=SOON)
    expect(page.locator("#qa-answer")).to_have_attribute("aria-busy", "false")


def test_the_answer_names_its_place_and_tells_the_probability_when_pointed_at(page: Page) -> None:
    ask(page, NOTICE)
    card = page.locator(".qa-found")
    expect(card.locator("mark")).to_contain_text("three months to the end of a month")
    expect(card.locator(".qa-place")).to_contain_text("contracts/lease.pdf")
    expect(card.locator(".qa-place")).to_contain_text("page 3")
    figure = card.locator(".qa-percent")
    expect(figure).to_have_text(re.compile(r"^\d+% probability$"))
    assert figure.evaluate("e => getComputedStyle(e).opacity") == "0"
    card.locator(".qa-badge").focus()
    expect(figure).to_have_css("opacity", "1")


def test_the_address_reproduces_the_question_and_back_goes_back(
    page: Page, browser: Browser
) -> None:
    ask(page, NOTICE)
    ask(page, RADIATOR)
    expect(page).to_have_url(re.compile(r"\?q=How\+do\+I\+bleed.*&k=5&g="))
    again = browser.new_page()
    again.goto(page.url)
    expect(again.locator("#qa-answer .qa-asked")).to_have_text(RADIATOR, timeout=SOON)
    expect(again.get_by_label("Your question")).to_have_value(RADIATOR)
    expect(again.locator(".qa-changed")).to_have_count(0)
    again.close()

    page.go_back()
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(NOTICE, timeout=SOON)
    expect(page.get_by_label("Your question")).to_have_value(NOTICE)
    page.go_forward()
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(RADIATOR, timeout=SOON)
    page.go_back()
    page.go_back()
    expect(page.locator("#qa-answer .qa-asked")).to_have_count(0, timeout=SOON)
    expect(page.get_by_label("Your question")).to_have_value("")


def test_a_link_of_an_older_index_says_so(page: Page, server: str) -> None:
    page.goto(f"{server}/?q=What+is+a+KPO%3F&k=3&g=20200101T000000.000-000000")
    expect(page.locator(".qa-changed")).to_contain_text("The index has changed", timeout=SOON)
    expect(page.locator("#qa-answer .qa-asked")).to_have_text("What is a KPO?")
    expect(page.locator(".qa-more")).to_have_count(2)
    expect(page.get_by_label("Passages")).to_have_value("3")


def test_a_link_that_makes_no_sense_gets_a_sentence(page: Page, server: str) -> None:
    page.goto(f"{server}/?q=tea&k=many")
    expect(page.get_by_role("alert")).to_contain_text("ask for 1 to 50", timeout=SOON)


def test_only_the_wanted_documents_are_asked(page: Page) -> None:
    page.get_by_label("Only in").fill("handbook/")
    ask(page, "What must be given in writing?")
    places = page.locator("#qa-answer .qa-place")
    assert places.count() >= 3
    assert all("handbook/" in text for text in places.all_text_contents())
    expect(page).to_have_url(re.compile("in=handbook"))
    page.get_by_label("Only in").fill("nowhere; handbook/")
    page.get_by_label("Only in").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No document lies in “nowhere”", timeout=SOON)
    offered = page.locator("#qa-scopes option")
    values = offered.evaluate_all("options => options.map(option => option.value)")
    assert {"contracts/", "handbook/", "contracts/lease.pdf"} <= set(values)


def test_the_whole_document_opens_at_the_passage_and_steps_through_the_hits(page: Page) -> None:
    ask(page, NOTICE)
    page.get_by_role("button", name="Show in document").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=SOON)
    expect(dialog.get_by_role("heading")).to_be_visible()
    now = dialog.locator(".qa-now mark").first
    expect(now).to_contain_text("The notice period is three months")
    expect(now).to_be_in_viewport()
    expect(dialog.locator(".qa-page")).to_have_text(["Page 1", "Page 2", "Page 3"])
    expect(dialog.locator(".qa-at")).to_have_text("Hit 1 of 5")
    sources = set()
    for hit in range(2, 6):
        dialog.get_by_role("button", name="Next hit").click()
        expect(dialog.locator(".qa-at")).to_have_text(f"Hit {hit} of 5", timeout=SOON)
        expect(dialog.locator(f'.qa-now[data-hit="{hit}"]').first).to_be_in_viewport()
        sources.add(dialog.locator("header p > span").first.inner_text())
    assert len(sources) > 1  # other documents have opened on the way
    page.keyboard.press("p")
    expect(dialog.locator(".qa-at")).to_have_text("Hit 4 of 5", timeout=SOON)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Show in document").first).to_be_focused()


def test_keys_alone_ask_walk_open_and_close(page: Page) -> None:
    expect(page.locator(".qa-example").first).to_be_visible(timeout=SOON)
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("/")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(NOTICE)
    page.keyboard.press("Enter")
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(NOTICE, timeout=SOON)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Show in document").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    second = page.locator(".qa-more").first
    expect(second.locator("> summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(second.locator("mark")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(second.locator("mark")).to_be_hidden()
    expect(second.locator("> summary")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SOON)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Your question")).to_be_focused()


def test_the_slash_leads_back_from_another_tab_and_is_a_letter_in_a_field(page: Page) -> None:
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator(".qa-table")).to_be_visible(timeout=SOON)
    page.keyboard.press("/")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("and/or")
    expect(page.get_by_label("Your question")).to_have_value("and/or")


def test_own_questions_are_kept_on_this_device_and_can_be_cleared(page: Page) -> None:
    ask(page, NOTICE)
    ask(page, '<img src=x onerror="window.pwned=1">')
    page.reload()
    own = page.locator("#qa-history details")
    expect(own).to_contain_text("Your questions on this device (2)", timeout=SOON)
    own.locator("summary").click()
    expect(own.get_by_role("listitem")).to_have_count(2)
    own.get_by_role("button", name=NOTICE).click()
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(NOTICE, timeout=SOON)
    own.get_by_role("button", name="Clear").click()
    expect(own).to_have_count(0)
    assert page.evaluate("localStorage.getItem('qa-questions')") == "[]"
    assert not page.evaluate("'pwned' in window")


def test_an_answer_is_copied_with_its_citation_and_link(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, NOTICE)
    page.get_by_role("button", name="Copy with citation").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    text, link = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert text.startswith("“The notice period is three months to the end of a month.” — ")
    assert text.endswith(", page 3 (contracts/lease.pdf)")
    assert link == page.url


def test_examples_come_from_the_documents(page: Page) -> None:
    expect(page.locator(".qa-example")).to_have_count(4, timeout=SOON)
    assert RADIATOR in page.locator(".qa-example").all_inner_texts()
