"""The texts of a file as plain patterns cut them out, for the second count of its words. Pure.

What is left out of a document with a reason (running headers, comments, deletions) is among them,
markup and what no program shows (scripts, styles, reading aids) is not.
"""

from __future__ import annotations

import csv
import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from email import message_from_bytes, policy
from email.message import Message

from qa.documents.encodings import decode
from qa.documents.formats import kinds, old_office
from qa.documents.formats.library import extract
from qa.documents.formats.text_sources import TAG, TEXT_SOURCES, web_text
from qa.errors import DocumentError

_RUN = re.compile(
    r"<(?:w|a|m):(?:t|delText)(?:\s[^>]*)?>([^<]*)</(?:w|a|m):(?:t|delText)>"
    r"|<(?:w:tab|w:br|w:cr|w:noBreakHyphen|w:sym|a:br|/w:p|/a:p|/w:tc|/m:r)\b"
)
_UNSEEN_RUNS = re.compile(
    r"<mc:Fallback\b.*?</mc:Fallback>|<w:moveFrom\s.*?</w:moveFrom>|<a:fld\b.*?</a:fld>", re.S
)
_APART = re.compile(r"<w:del\s.*?</w:del>|<w:r>(?:(?!</w:r>).)*<w:vanish/>.*?</w:r>", re.S)
_UNSEEN_ODF = re.compile(r"<(text:ruby-text|text:note-citation|dc:\w+)\b.*?</\1>", re.S)
_PAUSE = re.compile(r"</?text:(?:p|h|tab|s|line-break|list-item|note)\b[^>]*>|</table:table-cell>")
_RUNNING = re.compile(r"<style:(header|footer)\b.*?</style:\1>", re.S)
_CELL = re.compile(r'<c\b(?:[^>]*?\st="(\w+)")?[^>/]*>(.*?)</c>', re.S)
_VALUE = re.compile(r"<v\b[^>]*>([^<]*)</v>")
_TEXT = re.compile(r"<t\b[^>]*>([^<]*)</t>")
_SHEET = re.compile(r"xl/worksheets/\w+\.xml")
_SHARED = re.compile(r"xl/sharedStrings\.xml", re.I)
_COMMENTS = re.compile(r"xl/comments/?\w*\.xml")
_PREFIX = re.compile(r"(</?)\w+:")
_TEXTS = ("s", "inlineStr", "str")
_READINGS = re.compile(r"<rPh\b.*?</rPh>", re.S)
_BROKEN_WORD = re.compile(r"[\x02\ufffe](?:\r?\n)?|[\xad\u2010-]\r?\n")
_HEAD = re.compile(r"\A(?:\W*(?:Subject|From|To|Cc|Bcc|Date)\b.*\n+)+", re.I)
_BROKEN = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error),
    *(csv.Error, DocumentError, LookupError, AttributeError, TypeError, struct.error),
)


def texts_in(data: bytes, kind: str) -> Iterable[str] | None:
    """The texts of a file of the ending `kind`; None for other kinds, and for a file that is not
    made as its kind is.

    >>> list(texts_in(b"<p>Tea <b>st</b>rong</p>", ".html"))
    [' Tea strong ']
    """
    found = _OF_KIND.get(kind)
    try:
        return None if found is None else list(found(data))
    except _BROKEN:
        return None


def _parts(pattern: str, text_of: Callable[[str], str]) -> Callable[[bytes], Iterator[str]]:
    """What `text_of` finds in the parts of an archive whose names fit; equal parts once."""

    def texts(data: bytes) -> Iterator[str]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if re.fullmatch(pattern, entry.filename):
                    yield text_of(archive.read(entry).decode("utf-8", "replace"))

    return texts


def _runs(xml: str) -> str:
    """The text of the runs of Word and PowerPoint, a space where a line, cell or tab ends; what is
    deleted or hidden stands behind it."""
    shown = _UNSEEN_RUNS.sub("", xml)
    apart = " ".join(_run_text(match[0]) for match in _APART.finditer(shown))
    return f"{_run_text(_APART.sub('', shown))} {apart}"


def _run_text(xml: str) -> str:
    return html.unescape("".join(m[1] if m[1] is not None else " " for m in _RUN.finditer(xml)))


def _open_document(xml: str) -> str:
    """The body of an OpenDocument file, or the running headers and footers of its styles."""
    body = xml.partition("<office:body")[2]
    body = body or " ".join(match[0] for match in _RUNNING.finditer(xml))
    return html.unescape(TAG.sub("", _PAUSE.sub(" ", _UNSEEN_ODF.sub("", body))))


def _sheet_parts(data: bytes, pattern: re.Pattern[str]) -> Iterator[str]:
    """The parts of a workbook whose names fit, as XML without the prefixes of names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if pattern.fullmatch(entry.filename.replace("\\", "/")):
                yield _PREFIX.sub(r"\1", archive.read(entry).decode("utf-8", "replace"))


def _workbook(data: bytes) -> Iterator[str]:
    """The texts of all cells and comments; numbers, which are shown in many ways, are not among
    them."""
    shared = [
        _cell_text(item)
        for xml in _sheet_parts(data, _SHARED)
        for item in re.findall(r"<si\b.*?(?:</si>|/>)", xml, re.S)
    ]
    for comments in _sheet_parts(data, _COMMENTS):
        yield from map(_cell_text, comments.split("</comment>"))
    for sheet in _sheet_parts(data, _SHEET):
        for kind, cell in _CELL.findall(sheet):
            value = _VALUE.search(cell)
            if kind == "s" and value:
                yield shared[int(value[1])]
            elif kind in ("inlineStr", "str"):
                yield _cell_text(cell) or html.unescape(value[1] if value else "")


def _cell_text(xml: str) -> str:
    return html.unescape("".join(_TEXT.findall(_READINGS.sub("", xml))))


def numbers_in(data: bytes, kind: str) -> int:
    """How many cells of a workbook hold no text but a number, a date or a truth; 0 for all else."""
    if kind == ".xls":
        return old_office.numbers_in_cells(data)
    if _OF_KIND.get(kind) is not _workbook:
        return 0
    sheets = _sheet_parts(data, _SHEET)
    cells = (cell for sheet in sheets for cell in _CELL.findall(sheet))
    return sum(kind not in _TEXTS and bool(_VALUE.search(cell)) for kind, cell in cells)


def _mail(data: bytes) -> Iterator[str]:
    yield from _message(message_from_bytes(data, policy=policy.default))


def _mailbox(data: bytes) -> Iterator[str]:
    for raw in re.split(rb"(?:\A|\r?\n\r?\n)From [^\n]*\n", data)[1:]:
        yield from _mail(re.sub(rb"(?m)^>(>*From )", rb"\1", raw))


def _message(message: Message) -> Iterator[str]:
    """Head and texts of a mail; of several forms of one text that with the most words."""
    yield from (str(message[name] or "") for name in ("Subject", "From", "To", "Cc", "Date"))
    yield from _body(message)


def _body(part: Message) -> Iterator[str]:
    inner = part.get_payload() if part.is_multipart() else []
    parts = [each for each in inner if isinstance(each, Message)]
    if part.get_content_type() == "message/rfc822":
        for each in parts:
            yield from _message(each)
    elif part.get_content_type() == "multipart/alternative":
        yield from max((list(_body(each)) for each in parts), key=lambda t: len(" ".join(t)))
    elif parts:
        for each in parts:
            yield from _body(each)
    elif part.get_content_type() in ("text/plain", "text/html"):
        if part.get_content_disposition() == "attachment":
            return
        content = part.get_payload(decode=True)
        text = decode(
            content if isinstance(content, bytes) else b"", part.get_content_charset() or ""
        ).text
        yield web_text(text) if part.get_content_type() == "text/html" else text


def _pdf(data: bytes) -> Iterator[str]:
    from qa.documents.formats.pdf_characters import plain_texts

    for text in plain_texts(data):
        yield _BROKEN_WORD.sub("", text)


def _old_word(data: bytes) -> Iterator[str]:
    """The text as kreuzberg reads it, for the reader is ours, and what stands beside it, which is
    not in that."""
    beside = old_office.word_parts(data)
    beside.pop("text")
    yield extract(data, "application/msword").text
    yield from beside.values()


def _outlook(data: bytes) -> Iterator[str]:
    """The body as kreuzberg reads it, which writes a date in another way."""
    yield web_text(_HEAD.sub("", extract(data, "application/vnd.ms-outlook").text))


_OF_KIND: dict[str, Callable[[bytes], Iterator[str]]] = {
    **TEXT_SOURCES,
    **dict.fromkeys(
        kinds.WORD,
        _parts(r"word/(?:document|footnotes|endnotes|comments|(?:header|footer)\d*)\.xml", _runs),
    ),
    **dict.fromkeys(
        kinds.SLIDES,
        _parts(r"ppt/(?:slides/slide|notesSlides/notesSlide|diagrams/data)\d+\.xml", _runs),
    ),
    **dict.fromkeys(kinds.OPEN_DOCUMENTS, _parts(r"(?:content|styles)\.xml", _open_document)),
    **dict.fromkeys(kinds.WORKBOOKS, _workbook),
    ".epub": _parts(r".*\.x?html?", web_text),
    **dict.fromkeys(kinds.MAIL, _mail),
    **dict.fromkeys(kinds.MAILBOXES, _mailbox),
    ".pdf": _pdf,
    ".doc": _old_word,
    ".ppt": old_office.slide_texts,
    ".xls": old_office.cell_texts,
    ".msg": _outlook,
}
