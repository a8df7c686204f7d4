"""A whole document in a dialog: the passages of a question marked in it, or all passages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.datatypes import Document, Hit
from qa.errors import InputError
from qa.page.highlights import Block, Highlight, TextRun, passage_blocks, text_runs
from qa.page.html.elements import document_name, error_notice, esc
from qa.page.locale.translate import t

if TYPE_CHECKING:
    from qa.service import Service

AT_HIT, PREVIEW = "qa-reader", "qa-leaf"
"""The dialogs: a document opened at a hit, and one with the borders of all its passages."""
CLOSED = f'<dialog id="{AT_HIT}"></dialog>'


def spans(hits: Sequence[Hit]) -> str:
    """Where the hits stand, as JSON for `open_at_hit`: document, passage and sentence of each."""
    return json.dumps(
        [
            [h.document.id, h.passage.start, h.passage.end, h.sentence.start, h.sentence.end]
            for h in hits
        ]
    )


def open_at_hit(service: Service, wanted: str) -> str:
    """The dialog for `wanted`: JSON `[hit, spans]`, hit counted from 1; errors as a notice."""
    try:
        at, marks = _asked_for(wanted)
        document = service.document(marks[at][0])
        inside = [mark for identity, mark in marks.values() if identity == document.id]
        return reader_html(document, text_runs(document, inside), at, len(marks))
    except Exception as error:
        return _dialog(AT_HIT, t("Document"), error_notice(error))


def _asked_for(wanted: str) -> tuple[int, dict[int, tuple[str, Highlight]]]:
    try:
        at, lines = json.loads(wanted)
        marks = {
            number: (str(line[0]), Highlight(number, *(int(edge) for edge in line[1:5])))
            for number, line in enumerate(lines, start=1)
        }
        if at in marks:
            return int(at), marks
    except (ValueError, TypeError, IndexError):
        pass
    raise InputError("This passage cannot be found any more; ask the question again.")


def reader_html(document: Document, runs: Sequence[TextRun], at: int, hits: int) -> str:
    """The dialog of one document, opened at hit number `at` of `hits`."""
    source = "" if document_name(document) == document.source else _source(document)
    steps = (
        f'<button type="button" data-step="-1" aria-label="{t("Previous hit")}">‹</button>'
        f'<span class="qa-at" role="status">{t("Hit {at} of {hits}", at=at, hits=hits)}</span>'
        f'<button type="button" data-step="1" aria-label="{t("Next hit")}">›</button>'
    )
    text = _text("".join(map(_run, runs)))
    beside = f'{source}<span class="qa-steps">{steps}</span>'
    return _dialog(AT_HIT, document_name(document), text, beside)


def open_preview(service: Service, document_id: str) -> str:
    """The dialog of one document with the borders of its passages; errors as a notice."""
    try:
        document = service.document(document_id)
        passages = service.retriever().catalog.passages_of(document_id)
        text = _text("".join(map(_block, passage_blocks(document, passages))))
        return _dialog(PREVIEW, document_name(document), text, _source(document))
    except Exception as error:
        return _dialog(PREVIEW, t("Document"), error_notice(error))


def _dialog(identity: str, name: str, body: str, beside: str = "") -> str:
    return (
        f'<dialog id="{identity}" aria-labelledby="{identity}-title">'
        f'<header><h2 id="{identity}-title" dir="auto">{esc(name)}</h2>'
        f'<button type="button" class="qa-close" data-close aria-label="{t("Close")}">×</button>'
        f'<p class="qa-soft">{beside}</p></header>{body}</dialog>'
    )


def _source(document: Document) -> str:
    return f'<span dir="auto">{esc(document.source)}</span>'


def _text(inside: str) -> str:
    return (
        '<div class="qa-reader-text" tabindex="0" role="region" dir="auto" '
        f'aria-label="{t("Text of the document")}">{inside}</div>'
    )


def _page(number: int | None) -> str:
    """The mark of the page that begins here, if one does."""
    return "" if number is None else f'<span class="qa-page">{t("Page {page}", page=number)}</span>'


def _run(run: TextRun) -> str:
    text = esc(run.text)
    if run.in_sentence:
        text = f"<mark>{text}</mark>"
    if run.heading:
        text = f"<strong>{text}</strong>"
    if run.hit:
        name = f' id="qa-hit-{run.hit}"' if run.opens else ""
        text = f'<span class="qa-hit" data-hit="{run.hit}"{name}>{text}</span>'
    return _page(run.page) + text


def _block(block: Block) -> str:
    text = esc(block.text.strip())
    if not block.number:
        return f'<div class="qa-between">{text}</div>' if text else ""
    number = f'<span class="qa-cut-number">{t("Passage {number}", number=block.number)}</span>'
    return f'{_page(block.page)}<div class="qa-cut">{number}{text}</div>'
