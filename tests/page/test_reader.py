"""The dialog with a whole document, and the tab around it, with a service made for the test."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fake_service import SHELF_TEXT as TEXT

from qa.datatypes import Document
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
