"""The tab "Documents": what is in the index, adding to it, and rebuilding it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from page.build_card import documents_html, progress_html, result_html, status_html
from page.builds import Build, Builds, Wanted
from page.markup import told
from page.words import everywhere, label
from qa.errors import IndexMissingError

if TYPE_CHECKING:
    from qa.service import Service

TICK = 0.2
"""Seconds between two looks at a running rebuild."""

ADD = (
    f"<h2>{everywhere('Add documents')}</h2><p>"
    + everywhere(
        "Text, Markdown, HTML, PDF, Word, PowerPoint, Excel, EPUB, e-mail and more. They are saved "
        "in the corpus folder, then the index is rebuilt."
    )
    + "</p>"
)


def index_html(service: Service) -> tuple[str, str]:
    """The status line and the table of documents; errors as a notice in place of the table."""
    try:
        status = status_html(service.status())
    except Exception as error:
        return told(error), ""
    try:
        return status, documents_html(service.documents())
    except IndexMissingError:
        return status, ""
    except Exception as error:
        return status, told(error)


class DocumentsTab:
    """The components of the tab and their handlers, which any number of people may use."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.builds = Builds(service)
        self.status = gr.HTML(elem_id="qa-status", apply_default_css=False)
        with gr.Column(elem_id="qa-add"):
            gr.HTML(ADD, apply_default_css=False)
            self.name = gr.Textbox(
                label=label("Name"),
                placeholder=label("For example: Refund policy"),
                max_lines=1,
                elem_id="qa-name",
            )
            self.text = gr.Textbox(
                label=label("Text"),
                placeholder=label("Paste a text here"),
                lines=5,
                max_lines=12,
                elem_id="qa-text",
            )
            self.files = gr.File(
                label=label("Files"), file_count="multiple", height=140, elem_id="qa-files"
            )
            with gr.Row(elem_id="qa-build-row"):
                self.add = gr.Button(
                    label("Add and rebuild"), variant="primary", elem_id="qa-add-button"
                )
                self.rebuild = gr.Button(label("Rebuild"), elem_id="qa-rebuild")
                self.cancel = gr.Button(label("Cancel"), visible=False, elem_id="qa-cancel")
        self.box = gr.HTML(elem_id="qa-build", apply_default_css=False)
        self.table = gr.HTML(elem_id="qa-documents", apply_default_css=False)

    def wire(self, page: gr.Blocks, tab: gr.Tab) -> None:
        """Connect the handlers: opening the page or the tab shows the state of things."""
        inside = [self.box, self.status, self.table, self.cancel, self.name, self.text, self.files]
        given = [self.name, self.text, self.files]
        options: dict[str, Any] = {
            "outputs": inside,
            "show_progress": "hidden",
            "concurrency_limit": None,
            "api_visibility": "private",
        }
        page.load(self.on_load, **options)
        tab.select(self.on_select, **options)
        # "multiple": a second press must reach the server, which says that one is running.
        self.add.click(self.on_add, given, trigger_mode="multiple", **options)
        self.rebuild.click(self.on_rebuild, trigger_mode="multiple", **options)
        self.cancel.click(self.builds.cancel, show_progress="hidden", api_visibility="private")

    async def on_load(self) -> AsyncIterator[dict[Any, Any]]:
        """The page was opened: the state of the index, and the rebuild that is running."""
        yield await self._index()
        if build := self.builds.running:
            async for update in self._follow(build):
                yield update

    async def on_select(self) -> dict[Any, Any]:
        """The tab was opened: somebody else may have rebuilt the index since."""
        return await self._index()

    async def on_add(
        self, name: str | None, text: str | None, files: list[str] | None
    ) -> AsyncIterator[dict[Any, Any]]:
        """Save what was given and rebuild."""
        paths = tuple(Path(path) for path in files or [])
        wanted = Wanted(name or "", text or "", paths)
        async for update in self._build(lambda: self.builds.start(wanted), clear=True):
            yield update

    async def on_rebuild(self) -> AsyncIterator[dict[Any, Any]]:
        """Rebuild from the corpus folder as it is."""
        async for update in self._build(self.builds.start, clear=False):
            yield update

    async def _build(
        self, start: Callable[[], Build], *, clear: bool
    ) -> AsyncIterator[dict[Any, Any]]:
        running = self.builds.running
        try:
            build = await asyncio.to_thread(start)
        except Exception as error:
            yield {self.box: told(error) + (self._progress(running) if running else "")}
            return
        if clear:
            yield {self.name: "", self.text: "", self.files: None}
        async for update in self._follow(build):
            yield update

    async def _follow(self, build: Build) -> AsyncIterator[dict[Any, Any]]:
        yield {self.box: self._progress(build), self.cancel: gr.update(visible=True)}
        shown = (build.step, int(build.elapsed))
        while build.running:
            await asyncio.sleep(TICK)
            if (now := (build.step, int(build.elapsed))) != shown:
                shown = now
                yield {self.box: self._progress(build)}
        result = {self.box: result_html(build), self.cancel: gr.update(visible=False)}
        yield {**await self._index(), **result}

    @staticmethod
    def _progress(build: Build) -> str:
        return progress_html(build.step, build.elapsed)

    async def _index(self) -> dict[Any, Any]:
        status, table = await asyncio.to_thread(index_html, self.service)
        return {self.status: status, self.table: table}
