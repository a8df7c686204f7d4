"""The page as a whole: its tabs, its theme, and how it is mounted into the web server."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from qa.page.brand import head_html, header_html
from qa.page.locale.translate import label, labels
from qa.page.tabs.ask import ask_tab, reader_dialog
from qa.page.tabs.documents import DocumentsTab
from qa.page.tabs.questions import questions_tab
from qa.page.tabs.understand import UNDERSTAND, UnderstandTab
from qa.page.tabs.wiring import html_box
from qa.service import Service
from qa.settings import Settings

FONTS = ("ui-sans-serif", "system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")
QUEUE = 256
SESSIONS = 200
"""Visitors of whom Gradio keeps what it showed them, about 120 kB each; who comes back later is
taken for a new one, which makes no difference on this page."""
WAITING = 500
"""Visitors whose answers are kept until they are fetched."""


def build_demo(service: Service) -> gr.Blocks:
    """The page of one service; see `mount_page` for the settings that must go with it."""
    chosen = service.settings
    demo = gr.Blocks(title=chosen.title, analytics_enabled=False, delete_cache=(3600, 3600))
    # qa/page/locale/translate.py reads these of the page whose event is being handled.
    vars(demo).update(page_language=chosen.page_language, documents_tab=chosen.documents_tab)
    with demo:
        html_box(header_html(chosen))
        with gr.Tabs(elem_id="qa-tabs") as tabs:
            with gr.Tab(label("Ask")) as asking:
                ask_tab(service, demo, asking)
            if chosen.documents_tab:
                with gr.Tab(label("Documents")) as tab:
                    documents = DocumentsTab(service)
            if chosen.documents_tab and chosen.feedback:
                with gr.Tab(label("Questions")) as asked:
                    questions_tab(service, asked)
            if chosen.documents_tab:
                with gr.Tab(label("Understand"), id=UNDERSTAND):
                    understand = UnderstandTab(service)
        reader_dialog(service)
        if chosen.documents_tab:
            documents.wire(demo, tab)
            understand.wire(tabs)
    demo.queue(api_open=False, max_size=QUEUE)
    return demo


def theme() -> gr.themes.Base:
    """Gradio's plain theme with the fonts of the visitor's system: nothing is fetched for it."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=FONTS,
        font_mono=("ui-monospace", "Consolas", "monospace"),
    )


def mount_page(
    server: FastAPI, demo: gr.Blocks, settings: Settings, guards: Sequence[Middleware] = ()
) -> None:
    """Put the page at `/` of a server, below all routes that the server has by then. `guards`
    stand before all that Gradio answers."""
    demo.state_session_capacity = SESSIONS
    demo._queue.pending_messages_per_session.max_size = WAITING
    # Statistics of events, which nobody reads: of each a record, and pandas at each event's end.
    demo._queue.ANALYTICS_MAX_EVENTS = 1
    demo._queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize
    gr.mount_gradio_app(
        server,
        demo,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        theme=theme(),
        head=head_html(settings),
        app_kwargs={"middleware": list(guards)},
        i18n=labels(settings.page_language),
        max_file_size=settings.max_file_mb * 1_000_000,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
    )
    # Only `Blocks.launch` says so, and until it is said, Gradio takes any file of this machine
    # for one that the visitor has uploaded.
    demo.has_launched = True
