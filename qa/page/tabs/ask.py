"""The tab "Ask": a question in, an answer card out. What is asked travels as a link's query."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.answering.source_filter import folders
from qa.datatypes import Answer
from qa.errors import QAError
from qa.insight.explanation.why import why
from qa.page.html import reader
from qa.page.html.answer_card import answer_html
from qa.page.html.elements import error_notice, esc
from qa.page.locale.translate import everywhere, label, t
from qa.page.permalink import Link, read_link
from qa.page.tabs import questions as feedback
from qa.page.tabs.wiring import HIDDEN, PAGE_SCRIPT, html_box, unseen_button
from qa.page.visitor import visitor_of

if TYPE_CHECKING:
    from qa.service import Service

ASKED_AT_ONCE = 16
EXAMPLES = 4
COUNTS = (3, 5, 10, 20)
LISTED = 500
"""Folders and documents that the field "Only in" offers; any other can be typed."""


def answered(service: Service, asked: str, visitor: str = "") -> str:
    """The answer to a link's query, or to a bare question, as HTML; every error as a notice. It
    counts as asked by `visitor`."""
    try:
        link = read_link(asked) if asked.startswith("?q=") else Link(asked)
        return ask_link(service, link or Link(""), keep_for=visitor)
    except Exception as error:
        return live(error_notice(error))


def ask_link(service: Service, link: Link, *, keep_for: str | None = None) -> str:
    """The answer to a link as HTML; every error as a notice. `keep_for`: the visitor by whom it
    counts as asked; None: it does not count."""
    try:
        answer = service.ask(link.question, top_k=link.top_k, sources=link.sources)
        if keep_for is not None:
            service.feedback.record(answer, keep_for)
        card = answer_html(
            answer,
            _sources(service, answer),
            link,
            judged=service.settings.feedback,
            reasons=why(service.retriever(), answer),
            explained=service.settings.documents_tab,
        )
        return live(card)
    except Exception as error:
        return live(error_notice(error))


def opened(service: Service, address: str) -> tuple[Any, Any]:
    """What the question's field and the answer hold when the page is opened at `address`.

    Without a question in it both are left alone: somebody may be typing already.
    """
    question, card = reopened(service, address)
    return (question, card) if card != live("") else (gr.skip(), gr.skip())


def reopened(service: Service, address: str) -> tuple[str, str]:
    """The same when the visitor goes back or forward to `address`."""
    try:
        link = read_link(address)
    except QAError as error:
        return "", live(error_notice(error))
    return ("", live("")) if link is None else (link.question, ask_link(service, link))


def live(content: str) -> str:
    """HTML whose changes a screen reader reads out, since the frame stays while it changes."""
    return f'<div aria-live="polite">{content}</div>'


def examples_html(service: Service) -> str:
    """Questions that the documents themselves suggest, as buttons; none where nothing can be
    asked, and then what to do first."""
    try:
        questions = service.examples(EXAMPLES)
    except Exception as error:
        return error_notice(error)
    if not questions:
        return ""
    buttons = "".join(
        f'<button type="button" class="qa-example" dir="auto">{esc(one)}</button>'
        for one in questions
    )
    return f'<div class="qa-try"><span class="qa-soft">{t("Try")}</span>{buttons}</div>'


def scopes_html(service: Service) -> str:
    """The list that the field "Only in" offers: folders, then documents."""
    try:
        sources = [one.source for one in service.documents()]
    except Exception:
        return ""  # the tab's own notice tells about it
    offered = list(dict.fromkeys([*(f"{one}/" for one in folders(sources)), *sources]))[:LISTED]
    options = "".join(f'<option value="{esc(one)}"></option>' for one in offered)
    return f'<datalist id="qa-scopes">{options}</datalist>'


def _sources(service: Service, answer: Answer) -> dict[str, str]:
    """Source names of the documents that hold folded duplicates, by document id."""
    names: dict[str, str] = {}
    for document_id in {passage.document_id for hit in answer.hits for passage in hit.duplicates}:
        try:
            names[document_id] = service.document(document_id).source
        except QAError:
            continue  # the index changed since; the card says "another document"
    return names


def _choices_html() -> str:
    counts = "".join(
        f"<option{' selected' if count == Link('').top_k else ''}>{count}</option>"
        for count in COUNTS
    )
    return (
        '<div class="qa-choices"><label for="qa-scope">'
        f"{everywhere('Only in')}</label>"
        '<input id="qa-scope" list="qa-scopes" autocomplete="off" spellcheck="false">'
        f'<label for="qa-count">{everywhere("Passages")}</label>'
        f'<select id="qa-count">{counts}</select></div>'
    )


def ask_tab(service: Service, page: gr.Blocks, tab: gr.Tab) -> None:
    """Lay out the tab and wire it; `page` is the whole, `tab` what this lies in."""
    with gr.Row(elem_id="qa-ask-row"):
        question = gr.Textbox(
            label=label("Your question"),
            show_label=False,
            placeholder=label("Ask in your own words"),
            lines=1,
            max_lines=4,
            autofocus=True,
            container=False,
            scale=1,
            elem_id="qa-question",
            html_attributes=gr.InputHTMLAttributes(enterkeyhint="search", autocomplete="off"),
        )
        button = gr.Button(label("Ask"), variant="primary", scale=0, min_width=96, elem_id="qa-ask")
    html_box(_choices_html())
    examples = html_box("", elem_id="qa-examples")
    card = html_box(live(""), elem_id="qa-answer")
    feedback.verdicts(service)
    html_box('<div id="qa-history"></div>')
    scopes = html_box("", elem_id="qa-scopes-box")
    back = unseen_button("qa-reopen")

    def answer(asked: str, request: gr.Request) -> str:
        return answered(service, asked, visitor_of(request))

    together: dict[str, Any] = {"concurrency_limit": ASKED_AT_ONCE, "concurrency_id": "ask"}
    gr.on(
        [question.submit, button.click],
        answer,
        question,
        card,
        js=f"(question) => [{PAGE_SCRIPT}.asked(question)]",
        trigger_mode="always_last",
        **together,
        **HIDDEN,
    ).then(None, js=f"() => {PAGE_SCRIPT}.shown()", **HIDDEN)
    for trigger, found in ((page.load, opened), (back.click, reopened)):
        trigger(
            partial(found, service),
            question,
            [question, card],
            js=f"() => [{PAGE_SCRIPT}.address()]",
            trigger_mode="always_last",
            **together,
            **HIDDEN,
        ).then(None, js=f"() => {PAGE_SCRIPT}.reopened()", **HIDDEN)
    gr.on(
        [page.load, tab.select],
        lambda: (examples_html(service), scopes_html(service)),
        None,
        [examples, scopes],
        **HIDDEN,
    )


def reader_dialog(service: Service) -> None:
    """The dialog with a whole document, outside of all tabs so that each of them can open it."""
    dialog = html_box(reader.CLOSED, elem_id="qa-reader-box")
    show = unseen_button("qa-show")
    wanted = gr.Textbox("", visible=False)
    show.click(
        lambda asked: reader.open_at_hit(service, asked),
        wanted,
        dialog,
        js=f"() => [{PAGE_SCRIPT}.wanted()]",
        trigger_mode="always_last",
        **HIDDEN,
    ).then(None, js=f"() => {PAGE_SCRIPT}.read()", **HIDDEN)
