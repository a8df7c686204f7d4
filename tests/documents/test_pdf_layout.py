"""Where characters stand on a page → what is read: columns, tables, slanting and wrapped text."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest

from qa.documents.assemble import finish
from qa.documents.blocks import Block
from qa.documents.formats.pdf import pdf_blocks
from qa.documents.formats.pdf_characters import Character, PageText, PdfText
from qa.documents.formats.registry import Parsed

WIDTH, SIZE = 5.0, 10.0

Placed = tuple[float, float, str]
"""Where a text begins, and the text; its letters are 5 points wide, words half as far apart."""


def page(
    placed: Iterable[Placed], number: int = 1, *, angle: int = 0, space: float = 2.5
) -> PageText:
    """A page of letters without written spaces, its lines at an angle around their beginning."""
    signs: list[Character] = []
    turn = math.radians(angle)
    for x, y, text in placed:
        along = 0.0
        for letter in text:
            if letter == " ":
                along += space
                continue
            place = x + along * math.cos(turn), y + along * math.sin(turn)
            order = len(signs)
            signs.append(Character(letter, *place, WIDTH, SIZE, angle=angle, order=order))
            along += WIDTH
    return PageText(number, 600, 800, signs)


def texts(*pages: PageText) -> list[str]:
    blocks, _, notes = pdf_blocks(PdfText("", list(pages)), "a.pdf", {}, "")
    assert notes == []
    return [block.text for block in blocks]


@pytest.mark.parametrize("angle", [0, 30, 45, 90, 180, 270, 315])
def test_lines_at_any_angle(angle: int) -> None:
    assert texts(page([(300, 400, "Draft of the rules")], angle=angle)) == ["Draft of the rules"]


GATE = ["The gate is closed at night and", "opened by the first who comes."]
DOGS = ["Dogs are kept on a lead."]
ROWS = [
    "Rule: Gate; What it says: The gate is closed at night and opened by the first who comes.; "
    "Fine: 5 crowns",
    "Rule: Dogs; What it says: Dogs are kept on a lead.; Fine: 9 crowns",
    "Rule: Hose; What it says: The gate is closed at night and opened by the first who comes.; "
    "Fine: 2 crowns",
]


def rules(share: float, left: float) -> list[Placed]:
    """A table with centred names whose middle cells have lines 12 points apart, its rows 20 points
    from the last line of the row above. `share`: how far down its neighbours stand beside the
    cell, 0 … 1."""
    placed = [(50.0, 700.0, "Rule"), (left + 60, 700.0, "What it says"), (300.0, 700.0, "Fine")]
    y = 680.0
    for name, lines, fine in (
        ("Gate", GATE, "5 crowns"),
        ("Dogs", DOGS, "9 crowns"),
        ("Hose", GATE, "2 crowns"),
    ):
        placed += [(left, y - 12 * n, line) for n, line in enumerate(lines)]
        beside = y - share * 12 * (len(lines) - 1)
        placed += [(50.0, beside, name), (300.0, beside, fine)]
        y -= 12 * (len(lines) - 1) + 20
    return placed


@pytest.mark.parametrize("left", [100.0, 74.5])  # 4.5 points right of "Gate": not twice a blank
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_cells_of_several_lines(share: float, left: float) -> None:
    assert texts(page(rules(share, left))) == ROWS


def test_a_list_with_marks_is_no_table() -> None:
    lines = [
        (60.0, "The first point goes on for a while and ends", "in the next line."),
        (36.0, "The second point is short.", ""),
        (12.0, "The third point goes on for a while and ends", "in the next line."),
    ]
    placed: list[Placed] = []
    for y, first, second in lines:
        placed += [(50, y + 600, "•"), (62, y + 600, first)]
        placed += [(62, y + 588, second)] if second else []
    assert (
        " ".join(texts(page(placed))).split()
        == (
            "• The first point goes on for a while and ends in the next line. "
            "• The second point is short. "
            "• The third point goes on for a while and ends in the next line."
        ).split()
    )


@pytest.mark.parametrize("count", [2, 3])
def test_columns_one_after_the_other(count: int) -> None:
    line = "these words of the column"  # 21 letters and 4 gaps: 115 points wide
    placed = [
        (40.0 + 170 * column, 700.0 - 12 * n, f"{'abc'[column]}{n} {line}")
        for column in range(count)
        for n in range(6)
    ]
    words = " ".join(texts(page(placed))).split()
    begins = [word for word in words if word[0] in "abc" and word[1:].isdigit()]
    assert begins == [f"{'abc'[column]}{n}" for column in range(count) for n in range(6)]


@pytest.mark.parametrize("space", [2.0, 2.5, 4.0, 6.0, 9.0])
def test_prose_set_word_by_word_stays_prose(space: float) -> None:
    lines = ["the lamp is turned every", "second night by the man", "on watch in the tower"]
    placed = [(50.0, 700.0 - 12 * n, line) for n, line in enumerate(lines)]
    assert " ".join(" ".join(texts(page(placed, space=space))).split()) == " ".join(lines)


HEADER = [(50.0, 780.0, "Harbour office of Ferring")]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_no_document_loses_its_text_to_its_running_header(count: int) -> None:
    pages = [
        page([*HEADER, (50, 700, f"Boat {'abcde'[n]} is in the dock")], n + 1) for n in range(count)
    ]
    shown = "\n".join(texts(*pages))
    for n in range(count):
        assert f"Boat {'abcde'[n]} is in the dock" in shown
    only_headers = texts(*(page(HEADER, n + 1) for n in range(count)))
    assert only_headers == ["Harbour office of Ferring"] * count


@pytest.mark.parametrize(
    "title",
    [
        "(anonymous)",
        "untitled",
        "Untitled-1",
        "Unbenannt",
        "Sans titre",
        "Microsoft Word - rules.doc",
        "Dokument1",
        "Layout 1",
        "PowerPoint Presentation",
        "rules_v3.indd",
        "C:\\Users\\eva\\rules",
        "/home/eva/rules",
    ],
)
def test_what_a_program_sets_is_no_title(title: str) -> None:
    document = finish(Parsed("our-rules.pdf", title, [Block("The gate is closed.")]), frozenset())
    assert document.document is not None
    assert document.document.title == "our rules"


@pytest.mark.parametrize("title", ["Rules of the harbour", "Input/Output guide", "Catch 22"])
def test_a_title_that_a_person_gave_is_kept(title: str) -> None:
    document = finish(Parsed("our-rules.pdf", title, [Block("The gate is closed.")]), frozenset())
    assert document.document is not None
    assert document.document.title == title
