"""The part "Pinned questions" of the tab "Documents": what the index must go on answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.building.pins import PinState
from qa.errors import QAError
from qa.page.html.elements import error_notice
from qa.page.html.pin_table import pins_html
from qa.page.locale import N_
from qa.page.locale.translate import everywhere, label
from qa.page.tabs.wiring import HIDDEN, html_box, unseen_button

if TYPE_CHECKING:
    from qa.answering.judged_questions import JudgedQuestion
    from qa.service import Service

INTRO = N_(
    "Questions that every rebuild tries before it takes over. Leave the expected text empty where "
    "the documents must not answer."
)


class PinResults:
    """How the live generation does on the pinned questions, as far as they were tried.

    Asking a question takes a while, so that it is asked once for each generation, and only when
    somebody wants to know.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: dict[tuple[str, JudgedQuestion], PinState] = {}

    def table(self) -> str:
        """All pinned questions with the results that are known; an error as a notice."""
        try:
            generation = self._generation()
            return pins_html([
                self._known.get((generation, pin), PinState(pin.text, pin.accepted))
                for pin in self._service.pins.all()
            ])  # fmt: skip
        except Exception as error:
            return error_notice(error)

    def tried(self) -> str:
        """Ask what was not asked yet; the table."""
        try:
            generation = self._generation()
            self._known = {
                (generation, pin): self._known.get((generation, pin))
                or self._service.pins.state(pin)
                for pin in self._service.pins.all()
            }
        except Exception as error:
            return error_notice(error)
        return self.table()

    def pin(self, question: str, expected: str) -> tuple[str, Any, Any]:
        """Pin a question and try it; the table, and the emptied fields. An error leaves these."""
        try:
            pin = self._service.pins.add(question, [expected] if expected.strip() else [])
            self._known[self._generation(), pin] = self._service.pins.state(pin)
        except Exception as error:
            return error_notice(error) + self.table(), gr.skip(), gr.skip()
        return self.table(), "", ""

    def unpin(self, question: str) -> str:
        """Take a pin away; the table."""
        try:
            self._service.pins.remove(question)
        except Exception as error:
            return error_notice(error) + self.table()
        return self.table()

    def _generation(self) -> str:
        try:
            return self._service.retriever().generation
        except QAError:
            return ""  # then no result is known, and none can be


class Pins:
    """The components and their handlers. Opening the part tries the questions."""

    def __init__(self, service: Service) -> None:
        self.results = PinResults(service)
        with gr.Accordion(
            label("Pinned questions"), open=False, elem_id="qa-pins-box"
        ) as self.part:
            html_box(f'<p class="qa-soft">{everywhere(INTRO)}</p>')
            self.table = html_box(elem_id="qa-pins")
            self.again = gr.Button(
                label("Try them now"), elem_id="qa-pins-try", elem_classes="qa-small"
            )
            self.question = gr.Textbox(
                label=label("Question to pin"), max_lines=2, elem_id="qa-pin-question"
            )
            self.expected = gr.Textbox(
                label=label("Expected text"), max_lines=2, elem_id="qa-pin-expected"
            )
            self.add = gr.Button(label("Pin"), elem_id="qa-pin-add", elem_classes="qa-small")
        self.unpin = unseen_button("qa-unpin")

    def wire(self, carrier: gr.Textbox, wanted: str) -> None:
        """`carrier` brings what `wanted` (JavaScript) says."""
        gr.on([self.part.expand, self.again.click], self.results.tried, None, self.table, **HIDDEN)
        self.add.click(
            lambda question, expected: self.results.pin(question or "", expected or ""),
            [self.question, self.expected],
            [self.table, self.question, self.expected],
            **HIDDEN,
        )
        self.unpin.click(self.results.unpin, carrier, self.table, js=wanted, **HIDDEN)
