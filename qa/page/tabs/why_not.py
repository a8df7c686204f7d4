"""The part "Why not?" of the tab "Understand": where an expected text went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from qa.insight.explanation.explain import explain
from qa.page.html.elements import error_notice
from qa.page.html.explanation_card import explanation_html
from qa.page.locale import N_
from qa.page.locale.translate import everywhere, label
from qa.page.tabs.wiring import HIDDEN, html_box

if TYPE_CHECKING:
    from qa.service import Service

INTRO = N_(
    "You expected another answer? Write the question, and some words of the text that should "
    "have answered it. You see which step lost that text, and what would help."
)


def explained(service: Service, question: str, expected: str) -> str:
    """The explanation as HTML; every error as a notice."""
    try:
        found = explanation_html(explain(service.retriever(), question, expected))
    except Exception as error:
        found = error_notice(error)
    return f'<div aria-live="polite">{found}</div>'


def why_not_section(service: Service) -> gr.Textbox:
    """Lay out the part and wire it. Returns the question's field, for what opens it."""
    html_box(f'<p class="qa-soft">{everywhere(INTRO)}</p>')
    with gr.Column(elem_id="qa-why-not"):
        question = gr.Textbox(
            label=label("The question"), lines=1, max_lines=4, elem_id="qa-why-question"
        )
        expected = gr.Textbox(
            label=label("Words of the text that you expected"),
            lines=2,
            max_lines=6,
            elem_id="qa-why-expected",
        )
        button = gr.Button(
            label("Show where it went"),
            variant="primary",
            elem_id="qa-why-explain",
            elem_classes="qa-small",
        )
    found = html_box("", elem_id="qa-why-found")
    gr.on(
        [button.click, question.submit, expected.submit],
        lambda asked, wanted: explained(service, asked or "", wanted or ""),
        [question, expected],
        found,
        trigger_mode="always_last",
        **HIDDEN,
    )
    return question
