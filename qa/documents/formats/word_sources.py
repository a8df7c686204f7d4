"""The texts of a file as plain patterns cut them out, for the second count of its words. Pure.

What is left out of a document with a reason (running headers, comments, deletions) is among them,
markup and what no program shows (scripts, styles, reading aids) is not.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from qa.documents.encodings import decode
from qa.documents.formats import kinds
from qa.documents.formats.text_files import page_text
from qa.documents.markdown import with_placeholders
from qa.errors import DocumentError

_TAG = re.compile(r"<[^>]*>")
_APART_TAGS = re.compile(r"</[^>]*>\s*(?=<[^/])|<[^>]*/>")
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
_UNSEEN_HTML = re.compile(
    r"<(script|style|head|noscript|template)\b.*?</\1>|<!--.*?-->", re.S | re.I
)
_INLINE = "a abbr b bdi bdo cite code em font i kbd mark q s small span strong sub sup tt u var wbr"
_BLOCK = re.compile(rf"</?(?!(?:{'|'.join(_INLINE.split())})\b)\w+[^>]*>", re.I)
_CELL = re.compile(r'<c\b(?:[^>]*?\st="(\w+)")?[^>/]*>(.*?)</c>', re.S)
_VALUE = re.compile(r"<v\b[^>]*>([^<]*)</v>")
_TEXT = re.compile(r"<t\b[^>]*>([^<]*)</t>")
_SHEET = re.compile(r"xl/worksheets/\w+\.xml")
_SHARED = re.compile(r"xl/sharedStrings\.xml", re.I)
_COMMENTS = re.compile(r"xl/comments/?\w*\.xml")
_PREFIX = re.compile(r"(</?)\w+:")
_TEXTS = ("s", "inlineStr", "str")
_READINGS = re.compile(r"<rPh\b.*?</rPh>", re.S)
_TITLE_KEY = re.compile(r"\A(---\r?\n(?:.*\n)*?)title\s*:")
_SEPARATOR_LINE = re.compile(r"sep=.\r?\n", re.I)
_BROKEN_WORD = re.compile(r"[\x02\ufffe](?:\r?\n)?|[\xad\u2010-]\r?\n")
_UNSEEN_MARKDOWN = re.compile(
    r"!\[[^\]]*\](?:\([^)]*\))?|(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)"
    r"|^ {0,3}\[[^\]^][^\]]*\]:\s.*$|```.*$",
    re.M,
)
"""Pictures, targets and definitions of links, and the language that a fence of code names."""
_BROKEN = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error),
    *(csv.Error, DocumentError, LookupError, AttributeError, TypeError),
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
    return html.unescape(_TAG.sub("", _PAUSE.sub(" ", _UNSEEN_ODF.sub("", body))))


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
    if _OF_KIND.get(kind) is not _workbook:
        return 0
    sheets = _sheet_parts(data, _SHEET)
    cells = (cell for sheet in sheets for cell in _CELL.findall(sheet))
    return sum(kind not in _TEXTS and bool(_VALUE.search(cell)) for kind, cell in cells)


def _web(markup: str) -> str:
    return html.unescape(_TAG.sub("", _BLOCK.sub(" ", _UNSEEN_HTML.sub(" ", markup))))


def _web_page(data: bytes) -> Iterator[str]:
    yield _web(page_text(data).text)


def _plain(data: bytes) -> Iterator[str]:
    yield decode(data).text


def _markdown(data: bytes) -> Iterator[str]:
    """Without the targets of links, and HTML as a browser shows it."""
    text = _TITLE_KEY.sub(r"\1", decode(data).text)
    yield _web(with_placeholders(_UNSEEN_MARKDOWN.sub("", text)))


def _table(data: bytes) -> Iterator[str]:
    yield _SEPARATOR_LINE.sub("", decode(data).text, count=1)


def _xml(data: bytes) -> Iterator[str]:
    from xml.etree import ElementTree

    with suppress(ElementTree.ParseError):
        # A tag between two letters may stand within a word; between two elements, words end.
        text = ElementTree.tostring(ElementTree.fromstring(data), encoding="unicode")
        yield html.unescape(_TAG.sub("", _APART_TAGS.sub(" ", text)))


def _json(data: bytes) -> Iterator[str]:
    yield from _leaves(json.loads(decode(data).text, parse_float=str))


def _json_lines(data: bytes) -> Iterator[str]:
    for line in decode(data).text.splitlines():
        try:
            yield from _leaves(json.loads(line, parse_float=str))
        except ValueError:
            yield line


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)


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
        yield _web(text) if part.get_content_type() == "text/html" else text


def _pdf(data: bytes) -> Iterator[str]:
    from qa.documents.formats.pdf_characters import plain_texts

    for text in plain_texts(data):
        yield _BROKEN_WORD.sub("", text)


_OF_KIND: dict[str, Callable[[bytes], Iterator[str]]] = {
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
    ".epub": _parts(r".*\.x?html?", _web),
    **dict.fromkeys(kinds.HTML, _web_page),
    **dict.fromkeys(kinds.MARKDOWN, _markdown),
    **dict.fromkeys(kinds.TABLES, _table),
    ".json": _json,
    **dict.fromkeys((".jsonl", ".ndjson"), _json_lines),
    ".xml": _xml,
    **dict.fromkeys(kinds.MAIL, _mail),
    **dict.fromkeys(kinds.MAILBOXES, _mailbox),
    ".pdf": _pdf,
    **dict.fromkeys(kinds.CODE | {kinds.TEXT}, _plain),
}
