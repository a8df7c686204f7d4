"""The page as a visitor has it, against the real server, model and index.

The server is shared by all tests of the session; each adds only documents of its own.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

if os.environ.get("QA_REQUIRE_BROWSER") != "1":
    pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

SOON = 20_000
REBUILT = 180_000
EVIL = '<img src=x onerror="window.pwned=1">'
ZORBLAX = (
    "The Zorblax 3000 kettle boils one litre of water in 42 seconds and has a three-year warranty."
)


def ask(page: Page, question: str) -> None:
    page.get_by_role("tab", name="Ask").click()
    field = page.get_by_label("Your question")
    field.fill(question)
    field.press("Enter")


def expect_asked(page: Page, question: str) -> None:
    """The card of this very question is on the page, not that of the one before."""
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(question, timeout=SOON)
    expect(page.locator("#qa-answer")).to_have_attribute("aria-busy", "false")


def open_documents(page: Page) -> None:
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator(".qa-table")).to_be_visible(timeout=SOON)


def add_text(page: Page, name: str, text: str) -> None:
    open_documents(page)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Add and rebuild").click()


def expect_uploaded(page: Page, files: int) -> None:
    """The files have arrived: names alone are shown while they are still on their way."""
    expect(page.locator("#qa-files a[download]")).to_have_count(files, timeout=SOON)


def expect_rebuilt(page: Page) -> None:
    ended = page.locator("#qa-build .qa-report, #qa-build .qa-notice").first
    expect(ended).to_be_visible(timeout=REBUILT)
    told = page.locator("#qa-build").inner_text()
    assert page.locator("#qa-build .qa-report").count() == 1, told


def pwned(page: Page) -> bool:
    """Whether anything that was typed or added has run; an image needs a moment to fail."""
    page.wait_for_timeout(300)
    return bool(page.evaluate("'pwned' in window"))


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_enter_asks_and_the_answering_sentence_is_marked(page: Page) -> None:
    expect(page.get_by_label("Your question")).to_be_focused(timeout=SOON)
    page.keyboard.type("What does BPO stand for?")
    page.keyboard.press("Enter")
    expect_asked(page, "What does BPO stand for?")
    card = page.locator(".qa-found")
    expect(card.locator("mark")).to_contain_text("Business Process Outsourcing")
    expect(card.locator(".qa-sentence")).to_contain_text("Business Process Outsourcing")
    expect(card.locator(".qa-source h2")).to_have_text("What are KPO and BPO?")
    expect(card.locator(".qa-place")).to_contain_text("what-are-kpo-and-bpo.txt")
    expect(card.locator(".qa-badge")).to_have_text(re.compile("^(Very likely|Likely|Possibly)$"))


def test_the_button_asks_and_further_passages_unfold(page: Page) -> None:
    page.get_by_label("Your question").fill("What is a KPO?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect_asked(page, "What is a KPO?")
    expect(page.locator(".qa-found mark")).to_contain_text("KPO")
    second = page.locator(".qa-more").first
    expect(second.locator("mark")).to_be_hidden()
    second.locator("> summary").click()
    expect(second.locator("mark")).to_be_visible()


def test_an_example_asks_itself(page: Page) -> None:
    example = page.locator(".qa-example").first
    question = example.inner_text(timeout=SOON)
    example.click()
    expect_asked(page, question)
    expect(page.get_by_label("Your question")).to_have_value(question)
    expect(page.locator(".qa-found mark")).to_be_visible()


def test_what_is_not_in_the_documents_is_said(page: Page) -> None:
    ask(page, "Who won the world cup in 2018?")
    expect_asked(page, "Who won the world cup in 2018?")
    expect(page.locator(".qa-none .qa-sentence")).to_have_text("Not in these documents")
    expect(page.get_by_role("heading", name="Closest passages")).to_be_visible()
    expect(page.locator(".qa-found")).to_have_count(0)


@pytest.mark.parametrize(("question", "told"), [("   ", "empty"), ("why " * 2500, "10,000|9,999")])
def test_a_question_that_cannot_be_asked_gets_a_notice(
    page: Page, question: str, told: str
) -> None:
    ask(page, question)
    expect(page.get_by_role("alert")).to_contain_text(re.compile(told), timeout=SOON)
    expect(page.locator(".qa-card")).to_have_count(0)


@pytest.mark.parametrize(
    "question",
    [EVIL, "<script>window.pwned=1</script>", "${window.pwned=1}", "{{value}} {{{value}}}"],
)
def test_a_question_is_never_run(page: Page, question: str) -> None:
    ask(page, question)
    expect_asked(page, question)
    assert not pwned(page)
    assert page.locator("#qa-answer img, #qa-answer script").count() == 0


def test_a_pasted_text_is_found_after_the_rebuild(page: Page) -> None:
    add_text(page, "Zorblax", ZORBLAX)
    expect(page.locator(".qa-progress")).to_be_visible(timeout=SOON)
    expect_rebuilt(page)
    expect(page.locator(".qa-report")).to_contain_text("Added Zorblax.")
    expect(page.locator(".qa-table")).to_contain_text("Zorblax")
    expect(page.get_by_label("Text", exact=True)).to_have_value("")
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    ask(page, "How long is the Zorblax warranty?")
    expect_asked(page, "How long is the Zorblax warranty?")
    expect(page.locator(".qa-found mark")).to_have_text(ZORBLAX)


def test_a_text_full_of_script_is_shown_and_never_run(page: Page) -> None:
    text = f"The Quibblefrob lamp {EVIL}<script>window.pwned=1</script> draws eleven watts."
    add_text(page, f"Lamp {EVIL}", text)
    expect_rebuilt(page)
    assert not pwned(page)
    ask(page, "How many watts does the Quibblefrob lamp draw?")
    expect_asked(page, "How many watts does the Quibblefrob lamp draw?")
    expect(page.locator("#qa-answer mark").first).to_contain_text("Quibblefrob")
    assert not pwned(page)
    assert page.locator("#qa-answer img, #qa-documents img, #qa-build img").count() == 0


def test_files_are_added_and_a_broken_one_is_named(page: Page, tmp_path: Path) -> None:
    good, broken = tmp_path / "florbin.txt", tmp_path / "broken.pdf"
    good.write_text("A florbin is a small wooden flute that is tuned to A minor.")
    broken.write_bytes(b"%PDF-1.7\nthis is no PDF at all")
    open_documents(page)
    page.locator("#qa-files input[type=file]").set_input_files([good, broken])
    expect_uploaded(page, 2)
    page.get_by_role("button", name="Add and rebuild").click()
    expect_rebuilt(page)
    expect(page.locator("#qa-build").get_by_role("alert")).to_contain_text(
        "broken.pdf is not in the index."
    )
    expect(page.locator(".qa-report")).to_contain_text("Added florbin.txt.")
    ask(page, "What is a florbin?")
    expect_asked(page, "What is a florbin?")
    expect(page.locator(".qa-found mark")).to_contain_text("wooden flute")


def test_nothing_to_add_is_said_and_nothing_is_built(page: Page) -> None:
    add_text(page, "", "  \n ")
    expect(page.locator("#qa-build").get_by_role("alert")).to_contain_text("nothing to add")
    expect(page.locator(".qa-progress")).to_have_count(0)


def test_during_a_rebuild_questions_are_answered_and_it_can_be_stopped(
    page: Page, server: str, corpus: Path
) -> None:
    # So many new sentences that the rebuild is still running when it is stopped.
    boxes = " ".join(
        f"Box {n} holds {n * 7} blue pencils and {n * 11} red ones." for n in range(9000)
    )
    file = {"name": "boxes.txt", "mimeType": "text/plain", "buffer": boxes.encode()}
    open_documents(page)
    page.locator("#qa-files input[type=file]").set_input_files(file)
    expect_uploaded(page, 1)
    page.get_by_role("button", name="Add and rebuild").click()
    expect(page.locator(".qa-progress")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Rebuild", exact=True).click()
    expect(page.locator("#qa-build").get_by_role("alert")).to_contain_text("already running")

    other = page.context.new_page()
    other.goto(server)
    ask(other, "What is a KPO?")
    expect_asked(other, "What is a KPO?")
    open_documents(other)
    expect(other.locator(".qa-progress")).to_be_visible()
    other.close()

    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#qa-build").get_by_role("alert").first).to_contain_text(
        "was stopped", timeout=SOON
    )
    expect(page.locator("#qa-build")).to_contain_text("added/boxes.txt")
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    (corpus / "added" / "boxes.txt").unlink()
    ask(page, "What is a KPO?")
    expect_asked(page, "What is a KPO?")
    expect(page.locator(".qa-found mark")).to_contain_text("KPO")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(
    page: Page, server: str, theme: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/?__theme={theme}")
    ask(page, "What is a KPO?")
    expect_asked(page, "What is a KPO?")
    assert sideways(page) == 0
    ask(page, "W" * 1500)
    expect(page.locator("#qa-answer .qa-asked")).to_contain_text("WWW", timeout=SOON)
    assert sideways(page) == 0
    open_documents(page)
    assert sideways(page) == 0


def test_dark_is_dark_and_light_is_light(page: Page, server: str) -> None:
    def lightness(selector: str, what: str) -> float:
        colour = page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{what}")
        red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
        return (0.299 * red + 0.587 * green + 0.114 * blue) / 255

    for theme, is_dark in (("dark", True), ("light", False)):
        page.goto(f"{server}/?__theme={theme}")
        ask(page, "What is a KPO?")
        expect_asked(page, "What is a KPO?")
        for selector in (".qa-card", ".qa-card mark", "#qa-question textarea"):
            ground, ink = lightness(selector, "backgroundColor"), lightness(selector, "color")
            assert (ground < ink) is is_dark, selector
            assert abs(ground - ink) > 0.5, selector


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    expect(page.get_by_label("Your question")).to_be_focused(timeout=SOON)
    expect(page.locator(".qa-example").last).to_be_visible(timeout=SOON)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_focused()
    for label in ("Only in", "Passages"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(label)).to_be_focused()
    page.keyboard.press("Tab")
    example = page.locator(".qa-example").first
    expect(example).to_be_focused()
    assert example.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect_asked(page, example.inner_text())
