"""Texts of any encoding come out as written; where that is a guess that may fail, it is said."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from read_documents import read_files

from qa.documents.encodings import decode

RUSSIAN = "Библиотека открыта с понедельника по пятницу.\nКлюч лежит на полке рядом с дверью.\n"
POLISH = "Źródło rzeki leży wysoko w górach.\nKsiążki można wypożyczyć na miesiąc.\n"
TEXTS = {
    "cp1250 iso8859_2 cp852": POLISH,
    "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic": RUSSIAN,
    "cp1252 iso8859_15 mac_roman cp850 cp437": (
        "Die Öffnungszeiten der Bücherei haben sich geändert.\nGrößere Räume können gemietet"
        " werden. Über die Straße führt eine Brücke.\n"
    ),
    "cp1253 iso8859_7": "Το κλειδί βρίσκεται στο ράφι δίπλα στην πόρτα.\nΤο τρένο φεύγει.\n",
    "cp1254 iso8859_9": "Çocuklar evin arkasındaki bahçede oynuyor.\nAnahtar kapının yanında.\n",
    "cp1255 iso8859_8": "המפתח נמצא על המדף ליד הדלת.\nהילדים משחקים בגינה שמאחורי הבית.\n",
    "cp1256": "المفتاح موجود على الرف بجانب الباب.\nالأطفال يلعبون في الحديقة خلف المنزل.\n",
    "shift_jis euc_jp iso2022_jp": "鍵はドアの横の棚にあります。\n電車は朝六時に出発します。\n",
    "gb18030": "钥匙在门旁边的架子上。\n孩子们在房子后面的花园里玩耍。\n",
    "big5": "鑰匙在門旁邊的架子上。\n孩子們在房子後面的花園裡玩耍。\n",
    "euc_kr": "열쇠는 문 옆 선반에 있습니다.\n기차는 아침 여섯 시에 출발합니다.\n",
}
ANY = "utf_8 utf_8_sig utf_16 utf_16_le utf_16_be utf_32"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [(one, text) for names, text in TEXTS.items() for one in f"{names} {ANY}".split()],
)
def test_every_letter_is_read(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text.lstrip("\ufeff") == text


def test_few_signs_beyond_ascii_are_western_ones() -> None:
    text = "The board said “no” – twice. It costs 5 € a day, and it’s paid at the door.\n"
    assert decode(text.encode("cp1252")).text == text


def test_a_doubtful_guess_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("El niño".encode("mac_roman"))
    (tmp_path / "b.txt").write_bytes(RUSSIAN.encode("koi8_r"))
    reading = read_files(tmp_path)
    assert reading.documents[1].text == RUSSIAN.strip()
    (note,) = reading.skipped
    assert note.source == "a.txt"
    assert note.reason.startswith("It was read as ")
    assert note.reason.endswith(" by a guess; save it as UTF-8 if letters look wrong.")


@pytest.mark.parametrize(
    "line",
    [
        "# -*- coding: {} -*-",
        "#!/usr/bin/python\n# vim: set fileencoding={} :",
        "# coding={}",
        ";; -*- mode: text; coding: {} -*-",
        '@charset "{}";',
    ],
)
def test_what_a_text_says_of_its_encoding_counts(line: str) -> None:
    text = f"{line.format('iso8859_5')}\nЖук\n"  # too little to be guessed from
    decoded = decode(text.encode("iso8859_5"))
    assert (decoded.text, decoded.doubt) == (text, "")


def test_an_encoding_that_does_not_fit_or_does_not_exist_is_passed_over() -> None:
    for name in ("ascii", "no-such-encoding", "utf-16"):
        text = f"# coding: {name}\nGröße\n"
        assert decode(text.encode()).text == text


def test_lines_of_another_encoding_among_utf_8_are_read_and_named() -> None:
    lines = ["Der Schlüssel hängt außen.", "Die Tür ist grün.", "Über die Brücke führt ein Weg."]
    data = "\n".join([*lines * 3, ""]).encode() + "Größere Räume können gemietet werden.\n".encode(
        "cp1252"
    )
    decoded = decode(data)
    assert decoded.text.split("\n")[:3] == lines
    assert "Größere Räume können" in decoded.text
    assert decoded.doubt.startswith("One of its lines is not UTF-8")


def test_the_head_of_a_mail_names_the_encoding_of_its_parts(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "eva@example.org", "Жук"
    message.set_content("<p>Жук в саду.</p>", subtype="html", charset="koi8-r", cte="8bit")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    assert "Жук в саду." in read_files(tmp_path).documents[0].text
