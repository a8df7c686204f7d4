"""The table of what is in the index, and the question before a document is removed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.page.html.account import account_html, words_html
from qa.page.html.build_card import skipped_html, when
from qa.page.html.elements import esc, named, notice, one_line, row_button, table
from qa.page.locale import N_
from qa.page.locale.translate import counted, figure, plural, t

if TYPE_CHECKING:
    from qa.datatypes import Skipped
    from qa.index.summaries import DocumentSummary

LISTED = 200
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
    rest = len(documents) - LISTED
    told_rest = t("… and {documents} more.", documents=counted(rest, "document", "documents"))
    more = f'<p class="qa-soft">{told_rest}</p>' if rest > 0 else ""
    found = counted(len(documents), "document", "documents")
    head = (t("Title"), t("Source"), t("Passages"), t("Words"), t("Added"), t("Notes"))
    listed = table(t("In the index"), (*head, t("Actions")), map(_row, documents[:LISTED]))
    return f'<p class="qa-soft" role="status">{found}</p>{listed}{more}{skipped_html(unread)}'


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


def _row(document: DocumentSummary) -> str:
    name = one_line(document.title or document.source)
    passages, words = document.passages, document.account.read
    return (
        f'<tr><th scope="row" dir="auto">{named(name)}</th>'
        f'<td class="qa-from" dir="auto">{named(document.source)}</td>'
        f'<td data-unit="{plural("passage", "passages", passages)}">{figure(passages)}</td>'
        f'<td data-unit="{plural("word", "words", words)}">{words_html(document.account)}</td>'
        f"{_added(document.added)}"
        f'<td class="qa-health">{_notes(document)}</td><td class="qa-row-actions">'
        f"{row_button(t('Preview'), 'preview', document.id, name)}"
        f"{row_button(t('Remove'), 'remove', document.source, name)}</td></tr>"
    )


def _notes(one: DocumentSummary) -> str:
    notes = account_html(one.account)
    if one.same_as:
        names = ", ".join(map(named, one.same_as[:3])) + (" …" if len(one.same_as) > 3 else "")
        notes += f"<p>{t('Same text as {names}', names=names)}</p>"
    return notes


def _added(at: str) -> str:
    day = f'<time datetime="{esc(at)}" title="{esc(when(at))}">{esc(at[:10])}</time>' if at else ""
    return f'<td class="qa-added">{day}</td>'


def confirm_html(source: str) -> str:
    """The dialog that asks whether a document shall go, and whether without a trace."""
    return (
        '<dialog id="qa-confirm" aria-labelledby="qa-confirm-title">'
        f'<h2 id="qa-confirm-title">{t("Remove this document?")}</h2>'
        f'<p class="qa-confirm-name" dir="auto">{named(source)}</p>'
        f"<p>{t(STAYS)}</p>"
        f'<label><input type="checkbox" id="qa-purge"> {t(PURGE)}</label>'
        '<p class="qa-actions">'
        f'<button type="button" class="qa-action qa-danger" '
        f'data-remove-now="{esc(source)}">{t("Remove")}</button>'
        f'<button type="button" class="qa-action" data-keep>{t("Keep it")}</button></p></dialog>'
    )
