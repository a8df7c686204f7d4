"""The tab "Understand", for the owner: why a text was not found, a map, how good answers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from qa.page.locale.translate import label
from qa.page.tabs.map import map_section
from qa.page.tabs.quality import quality_section
from qa.page.tabs.why_not import why_not_section
from qa.page.tabs.wiring import HIDDEN, PAGE_SCRIPT, unseen_button

if TYPE_CHECKING:
    from qa.service import Service

UNDERSTAND, WHY_NOT = "understand", "why-not"
"""Ids of the tab and of its first part, by which they are selected."""


class UnderstandTab:
    """The components; what lies in a part is loaded when that is opened. `wire` makes the way
    to them from an answer card."""

    def __init__(self, service: Service) -> None:
        with gr.Tabs(elem_id="qa-understand") as self.parts:
            with gr.Tab(label("Why not?"), id=WHY_NOT):
                self.question = why_not_section(service)
            with gr.Tab(label("Map"), id="map") as chart:
                map_section(service, chart)
            with gr.Tab(label("Quality"), id="quality") as quality:
                quality_section(service, quality)

    def wire(self, tabs: gr.Tabs) -> None:
        """`tabs` holds this tab. Called outside of it: the button must be there from the start."""
        carried = gr.Textbox("", visible=False)
        button = unseen_button("qa-else")
        button.click(
            lambda question: (
                gr.Tabs(selected=UNDERSTAND),
                gr.Tabs(selected=WHY_NOT),
                question,
            ),
            carried,
            [tabs, self.parts, self.question],
            js=f"() => [{PAGE_SCRIPT}.question()]",
            **HIDDEN,
        ).then(None, js=f"() => {PAGE_SCRIPT}.expecting()", **HIDDEN)
