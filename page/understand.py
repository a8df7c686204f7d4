"""The tab "Understand", for the owner: why an answer is what it is, and how the index does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from page.brand import SCRIPT
from page.why_not import why_not_section
from page.words import label

if TYPE_CHECKING:
    from qa.service import Service

UNDERSTAND, WHY_NOT = "understand", "why-not"
"""Ids of the tab and of its first part, by which they are selected."""

HIDDEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class UnderstandTab:
    """The components; `wire` makes the way to them from an answer card."""

    def __init__(self, service: Service) -> None:
        with gr.Tabs(elem_id="qa-understand") as self.parts:  # noqa: SIM117 - more parts follow
            with gr.Tab(label("Why not?"), id=WHY_NOT):
                self.question = why_not_section(service)

    def wire(self, tabs: gr.Tabs) -> None:
        """`tabs` holds this tab. Called outside of it: the button must be there from the start."""
        carried = gr.Textbox("", visible=False)
        button = gr.Button("", elem_id="qa-else", elem_classes="qa-unseen")
        button.click(
            lambda question: (
                gr.Tabs(selected=UNDERSTAND),
                gr.Tabs(selected=WHY_NOT),
                question,
            ),
            carried,
            [tabs, self.parts, self.question],
            js=f"() => [{SCRIPT}.question()]",
            **HIDDEN,
        ).then(None, js=f"() => {SCRIPT}.expecting()", **HIDDEN)
