"""The dialog with a whole document, and the tab around it, with a service made for the test."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from fake_service import SHELF_TEXT as TEXT

from qa.datatypes import Document, Page, Passage
from qa.documents.table_rows import Table
from qa.page.highlights import Highlight, text_runs
from qa.page.html import reader


def test_the_dialog_marks_escapes_and_tells_pages(shelf: Any) -> None:
    end = len(TEXT)
    dialog = reader.open_at_hit(
        shelf, json.dumps([1, [["d1", 4, end, end - 9, end], ["x", 0, 1, 0, 1]]])
    )
    assert "<script" not in dialog
    assert "<mark>Drink it.</mark>" in dialog
    assert 'id="qa-hit-1"' in dialog
    assert '<span class="qa-page">Page 4</span>' in dialog
    assert "Hit 1 of 2" in dialog


@pytest.mark.parametrize(
    "wanted",
    ["", "null", "7", "[]", '[1, [["d1"]]]', '[9, [["d1",0,1,0,1]]]', '[1, [["d1",0,999,0,1]]]',
     '[1, [["x",0,1,0,1]]]', '["1", []]', '[[], [["d1",0,1,0,1]]]', '[1, [["d1","a",1,0,1]]]'],
)  # fmt: skip
def test_what_cannot_be_shown_is_said_in_the_dialog(shelf: Any, wanted: str) -> None:
    dialog = reader.open_at_hit(shelf, wanted)
    assert dialog.startswith("<dialog")
    assert 'role="alert"' in dialog
    assert "Something went wrong" not in dialog


def test_a_mark_over_a_heading_keeps_both() -> None:
    document = Document("d", "Tea", "Tea is hot.", "s")
    shown = reader.reader_html(document, text_runs(document, [Highlight(1, 0, 11, 0, 11)]), 1, 1)
    assert "<mark>Tea is hot.</mark>" in shown


TABLE = (
    "Teas\n\nTea: Assam; Price: 4.50\n\nTea: <i>Sencha; Note: new\n\nAll prices in euros\n\nEnd."
)
ROWS = tuple(TABLE.index(line) for line in ("Tea: A", "Tea: <", "All"))
TEAS = Table(("Tea", "Price", "Note"), ((ROWS[0], 5, 4, 0), (ROWS[1], 9, 0, 3), (ROWS[2],)))


def shown(*marks: Highlight, pages: tuple[Page, ...] = ()) -> str:
    document = Document("d", "Teas", TABLE, "teas.csv", pages=pages)
    return reader.reader_html(document, text_runs(document, marks), 1, 1, [TEAS])


def test_a_table_of_the_original_is_a_table() -> None:
    assert (
        '<table><thead><tr><th scope="col">Tea</th><th scope="col">Price</th>'
        '<th scope="col">Note</th></tr></thead><tbody>'
        "<tr><td>Assam</td><td>4.50</td><td></td></tr>"
        "<tr><td>&lt;i&gt;Sencha</td><td></td><td>new</td></tr>"
        '<tr><td colspan="3">All prices in euros</td></tr></tbody></table></div>End.</div>'
    ) in shown()
    assert 'dir="auto" aria-label="Text of the document">Teas<div' in shown()


def test_the_answer_is_marked_in_the_cells_of_its_row() -> None:
    end = TABLE.index("\n\nTea: <")
    table = shown(Highlight(1, ROWS[0], TABLE.index("\n\nAll"), ROWS[0], end))
    assert (
        '<td><span class="qa-hit" data-hit="1" id="qa-hit-1"><mark>Assam</mark></span></td>'
        '<td><span class="qa-hit" data-hit="1"><mark>4.50</mark></span></td><td></td>'
    ) in table
    assert '<td><span class="qa-hit" data-hit="1">&lt;i&gt;Sencha</span></td>' in table
    assert table.count('id="qa-hit-1"') == 1


def test_a_mark_on_a_part_of_a_cell_stays_there() -> None:
    at = TABLE.index("50\n")
    assert (
        '<td>4.<span class="qa-hit" data-hit="1" id="qa-hit-1"><mark>50</mark></span></td>'
        in shown(Highlight(1, at, at + 2, at, at + 2))
    )


def test_a_table_is_parted_where_a_page_begins() -> None:
    pages = (Page(1, 0, ROWS[0]), Page(2, ROWS[0], ROWS[2]), Page(3, ROWS[2], len(TABLE)))
    text = shown(pages=pages)
    assert text.count("<table>") == 2
    for number in (1, 2, 3):
        assert text.count(f'<span class="qa-page">Page {number}</span>') == 1
    assert '<span class="qa-page">Page 3</span><div class="qa-grid"' in text


def test_the_preview_draws_tables_within_their_passages(shelf: Any) -> None:
    document = Document("d", "Teas", TABLE, "teas.csv")
    stop = ROWS[1]
    passages = [
        Passage("p1", "d", ROWS[0], stop - 2, TABLE[ROWS[0] : stop - 2]),
        Passage("p2", "d", stop, len(TABLE), TABLE[stop:]),
    ]
    shelf.document = lambda _: document
    shelf.catalog = SimpleNamespace(passages_of=lambda _: passages, tables_of=lambda _: [TEAS])
    text = reader.open_preview(shelf, "d")
    assert text.count("<table>") == text.count("<thead>") == 2
    assert text.index("Passage 2") < text.index("&lt;i&gt;Sencha")
    assert "Tea: " not in text
