"""The tab "Ask": a question in, an answer card out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from page.answer_card import answer_html
from page.markup import told
from qa.datatypes import Answer
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.service import Service

EXAMPLES = (
    "What does BPO stand for?",
    "What is a KPO?",
    "Why do companies go public?",
    "Who won the world cup in 2018?",
)
TOP_K = 5
ASKED_AT_ONCE = 16


def answered(service: Service, question: str) -> str:
    """The answer to a question as HTML; every error as a notice."""
    try:
        answer = service.ask(question, top_k=TOP_K)
        return live(answer_html(answer, _sources(service, answer)))
    except Exception as error:
        return live(told(error))


def live(content: str) -> str:
    """HTML whose changes a screen reader reads out, since the frame stays while it changes."""
    return f'<div aria-live="polite">{content}</div>'


def _sources(service: Service, answer: Answer) -> dict[str, str]:
    """Source names of the documents that hold folded duplicates, by document id."""
    names: dict[str, str] = {}
    for document_id in {passage.document_id for hit in answer.hits for passage in hit.also_in}:
        try:
            names[document_id] = service.document(document_id).source
        except QAError:
            continue  # the index changed since; the card says "another document"
    return names


def ask_tab(service: Service) -> None:
    """Lay out the tab and wire it."""
    with gr.Row(elem_id="qa-ask-row"):
        question = gr.Textbox(
            label="Your question",
            show_label=False,
            placeholder="Ask in your own words",
            lines=1,
            max_lines=4,
            autofocus=True,
            container=False,
            scale=1,
            elem_id="qa-question",
            html_attributes=gr.InputHTMLAttributes(enterkeyhint="search", autocomplete="off"),
        )
        button = gr.Button("Ask", variant="primary", scale=0, min_width=96, elem_id="qa-ask")
    with gr.Row(elem_id="qa-examples"):
        gr.HTML('<span class="qa-soft">Try</span>', elem_id="qa-try")
        examples = [gr.Button(one, size="sm", elem_classes="qa-example") for one in EXAMPLES]
    card = gr.HTML(live(""), elem_id="qa-answer", apply_default_css=False)

    gr.on(
        [question.submit, button.click],
        lambda asked: answered(service, asked),
        question,
        card,
        show_progress="minimal",
        concurrency_limit=ASKED_AT_ONCE,
        concurrency_id="ask",
        trigger_mode="always_last",
        api_visibility="private",
    )
    for example in examples:
        example.click(
            lambda asked: (asked, answered(service, asked)),
            example,
            [question, card],
            show_progress="minimal",
            show_progress_on=card,
            concurrency_limit=ASKED_AT_ONCE,
            concurrency_id="ask",
            api_visibility="private",
        )
