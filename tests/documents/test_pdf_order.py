"""Wide gaps in lines of a PDF: tabs, columns, forms. What the file says of them is used."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from read_documents import Read, read_files

Draw = Callable[[Any], None]
LEFT = (
    "The skiff is rowed by two people, who sit one",
    "behind the other and who pull at the same time,",
    "so that nobody falls into the cold dark water and",
    "everybody comes home.",
)
RIGHT = (
    "A barge carries coal, grain and sand over canals",
    "that were dug for it, and a horse walks beside it",
    "on a path.",
)


def read(folder: Path, draw: Draw) -> Read:
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    page = canvas.Canvas(out, invariant=1)
    page.setFont("Helvetica", 10)
    draw(page)
    page.save()
    (folder / "a.pdf").write_bytes(out.getvalue())
    return read_files(folder / "a.pdf")


def text_of(folder: Path, draw: Draw) -> str:
    reading = read(folder, draw)
    assert reading.skipped == ()
    return reading.documents[0].text


def columns(page: Any) -> None:
    for left, lines in ((60, LEFT), (320, RIGHT)):
        for number, line in enumerate(lines):
            page.drawString(left, 700 - 14 * number, line)


def tabs(page: Any) -> None:
    """Two lines of four go on behind a wide gap."""
    for number, line in enumerate(LEFT):
        page.drawString(60, 700 - 14 * number, line)
        if number in (0, 2):
            page.drawString(320, 700 - 14 * number, RIGHT[number])


def test_what_the_file_writes_line_by_line_is_read_line_by_line(tmp_path: Path) -> None:
    words = text_of(tmp_path, tabs).split()
    assert words == " ".join([LEFT[0], RIGHT[0], LEFT[1], LEFT[2], RIGHT[2], LEFT[3]]).split()


def test_columns_are_still_read_one_after_the_other(tmp_path: Path) -> None:
    assert text_of(tmp_path, columns).split() == " ".join([*LEFT, *RIGHT]).split()


def touching(page: Any) -> None:
    """Two columns without a gap between them."""
    for number in range(8):
        page.drawRightString(300, 700 - 14 * number, LEFT[number % 3])
    for number in range(8):
        page.drawString(303, 700 - 14 * number, RIGHT[number % 2])


def test_a_page_whose_columns_are_woven_is_named(tmp_path: Path) -> None:
    (note,) = read(tmp_path, touching).skipped
    assert note.source == "a.pdf (page 1)"
    assert note.reason.startswith("Its lines seem to be woven of two columns")


def form(page: Any) -> None:
    fields = page.acroForm
    page.drawString(60, 740, "Name of the owner")
    fields.textfield(name="a", x=60, y=712, width=300, height=22, value="Olav Lie")
    page.drawString(60, 690, "Length (m)")
    page.drawString(220, 690, "Colour")
    fields.textfield(name="b", x=60, y=662, width=120, height=22, value="7.5")
    fields.textfield(name="c", x=220, y=662, width=120, height=22, value="blue")
    page.drawString(60, 640, "Wishes")
    lines = "A quiet place.\nNear the crane."
    fields.textfield(name="d", x=60, y=540, width=400, height=94, value=lines,
                     fieldFlags="multiline")  # fmt: skip
    page.drawString(60, 500, "Side:")
    fields.textfield(name="e", x=120, y=494, width=100, height=18, value="port")


@pytest.mark.parametrize(
    "line",
    [
        "Name of the owner: Olav Lie",
        "Length (m): 7.5 Colour: blue",
        "Wishes: A quiet place. Near the crane.",
        "Side: port",
    ],
)
def test_a_value_joins_the_label_above_it_or_beside_it(tmp_path: Path, line: str) -> None:
    assert line in text_of(tmp_path, form).split("\n")
