"""Files of each format, made by real programs (tests/data/formats), become documents."""

from __future__ import annotations

import json
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest
from read_documents import Read, read_files

from qa.datatypes import Document
from qa.settings import Settings

FILES = Path(__file__).parents[1] / "data" / "formats"
BREWING = "Water for green tea should be about eighty degrees hot."
STORING = "Tea keeps its taste for a year in a dark and dry tin."
ORIGIN = "The first plants were grown on the slopes of the Himalaya."


def read(path: Path, **given: str) -> Read:
    return read_files(path, settings=Settings(**given))  # type: ignore[arg-type]


def one(path: Path) -> Document:
    reading = read(path)
    assert reading.skipped == ()
    (document,) = reading.documents
    return document


def paths(document: Document) -> list[tuple[str, ...]]:
    for section in document.sections:
        assert document.text[section.start :].startswith(section.path[-1])
    return [section.path for section in document.sections]


def under(document: Document, heading: str) -> str:
    """The text under a heading, without the heading."""
    (section,) = [s for s in document.sections if s.path[-1] == heading]
    return document.text[section.start + len(heading) : section.end].strip()


def on_page(document: Document, number: int) -> str:
    (page,) = [page for page in document.pages if page.number == number]
    return document.text[page.start : page.end].strip()


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_word_processors(kind: str) -> None:
    document = one(FILES / f"handbook.{kind}")
    assert document.title == "Tea Handbook"
    top = ("Tea Handbook",)
    assert paths(document) == [top, (*top, "Brewing"), (*top, "Storing"), (*top, "Origin")]
    assert under(document, "Brewing").startswith(BREWING)
    assert under(document, "Storing").startswith(STORING)
    assert "Tea: Sencha; Minutes: 2; Origin: Japan" in under(document, "Storing")
    assert under(document, "Origin") == ORIGIN


def test_old_word_files_keep_their_lines() -> None:
    document = one(FILES / "handbook.doc")
    assert document.title == "Tea Handbook"
    lines = document.text.split("\n\n")
    assert lines[:2] == ["Tea Handbook", "Brewing"]
    assert BREWING in lines
    assert STORING in lines
    assert "Tea: Sencha; Minutes: 2; Origin: Japan" in lines


def test_pdf_with_pages_headers_and_footers() -> None:
    reading = read(FILES / "handbook.pdf")
    (document,) = reading.documents
    assert document.title == "Tea Handbook"
    top = ("Tea Handbook",)
    assert paths(document) == [top, (*top, "Brewing"), (*top, "Storing"), (*top, "Origin")]
    assert BREWING in on_page(document, 1)
    assert on_page(document, 2) == f"Storing\n\n{STORING}"
    assert on_page(document, 3) == f"Origin\n\n{ORIGIN}"
    dropped = [(each.text, each.rule) for each in reading.dropped]
    header = "Tea Handbook, edition of the Harbour Company"
    for number in (1, 2, 3):
        assert (f"Confidential draft, page {number}", "running header or footer") in dropped
    assert dropped.count((header, "running header or footer")) == 3
    assert len(dropped) == 6


def test_pdf_in_two_columns_is_read_column_by_column() -> None:
    text = one(FILES / "columns.pdf").text
    ends = text.index("Ships use the lower part of it.")
    assert text.index("A river begins at a spring in the hills and gathers") < ends
    assert ends < text.index("The right column tells of deserts.")
    assert text.endswith("animals come out at night only.")


def test_pdf_with_broken_words_and_ligatures() -> None:
    body = one(FILES / "hyphens.pdf").text.split("\n\n", 1)[1]
    sentence = "The photosynthesis of underwater plants is a well-known process. "
    assert body.startswith((sentence * 3).strip())
    assert body.endswith("The first office floor is closed.")


def test_pdf_with_a_scanned_page() -> None:
    reading = read(FILES / "half_scanned.pdf")
    (document,) = reading.documents
    assert document.text == "The first page has text on it."
    (skipped,) = reading.skipped
    assert skipped.source == "half_scanned.pdf (page 2)"
    assert "no text" in skipped.reason
    assert "QA_OCR" in skipped.reason


def test_pdf_of_nothing_but_scans() -> None:
    reading = read(FILES / "scanned.pdf")
    assert reading.documents == ()
    (skipped,) = reading.skipped
    assert skipped.source == "scanned.pdf"
    assert skipped.reason.startswith("It holds no text on its one page: scanned")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_scans_read_by_tesseract() -> None:
    reading = read(FILES / "half_scanned.pdf", ocr="eng")
    (document,) = reading.documents
    assert reading.skipped == ()
    assert on_page(document, 1) == "The first page has text on it."
    assert on_page(document, 2) == "The lighthouse keeper winds the clock every evening."
    (skipped,) = read(FILES / "scanned.pdf", ocr="tlh").skipped
    assert "Tesseract's data for tlh is not installed" in skipped.reason


def test_ocr_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    (skipped,) = read(FILES / "scanned.pdf", ocr="eng").skipped
    assert "Install Tesseract" in skipped.reason


@pytest.mark.parametrize("kind", ["epub", "html"])
def test_books_and_web_pages(kind: str) -> None:
    document = one(FILES / f"handbook.{kind}")
    assert document.title == "Tea Handbook"
    assert paths(document)[1:] == [("Brewing",), ("Brewing", "Storing"), ("Origin",)]
    assert " ".join(under(document, "Brewing").split()).startswith(BREWING)
    assert under(document, "Storing") == STORING


def test_slides_are_pages() -> None:
    document = one(FILES / "tour.pptx")
    assert paths(document) == [("Harbour Tour",), ("Tickets",)]
    assert on_page(document, 1) == "Harbour Tour\n\nThe ferry leaves every forty minutes."
    assert on_page(document, 2) == "Tickets\n\nA day ticket costs eleven euros."


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "xls"])
def test_rows_keep_their_headers(kind: str) -> None:
    document = one(FILES / f"teas.{kind}")
    assert document.title == "teas"
    assert document.text.split("\n\n")[-2:] == [
        "Tea: Sencha; Minutes: 2; Origin: Japan",
        "Tea: Assam; Minutes: 4; Origin: India",
    ]


def test_mail() -> None:
    document = one(FILES / "letter.eml")
    assert document.title == "Delivery of the größe samples"
    assert document.text.split("\n\n") == [
        "From: Ada Smith <ada@example.org>\nTo: bo@example.org\n"
        "Date: Tue, 05 Mar 2024 09:30:00 +0000",
        "Dear Bo,",
        "the samples arrive on Thursday at noon.",
        "Best wishes\nAda",
    ]


def test_mail_in_html_with_an_attachment(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "Menu"
    message.set_content("<h1>Menu</h1><p>Soup is served at noon.</p>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="menu.pdf")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    reading = read(tmp_path / "a.eml")
    (document,) = reading.documents
    assert document.text == "From: a@example.org\n\nMenu\n\nSoup is served at noon."
    assert [each.source for each in reading.skipped] == ["a.eml (menu.pdf)"]


RECORDS = [
    {"id": 7, "title": "Tea", "text": "Tea is hot."},
    {"id": "k2", "text": "Coffee is hot too.", "origin": "Ethiopia", "tags": ["a"]},
]


@pytest.mark.parametrize("name", ["a.json", "b.json", "c.jsonl"])
def test_records(tmp_path: Path, name: str) -> None:
    data = {
        "a.json": json.dumps(RECORDS),
        "b.json": json.dumps({"version": 1, "records": RECORDS}),
        "c.jsonl": "\n".join(json.dumps(each) for each in RECORDS),
    }[name]
    (tmp_path / name).write_text(data, encoding="utf-8")
    document = one(tmp_path / name)
    assert paths(document) == [("Tea",), ("k2",)]
    assert under(document, "Tea") == "Tea is hot.\n\nid: 7"
    assert under(document, "k2") == "Coffee is hot too.\n\norigin: Ethiopia; tags: a"


def test_a_bad_line_among_records(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(RECORDS[0])}\n{{oops\n", encoding="utf-8")
    reading = read(tmp_path / "a.jsonl")
    assert reading.documents[0].text.startswith("Tea\n\nTea is hot.")
    assert [(each.text, each.rule) for each in reading.dropped] == [("{oops", "line 2 is no JSON")]


def test_json_without_a_text_field_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"colour": {"sky": "blue"}}', encoding="utf-8")
    assert "blue" in one(tmp_path / "a.json").text


def test_plain_text_and_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The \ufb01rst o\ufb03ce\x07.\r\n", encoding="utf-8")
    assert one(tmp_path / "a.txt").text == "The first office."
    (tmp_path / "b.md").write_text(f"# Tea\n\n## Storing\n\n{STORING}\n", encoding="utf-8")
    assert paths(one(tmp_path / "b.md")) == [("Tea",), ("Tea", "Storing")]
