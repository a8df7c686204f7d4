"""Verdicts on the page, the list of what got no answer, and the file of judged questions."""

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

from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]

SOON = 20_000
NOTICE = "How long is the notice period?"
LACKING = ["Who won the world cup in 2018?", "Which team won the 2018 world cup?"]

Visit = Callable[..., AbstractContextManager[Page]]
Serve = Callable[..., AbstractContextManager[str]]


def ask(page: Page, question: str) -> None:
    field = page.get_by_label("Your question")
    field.fill(question)
    field.press("Enter")
    expect(page.locator("#qa-answer .qa-asked")).to_have_text(question, timeout=SOON)


def judge(page: Page, name: str) -> None:
    """Press a verdict by the keyboard."""
    button = page.get_by_role("button", name=name, exact=True).first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true", timeout=SOON)
    expect(page.locator("#qa-noted")).to_contain_text("kept on this machine")


def test_verdicts_become_a_list_of_gaps_and_a_file(
    visit: Visit, serve: Serve, corpus: Path, tmp_path: Path
) -> None:
    own = tmp_path / "corpus"
    shutil.copytree(corpus, own)
    with serve(own) as url, visit(url) as page:
        ask(page, NOTICE)
        expect(page.get_by_role("group", name="Is this right?")).to_be_visible()
        judge(page, "This is wrong")
        judge(page, "This is right")
        expect(page.get_by_role("button", name="This is wrong")).to_have_attribute(
            "aria-pressed", "false"
        )
        page.locator(".qa-more summary").first.click()
        judge(page, "This is the right passage")
        passage = page.locator(".qa-more .qa-passage").first.inner_text()
        for question in LACKING:
            ask(page, question)
            expect(page.locator("#qa-noted")).to_be_hidden()
        judge(page, "Right, it is not there")

        page.get_by_role("tab", name="Questions").click()
        group = page.locator(".qa-lacks > li")
        expect(group).to_have_count(1, timeout=SOON)
        expect(group).to_contain_text("asked 2 times")
        group.locator("summary").click()
        for question in LACKING:
            expect(group.get_by_text(question)).to_be_visible()
        expect(group).to_contain_text("confirmed: not there")

        with page.expect_download() as download:
            page.get_by_role("button", name="Download judged questions").click()
        assert download.value.suggested_filename == "questions.jsonl"
        lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
        first, last = (json.loads(line) for line in lines)
        assert first["question"] == NOTICE
        sentence, right = first["expected"]
        assert "three months to the end of a month" in sentence
        assert " ".join(right.split()) == " ".join(passage.split())
        assert last == {"question": LACKING[1], "expected": None}


def test_nothing_is_asked_of_visitors_where_it_is_off(
    visit: Visit, serve: Serve, corpus: Path
) -> None:
    with serve(corpus, QA_FEEDBACK="no") as url, visit(url) as page:
        ask(page, NOTICE)
        expect(page.locator("[data-judge]")).to_have_count(0)
        expect(page.get_by_role("tab", name="Documents")).to_be_visible()
        expect(page.get_by_role("tab", name="Questions")).to_have_count(0)
