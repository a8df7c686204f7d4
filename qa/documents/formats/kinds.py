"""What a file is: told by the ending of its name, and by its content where that says otherwise.

A kind is named by the ending that files of it usually have, ".docx"; ".txt" stands for any text.
"""

from __future__ import annotations

import json
import re
from email import message_from_string
from pathlib import Path
from xml.etree import ElementTree

from qa.documents.encodings import is_binary
from qa.documents.formats.subtitles import are_subtitles


def _endings(names: str) -> frozenset[str]:
    return frozenset("." + name for name in names.split())


TEXT = ".txt"
SUBTITLES = ".srt"
CODE = _endings(
    "bash bat c cc cfg cmd conf cpp cs css env go h hpp ini java js json5 jsx kt lua php pl "
    "properties ps1 py r rb rs scala scss sh sql swift toml ts tsx vue yaml yml zsh"
)
"""Endings of texts whose lines and blanks count."""
PLAIN = _endings("txt text log asc vtt srt") | {""}
MARKDOWN = _endings("md markdown")
HTML = _endings("html htm xhtml")
TABLES = _endings("csv tsv")
RECORDS = _endings("json jsonl ndjson")
WORD = _endings("docx docm dotx dotm")
WORKBOOKS = _endings("xlsx xlsm xltx xltm")
SLIDES = _endings("pptx pptm ppsx potx")
RICH_TEXT = _endings("rtf")
OPEN_DOCUMENTS = _endings("odt ott ods ots odp otp")
MAIL = _endings("eml")
MAILBOXES = _endings("mbox")
NOTEBOOKS = _endings("ipynb")
MARKUP = _endings("adoc asciidoc org rst tex")
LIBRARY = _endings("doc ppt xls msg")
"""Endings of older Office files, which kreuzberg reads where our own readers cannot."""
TEXTS = (
    CODE | PLAIN | MARKDOWN | HTML | TABLES | RECORDS | MAIL | MAILBOXES | NOTEBOOKS | MARKUP
    | _endings("xml")
) - {""}  # fmt: skip
FORMATS = (
    TEXTS | WORD | RICH_TEXT | WORKBOOKS | SLIDES | OPEN_DOCUMENTS | LIBRARY
    | _endings("pdf epub fb2")
)  # fmt: skip
"""File name endings that are known; a file with another one is read if it is a text."""

_CONTAINERS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_OF_TYPE = {
    "application/pdf": _endings("pdf"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": WORD,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": WORKBOOKS,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": SLIDES,
    "application/vnd.oasis.opendocument.text": _endings("odt ott"),
    "application/vnd.oasis.opendocument.spreadsheet": _endings("ods ots"),
    "application/vnd.oasis.opendocument.presentation": _endings("odp otp"),
    "application/epub+zip": _endings("epub"),
    "application/rtf": _endings("rtf"),
    "application/msword": _endings("doc"),
    "application/vnd.ms-excel": _endings("xls"),
    "application/vnd.ms-powerpoint": _endings("ppt"),
    "application/vnd.ms-outlook": _endings("msg"),
}
_USUAL = {WORD: ".docx", WORKBOOKS: ".xlsx", SLIDES: ".pptx"}
_HEAD = 4_096
_BEFORE = r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
_PAGE = re.compile(_BEFORE + r"<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_PIECE_OF_PAGE = re.compile(
    _BEFORE + r"<(title|meta|table|div|p|h[1-6]|ul|ol|dl|article|section)\b[^<>]*>.*</\1>",
    re.I | re.S,
)
_MAILBOX = re.compile(r"From \S.*\d{4}\s*\n[A-Z][\w-]+: ")
_MAIL_HEAD = re.compile(r"(?:[A-Z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}\n")


def may_be_read(head: bytes) -> bool:
    """Whether a file that begins so may be a text or a known archive, whatever its name."""
    return head.startswith(_CONTAINERS) or not is_binary(head)


def kind_of(name: str, data: bytes) -> str:
    """The kind of a file of that name and content; "" for an archive and the like.

    >>> kind_of("a.doc", b"{\\\\rtf1 Tea}"), kind_of("a.txt", b"<html><p>Tea"), kind_of("a", b"Tea")
    ('.rtf', '.html', '.txt')
    """
    ending = Path(name).suffix.lower()
    if data.startswith(_CONTAINERS):
        return _contained(data, ending)
    if ending in TEXTS - PLAIN or ending in FORMATS - TEXTS - {".doc", ".xls"}:
        return ending
    told = _kind_of_text(data)
    if ending == ".xls" and told == TEXT:
        return ".tsv" if b"\t" in data else ".csv"  # as programs write it that call it a workbook
    return told


def _contained(data: bytes, ending: str) -> str:
    """The kind of a PDF, an Office file or the like; "" for other archives."""
    from qa.documents.formats.library import type_of

    kinds = _OF_TYPE.get(type_of(data))
    if kinds is None:
        return ending if ending in FORMATS - TEXTS else ""
    return ending if ending in kinds else _USUAL.get(kinds, min(kinds))


def _kind_of_text(data: bytes) -> str:
    """What a text is by how it begins, and for JSON and XML, by all of it."""
    head = (
        data[:_HEAD].replace(b"\0", b"").replace(b"\r\n", b"\n").decode("latin-1").lstrip("ï»¿ÿþ")
    )
    start = head.lstrip()[:1]
    if start in ("{", "["):
        return _json_kind(data)
    tests: tuple[tuple[str, object], ...] = (
        (".html", _PAGE.match(head) or _PIECE_OF_PAGE.match(head)),
        (".xml", start == "<" and _is_xml(data)),
        (SUBTITLES, are_subtitles(head)),
        (".mbox", _MAILBOX.match(head)),
        (".eml", _is_mail(head)),
    )
    return next((kind for kind, fits in tests if fits), TEXT)


def _is_xml(data: bytes) -> bool:
    try:
        ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        return False
    return True


def _json_kind(data: bytes) -> str:
    """JSON that holds objects, JSON lines, a notebook, or just a text in brackets."""
    text = data.decode("utf-8-sig", "replace").strip()
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        lines = text.split("\n")[:2]
        return ".jsonl" if len(lines) > 1 and all(map(_is_object, lines)) else TEXT
    if isinstance(value, dict) and "cells" in value and "nbformat" in value:
        return ".ipynb"
    return ".json" if "{" in text else TEXT


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_mail(head: str) -> bool:
    """Whether it begins with the head of a mail, which says from whom and when or what about."""
    if not _MAIL_HEAD.match(head):
        return False
    message = message_from_string(head)
    return bool(message["From"] and message["Date"] and message["Subject"])
