"""Files made to do harm: each is reported by name, in bounded time, and the rest goes on.

`QA_TINY_FILES=100000` reads that many tiny files instead of a few thousand.
"""

from __future__ import annotations

import io
import os
import sys
import threading
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from read_documents import Read, read_files

from qa.datatypes import Skipped
from qa.settings import Settings

resource = pytest.importorskip("resource")  # Unix only, as most of these files are

FILES = Path(__file__).parents[1] / "data" / "formats"
TINY_FILES = int(os.environ.get("QA_TINY_FILES", "3000"))
SETTINGS = Settings(file_seconds=20, max_memory_mb=1024, max_text_mb=5)
SHORT = replace(SETTINGS, file_seconds=3)
"""For files that would take minutes."""
SOUND = "The good file is read all the same."


def read(folder: Path, settings: Settings = SETTINGS) -> Read:
    """What becomes of a folder, to which a good file is added that must be read."""
    (folder / "zz good.txt").write_text(SOUND, encoding="utf-8")
    (folder / "zz table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    reading = read_files(folder, settings=settings)
    assert reading.names[-2:] == ("zz good.txt", "zz table.csv")
    return reading


def reported(folder: Path, *names: str, settings: Settings = SETTINGS) -> list[str]:
    """Reasons for exactly these files, in order; none of them may have been read."""
    reading = read(folder, settings)
    assert len(reading.names) == 2
    assert [each.source for each in reading.skipped] == list(names)
    for each in reading.skipped:
        assert each.reason.endswith(".")
        assert "\n" not in each.reason
        assert len(each.reason) < 500
    return [each.reason for each in reading.skipped]


def swollen(source: Path, member: str, before: bytes, filling: bytes, times: int) -> bytes:
    """A copy of an Office file whose `member` holds `filling` very often, put before `before`."""
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name != member:
                new.writestr(name, data)
                continue
            head, tail = data.split(before, 1)
            with new.open(name, "w", force_zip64=True) as part:
                part.write(head)
                for _ in range(times):
                    part.write(filling)
                part.write(before + tail)
    return out.getvalue()


PARAGRAPHS = b"<w:p><w:r><w:t>bomb bomb bomb</w:t></w:r></w:p>" * 20_000
ROWS = b'<row><c t="inlineStr"><is><t>bomb bomb bomb</t></is></c></row>' * 20_000


def test_zip_bombs(tmp_path: Path) -> None:
    docx = swollen(FILES / "handbook.docx", "word/document.xml", b"</w:body>", PARAGRAPHS, 300)
    small = swollen(FILES / "handbook.docx", "word/document.xml", b"</w:body>", PARAGRAPHS, 40)
    sheet = swollen(FILES / "teas.xlsx", "xl/worksheets/sheet1.xml", b"</sheetData>", ROWS, 100)
    text = swollen(
        FILES / "handbook.odt",
        "content.xml",
        b"</office:text>",
        b"<text:p>bomb bomb</text:p>" * 20_000,
        500,
    )
    (tmp_path / "a.docx").write_bytes(docx)  # 280 MB
    (tmp_path / "b.docx").write_bytes(small)  # 37 MB, 11 MB of text
    (tmp_path / "c.xlsx").write_bytes(sheet)  # 125 MB
    (tmp_path / "d.odt").write_bytes(text)  # 260 MB
    assert len(docx) + len(small) + len(sheet) + len(text) < 10_000_000
    reasons = reported(tmp_path, "a.docx", "b.docx", "c.xlsx", "d.odt", settings=SHORT)
    assert reasons[0] == "It unpacks to more than is allowed: word/document.xml."
    assert reasons[3] == "It unpacks to more than is allowed: content.xml."


def test_a_zip_in_itself_many_times(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20_000):
            archive.writestr(f"word/{number}.xml", b"")
    (tmp_path / "a.docx").write_bytes(out.getvalue())
    reported(tmp_path, "a.docx")


def test_members_with_a_way_up_in_their_names(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    data = io.BytesIO((FILES / "handbook.docx").read_bytes())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("../evil.txt", "evil")
        archive.writestr("/tmp/evil.txt", "evil")
        archive.writestr("word/two\nlines.xml", "<a/>")
    (tmp_path / "in" / "a.docx").write_bytes(data.getvalue())
    reading = read(tmp_path / "in")
    assert "Tea keeps its taste" in reading.documents[0].text
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "a.docx",
        "in",
        "zz good.txt",
        "zz table.csv",
    ]


def entities(root: str) -> bytes:
    """Ten times ten times … : a thousand million "ha" if it were carried out."""
    steps = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{steps}]><{root}><p>&a9;</p></{root}>'
    ).encode()


def test_xml_bombs(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(entities("x"))
    (tmp_path / "b.svg").write_bytes(entities("svg"))
    (tmp_path / "c.fb2").write_bytes(entities("FictionBook"))
    (tmp_path / "d.xhtml").write_bytes(entities("html"))
    for name, member in (("e.docx", "word/document.xml"), ("f.odt", "content.xml")):
        out = io.BytesIO()
        source = FILES / f"handbook.{name[2:]}"
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
            for each in old.namelist():
                data = old.read(each)
                if each == member:
                    prolog, rest = data.split(b"?>", 1)
                    bomb = entities("x").split(b"?>", 1)[1].split(b"<x>")[0]
                    rest = rest.replace(b"Water for", b"&a9; for").replace(b"standalone", b"x")
                    data = prolog + b"?>" + bomb + rest
                new.writestr(each, data)
        (tmp_path / name).write_bytes(out.getvalue())
    reading = read(tmp_path)
    assert all(len(document.text) < 2_000 for document in reading.documents)
    told = {each.source for each in reading.skipped} | set(reading.names)
    assert {"a.xml", "b.svg", "c.fb2", "d.xhtml", "e.docx", "f.odt"} <= told


def test_a_huge_sparse_file_is_refused_by_its_size(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2_000_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reported(tmp_path, "a.txt", "b.pdf") == ["It is larger than 100 MB (max_file_mb)."] * 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "header"])
def test_html_in_a_hundred_thousand_levels(tmp_path: Path, tag: str) -> None:
    (tmp_path / "a.html").write_text(f"<{tag}>" * 100_000 + SOUND, encoding="utf-8")
    reading = read(tmp_path, SHORT)
    told = {each.source for each in reading.skipped} | set(reading.names)
    assert "a.html" in told


@pytest.mark.parametrize("tag", ["header", "nav", "header><aside", "header><div"])
def test_html_in_three_thousand_levels_is_read(tmp_path: Path, tag: str) -> None:
    (tmp_path / "a.html").write_text(f"<{tag}>" * 3_000 + SOUND, encoding="utf-8")
    assert read(tmp_path).documents[0].text == SOUND


def test_html_that_never_ends_its_tags(tmp_path: Path) -> None:
    for number, text in enumerate(
        ("<" * 500_000, "<a " * 200_000, "<!--" * 200_000, "&" * 500_000, "<title>" * 100_000)
    ):
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    reading = read(tmp_path, SHORT)
    told = {each.source for each in reading.skipped} | set(reading.names)
    assert {f"{number}.html" for number in range(5)} <= told


def test_deep_json_xml_and_mail(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[" * 200_000 + "]" * 200_000, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("[" * 200_000 + "\n", encoding="utf-8")
    (tmp_path / "c.xml").write_text("<a>" * 200_000 + "</a>" * 200_000, encoding="utf-8")
    parts = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000)
    )
    (tmp_path / "d.eml").write_text(f"From: a@b.c\n{parts}", encoding="utf-8")
    reading = read(tmp_path)
    told = {each.source for each in reading.skipped} | set(reading.names)
    assert {"a.json", "b.jsonl", "c.xml", "d.eml"} <= told


def looping(kids: str, more: str = "") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        + f"2 0 obj\n<</Type/Pages/Kids[{kids}]/Count 1000000>>\nendobj\n{more}".encode()
        + b"trailer\n<</Size 9/Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF"
    )


def test_pdfs_that_loop_or_end_early(tmp_path: Path) -> None:
    whole = (FILES / "handbook.pdf").read_bytes()
    form = (
        "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        "/Resources<</XObject<</F 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length 4>>stream\n/F Do\n"
        "endstream\nendobj\n5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]"
        "/Resources<</XObject<</F 5 0 R>>>>/Length 10>>stream\n/F Do /F Do\nendstream\nendobj\n"
    )
    (tmp_path / "a.pdf").write_bytes(looping("2 0 R"))
    (tmp_path / "b.pdf").write_bytes(looping("2 0 R 2 0 R 2 0 R"))
    (tmp_path / "c.pdf").write_bytes(looping("3 0 R", form))
    (tmp_path / "d.pdf").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "e.pdf").write_bytes(whole[:200])
    (tmp_path / "f.pdf").write_bytes(b"%PDF-1.7\n" + b"1 0 obj<<" * 100_000)
    (tmp_path / "g.pdf").write_bytes(b"%PDF-1.7\n" + b"[" * 1_000_000)
    reported(tmp_path, *(f"{letter}.pdf" for letter in "abcdefg"), settings=SHORT)


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of one page, whose objects from number 4 on are its content and what that uses."""
    pages = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>/Font<</F 5 0 R>>>>>>",
    )
    written = b"%PDF-1.7\n"
    for number, content in enumerate((*pages, *objects), 1):
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    return written + b"trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n0\n%%EOF"


def stream(data: bytes, more: bytes) -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), more, data)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_pdfs_that_unpack_to_more_than_memory_are_told_in_plain_words(tmp_path: Path) -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    packed = zlib.compress(b"BT /F 9 Tf (bomb bomb) Tj ET\n" * 8_000_000, 9)
    thrice = zlib.compress(zlib.compress(zlib.compress(b"\0" * 600_000_000)))
    (tmp_path / "a.pdf").write_bytes(pdf_of(stream(packed, b"/Filter/FlateDecode"), font))
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    (tmp_path / "b.pdf").write_bytes(pdf_of(stream(thrice, filters), font))
    small = replace(SETTINGS, max_memory_mb=512)
    told = (
        "Reading it ended the reading process: the file is damaged, or needs more than 512 MB of "
        "memory (max_memory_mb)."
    )
    assert reported(tmp_path, "a.pdf", "b.pdf", settings=small) == [told] * 2


def test_halves_of_signs_written_as_escapes(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '[{"title": "\\ud800 kettle", "text": "It is \\udfff red.", "\\ud801": "\\udc00x"}]',
        "ascii",
    )
    (tmp_path / "b.jsonl").write_text('{"text": "Tea \\udcff."}\nno \\ud800 JSON\n', "ascii")
    reading = read(tmp_path)
    assert reading.names[:2] == ("a.json", "b.jsonl")
    assert "\ufffd kettle\n\nIt is \ufffd red." in reading.documents[0].text
    assert reading.documents[1].text == "Tea \ufffd."


def test_mails_in_mails_are_read_or_named(tmp_path: Path) -> None:
    inner = b"From: x@y.z\nSubject: innermost\n\nThe mail kettle is red.\n"
    for level in range(200):
        head = b"From: x@y.z\nSubject: level %d\nContent-Type: message/rfc822\n\n" % level
        inner = head + inner
    (tmp_path / "a.eml").write_bytes(inner)
    parts = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(200)
    )
    (tmp_path / "b.eml").write_text(
        f"From: a@b.c\nSubject: n\n{parts}Content-Type: text/plain\n\nThe inner kettle is blue.\n"
    )
    reading = read(tmp_path)
    told = {document.source: document.text for document in reading.documents}
    assert "The inner kettle is blue." in told["b.eml"]
    skipped = [each for each in reading.skipped if each.source.startswith("a.eml (")]
    assert "The mail kettle is red." in told["a.eml"] or [each.reason for each in skipped] == [
        "It lies in a mail within more than 20 other mails; save it as a file of its own."
    ]


def test_cells_at_both_ends_of_a_sheet_are_read(tmp_path: Path) -> None:
    """Of which a million rows of 16,384 columns are named as its size."""
    cell = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    rows = (
        f'<row r="1">{cell.format("A1", "The first kettle")}</row>'
        f'<row r="1048576">{cell.format("XFD1048576", "The last kettle")}</row>'
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    )
    with (
        zipfile.ZipFile(FILES / "teas.xlsx") as old,
        zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new,
    ):
        for name in old.namelist():
            first = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, sheet if first else old.read(name))
    text = read(tmp_path).documents[0].text
    assert text.index("The first kettle") < text.index("The last kettle")


def test_damaged_office_files(tmp_path: Path) -> None:
    names = []
    for path in sorted(FILES.glob("*.*")):
        if path.suffix in (".docx", ".odt", ".xlsx", ".ods", ".epub", ".pptx"):
            data = path.read_bytes()
            (tmp_path / path.name).write_bytes(data[: len(data) // 2])
            names.append(path.name)
    reported(tmp_path, *names)


def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "b.pdf")
    (tmp_path / "c.txt").symlink_to("/dev/zero")
    assert reported(tmp_path, "c.txt", "a.txt", "b.pdf") == [
        "It is a link that leads outside the folder; it was not followed.",
        "It is not a regular file.",
        "It is not a regular file.",
    ]
    assert read_files(Path("/dev/zero"), settings=SETTINGS).skipped == (
        Skipped("zero", "It is not a regular file."),
    )


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files(tmp_path: Path) -> None:
    for name in ("a.txt", "b.csv"):
        (tmp_path / name).write_text(SOUND, encoding="utf-8")
        (tmp_path / name).chmod(0)
    for reason in reported(tmp_path, "a.txt", "b.csv"):
        assert reason == "It cannot be opened: Permission denied."


def test_files_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for root, who may read everything."""
    (tmp_path / "a.txt").write_text(SOUND, encoding="utf-8")
    start = os.open

    def refuse(path: object, *given: object, **more: object) -> int:
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return start(path, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    assert reported(tmp_path, "a.txt") == ["It cannot be opened: Permission denied."]


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab") as file:
            while not stop.is_set():
                file.write(b"word " * 20_000)

    path.write_bytes(b"word ")
    writer = threading.Thread(target=grow)
    writer.start()
    try:
        for _ in range(3):
            reading = read_files(path, settings=Settings(max_file_mb=1, max_text_mb=1))
    finally:
        stop.set()
        writer.join()
    assert len(reading.documents) + len(reading.skipped) == 1


def test_very_many_tiny_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(TINY_FILES):
        place = tmp_path / str(number % 100)
        if number < 100:
            place.mkdir()
        (place / f"{number}.txt").write_text(f"File number {number} is small.", encoding="utf-8")
    began = time.monotonic()
    reading = read_files(tmp_path, settings=SETTINGS)
    seconds = time.monotonic() - began
    assert len(set(reading.names)) == TINY_FILES
    assert reading.skipped == ()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    with capsys.disabled():
        if TINY_FILES > 3000:
            print(f"\n{TINY_FILES} files in {seconds:.1f} s, peak {peak} MB")
