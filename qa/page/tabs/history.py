"""The part "History" of the tab "Documents": the generations of the index, and going back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.page.html.build_card import size, when
from qa.page.html.elements import error_notice, esc, notice
from qa.page.locale.translate import N_, counted, figure, label, t
from qa.page.tabs.wiring import HIDDEN

if TYPE_CHECKING:
    from qa.building.generations import Generation
    from qa.service import Service

HEAD = (N_("Generation"), N_("Built"), N_("Documents"), N_("Size"), N_("Pinned"), N_("Actions"))


def history_html(generations: Sequence[Generation]) -> str:
    """The table of generations, the newest first."""
    if not generations:
        return notice(
            t("There is no generation yet."),
            advice=t("Add documents above: each rebuild makes one, and the last few are kept."),
        )
    head = "".join(f'<th scope="col">{t(name)}</th>' for name in HEAD)
    rows = "".join(_row(one) for one in reversed(generations))
    return (
        f'<table class="qa-table qa-history-table" aria-label="{t("History")}"><thead><tr>{head}'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(one: Generation) -> str:
    name = f'<th scope="row">{esc(one.name)}</th>'
    if one.problem:
        return f'<tr>{name}<td colspan="5">{esc(t(one.problem))}</td></tr>'
    pinned = f"{figure(one.pinned)} / {figure(one.asked)}" if one.asked else "–"
    live = f'<span class="qa-badge">{t("Live")}</span>'
    back = (
        f'<button type="button" class="qa-action" data-rollback="{esc(one.name)}" '
        f'aria-label="{t("Go back to {name}", name=esc(one.name))}">{t("Go back")}</button>'
    )
    return (
        f"<tr>{name}<td>{esc(when(one.built_at))}</td>"
        f"<td>{counted(one.documents, 'document', 'documents')}</td>"
        f"<td>{size(one.bytes_on_disk)}</td>"
        f'<td data-unit="{t("pinned")}">{pinned}</td><td>{live if one.live else back}</td></tr>'
    )


def shown(service: Service) -> str:
    """The table, or an error as a notice."""
    try:
        return history_html(service.generations.history())
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
            self.table = gr.HTML(elem_id="qa-generations", apply_default_css=False)
            self.prune = gr.Button(
                label("Remove old generations"), elem_id="qa-prune", elem_classes="qa-small"
            )
        self.back = gr.Button("", elem_id="qa-go-back", elem_classes="qa-unseen")

    def wire(self, carrier: gr.Textbox, wanted: str, after: Callable[..., Any]) -> None:
        """`carrier` brings what `wanted` (JavaScript) says; `after` refreshes the rest."""
        after(
            self.back.click(
                lambda name: went_back(self.service, name), carrier, self.table, js=wanted, **HIDDEN
            )
        )
        self.prune.click(lambda: pruned(self.service), None, self.table, **HIDDEN)
