"""The part "Pinned questions" of the tab "Documents": what the index must go on answering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.page.html.elements import error_notice, esc, notice, one_line
from qa.page.locale.translate import N_, everywhere, label, t
from qa.page.tabs.wiring import HIDDEN

if TYPE_CHECKING:
    from qa.building.pins import PinState
    from qa.service import Service

STATES = {True: N_("Passes"), False: N_("Fails"), None: N_("Not tried")}
INTRO = N_(
    "Questions that every rebuild tries before it takes over. Leave the expected text empty where "
    "the documents must not answer."
)


def pins_html(pins: Sequence[PinState]) -> str:
    """The table of pinned questions, with how the live index does on each."""
    if not pins:
        return notice(
            t("No question is pinned yet."),
            advice=t("Write one below with words that its answer must hold."),
            kind="done",
        )
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in (t("Question"), t("Expected"), t("Result"), t("Actions"))
    )
    rows = "".join(_row(pin) for pin in pins)
    return (
        f'<table class="qa-table qa-pins-table" aria-label="{t("Pinned questions")}"><thead><tr>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(pin: PinState) -> str:
    expected = " / ".join(pin.expected) or t("Not in these documents")
    look = "qa-badge" if pin.passed else "qa-badge qa-possibly"
    return (
        f'<tr><th scope="row" dir="auto">{esc(one_line(pin.question))}</th>'
        f'<td dir="auto">{esc(one_line(expected))}</td>'
        f'<td><span class="{look}">{t(STATES[pin.passed])}</span></td>'
        f'<td><button type="button" class="qa-action" data-unpin="{esc(pin.question)}" '
        f'aria-label="{t("Unpin")}: {esc(one_line(pin.question))}">{t("Unpin")}</button></td></tr>'
    )


def shown(service: Service) -> str:
    """The table, or an error as a notice."""
    try:
        return pins_html(service.pins.states())
    except Exception as error:
        return error_notice(error)


def pinned(service: Service, question: str, expected: str) -> tuple[str, Any, Any]:
    """Pin a question; the table, and the emptied fields. An error leaves the fields."""
    try:
        service.pins.add(question, [expected] if expected.strip() else [])
    except Exception as error:
        return error_notice(error) + shown(service), gr.skip(), gr.skip()
    return shown(service), "", ""


def unpinned(service: Service, question: str) -> str:
    """Take a pin away; the table."""
    try:
        service.pins.remove(question)
    except Exception as error:
        return error_notice(error) + shown(service)
    return shown(service)


class Pins:
    """The components and their handlers."""

    def __init__(self, service: Service) -> None:
        self.service = service
        with gr.Accordion(label("Pinned questions"), open=False, elem_id="qa-pins-box"):
            gr.HTML(f'<p class="qa-soft">{everywhere(INTRO)}</p>', apply_default_css=False)
            self.table = gr.HTML(elem_id="qa-pins", apply_default_css=False)
            self.question = gr.Textbox(
                label=label("Question to pin"), max_lines=2, elem_id="qa-pin-question"
            )
            self.expected = gr.Textbox(
                label=label("Expected text"), max_lines=2, elem_id="qa-pin-expected"
            )
            self.add = gr.Button(label("Pin"), elem_id="qa-pin-add", elem_classes="qa-small")
        self.unpin = gr.Button("", elem_id="qa-unpin", elem_classes="qa-unseen")

    def wire(self, carrier: gr.Textbox, wanted: str) -> None:
        """`carrier` brings what `wanted` (JavaScript) says."""
        self.add.click(
            lambda question, expected: pinned(self.service, question or "", expected or ""),
            [self.question, self.expected],
            [self.table, self.question, self.expected],
            **HIDDEN,
        )
        self.unpin.click(
            lambda question: unpinned(self.service, question),
            carrier,
            self.table,
            js=wanted,
            **HIDDEN,
        )
