"""The table of pinned questions, with how the live index does on each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.page.html.elements import esc, notice, one_line, row_button, table
from qa.page.locale import N_
from qa.page.locale.translate import t

if TYPE_CHECKING:
    from qa.building.pins import PinState

RESULTS = {True: N_("Passes"), False: N_("Fails"), None: N_("Not tried")}


def pins_html(pins: Sequence[PinState]) -> str:
    """The table, or how to begin."""
    if not pins:
        return notice(
            t("No question is pinned yet."),
            advice=t("Write one below with words that its answer must hold."),
            kind="done",
        )
    head = (t("Question"), t("Expected"), t("Result"), t("Actions"))
    return table(t("Pinned questions"), head, map(_row, pins))


def _row(pin: PinState) -> str:
    question = one_line(pin.question)
    expected = one_line(" / ".join(pin.expected) or t("Not in these documents"))
    look = "qa-badge" if pin.passed else "qa-badge qa-possibly"
    return (
        f'<tr><th scope="row" dir="auto">{esc(question)}</th>'
        f'<td dir="auto">{esc(expected)}</td>'
        f'<td><span class="{look}">{t(RESULTS[pin.passed])}</span></td>'
        f"<td>{row_button(t('Unpin'), 'unpin', pin.question, question)}</td></tr>"
    )
