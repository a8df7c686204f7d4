"""What became of the words of a file: read, left out with a reason, or missing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from made_files import docx, pdf
from read_documents import read_files

from qa.accounts import Account, LeftOut
from qa.building.source_set import SourceSet
from qa.building.sources import read_sources
from qa.documents.formats.word_count import count_words
from qa.settings import Settings

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def account_of(folder: Path, name: str, data: bytes) -> Account:
    (folder / name).write_bytes(data)
    (account,) = read_files(folder / name).accounts
    return account


def with_parts(archive: bytes, parts: dict[str, str]) -> bytes:
    """An archive with more files in it."""
    buffer = io.BytesIO(archive)
    with zipfile.ZipFile(buffer, "a") as opened:
        for name, text in parts.items():
            opened.writestr(name, text)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def header(text: str) -> str:
    return f'<w:hdr xmlns:w="{WORD}">{paragraph(text)}</w:hdr>'


def test_furniture_of_a_web_page_is_accounted_for(tmp_path: Path) -> None:
    page = (
        b"<nav><a href=1>Home</a> <a href=2>All boats</a></nav><h1>Boats</h1>"
        b"<p>The skiff is rowed by two people.</p><p>Loading, please wait...</p>"
    )
    account = account_of(tmp_path, "a.html", page)
    # 3 in the menu, 1 heading, 7 in the sentence, 3 of the waiting note
    assert (account.in_file, account.read, account.missing) == (14, 8, 0)
    assert account.left_out == (
        LeftOut("menu of the web page", 3),
        LeftOut("waiting note", 3),
    )
    assert account.words_left_out == 6


def test_what_a_word_file_holds_beside_its_text_is_counted_and_left_out(tmp_path: Path) -> None:
    deletion = "<w:del><w:r><w:delText>old price</w:delText></w:r></w:del>"
    body = paragraph("The lid is closed.") + f"<w:p>{deletion}</w:p>"
    parts = {"word/header1.xml": header("Lids Ltd"), "word/header2.xml": header("Lids Ltd")}
    account = account_of(tmp_path, "a.docx", with_parts(docx(body), parts))
    assert (account.in_file, account.read, account.missing) == (4 + 2 + 2 * 2, 4, 0)
    assert set(account.left_out) == {
        LeftOut("header of the pages", 2),
        LeftOut("tracked deletion", 2),
    }
    assert account.words_left_out == 6  # the same header stands in the file twice


def test_repeated_headers_of_a_table_do_not_swell_the_count(tmp_path: Path) -> None:
    account = account_of(tmp_path, "a.csv", b"Tea,Minutes\nAssam,4\nSencha,2\n")
    assert (account.in_file, account.read, account.missing) == (6, 6, 0)


def test_the_account_of_an_unchanged_file_comes_from_the_cache(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<nav>Home</nav><p>The skiff is rowed by two people.</p>")
    settings = Settings(index=tmp_path / "index")
    accounts = []
    for extracted in (1, 0):
        sources = read_sources(SourceSet((tmp_path / "a.html",)), settings)
        list(sources.stream())
        sources.close()
        assert sources.extracted == extracted
        accounts.append(sources.accounts)
    assert accounts[0] == accounts[1]
    assert accounts[0][0].in_file == 8


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"The lid is closed. The latch is brass."),
        ("a.md", b"# The lid\n\nis [closed](http://x.org). The **latch** is brass."),
        ("a.csv", b"The lid;is closed\nThe latch;is brass\n"),
        ("a.json", b'{"a": "The lid is closed", "b": ["The latch", "is brass"], "c": true}'),
        ("a.jsonl", b'{"a": "The lid is closed"}\n{"b": "The latch is brass"}\n'),
        ("a.xml", b"<a><b>The lid is closed.</b><c>The latch is brass.</c></a>"),
        ("a.html", b"<p>The lid is closed.<p>The lat&shy;ch is <i>br</i>ass."),
        ("a.eml", b"Subject: The lid\n\nis closed. The latch is brass."),
        ("a.mbox", b"From a\nSubject: The lid\n\nis closed.\n\nFrom b\nSubject: The latch\n\nis brass."),  # noqa: E501
        ("a.pdf", pdf([["The lid is closed."], ["The latch is brass."]])),
        ("a.docx", docx(paragraph("The lid is closed.") + paragraph("The latch is brass."))),
    ],
)  # fmt: skip
def test_every_container_has_a_second_count_that_finds_what_was_passed_over(
    tmp_path: Path, name: str, data: bytes
) -> None:
    account = account_of(tmp_path, name, data)
    assert (account.in_file, account.read, account.missing) == (8, 8, 0)
    short = count_words(data, Path(name).suffix, ["The lid is closed."])
    assert short is not None
    assert (short.total, short.read) == (8, 4)
    assert sorted(short.missing) == ["brass", "is", "latch", "the"]
    left = count_words(data, Path(name).suffix, ["The lid is closed."], ["The latch is brass."])
    assert left is not None
    assert (left.read, left.missing) == (4, ())


def test_cells_that_hold_numbers_are_counted_though_they_are_shown_in_another_way(
    tmp_path: Path,
) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Item", "Share"], ["Rope", 0.075], ["Lamp", "=B2*2"]):
        sheet.append(row)
    sheet["B2"].number_format = "0.0%"
    buffer = io.BytesIO()
    workbook.save(buffer)
    account = account_of(tmp_path, "a.xlsx", buffer.getvalue())
    assert (account.in_file, account.read, account.missing) == (5, 5, 0)  # the sum has no value
    assert "has no stored value" in account.unread[0]


def test_the_head_of_a_markdown_file_is_named(tmp_path: Path) -> None:
    account = account_of(tmp_path, "a.md", b"---\ntitle: Tea\nauthor: Ann\n---\nTea is hot.\n")
    assert (account.in_file, account.read, account.missing) == (6, 4, 0)  # "Tea" is the title
    assert account.left_out == (LeftOut("front matter", 2),)


def test_pages_without_text_stand_in_the_account(tmp_path: Path) -> None:
    data = pdf([["The lid is closed."], []])
    account = account_of(tmp_path, "a.pdf", data)
    assert (account.in_file, account.read) == (4, 4)
    assert account.unread[0].startswith("(page 2) There is no text on it")


def test_a_tag_within_a_word_of_xml_does_not_cut_it(tmp_path: Path) -> None:
    data = b"<d><p>The la<b>tch</b> is<br/>closed.</p><q>Tea</q><q>Rum</q></d>"
    account = account_of(tmp_path, "a.xml", data)
    assert (account.in_file, account.read, account.missing) == (6, 6, 0)
