"""Lines of PDFs put together: scripts without blanks, dashes, brackets read from the right."""

from __future__ import annotations

import pytest

from qa.documents.formats.pdf import join_lines
from qa.documents.formats.pdf_characters import Character
from qa.documents.formats.pdf_layout import regions
from qa.documents.formats.pdf_ligatures import with_ligatures
from qa.documents.formats.pdf_lines import Line, pieces_of
from qa.documents.formats.reading_direction import logical_order


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("山川日", "月水", "山川日月水"),
        ("山川<", "月水>", "山川<月水>"),
        ("and/", "or", "and/or"),
        ("1990–", "2000", "1990–2000"),
        ("one –", "two", "one – two"),
        ("산", "물", "산 물"),
    ],
)
def test_ends_of_lines(first: str, second: str, whole: str) -> None:
    lines = [Line(first, 0, 100, 20, 10), Line(second, 0, 90, 8, 10)]
    assert join_lines(lines, 100, frozenset()) == whole


def test_brackets_are_turned_where_people_read_from_the_right() -> None:
    assert logical_order("(\u05d1\u05d0)") == "(\u05d0\u05d1)"
    assert logical_order("(ab) \u05d1\u05d0 \u05d2\u05d3") == "\u05d3\u05d2 \u05d0\u05d1 (ab)"


def test_a_ligature_does_not_reach_over_a_blank() -> None:
    """The blank, number 2, is not drawn: "fi" ends before it."""
    letters = [Character(x, at, 0, 4, 10, order=n) for x, at, n in [("f", 1, 0), ("i", 1, 1)]]
    letters.append(Character("a", 14, 0, 5, 10, order=3))
    assert [c.width for c in with_ligatures(letters)] == [4, 4, 5]


def test_letters_of_a_ligature_that_is_read_from_the_right() -> None:
    """Alef at 28, then lam and alef in one place at 21, kaf at 11: in the order of reading."""
    places = [("\u0627", 28), ("\u0644", 21), ("\u0627", 21), ("\u0643", 11)]
    letters = [Character(x, at, 0, 3, 16, order=n) for n, (x, at) in enumerate(places)]
    (region,) = regions([*letters[:3], Character("\u0643", 11, 0, 10, 16, order=3)])
    assert region.lines[0].text == "\u0627\u0644\u0627\u0643"


def test_the_mark_of_an_item_is_no_cell() -> None:
    lines = [
        [("•", 10), *((x, 30 + 6 * n) for n, x in enumerate("milk"))],
        [("•", 10), *((x, 30 + 6 * n) for n, x in enumerate("salt"))],
    ]
    letters = [
        Character(x, at, -14 * y, 6, 10, order=50 * y + n)
        for y, line in enumerate(lines)
        for n, (x, at) in enumerate(line)
    ]
    found = regions(letters)
    assert [line.text for region in found for line in region.lines] == ["• milk", "• salt"]


def test_a_letter_lowered_into_its_gap_belongs_to_the_line() -> None:
    """TeX's own name: E stands lower, a little under its neighbours."""
    letters = [("T", 10, 0), ("E", 15.4, -4), ("X", 21, 0), ("a", 31, 0), ("b", 37, 0)]
    found = regions([Character(x, at, y, 6, 10, order=n) for n, (x, at, y) in enumerate(letters)])
    assert [line.text for region in found for line in region.lines] == ["TEX ab"]


def test_words_parted_by_a_narrow_gap_are_two() -> None:
    """LibreOffice squeezes a blank that it does not draw to a sixth of the font's size."""
    places = [("b", 0), ("e", 6), ("d", 12), ("s", 19.65), ("e", 25.65), ("a", 31.65)]
    letters = [Character(x, at, 0, 6, 10, order=n) for n, (x, at) in enumerate(places)]
    assert [piece.text for piece in pieces_of(letters)] == ["bed sea"]
