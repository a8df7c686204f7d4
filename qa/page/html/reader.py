"""A whole document in a dialog, the passages of a question marked in it. Pure but for `read`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.datatypes import Document, Hit
from qa.errors import InputError
from qa.page.highlights import Cut, Marked, Piece, cuts, pieces
from qa.page.html.elements import document_name, error_notice, esc
from qa.page.locale.translate import t

if TYPE_CHECKING:
    from qa.service import Service

LEAF = "qa-leaf"
CLOSED = '<dialog id="qa-reader"></dialog>'


def spans(hits: Sequence[Hit]) -> str:
    """Where the hits stand, as JSON for `read`: document, passage and sentence of each."""
    return json.dumps(
        [
            [h.document.id, h.passage.start, h.passage.end, h.sentence.start, h.sentence.end]
            for h in hits
        ]
    )


def read(service: Service, wanted: str) -> str:
    """The dialog for `wanted`: JSON `[hit, spans]`, hit counted from 1; errors as a notice."""
    try:
        at, marks = _asked_for(wanted)
        document = service.document(marks[at][0])
        inside = [mark for identity, mark in marks.values() if identity == document.id]
        return reader_html(document, pieces(document, inside), at, len(marks))
    except Exception as error:
        return _dialog(t("Document"), error_notice(error), "")


def _asked_for(wanted: str) -> tuple[int, dict[int, tuple[str, Marked]]]:
    try:
        at, lines = json.loads(wanted)
        marks = {
            number: (str(line[0]), Marked(number, *(int(edge) for edge in line[1:5])))
            for number, line in enumerate(lines, start=1)
        }
        if at in marks:
            return int(at), marks
    except (ValueError, TypeError, IndexError):
        pass
    raise InputError("This passage cannot be found any more; ask the question again.")


def reader_html(document: Document, parts: Sequence[Piece], at: int, hits: int) -> str:
    """The dialog of one document, opened at hit number `at` of `hits`."""
    name = document_name(document)
    body = "".join(_piece(part) for part in parts)
    source = "" if name == document.source else f'<span dir="auto">{esc(document.source)}</span>'
    steps = (
        f'<button type="button" data-step="-1" aria-label="{t("Previous hit")}">‹</button>'
        f'<span class="qa-at" role="status">{t("Hit {at} of {hits}", at=at, hits=hits)}</span>'
        f'<button type="button" data-step="1" aria-label="{t("Next hit")}">›</button>'
    )
    text = (
        f'<div class="qa-reader-text" tabindex="0" role="region" dir="auto" data-at="{at}" '
        f'aria-label="{t("Text of the document")}">{body}</div>'
    )
    return _dialog(name, text, f'{source}<span class="qa-steps">{steps}</span>')


def preview(service: Service, document_id: str) -> str:
    """The dialog of one document with the borders of its passages; errors as a notice."""
    try:
        document = service.document(document_id)
        parts = "".join(
            _cut(one)
            for one in cuts(document, service.retriever().catalog.passages_of(document_id))
        )
    except Exception as error:
        return _dialog(t("Document"), error_notice(error), "", LEAF)
    name = document_name(document)
    text = (
        '<div class="qa-reader-text" tabindex="0" role="region" dir="auto" '
        f'aria-label="{t("Text of the document")}">{parts}</div>'
    )
    return _dialog(name, text, f'<span dir="auto">{esc(document.source)}</span>', LEAF)


def _cut(cut: Cut) -> str:
    page = ""
    if cut.page is not None:
        page = f'<span class="qa-page">{t("Page {page}", page=cut.page)}</span>'
    if not cut.number:
        return f'<div class="qa-between">{esc(cut.text.strip())}</div>' if cut.text.strip() else ""
    number = f'<span class="qa-cut-number">{t("Passage {number}", number=cut.number)}</span>'
    return f'{page}<div class="qa-cut">{number}{esc(cut.text.strip())}</div>'


def _dialog(name: str, body: str, beside: str, identity: str = "qa-reader") -> str:
    return (
        f'<dialog id="{identity}" aria-labelledby="{identity}-title">'
        f'<header><h2 id="{identity}-title" dir="auto">{esc(name)}</h2>'
        f'<button type="button" class="qa-close" data-close aria-label="{t("Close")}">×</button>'
        f'<p class="qa-soft">{beside}</p></header>{body}</dialog>'
    )


def _piece(piece: Piece) -> str:
    page = ""
    if piece.page is not None:
        page = f'<span class="qa-page">{t("Page {page}", page=piece.page)}</span>'
    text = esc(piece.text)
    if piece.in_sentence:
        text = f"<mark>{text}</mark>"
    if piece.heading:
        text = f"<strong>{text}</strong>"
    if piece.hit:
        name = f' id="qa-hit-{piece.hit}"' if piece.opens else ""
        text = f'<span class="qa-hit" data-hit="{piece.hit}"{name}>{text}</span>'
    return page + text
