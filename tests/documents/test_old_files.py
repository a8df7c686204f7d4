"""Older Office files, Outlook messages and FictionBook, with the second count of their words."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
from made_files import compound_file
from read_documents import Read, read_files

from qa.documents.formats.word_count import count_words

FILES = Path(__file__).parents[1] / "data" / "formats"


def read(folder: Path, name: str, data: bytes) -> Read:
    (folder / name).write_bytes(data)
    return read_files(folder / name)


def test_notes_of_an_old_word_file_are_read_and_the_rest_is_listed() -> None:
    reading = read_files(FILES / "beside.doc")
    text = reading.documents[0].text
    assert "FOOTNOTETEXT in white hives." in text
    assert "ENDNOTETEXT since May." in text
    assert {(dropped.text, dropped.rule) for dropped in reading.dropped} == {
        ("HEADERTEXT company secret", "header or footer of the pages"),
        ("FOOTERTEXT page note", "header or footer of the pages"),
        ("COMMENTTEXT check this", "comment"),
    }
    (account,) = reading.accounts
    # 14 in the text, 4 and 3 in the notes; 6 and 3 are left out
    assert (account.in_file, account.read, account.missing) == (30, 21, 0)


def wide(text: str) -> bytes:
    return text.ljust(2_048, "\0").encode("utf-16-le")


def message(**properties: str) -> bytes:
    """An Outlook message with these properties; sent on 1 January 2031 at noon."""
    days = (2031 - 1601) * 365 + 104  # leap days between, without 1700, 1800 and 1900
    sent = struct.pack("<IIQ", 0x00390040, 6, (days * 24 + 12) * 3600 * 10**7)
    streams = {f"__substg1.0_{tag[1:]}": wide(text) for tag, text in properties.items()}
    return compound_file({"__properties_version1.0": bytes(32) + sent, **streams})


def test_an_outlook_message_with_its_sender_and_date(tmp_path: Path) -> None:
    data = message(
        _0037001F="Boats", _0C1A001F="Olav Lie", _0E04001F="Ines", _1000001F="The skiff is ready."
    )
    reading = read(tmp_path, "a.msg", data)
    assert reading.skipped == ()
    (document,) = reading.documents
    assert document.title == "Boats"
    head = "From: Olav Lie\nTo: Ines\nDate: Wed, 01 Jan 2031 12:00:00 +0000"
    assert document.text == f"{head}\n\nThe skiff is ready."
    short = count_words(data, ".msg", ["The skiff"])
    assert short is not None
    assert sorted(short.missing) == ["is", "ready"]


BOOK = """<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description>
<title-info><book-title>Boats of old</book-title></title-info></description>
<body><section><title><p>One</p></title><p>The <strong>ski</strong>ff.</p></section></body>
<body name="notes"><section><p>A note.</p></section></body><binary id="x">aGVsbG8=</binary>
</FictionBook>"""


def test_a_fiction_book_without_the_names_of_its_elements(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.fb2", BOOK.encode())
    (document,) = reading.documents
    assert (document.title, document.text) == ("Boats of old", "One\n\nThe skiff.\n\nA note.")
    assert reading.accounts[0].in_file == 5


def test_a_notebook_shows_what_its_outputs_show(tmp_path: Path) -> None:
    thing = "<IPython.core.display.Markdown object>"
    data = [
        {"text/markdown": "Tea is *hot*.", "text/plain": thing},
        {"text/html": "<p>Rum is cold.</p>", "text/plain": thing},
        {"text/html": "<b>7</b>", "text/plain": "7"},
    ]
    outputs = [{"output_type": "display_data", "data": each} for each in data]
    cell = {"cell_type": "code", "source": "show()", "outputs": outputs}
    reading = read(tmp_path, "a.ipynb", json.dumps({"cells": [cell], "nbformat": 4}).encode())
    assert reading.documents[0].text == "show()\n\nTea is hot.\n\nRum is cold.\n\n7"
    assert reading.accounts[0].missing == 0


SUBTITLES = b"1\n00:01,0 --> 00:02,0\n<i>The lid is closed.</i>\n\n2\n00:02,0 --> 00:03,0\nNo 7.\n"
TEX = rb"""\documentclass{a}\begin{document}\emph{The lid} is closed. % ok
No 7.\end{document}"""


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "a.srt": SUBTITLES, "a.tex": TEX, "a.rst": b"The *lid* is closed.\n\nNo 7.",
        "a.org": b"The /lid/ is closed.\n\nNo 7.",
        "a.ipynb": b'{"cells":[{"cell_type":"raw","source":["The lid is closed.\\n","No 7."]}]}',
        "a.fb2": b"<F xmlns='f'><body><p>The lid is closed.</p><p>No 7.</p></body></F>",
    }.items(),
)  # fmt: skip
def test_words_that_a_reader_passes_over_are_missed(tmp_path: Path, name: str, data: bytes) -> None:
    (account,) = read(tmp_path, name, data).accounts
    assert (account.in_file, account.missing) == (6, 0)
    short = count_words(data, Path(name).suffix, ["The lid is closed."])
    assert short is not None
    assert sorted(short.missing) == ["7", "no"]


@pytest.mark.parametrize(("name", "word"), [("teas.xls", "Assam"), ("handbook.doc", "Boiling")])
def test_words_of_old_files_are_missed_too(name: str, word: str) -> None:
    (account,) = read_files(FILES / name).accounts
    assert account.in_file
    assert account.missing == 0
    text = read_files(FILES / name).documents[0].text
    short = count_words((FILES / name).read_bytes(), Path(name).suffix, [text.replace(word, "")])
    assert short is not None
    assert word.casefold() in short.missing
