"""A whole document in a dialog: the passages of a question marked in it, or all passages."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from qa.datatypes import Document, Hit
from qa.documents.table_rows import Table
from qa.errors import InputError
from qa.page.highlights import Block, Highlight, TextRun, passage_blocks, text_runs
from qa.page.html.elements import document_name, error_notice, esc, named
from qa.page.html.laid_out import laid_out
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
        tables = service.retriever().catalog.tables_of(document.id)
        return reader_html(document, text_runs(document, inside), at, len(marks), tables)
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
    except (ValueError, TypeError, IndexError, RecursionError, OverflowError):
        pass
    raise InputError("This passage cannot be found any more; ask the question again.")


def reader_html(
    document: Document,
    runs: Sequence[TextRun],
    at: int,
    hits: int,
    tables: Sequence[Table] = (),
) -> str:
    """The dialog of one document, opened at hit number `at` of `hits`; its `tables` are drawn."""
    source = "" if document_name(document) == document.source else _source(document)
    steps = (
        f'<button type="button" data-step="-1" aria-label="{t("Previous hit")}">‹</button>'
        f'<span class="qa-at" role="status">{t("Hit {at} of {hits}", at=at, hits=hits)}</span>'
        f'<button type="button" data-step="1" aria-label="{t("Next hit")}">›</button>'
    )
    shown, pages = _Marked(runs), [page.start for page in document.pages]
    text = _text(laid_out(document.text, 0, len(document.text), tables, shown, pages))
    beside = f'{source}<span class="qa-steps">{steps}</span>'
    return _dialog(AT_HIT, document_name(document), text, beside)


def open_preview(service: Service, document_id: str) -> str:
    """The dialog of one document with the borders of its passages; errors as a notice."""
    try:
        document = service.document(document_id)
        catalog = service.retriever().catalog
        blocks = passage_blocks(document, catalog.passages_of(document_id))
        text = _text(_blocks(document.text, blocks, catalog.tables_of(document_id)))
        return _dialog(PREVIEW, document_name(document), text, _source(document))
    except Exception as error:
        return _dialog(PREVIEW, t("Document"), error_notice(error))


def _dialog(identity: str, name: str, body: str, beside: str = "") -> str:
    return (
        f'<dialog id="{identity}" aria-labelledby="{identity}-title">'
        f'<header><h2 id="{identity}-title" dir="auto">{named(name)}</h2>'
        f'<button type="button" class="qa-close" data-close aria-label="{t("Close")}">×</button>'
        f'<p class="qa-soft">{beside}</p></header>{body}</dialog>'
    )


def _source(document: Document) -> str:
    return f'<span dir="auto">{named(document.source)}</span>'


def _text(inside: str) -> str:
    return (
        '<div class="qa-reader-text" tabindex="0" role="region" dir="auto" '
        f'aria-label="{t("Text of the document")}">{inside}</div>'
    )


def _page(number: int | None) -> str:
    """The mark of the page that begins here, if one does."""
    return "" if number is None else f'<span class="qa-page">{t("Page {page}", page=number)}</span>'


class _Marked:
    """A document's runs of text as HTML, in whatever pieces they are asked for, in order."""

    def __init__(self, runs: Sequence[TextRun]) -> None:
        self._runs = runs
        self._starts = [0, *accumulate(len(run.text) for run in runs)]
        self._opened = {0}
        self._turned: set[int] = set()

    def __call__(self, start: int, end: int) -> str:
        """Characters `start` … `end`; for none, the mark of a page that begins there."""
        first = bisect_right(self._starts, start) - 1
        if start == end:
            begins = first < len(self._runs) and self._starts[first] == start
            return _page(self._page_of(first)) if begins else ""
        parts = []
        for number in range(first, len(self._runs)):
            run, at = self._runs[number], self._starts[number]
            if at >= end:
                break
            text = run.text[max(0, start - at) : end - at]
            page = self._page_of(number) if start <= at else None
            opens = run.hit not in self._opened
            self._opened.add(run.hit)
            parts.append(_run(replace(run, text=text, opens=opens, page=page)))
        return "".join(parts)

    def _page_of(self, number: int) -> int | None:
        """The page that begins with a run, the first time that it is asked for."""
        page = None if number in self._turned else self._runs[number].page
        self._turned.add(number)
        return page


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


def _blocks(text: str, blocks: Sequence[Block], tables: Sequence[Table]) -> str:
    """The whole text with the borders of its passages."""
    parts, end = [], 0
    for block in blocks:
        start, end = end, end + len(block.text)
        first = start + len(block.text) - len(block.text.lstrip())
        last = max(first, start + len(block.text.rstrip()))
        inside = laid_out(text, first, last, tables, lambda a, b: esc(text[a:b]))
        if block.number:
            number = t("Passage {number}", number=block.number)
            name = f'<span class="qa-cut-number">{number}</span>'
            parts.append(f'{_page(block.page)}<div class="qa-cut">{name}{inside}</div>')
        elif inside:
            parts.append(f'<div class="qa-between">{inside}</div>')
    return "".join(parts)
