"""What the tabs share in laying out and wiring."""

from __future__ import annotations

from typing import Any

import gradio as gr

PAGE_SCRIPT, DOCUMENTS_SCRIPT = "window.qaPage", "window.qaDocuments"
"""The objects that page.js and documents.js make; everything that events call hangs there."""

HIDDEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of every event: no spinner over what is shown, no way in but the page."""


def html_box(value: str = "", elem_id: str | None = None) -> gr.HTML:
    """HTML that only the page's own style shapes."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def unseen_button(elem_id: str) -> gr.Button:
    """A button that the page's script presses for those in HTML, which Gradio cannot wire."""
    return gr.Button("", elem_id=elem_id, elem_classes="qa-unseen")
