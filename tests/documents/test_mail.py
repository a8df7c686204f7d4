"""Mails of many shapes: all of their text is read, every other part is named."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from read_documents import read_files

HEAD = "From: Eva <eva@example.org>\nSubject: Boiler\nMIME-Version: 1.0\n"
LONG = "The gate of the yard is closed at nine in the evening, in winter at six."


def multipart(kind: str, *parts: str, mark: str = "m") -> str:
    """A part of several, each given with its own head."""
    inner = "".join(f"--{mark}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n{inner}--{mark}--\n'


def alternatives(plain: str, html: str) -> str:
    return multipart(
        "alternative",
        f"Content-Type: text/plain\n\n{plain}",
        f"Content-Type: text/html\n\n<p>{html}</p>",
        mark="a",
    )


CALENDAR = """Content-Type: text/calendar; charset=utf-8

BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:Europe/Oslo
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Boiler vis
 it
DTSTART;TZID=Europe/Oslo:20310309T103000
DTEND:20310309T103000Z
RRULE:FREQ=WEEKLY
LOCATION:Cellar\\, left
DESCRIPTION:Bring the key.\\nAnd a lamp.
ORGANIZER;CN="Fitter, Oslo":mailto:fitter@example.org
ATTENDEE;CN=Jon Vik;ROLE=CHAIR:mailto:jon@example.org
BEGIN:VALARM
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
END:VCALENDAR"""
DEEP = (
    "Content-Type: message/rfc822\n\nFrom: deep@example.org\nSubject: Deeper\n\nThe valve is brass."
)
FORWARDED = (
    "Content-Type: message/rfc822\n\nFrom: fitter@example.org\nSubject: Inner\n"
    + multipart("mixed", "Content-Type: text/plain\n\nWe come on the ninth.", DEEP, mark="i")
)
REPORT = (
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
    "Final-Recipient: rfc822; jon@example.org\nStatus: 5.1.1\n"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (alternatives(" ", LONG), [LONG]),
        (alternatives("See the HTML.", LONG), [LONG]),
        (alternatives(LONG, f"{LONG} "), [LONG]),
        (alternatives(LONG, "Open in browser"), [LONG]),
        (multipart("mixed", multipart("related", alternatives("", LONG), mark="r")), [LONG]),
        (
            multipart(
                "mixed", "Content-Type: text/plain\n\nOne.", "Content-Type: text/plain\n\nTwo."
            ),
            ["One.", "Two."],
        ),
        (
            multipart("mixed", CALENDAR),
            [
                "What: Boiler visit\nFrom: 2031-03-09 10:30 (Europe/Oslo)\n"
                "To: 2031-03-09 10:30 UTC\nRepeats: FREQ=WEEKLY\nWhere: Cellar, left\n"
                "About: Bring the key. And a lamp.\n"
                "Organizer: Fitter, Oslo <fitter@example.org>\nAttendee: Jon Vik <jon@example.org>"
            ],
        ),
        (
            multipart("mixed", FORWARDED),
            [
                "Inner",
                "From: fitter@example.org",
                "We come on the ninth.",
                "Deeper",
                "From: deep@example.org",
                "The valve is brass.",
            ],
        ),
        (
            multipart("report", "Content-Type: text/plain\n\nIt came back.", REPORT),
            [
                "It came back.",
                "Reporting-MTA: dns; mx.example.org",
                "Final-Recipient: rfc822; jon@example.org\nStatus: 5.1.1",
            ],
        ),
        ("Content-Type: multipart/mixed\n\nNo part begins here.", ["No part begins here."]),
        ("Content-Type: text/plain; format=flowed\n\nIt goes \non here.", ["It goes on here."]),
        (
            "Content-Type: text/plain; format=flowed; delsp=yes\n\nIt is wra \npped.",
            ["It is wrapped."],
        ),
        (
            "Content-Type: text/plain; charset=iso-8859-15\nContent-Transfer-Encoding: "
            "quoted-printable\n\n40 =A4 f=FCr M=FCll und noch eine la=\nnge Zeile.",
            ["40 € für Müll und noch eine lange Zeile."],
        ),
        (
            "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n"
            + b64encode("Библиотека открыта.".encode("koi8-r")).decode(),
            ["Библиотека открыта."],
        ),
        (
            "Content-Type: text/plain; charset=x-unknown\nContent-Transfer-Encoding: 8bit\n\nMüll.",
            ["Müll."],
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_all_text_of_a_mail_is_read(
    tmp_path: Path, body: str, expected: list[str], line_end: str
) -> None:
    (tmp_path / "a.eml").write_bytes((HEAD + body).replace("\n", line_end).encode())
    reading = read_files(tmp_path)
    assert reading.skipped == ()
    (document,) = reading.documents
    assert document.title == "Boiler"
    assert document.text.split("\n\n") == ["From: Eva <eva@example.org>", *expected]


def test_every_other_part_is_named(tmp_path: Path) -> None:
    parts = (
        "Content-Type: text/plain\n\nSee the plans.",
        "Content-Type: image/png; name=logo.png\nContent-Disposition: inline\n\nx",
        "Content-Type: application/pdf\nContent-Disposition: attachment; "
        "filename*=UTF-8''Pl%C3%A4ne%202031.pdf\n\nx",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nWater.",
        "Content-Type: application/octet-stream\n\nx",
    )
    (tmp_path / "a.eml").write_text(HEAD + multipart("mixed", *parts), encoding="utf-8")
    reading = read_files(tmp_path)
    assert [note.source for note in reading.skipped] == [
        "a.eml (logo.png)",
        "a.eml (Pläne 2031.pdf)",
        "a.eml (notes.txt)",
        "a.eml (application/octet-stream)",
    ]


def test_a_mailbox_of_several(tmp_path: Path) -> None:
    mails = [
        "From: a@b\nSubject: One\n\nFirst text.\n>From the start it was so.\n",
        f"From: c@d\nSubject: Two\n{alternatives('Stub.', LONG)}",
        "From: e@f\n\nNo subject here.\n",
    ]
    box = "\n".join(f"From x@y Mon Jan  1 00:00:00 2031\n{mail}" for mail in mails)
    (tmp_path / "box.mbox").write_text(box, encoding="utf-8")
    (document,) = read_files(tmp_path).documents
    assert document.title == "box"
    assert document.text.split("\n\n") == [
        "One",
        "From: a@b",
        "First text.\nFrom the start it was so.",
        "Two",
        "From: c@d",
        LONG,
        "e@f",
        "From: e@f",
        "No subject here.",
    ]
