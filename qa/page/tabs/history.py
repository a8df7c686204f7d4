"""The part "History" of the tab "Documents": the generations of the index, and going back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.page.html.elements import error_notice, notice
from qa.page.html.generation_table import generations_html
from qa.page.locale.translate import label, t
from qa.page.tabs.wiring import HIDDEN, html_box, unseen_button

if TYPE_CHECKING:
    from qa.service import Service


def shown(service: Service) -> str:
    """The table, or an error as a notice."""
    try:
        return generations_html(service.generations.history())
    except Exception as error:
        return error_notice(error)


def went_back(service: Service, name: str) -> str:
    """Go back to a generation: what came of it, and the table."""
    try:
        now = service.generations.rollback(name)
    except Exception as error:
        return error_notice(error) + shown(service)
    said = t("{name} is live now; questions are answered from it.", name=now.name)
    return notice(said, kind="done") + shown(service)


def pruned(service: Service) -> str:
    """Remove old generations: what came of it, and the table."""
    try:
        gone = service.generations.prune()
    except Exception as error:
        return error_notice(error) + shown(service)
    said = (
        t("Removed: {names}", names=", ".join(gone.generations))
        if gone.generations
        else t("There was nothing to remove.")
    )
    return notice(said, kind="done") + shown(service)


class History:
    """The components and their handlers."""

    def __init__(self, service: Service) -> None:
        self.service = service
        with gr.Accordion(label("History"), open=False, elem_id="qa-generations-box"):
            self.table = html_box(elem_id="qa-generations")
            self.prune = gr.Button(
                label("Remove old generations"), elem_id="qa-prune", elem_classes="qa-small"
            )
        self.back = unseen_button("qa-go-back")

    def wire(self, carrier: gr.Textbox, wanted: str, after: Callable[..., Any]) -> None:
        """`carrier` brings what `wanted` (JavaScript) says; `after` refreshes the rest."""
        after(
            self.back.click(
                lambda name: went_back(self.service, name), carrier, self.table, js=wanted, **HIDDEN
            )
        )
        self.prune.click(lambda: pruned(self.service), None, self.table, **HIDDEN)
