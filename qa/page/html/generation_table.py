"""The table of the index's generations. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.page.html.build_card import size, when
from qa.page.html.elements import esc, notice, row_button, table, without_folders
from qa.page.locale.translate import counted, figure, t

if TYPE_CHECKING:
    from qa.building.generations import Generation


def generations_html(generations: Sequence[Generation]) -> str:
    """The table of generations, the newest first."""
    if not generations:
        return notice(
            t("There is no generation yet."),
            advice=t("Add documents above: each rebuild makes one, and the last few are kept."),
        )
    head = (t("Generation"), t("Built"), t("Documents"), t("Size"), t("Pinned"), t("Actions"))
    return table(t("History"), head, map(_row, reversed(generations)))


def _row(generation: Generation) -> str:
    name = f'<th scope="row">{esc(generation.name)}</th>'
    if generation.problem:
        return f'<tr>{name}<td colspan="5">{esc(without_folders(t(generation.problem)))}</td></tr>'
    passed, asked = generation.pinned, generation.asked
    pinned = f"{figure(passed)} / {figure(asked)}" if asked else "–"
    action = (
        f'<span class="qa-badge">{t("Live")}</span>'
        if generation.live
        else row_button(t("Go back"), "rollback", generation.name)
    )
    return (
        f"<tr>{name}<td>{esc(when(generation.built_at))}</td>"
        f"<td>{counted(generation.documents, 'document', 'documents')}</td>"
        f"<td>{size(generation.bytes_on_disk)}</td>"
        f'<td data-unit="{t("pinned")}">{pinned}</td><td>{action}</td></tr>'
    )
