"""The table of what is in the index, and the question before a document is removed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.page.html.build_card import skipped_html, when
from qa.page.html.elements import esc, notice, one_line
from qa.page.locale.translate import N_, counted, figure, plural, t

if TYPE_CHECKING:
    from qa.datatypes import Skipped
    from qa.index.summaries import DocumentSummary

LISTED = 200
HEAD = (
    N_("Title"),
    N_("Source"),
    N_("Passages"),
    N_("Words"),
    N_("Added"),
    N_("Notes"),
    N_("Actions"),
)
STAYS = N_(
    "The index is rebuilt without it. A file outside of the folder of added files stays where it "
    "is."
)
PURGE = N_("Leave no trace: drop older generations and caches too")
CLOSED = '<dialog id="qa-confirm"></dialog>'


def documents_html(
    documents: Sequence[DocumentSummary], searched: str = "", unread: Sequence[Skipped] = ()
) -> str:
    """The table of `documents`, which are those that `searched` found, and the files that are
    `unread`."""
    if not documents:
        return _none(searched) + skipped_html(unread)
    rows = "".join(_row(one) for one in documents[:LISTED])
    rest = len(documents) - LISTED
    told_rest = t("… and {documents} more.", documents=counted(rest, "document", "documents"))
    more = f'<p class="qa-soft">{told_rest}</p>' if rest > 0 else ""
    head = "".join(f'<th scope="col">{t(name)}</th>' for name in HEAD)
    found = counted(len(documents), "document", "documents")
    return (
        f'<p class="qa-soft" role="status">{found}</p>'
        f'<table class="qa-table" aria-label="{t("In the index")}"><thead><tr>{head}'
        f"</tr></thead><tbody>{rows}</tbody></table>{more}{skipped_html(unread)}"
    )


def _none(searched: str) -> str:
    if searched.strip():
        return notice(
            t("No title or source holds “{words}”.", words=one_line(searched, 60)),
            advice=t("Type fewer or other words, or clear the field to see all."),
        )
    return notice(
        t("The index holds no document yet."),
        advice=t("Add a text, a file or a folder above to begin."),
    )


def _row(one: DocumentSummary) -> str:
    name = esc(one_line(one.title or one.source))
    return (
        f'<tr><th scope="row" dir="auto">{name}</th>'
        f'<td class="qa-from" dir="auto">{esc(one.source)}</td>'
        f"{_number(one.passages, plural('passage', 'passages', one.passages))}"
        f"{_number(one.words, plural('word', 'words', one.words))}"
        f"{_added(one.added)}"
        f'<td class="qa-health">{_notes(one)}</td><td class="qa-row-actions">'
        f'<button type="button" class="qa-action" data-preview="{esc(one.id)}" '
        f'aria-label="{t("Preview")}: {name}">{t("Preview")}</button>'
        f'<button type="button" class="qa-action" data-remove="{esc(one.source)}" '
        f'aria-label="{t("Remove")}: {name}">{t("Remove")}</button></td></tr>'
    )


def _notes(one: DocumentSummary) -> str:
    notes = [esc(reason) for reason in one.skipped]
    if one.same_as:
        names = ", ".join(one.same_as[:3]) + (" …" if len(one.same_as) > 3 else "")
        notes.append(t("Same text as {names}", names=esc(names)))
    if one.dropped:
        notes.append(t("{pieces} left out", pieces=counted(one.dropped, "piece", "pieces")))
    return "<br>".join(notes)


def _added(at: str) -> str:
    day = f'<time datetime="{esc(at)}" title="{esc(when(at))}">{esc(at[:10])}</time>' if at else ""
    return f'<td class="qa-added">{day}</td>'


def _number(count: int, unit: str) -> str:
    return f'<td data-unit="{unit}">{figure(count)}</td>'


def confirm_html(source: str) -> str:
    """The dialog that asks whether a document shall go, and whether without a trace."""
    return (
        '<dialog id="qa-confirm" aria-labelledby="qa-confirm-title">'
        f'<h2 id="qa-confirm-title">{t("Remove this document?")}</h2>'
        f'<p class="qa-confirm-name" dir="auto">{esc(source)}</p>'
        f"<p>{t(STAYS)}</p>"
        f'<label><input type="checkbox" id="qa-purge"> {t(PURGE)}</label>'
        '<p class="qa-actions">'
        f'<button type="button" class="qa-action qa-danger" '
        f'data-remove-now="{esc(source)}">{t("Remove")}</button>'
        f'<button type="button" class="qa-action" data-keep>{t("Keep it")}</button></p></dialog>'
    )
