"""The web page: ask documents and add to them. Run `python app.py`, or `python -m qa serve`."""

from __future__ import annotations

import errno
import os
import socket
import sys

import gradio as gr
from starlette.middleware import Middleware

from qa.datatypes import Progress
from qa.errors import IndexMissingError, QAError, SettingsError
from qa.page.brand import head_html, header_html
from qa.page.locale.translate import label, labels
from qa.page.no_uploads import NoUploads
from qa.page.tabs.ask import ask_tab, reader_dialog
from qa.page.tabs.documents import DocumentsTab
from qa.page.tabs.questions import questions_tab
from qa.page.tabs.understand import UNDERSTAND, UnderstandTab
from qa.page.tabs.wiring import html_box
from qa.service import Service
from qa.settings import Settings

FONTS = ("ui-sans-serif", "system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")
QUEUE = 256


def build_demo(service: Service) -> gr.Blocks:
    """The page of one service; see `launch` for the settings that must go with it."""
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


def launch(
    settings: Settings, service: Service | None = None, *, prevent_thread_lock: bool = False
) -> gr.Blocks:
    """Serve the page until Ctrl-C; the index is built first where there is none.

    `prevent_thread_lock` returns at once and serves from a thread. Raises SettingsError if the
    address cannot be served on.
    """
    service = service or Service(settings)
    _require_free(settings.host, settings.port)
    _require_index(service)
    demo = build_demo(service)
    demo.launch(
        server_name=settings.host,
        server_port=settings.port,
        prevent_thread_lock=True,
        theme=theme(),
        head=head_html(settings),
        app_kwargs={} if settings.documents_tab else {"middleware": [Middleware(NoUploads)]},
        i18n=labels(settings.page_language),
        max_file_size=settings.max_file_mb * 1_000_000,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        share=False,
        ssr_mode=False,
        mcp_server=False,
        quiet=True,
    )
    print(f"The page is served on {demo.local_url} (Ctrl-C stops it).", flush=True)
    if not prevent_thread_lock:
        demo.block_thread()
    return demo


def _require_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise SettingsError(
                    f"Port {port} on {host} is taken by another program; stop that, "
                    f"or choose another port: QA_PORT={port % 65_535 + 1}"
                ) from error
            raise SettingsError(
                f"The page cannot be served on {host}:{port} ({error.strerror}); "
                "choose another address with QA_HOST and QA_PORT."
            ) from error


def _require_index(service: Service) -> None:
    """Open the index now, so that the first question need not wait; build it if there is none.

    Where that fails, the page is served all the same: it tells what to do.
    """
    try:
        try:
            service.documents()
        except IndexMissingError:
            where = service.settings
            _say(f"There is no index in {where.index} yet: building it from {where.corpus}.")
            report = service.rebuild(progress=_Stages())
            _say(f"{report.documents} documents, {report.passages} passages.")
            service.documents()
    except QAError as error:
        _say(str(error))


class _Stages:
    """Tells the shell about every stage of a build, once."""

    stage = ""

    def __call__(self, step: Progress) -> None:
        if step.stage != self.stage:
            self.stage = step.stage
            _say(f"  {step.stage} …")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Serve the page with the settings of the environment; returns the exit code."""
    try:
        launch(Settings.load())
    except KeyboardInterrupt:
        return 130
    except QAError as error:
        _say(f"Error: {error}")
        return 1
    return 0
