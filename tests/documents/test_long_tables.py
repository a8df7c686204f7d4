"""Every row of a long table is found with its headers, in each format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made_files import docx
from read_documents import read_files

from qa import Service, Settings

HEAD = ("Pump", "Flow")
Rows = list[tuple[str, str]]


def rows(count: int) -> Rows:
    return [(f"HX-{n}", f"{3 * n} l/min") for n in range(100, 100 + count)]


def csv(table: Rows) -> bytes:
    return "\n".join(",".join(row) for row in [HEAD, *table]).encode()


def xlsx(table: Rows) -> bytes:
    import openpyxl

    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for row in [HEAD, *table]:
        workbook.active.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def ods(table: Rows) -> bytes:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "text", "table"))
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>"
        for row in [HEAD, *table]
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Pumps">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


def word(table: Rows) -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = "".join(f"<w:tr>{''.join(map(cell.format, row))}</w:tr>" for row in [HEAD, *table])
    return docx(f"<w:tbl>{body}</w:tbl>")


def html(table: Rows) -> bytes:
    body = "".join(f"<tr><td>{pump}<td>{flow}" for pump, flow in table)
    return f"<table><tr><th>{HEAD[0]}<th>{HEAD[1]}{body}</table>".encode()


def markdown(table: Rows) -> bytes:
    lines = [HEAD, ("---", "---"), *table]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).encode()


def pdf(table: Rows) -> bytes:
    """Pages of 40 rows, the header on the first one only."""
    lines = [HEAD, *table]
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects, kids = ["<</Type/Catalog/Pages 2 0 R>>", ""], []
    for first in range(0, len(lines), 40):
        shown = "".join(
            f"1 0 0 1 72 {740 - 16 * n} Tm ({pump}) Tj 1 0 0 1 200 {740 - 16 * n} Tm ({flow}) Tj\n"
            for n, (pump, flow) in enumerate(lines[first : first + 40])
        )
        code = f"BT /F1 11 Tf {shown} ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Contents {len(objects) + 2} 0 R/Resources{font}>>"
        )
        objects.append(f"<</Length {len(code)}>>stream\n{code}\nendstream")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, table_of_places = "%PDF-1.4\n", ""
    for number, body in enumerate(objects, 1):
        table_of_places += f"{len(out):010d} 00000 n \n"
        out += f"{number} 0 obj\n{body}\nendobj\n"
    size = len(objects) + 1
    return (
        f"{out}xref\n0 {size}\n0000000000 65535 f \n{table_of_places}"
        f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    ).encode()


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "csv": csv, "xlsx": xlsx, "ods": ods, "docx": word, "html": html, "md": markdown, "pdf": pdf,
}  # fmt: skip


@pytest.mark.parametrize("count", [160, 5_000])
@pytest.mark.parametrize("kind", WRITERS)
def test_every_row_stands_under_its_headers_once(tmp_path: Path, kind: str, count: int) -> None:
    table = rows(count)
    (tmp_path / f"pumps.{kind}").write_bytes(WRITERS[kind](table))
    reading = read_files(tmp_path)
    assert reading.skipped == ()
    (document,) = reading.documents
    expected = [f"Pump: {pump}; Flow: {flow}" for pump, flow in table]
    assert document.text.split("\n\n") == expected


@pytest.mark.model
@pytest.mark.parametrize("kind", WRITERS)
def test_a_row_of_a_long_table_is_the_answer(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / f"pumps.{kind}").write_bytes(WRITERS[kind](rows(160)))
    service = Service(Settings(corpus=folder, index=tmp_path / "index"))
    service.rebuild([folder])
    assert service.ask("What is the flow of HX-150?").text == "Pump: HX-150; Flow: 450 l/min"
