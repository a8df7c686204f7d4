"""Texts are read for what they are, whatever they are called, and no word of them is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from made_files import docx, pdf
from read_documents import Read, read_files

from qa.documents.formats.kinds import kind_of

SUBTITLES = """1
00:00:01,000 --> 00:00:03,500
<i>The kiln must not</i>

2
00:00:03,600 --> 00:00:06,000
be opened before noon.

3
00:00:07,000 --> 00:00:09,000
- Who has the key?
- Mira has it.
"""


def read(folder: Path, name: str, data: str | bytes) -> Read:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_files(path)


def text_of(folder: Path, name: str, data: str | bytes) -> str:
    reading = read(folder, name, data)
    assert reading.skipped == ()
    (document,) = reading.documents
    return document.text


@pytest.mark.parametrize("name", ["README", "notes.2024", "data.xyz", "a.log", "b.conf", ".txt"])
def test_a_text_is_read_whatever_its_ending(tmp_path: Path, name: str) -> None:
    text = "The kiln is fired on the first Monday of each month.\n"
    for encoding in ("utf-8", "utf-16", "cp1252"):
        assert text_of(tmp_path, name, text.encode(encoding)) == text.strip()


PARAGRAPH = "The kiln holds & fires 90 pots."
PAGE = "<html><body><p>The kiln holds &amp; fires 90 pots.</p></body></html>"
MAIL = f"From: a@b.c\nDate: Mon, 5 May 2031 10:00:00 +0000\nSubject: Kiln\n\n{PARAGRAPH}\n"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("page.txt", PAGE, PARAGRAPH),
        ("page.txt", PAGE.encode("utf-16"), PARAGRAPH),
        ("page.doc", PAGE, PARAGRAPH),
        (
            "part.txt",
            "<!-- x -->\n<div><p>The kiln holds &amp; fires 90 pots.</div>",
            PARAGRAPH,
        ),
        ("drawing.svg", "<svg><text>The kiln holds &amp; fires 90 pots.</text></svg>", PARAGRAPH),
        (
            "xml",
            "<?xml version='1.0'?><a>The kiln holds &amp; fires 90 pots.</a>",
            PARAGRAPH,
        ),
        ("object.txt", '{"kiln": {"holds": 90}}', "kiln holds: 90"),
        ("lines", '{"kiln": "north"}\n{"kiln": "south"}\n', "kiln: north\n\nkiln: south"),
        ("table.xls", "kiln\tpots\nnorth\t90\n", "kiln: north; pots: 90"),
        ("report.doc", f"{{\\rtf1\\ansi {PARAGRAPH}\\par}}", PARAGRAPH),
        ("report.txt", docx(f"<w:p><w:r><w:t>{PARAGRAPH[:8]}</w:t></w:r></w:p>"), PARAGRAPH[:8]),
        ("report", pdf([["The kiln holds 90 pots."]]), "The kiln holds 90 pots."),
        ("report.docx", pdf([["The kiln holds 90 pots."]]), "The kiln holds 90 pots."),
    ],
)
def test_a_file_under_a_wrong_ending(
    tmp_path: Path, name: str, data: str | bytes, expected: str
) -> None:
    assert text_of(tmp_path, name, data) == expected


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", "<b> is the tag for bold letters.", ".txt"),
        ("a.txt", "[1] A note in brackets.", ".txt"),
        ("a.txt", "{unfinished", ".txt"),
        ("a.txt", "From: Anna\nThe kiln is hot.", ".txt"),
        ("a.py", "<html> = 1", ".py"),
        ("a.md", "<p align=center>Kiln</p>", ".md"),
        ("a.txt", MAIL, ".eml"),
        ("a", f"From a@b.c Mon May  5 10:00:00 2031\n{MAIL}", ".mbox"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.", ".srt"),
        ("a.txt", SUBTITLES, ".srt"),
        ("a", json.dumps({"cells": [], "nbformat": 4}), ".ipynb"),
    ],
)
def test_what_a_text_is_told_by_its_content(name: str, data: str, kind: str) -> None:
    assert kind_of(name, data.encode()) == kind


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", "Files ending in .png are not supported."),
        ("a.zip", b"PK\x03\x04\0\0", "Files ending in .zip are not supported."),
        ("a.txt", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "It holds binary data, not text."),
        ("a", bytes(range(32)) * 9, "It holds binary data, not text."),
    ],
)
def test_binary_files_are_named(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (skipped,) = read(tmp_path, name, data).skipped
    assert (skipped.source, skipped.reason) == (name, reason)


def test_subtitles_become_sentences(tmp_path: Path) -> None:
    expected = "The kiln must not be opened before noon.\n- Who has the key?\n- Mira has it."
    assert text_of(tmp_path, "film.srt", SUBTITLES) == expected


def test_subtitles_of_the_web_with_speakers_comments_and_rolling_lines(tmp_path: Path) -> None:
    data = (
        "WEBVTT\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:02.000\n"
        "<v Mira>The kiln &amp; pots\n\n"
        "00:02.000 --> 00:03.000\n<v Mira>The kiln &amp; pots\n<v Mira>are hot.\n\n"
        "00:04.000 --> 00:05.000\n<v Bo Lind>Who <c.red>opens</c> it?\n"
    )
    reading = read(tmp_path, "film.vtt", data)
    assert reading.documents[0].text == "Mira: The kiln & pots are hot.\n\nBo Lind: Who opens it?"
    assert {piece.text for piece in reading.dropped} == {"NOTE made by hand", "intro"}


def test_a_notebook_gives_its_texts_code_and_outputs(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Kiln\n", "It is *hot*."]},
        {
            "cell_type": "code",
            "source": "pots = 90\n\nprint(pots)",
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["ninety pots\n", "in all\n"]},
                {"output_type": "execute_result", "data": {"text/plain": "90", "image/png": "x"}},
                {
                    "output_type": "error",
                    "ename": "HeatError",
                    "evalue": "too hot",
                    "traceback": ["\x1b[0;31mHeatError\x1b[0m: too hot"],
                },
            ],
        },
        {"cell_type": "raw", "source": "Raw words."},
    ]
    text = text_of(tmp_path, "a.ipynb", json.dumps({"cells": cells, "nbformat": 4}))
    assert text.split("\n\n") == [
        "Kiln",
        "It is hot.",
        "pots = 90",
        "print(pots)",
        "ninety pots\nin all",
        "90",
        "HeatError: too hot",
        "Raw words.",
    ]


def test_a_broken_notebook_is_named(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path, "a.ipynb", '{"cells": [').skipped
    assert skipped.reason == "It cannot be read as a notebook: it is damaged or cut short."


@pytest.mark.parametrize("ending", "py js ts java c go sh sql toml ini".split())
def test_code_is_kept_line_by_line(tmp_path: Path, ending: str) -> None:
    code = "def heat(pots):\n    # twelve-\n    # fold\n    total = pots-\n    return 7\n\n\n\tend"
    assert text_of(tmp_path, f"kiln.{ending}", code) == code.replace("\n\n\n", "\n\n")


@pytest.mark.parametrize(
    "entries",
    [
        ["[05.04.2031, 18:05:12] Anna: Where is it?\nIs it lost?", "[05.04.2031, 18:06:01] Bo: No"],
        ["05/04/2031, 18:05 - Anna: Where is it?", "05/04/2031, 18:06 - Bo: On the shelf"],
        [
            "2031-04-05 12:00:01,123 INFO kiln on",
            "2031-04-05T12:00:02Z ERROR off\n  at line 4",
        ],
        ["Apr  5 12:00:01 host kiln: on", "Apr  5 12:00:02 host kiln: off"],
        ["18:05 Anna: Where is it?", "18:06 Bo: On the shelf"],
    ],
)
def test_entries_of_chats_and_logs_stay_apart(tmp_path: Path, entries: list[str]) -> None:
    assert text_of(tmp_path, "chat.txt", "\n".join(entries)).split("\n\n") == entries


def test_messages_of_a_chat_in_json_stay_with_their_speakers(tmp_path: Path) -> None:
    messages = [
        {"user": "Anna", "ts": "1", "text": "Where is the key?"},
        {"user": "Bo", "ts": "2", "text": "On the shelf."},
    ]
    for data in (json.dumps(messages), json.dumps({"name": "kiln", "messages": messages})):
        text = text_of(tmp_path, "chat.json", data)
        assert "Anna: Where is the key?" in text
        assert "Bo: On the shelf." in text


RST = """
=====
Kiln
=====

:Author: Mira Holt

Firing
------

See `the site <https://kiln.example>`_, and never open it.

.. list-table:: Prices

   * - Clay
     - 12

.. [1] A note about sand.
"""
ORG = "#+TITLE: Kiln\n* Firing :hot:\n"
ORG += "The kiln fires /ninety/ pots.\n** TODO Buy clay\n| Clay | 12 |\n"
ADOC = "= Kiln\nMira Holt\n\n== Firing\n\nNOTE: Never open it.\n\n|===\n|Clay |12\n|===\n"
TEX = r"""
\title{Kiln}
\section{Firing \& more}
The kiln\footnote{Mind the sand.} of the caf\'e costs 5\,\% of \$40 na\"{\i}vely, \emph{never} less.
\begin{tabular}{ll} Clay & 12 \\ \hline \end{tabular}
\begin{figure}\caption{The old kiln.}\end{figure}
\newcommand{\kiln}{the Great Kiln}
"""


@pytest.mark.parametrize(
    ("name", "data", "headings", "words"),
    [
        ("a.rst", RST, ["Kiln", "Firing"], "Mira Holt never open Prices Clay 12 note about sand"),
        ("a.org", ORG, ["Firing :hot:", "TODO Buy clay"], "ninety Clay 12 TODO"),
        ("a.adoc", ADOC, ["Kiln", "Firing"], "Mira Holt Never open Clay 12"),
        (
            "a.tex",
            TEX,
            ["Kiln", "Firing & more"],
            "kiln Mind the sand. café 5 % $40 naïvely, never Clay 12 The old kiln. the Great Kiln",
        ),
    ],
)
def test_markup_keeps_its_words_and_headings(
    tmp_path: Path, name: str, data: str, headings: list[str], words: str
) -> None:
    (document,) = read(tmp_path, name, data).documents
    assert document.title == "Kiln"
    assert [section.path[-1] for section in document.sections] == headings
    assert set(re.findall(r"\w+", words)) <= set(re.findall(r"\w+", document.text))


def test_front_matter_is_left_out_by_name(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.md", "---\ntitle: Kiln\nowner: Mira\n---\nThe kiln is hot.\n")
    assert reading.documents[0].title == "Kiln"
    assert [(piece.text, piece.rule) for piece in reading.dropped] == [
        ("owner: Mira", "front matter")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The commis-\nsion meets.", "The commission meets."),
        ("The inter-\nnatio-\nnal hall.", "The international hall."),
        ("The com\u00ad\nmission meets.", "The commission meets."),
        ("The com\u2010\nmission meets.", "The commission meets."),
        ("A well-\nknown hall, well-known.", "A well-known hall, well-known."),
        ("A re-\nsign: resign, resign, re-sign.", "A resign: resign, resign, re-sign."),
        ("Anglo-\nSaxon halls.", "Anglo-Saxon halls."),
        ("THE COMMIS-\nSION MEETS.", "THE COMMISSION MEETS."),
        ("From 10-\n12 we rest.", "From 10-\n12 we rest."),
    ],
)
def test_words_broken_over_lines_are_whole_in_texts_and_in_pdf(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert text_of(tmp_path, "a.txt", text) == expected
    if text.isascii():
        shown = text_of(tmp_path, "a.pdf", pdf([text.split("\n")]))
        assert " ".join(shown.split()) == " ".join(expected.split())


def test_folded_lines_of_calendars_and_cards_are_whole(tmp_path: Path) -> None:
    event = (
        "BEGIN:VCALENDAR\r\nDESCRIPTION:The rega\r\n tta begins\r\n  at noon.\r\nEND:VCALENDAR\r\n"
    )
    assert "DESCRIPTION:The regatta begins at noon." in text_of(tmp_path, "a.ics", event)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<dl><dt>Skiff<dt>Gig<dd>Is rowed.<dd>Is fast.<dt>Hulk</dl>",
         ["Skiff, Gig: Is rowed.", "Skiff, Gig: Is fast.", "Hulk"]),
        ("<table><caption>Teas</caption><tr><th>Tea<th>Cups<tr><td>Assam<td>2</table>",
         ["Teas", "Tea: Assam; Cups: 2"]),
    ],
)  # fmt: skip
def test_terms_and_captions_of_web_pages_come_once(
    tmp_path: Path, page: str, expected: list[str]
) -> None:
    assert text_of(tmp_path, "a.html", f"<html><body>{page}").split("\n\n") == expected


def test_words_in_a_drawing_are_named(tmp_path: Path) -> None:
    drawing = "<svg><title>Map</title><text>North <tspan>pier</tspan></text></svg>"
    reading = read(tmp_path, "a.html", f"<html><body><p>Tea is hot.{drawing}")
    assert [(each.text, each.rule) for each in reading.dropped] == [
        ("North pier", "drawing of the web page")
    ]
    assert reading.accounts[0].missing == 0
