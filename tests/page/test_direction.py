"""Names and titles that are written from right to left turn nothing around them."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.accounts import Account, LeftOut
from qa.building.pins import PinState
from qa.building.running_builds import Added
from qa.cli.render.answers import answer_lines
from qa.cli.render.builds import outcome_lines, report_lines
from qa.cli.render.explanation import explanation_lines, why_lines
from qa.cli.render.index import pin_lines, status_lines, unanswered_lines
from qa.cli.render.lines import Line
from qa.datatypes import BuildReport, PinnedOutcome, Progress, Skipped
from qa.insight.explanation.explain import explain
from qa.insight.explanation.why import why
from qa.insight.question_clusters import QuestionCluster
from qa.insight.question_history import UnansweredQuestion
from qa.page.html.answer_card import answer_html
from qa.page.html.build_card import progress_html, report_html
from qa.page.html.document_table import confirm_html, documents_html
from qa.page.html.explanation_card import explanation_html
from qa.page.html.feedback_card import questions_html
from qa.page.html.pin_table import pins_html
from qa.page.html.reader import open_preview

TURN = "\u202e"
NAME = f"{TURN}gpj.txt"
KETTLE = "How many years of warranty has the kettle?"


class _Shown(HTMLParser):
    """The texts of a page, each with whether the element that it lies in is one of its own for
    the direction of writing, and whether it is all that this element holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("input", "br", "path", "circle"):
            self.open.append((tag, dict(attrs).get("dir") == "auto"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append((data, any(own for _, own in self.open)))


def turned(text: str, alone: bool = False) -> bool:
    """Whether a mark in `text` turns what stands beside it: it is neither isolated nor, being
    `alone` in an element of its own direction, at the end of that."""
    depth = 0
    for at, sign in enumerate(text):
        depth += sign in "\u2066\u2067\u2068"
        depth -= sign == "\u2069"
        if sign == TURN and depth < 1 and not (alone and not text[:at].strip()):
            return True
    return depth != 0


@pytest.fixture
def built(settings: Settings) -> tuple[Service, BuildReport]:
    settings = replace(settings, threshold=0.0)
    settings.corpus.mkdir()
    for name in (NAME, f"other {NAME}"):
        (settings.corpus / name).write_text(
            "The kettle has three years of warranty. It boils water.\n", "utf-8"
        )
    (settings.corpus / f"{TURN}empty.txt").write_text("", "utf-8")
    report = build_toy(settings, [], [settings.corpus])
    return Service(settings, encoder=ToyEncoder()), report


def test_the_page(built: tuple[Service, BuildReport]) -> None:
    service, report = built
    answer = service.ask(KETTLE)
    account = Account(NAME, 9, 5, 1, (LeftOut("menu", 3),))
    pages = [
        answer_html(answer, {}, reasons=why(service.retriever(), answer)),
        documents_html(service.documents(), "", service.sources.unread()),
        confirm_html(NAME),
        open_preview(service, answer.hits[0].document.id),
        report_html(
            replace(report, accounts=(account,)),
            Added({NAME: NAME}, (Skipped(NAME, "It is too large."),)),
        ),
        progress_html(Progress("read", 1, 2, NAME), 1.0),
        explanation_html(explain(service.retriever(), KETTLE, "three years")),
        explanation_html(explain(service.retriever(), KETTLE, "boils the kettle")),
        pins_html([PinState(f"{TURN}kettle?", (f"{TURN}three",))]),
        questions_html([QuestionCluster((UnansweredQuestion(f"{TURN}kettle?", 2, NAME),))]),
    ]
    assert all(TURN in page for page in pages)
    assert [
        text for page in pages for text, own in _Shown(page).texts if turned(text, alone=own)
    ] == []


def test_the_shell(built: tuple[Service, BuildReport]) -> None:
    service, report = built
    answer = service.ask(KETTLE)
    rest = replace(answer, hits=tuple(replace(hit, rank=hit.rank + 1) for hit in answer.hits))
    question = f"{TURN}kettle?"
    pin = service.pins.add(question, [f"{TURN}three years"])
    outcome = PinnedOutcome(question, pin.accepted, f"{TURN}nothing", False, True)
    told: list[Line] = [
        *answer_lines(replace(rest, text=None)),
        *why_lines(answer, why(service.retriever(), answer)),
        *report_lines(report, verbose=True),
        *outcome_lines([outcome]),
        *explanation_lines(explain(service.retriever(), KETTLE, "three years")),
        *pin_lines(service.pins.all()),
        *status_lines(service.status()),
        *unanswered_lines([QuestionCluster((UnansweredQuestion(question, 2, NAME),))]),
    ]
    lines = ["".join(text for text, _ in parts) for _, parts in told]
    assert sum(TURN in line for line in lines) >= 10
    assert [line for line in lines if turned(line)] == []
