"""The tab "Understand", for the owner: why a text was not found, a map, how good answers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from page.map import map_section
from page.quality import quality_section
from page.words import label

if TYPE_CHECKING:
    from qa.service import Service


def why_not_section(service: Service) -> None:
    """Stands for page/why_not.py."""


def understand_tab(service: Service) -> None:
    """Lay out the tab and wire it; what lies in a tab of it is loaded when that is opened."""
    with gr.Tabs(elem_id="qa-understand"):
        with gr.Tab(label("Why not?")):
            why_not_section(service)
        with gr.Tab(label("Map")) as chart:
            map_section(service, chart)
        with gr.Tab(label("Quality")) as quality:
            quality_section(service, quality)
