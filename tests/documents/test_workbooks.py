"""Workbooks (.xlsx) whose parts are not as their list says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from read_documents import Read, read_files

OFFICE = "http://schemas.openxmlformats.org"
SHEETS = f"{OFFICE}/spreadsheetml/2006/main"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TEXTS = "xl/sharedStrings.xml"
SHARED = (f"<si><t>{text}</t></si>" for text in ("Boat", "Skiff", "Not on any sheet"))
LISTED = f'<Override PartName="/{TEXTS}" ContentType="{KINDS}.sharedStrings+xml"/>'
CELLS = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>4</v></c>'
INLINE = '<c t="inlineStr"><is><t>Boat</t></is></c><c t="inlineStr"><is><t>Skiff</t></is></c>'

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
    f"{LISTED}</Types>",
    "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="Boats" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OFFICE}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/a.xml"/>'
    "</Relationships>",
    "xl/worksheets/a.xml": f'<worksheet xmlns="{SHEETS}"><sheetData><row>{CELLS}</row></sheetData>'
    "</worksheet>",
    TEXTS: f'<sst xmlns="{SHEETS}">{"".join(SHARED)}</sst>',
}


def read(folder: Path, parts: dict[str, str]) -> Read:
    """What is read of a workbook of these parts; one without text is left out."""
    with zipfile.ZipFile(folder / "a.xlsx", "w") as packed:
        for name, text in parts.items():
            if text:
                packed.writestr(name, text)
    return read_files(folder / "a.xlsx")


def prefixed(xml: str) -> str:
    return xml.replace("xmlns=", "xmlns:x=").replace("</", "</x:").replace("<", "<x:").replace(
        "<x:/x:", "</x:"
    )  # fmt: skip


def renamed(parts: dict[str, str], old: str, new: str) -> dict[str, str]:
    return {name.replace(old, new): text for name, text in parts.items()}


@pytest.mark.parametrize(
    "parts",
    {
        "as it should be": PARTS,
        "texts not written": {**PARTS, "xl/worksheets/a.xml": PARTS["xl/worksheets/a.xml"].replace(
            CELLS[: CELLS.index("<c><v>")], INLINE), TEXTS: ""},
        "texts not listed": {**PARTS, "[Content_Types].xml":
            PARTS["[Content_Types].xml"].replace(LISTED, "")},
        "another case": renamed(PARTS, "sharedS", "SharedS"),
        "backslashes": renamed(PARTS, "/", "\\"),
        "prefixes": {name: prefixed(text) if "sheets/" in name or name == TEXTS else text
            for name, text in PARTS.items()},
    }.items(),
    ids=lambda case: case[0],
)  # fmt: skip
def test_each_cell_is_read_and_counted_however_its_texts_are_kept(
    tmp_path: Path, parts: tuple[str, dict[str, str]]
) -> None:
    reading = read(tmp_path, parts[1])
    assert reading.skipped == ()
    assert reading.documents[0].text == "Boat; Skiff; 4"
    (account,) = reading.accounts
    assert (account.in_file, account.read, account.missing) == (3, 3, 0)  # two texts, one number


def test_a_workbook_without_the_texts_of_its_cells_is_refused(tmp_path: Path) -> None:
    (note,) = read(tmp_path, {**PARTS, TEXTS: ""}).skipped
    assert note.reason == "It is damaged: its cells name texts that it does not hold."
