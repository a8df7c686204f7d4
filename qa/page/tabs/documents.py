"""The tab "Documents": what is in the index, adding to it, and rebuilding it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.building.running_builds import Build, RunningBuilds, SourcesToAdd
from qa.errors import IndexMissingError, InputError
from qa.index.summaries import matching
from qa.page.html import reader
from qa.page.html.build_card import progress_html, result_html, status_html
from qa.page.html.document_table import CLOSED, confirm_html, documents_html
from qa.page.html.elements import error_notice
from qa.page.locale.translate import everywhere, label
from qa.page.tabs.history import History
from qa.page.tabs.history import shown as history_shown
from qa.page.tabs.pins import Pins
from qa.page.tabs.upload_field import named, upload_field
from qa.page.tabs.wiring import DOCUMENTS_SCRIPT, HIDDEN, html_box, unseen_button

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


WANTED = f"() => [{DOCUMENTS_SCRIPT}.wanted()]"


def index_html(service: Service, searched: str = "") -> tuple[str, str]:
    """The status line and the table of the documents that `searched` finds; errors as a notice
    in place of the table."""
    try:
        status = status_html(service.status())
    except Exception as error:
        return error_notice(error), ""
    try:
        return status, documents_html(
            matching(service.documents(), searched), searched, service.sources.unread()
        )
    except IndexMissingError:
        return status, ""
    except Exception as error:
        return status, error_notice(error)


def asked_to_remove(wanted: str) -> tuple[str, bool]:
    """The source, and whether to purge, of the JSON that the dialog sends.

    Raises InputError for anything else.
    """
    try:
        source, purge = json.loads(wanted)
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise InputError("This document cannot be removed any more; open the tab again.") from None
    return str(source), purge is True


class DocumentsTab:
    """The components of the tab and their handlers, which any number of people may use."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.builds = RunningBuilds(service.sources)
        self.status = html_box(elem_id="qa-status")
        with gr.Column(elem_id="qa-add"):
            html_box(ADD)
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
            self.files = upload_field(
                label=label("Files"), file_count="multiple", height=140, elem_id="qa-files"
            )
            with gr.Row(elem_id="qa-build-row"):
                self.add = gr.Button(
                    label("Add and rebuild"), variant="primary", elem_id="qa-add-button"
                )
                self.rebuild = gr.Button(label("Rebuild"), elem_id="qa-rebuild")
                self.cancel = gr.Button(label("Cancel"), visible=False, elem_id="qa-cancel")
            allowed = service.settings.allow_paths
            self.path = gr.Textbox(
                label=label("Path on the server"),
                placeholder=label("For example: /data/manuals"),
                max_lines=1,
                visible=allowed,
                elem_id="qa-path",
            )
            self.add_path = gr.Button(
                label("Add path and rebuild"),
                visible=allowed,
                elem_id="qa-path-button",
                elem_classes="qa-small",
            )
        self.box = html_box(elem_id="qa-build")
        html_box(f"<h2>{everywhere('In the index')}</h2>")
        self.search = gr.Textbox(
            label=label("Search titles and sources"), max_lines=1, elem_id="qa-search"
        )
        self.table = html_box(elem_id="qa-documents")
        self.history, self.pins = History(service), Pins(service)
        self._dialogs()

    def _dialogs(self) -> None:
        self.leaf = html_box('<dialog id="qa-leaf"></dialog>', elem_id="qa-leaf-box")
        self.confirm = html_box(CLOSED, elem_id="qa-confirm-box")
        self.preview = unseen_button("qa-preview")
        self.removing = unseen_button("qa-removing")
        self.remove = unseen_button("qa-remove-now")

    def wire(self, page: gr.Blocks, tab: gr.Tab) -> None:
        """Connect the handlers: opening the page or the tab shows the state of things."""
        inside = [self.box, self.status, self.table, self.cancel, self.name, self.text, self.files]
        inside += [self.path, self.history.table, self.pins.table]
        given = [self.name, self.text, self.files, self.search]
        options: dict[str, Any] = {"outputs": inside, "concurrency_limit": None, **HIDDEN}
        page.load(self.on_load, self.search, **options)
        # Somebody else may have rebuilt the index since.
        tab.select(self._index, self.search, **options)
        # "multiple": a second press must reach the server, which says that one is running.
        self.add.click(self.on_add, given, trigger_mode="multiple", **options)
        self.rebuild.click(self.on_rebuild, self.search, trigger_mode="multiple", **options)
        self.cancel.click(self.builds.cancel, **HIDDEN)
        self.add_path.click(
            self.on_path, [self.path, self.search], trigger_mode="multiple", **options
        )
        self.remove.click(
            self.on_remove,
            [self.name, self.search],
            js=f"(_, text) => [{DOCUMENTS_SCRIPT}.wanted(), text]",
            trigger_mode="multiple",
            **options,
        )
        self._wire_tables(options)

    def _wire_tables(self, options: dict[str, Any]) -> None:
        self.search.change(
            lambda text: index_html(self.service, text or "")[1],
            self.search,
            self.table,
            trigger_mode="always_last",
            **HIDDEN,
        )
        for button, made, box, then in (
            (
                self.preview,
                lambda wanted: reader.open_preview(self.service, wanted),
                self.leaf,
                "leaf",
            ),
            (self.removing, confirm_html, self.confirm, "confirm"),
        ):
            button.click(made, self.name, box, js=WANTED, **HIDDEN).then(
                None, js=f"() => {DOCUMENTS_SCRIPT}.{then}()", **HIDDEN
            )
        self.history.wire(
            self.name, WANTED, lambda event: event.then(self.on_rolled_back, self.search, **options)
        )
        self.pins.wire(self.name, WANTED)

    async def on_rolled_back(self, searched: str | None = "") -> dict[Any, Any]:
        """Another generation is live: the rest of the tab, but the table that says so."""
        index = await self._index(searched)
        index.pop(self.history.table)
        return index

    async def on_load(self, searched: str | None = "") -> AsyncIterator[dict[Any, Any]]:
        """The page was opened: the state of the index, and the rebuild that is running."""
        yield await self._index(searched)
        if build := self.builds.running:
            async for update in self._follow(build, searched):
                yield update

    async def on_add(
        self,
        name: str | None,
        text: str | None,
        files: list[tuple[Path, str]] | None,
        searched: str | None = "",
    ) -> AsyncIterator[dict[Any, Any]]:
        """Save what was given and rebuild."""
        wanted = SourcesToAdd(name or "", text or "", named(files))
        clear: dict[Any, Any] = {self.name: "", self.text: "", self.files: None}
        async for update in self._build(lambda: self.builds.start(wanted), searched, clear):
            yield update

    async def on_rebuild(self, searched: str | None = "") -> AsyncIterator[dict[Any, Any]]:
        """Rebuild from the sources as they are."""
        async for update in self._build(self.builds.start, searched):
            yield update

    async def on_path(
        self, path: str | None, searched: str | None = ""
    ) -> AsyncIterator[dict[Any, Any]]:
        """Add a file or folder of the server and rebuild; the service says whether it may."""

        def start() -> Build:
            return self.builds.change(lambda: self.service.sources.start_add_path(path or ""))

        async for update in self._build(start, searched, {self.path: ""}):
            yield update

    async def on_remove(
        self, wanted: str, searched: str | None = ""
    ) -> AsyncIterator[dict[Any, Any]]:
        """Remove the document that the dialog asked about and rebuild."""

        def start() -> Build:
            source, purge = asked_to_remove(wanted)
            return self.builds.change(
                lambda: self.service.sources.start_remove(source, purge=purge)
            )

        async for update in self._build(start, searched):
            yield update

    async def _build(
        self,
        start: Callable[[], Build],
        searched: str | None,
        clear: dict[Any, Any] | None = None,
    ) -> AsyncIterator[dict[Any, Any]]:
        running = self.builds.running
        try:
            build = await asyncio.to_thread(start)
        except Exception as error:
            yield {self.box: error_notice(error) + (self._progress(running) if running else "")}
            return
        if clear:
            yield clear
        async for update in self._follow(build, searched):
            yield update

    async def _follow(
        self, build: Build, searched: str | None = ""
    ) -> AsyncIterator[dict[Any, Any]]:
        yield {self.box: self._progress(build), self.cancel: gr.update(visible=True)}
        shown = (build.step, int(build.elapsed))
        while build.running:
            await asyncio.sleep(TICK)
            if (now := (build.step, int(build.elapsed))) != shown:
                shown = now
                yield {self.box: self._progress(build)}
        result = {self.box: result_html(build), self.cancel: gr.update(visible=False)}
        yield {**await self._index(searched), **result}

    @staticmethod
    def _progress(build: Build) -> str:
        return progress_html(build.step, build.elapsed, build.left)

    async def _index(self, searched: str | None = "") -> dict[Any, Any]:
        status, table = await asyncio.to_thread(index_html, self.service, searched or "")
        return {
            self.status: status,
            self.table: table,
            self.history.table: await asyncio.to_thread(history_shown, self.service),
            self.pins.table: await asyncio.to_thread(self.pins.results.table),
        }
