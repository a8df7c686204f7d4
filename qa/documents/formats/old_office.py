"""Texts of older Office files (.doc, .ppt, .xls, .msg) as they lie in the streams of the archive,
for Word's reader and the second count of words. The only file that imports olefile.

The formats are Microsoft's published ones: MS-DOC, MS-PPT, MS-XLS, MS-OXMSG. Pure.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

from qa.documents.encodings import decode
from qa.errors import DocumentError

_PARTS = "text footnotes headers macros comments endnotes boxes header_boxes".split()
"""The texts of a Word file in the order in which they lie behind each other."""
_WORD_97 = 0x00C1
_SIGNS = {
    **dict.fromkeys("\x01\x02\x03\x04\x05\x06\x08\x14\x15\x1f", ""),
    "\x0b": "\n", "\x0c": "\r", "\x0e": "\r", "\x1e": "-",
}  # fmt: skip
_SHARED, _OF_SHARED, _LABEL, _RESULT, _NOTE = 0x00FC, 0x00FD, 0x0204, 0x0207, 0x01B6
_BEGIN, _END, _CONTINUED, _IN_CHART = 0x0809, 0x000A, 0x003C, 2
_NUMBERS, _MANY_NUMBERS, _FORMULA = frozenset((0x0203, 0x027E, 0x0205)), 0x00BD, 0x0006
_MASTERS = frozenset((1016, 4041))
_CONTAINER, _CHARS, _BYTES = 0xF, 4000, 4008
_PROPERTIES = {
    "subject": "0037", "from": "0C1A", "address": "5D01", "to": "0E04", "cc": "0E03",
    "body": "1000", "html": "1013",
}  # fmt: skip
_SENT, _ATTACHED = 0x00390040, "__attach_version1.0_"


def word_parts(data: bytes) -> dict[str, str]:
    """The texts of a Word file by what they are (`_PARTS`), with its own marks: \\r ends a
    paragraph, \\x07 a cell and a row.

    Raises DocumentError for one that is locked, OSError, LookupError or struct.error for one that
    is older than Word 97, or damaged.
    """
    main = _stream(data, "WordDocument")
    version, flags = struct.unpack_from("<H", main, 2)[0], main[0x0B]
    if version < _WORD_97:
        raise LookupError("older than Word 97")
    if flags & 1:
        raise DocumentError("It is locked with a password; save a copy without one.")
    table = _stream(data, "1Table" if flags & 2 else "0Table")
    start, length = struct.unpack_from("<II", main, 0x01A2)
    text = "".join(_pieces(main, table[start : start + length]))
    parts, at = {}, 0
    for name, letters in zip(_PARTS, struct.unpack_from("<8I", main, 0x4C), strict=True):
        parts[name] = _without_codes(text[at : at + letters])
        at += letters
    return parts


def _pieces(main: bytes, clx: bytes) -> Iterator[str]:
    """The pieces of a Word file's text, by the list of them."""
    while clx[:1] == b"\x01":  # properties before the list
        clx = clx[3 + struct.unpack_from("<H", clx, 1)[0] :]
    count = (struct.unpack_from("<I", clx, 1)[0] - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", clx, 5)
    for number in range(count):
        (place,) = struct.unpack_from("<I", clx, 5 + 4 * (count + 1) + 8 * number + 2)
        letters = ends[number + 1] - ends[number]
        if place & 1 << 30:
            place = (place & ~(1 << 30)) // 2
            yield main[place : place + letters].decode("cp1252", "replace")
        else:
            yield main[place : place + 2 * letters].decode("utf-16-le", "surrogatepass")


def _without_codes(text: str) -> str:
    """Without the codes of fields, whose results stay, and without the marks of pictures and notes.

    >>> _without_codes("See \\x13 REF \\x13 A \\x14one\\x15 \\x14page 2\\x15.\\x02")
    'See page 2.'
    """
    shown: list[str] = []
    in_code: list[bool] = []
    for sign in text:
        if sign == "\x13":
            in_code.append(True)
        elif sign == "\x14" and in_code:
            in_code[-1] = False
        elif sign == "\x15" and in_code:
            in_code.pop()
        elif not any(in_code):
            shown.append(_SIGNS.get(sign, sign))
    return "".join(shown)


def slide_texts(data: bytes) -> Iterator[str]:
    """The texts of all slides and their notes, not of the masters, which show how to fill them."""
    yield from _atoms(_stream(data, "PowerPoint Document"))


def _atoms(records: bytes) -> Iterator[str]:
    at = 0
    while at + 8 <= len(records):
        version, kind, length = struct.unpack_from("<HHI", records, at)
        body = records[at + 8 : at + 8 + length]
        at += 8 + length
        if version & 0xF == _CONTAINER and kind not in _MASTERS:
            yield from _atoms(body)
        elif kind == _CHARS:
            yield body.decode("utf-16-le", "replace")
        elif kind == _BYTES:
            yield body.decode("latin-1")


def cell_texts(data: bytes) -> Iterator[str]:
    """The texts of all cells and comments of a workbook (BIFF8)."""
    shared: list[str] = []
    for kind, parts in _records(data):
        body = parts[0]
        if kind == _SHARED:
            shared = list(_strings(parts))
        elif kind == _OF_SHARED:
            yield shared[struct.unpack_from("<I", body, 6)[0]]
        elif kind in (_LABEL, _RESULT):
            (length,) = struct.unpack_from("<H", body, 6 if kind == _LABEL else 0)
            text = body[8 if kind == _LABEL else 2 :]
            yield _letters(text[1:], text[0])[:length]
        elif kind == _NOTE and len(parts) > 1:
            yield _letters(parts[1][1:], parts[1][0])


def numbers_in_cells(data: bytes) -> int:
    """How many cells of a workbook hold a number, a truth, or a formula that gives one."""
    count = 0
    for kind, (body, *_) in _records(data):
        if kind == _MANY_NUMBERS:
            count += (len(body) - 6) // 6
        elif kind in _NUMBERS or (kind == _FORMULA and body[12:14] != b"\xff\xff"):
            count += 1
    return count


def _records(data: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Kind and content of each record of the sheets, with the parts that continue it; charts, which
    keep copies of figures, are passed over."""
    book, at, nested = _stream(data, "Workbook"), 0, 0
    waiting: tuple[int, list[bytes]] | None = None
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = book[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _CONTINUED and waiting:
            waiting[1].append(body)
            continue
        if waiting and nested < _IN_CHART:
            yield waiting
        waiting = (kind, [body])
        nested += (kind == _BEGIN) - (kind == _END)


def _strings(parts: list[bytes]) -> Iterator[str]:
    """The strings of the table of strings, each of which may go on in the next part."""
    rest = list(parts[1:])
    body, at = parts[0], 8
    for _ in range(struct.unpack_from("<I", parts[0], 4)[0]):
        if at >= len(body):
            body, at = rest.pop(0), 0
        length, flags = struct.unpack_from("<HB", body, at)
        at += 3
        runs = struct.unpack_from("<H", body, at)[0] if flags & 8 else 0
        at += 2 if flags & 8 else 0
        extra = 4 * runs + (struct.unpack_from("<I", body, at)[0] if flags & 4 else 0)
        at += 4 if flags & 4 else 0
        text = ""
        while True:
            wide = 2 if flags & 1 else 1
            taken = min(length - len(text), (len(body) - at) // wide)
            text += _letters(body[at : at + taken * wide], flags)
            at += taken * wide
            if len(text) >= length:
                break
            body, at = rest.pop(0), 1
            flags = body[0]
        while extra > len(body) - at:
            extra -= len(body) - at
            body, at = rest.pop(0), 0
        at += extra
        yield text


def _letters(data: bytes, flags: int) -> str:
    return data.decode("utf-16-le" if flags & 1 else "latin-1", "replace")


def message_parts(data: bytes) -> dict[str, str]:
    """What an Outlook message holds as text, by the names of MS-OXMSG's properties as `_PROPERTIES`
    calls them; "" for what it lacks. `html` is its body as a web page.

    Raises OSError for what is no such archive.
    """
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(io.BytesIO(data)) as archive:
        parts = {name: _property(archive, tag) for name, tag in _PROPERTIES.items()}
        parts["sent"] = _time_sent(archive)
        folders = sorted({path[0] for path in archive.listdir() if path[0].startswith(_ATTACHED)})
        names = [_property(archive, "3707", f"{folder}/") for folder in folders]
        others = [_property(archive, "3704", f"{folder}/") for folder in folders]
    parts["attached"] = "\n".join(a or b or "a file" for a, b in zip(names, others, strict=True))
    return parts


def _property(archive: Any, tag: str, folder: str = "") -> str:
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1252"), ("0102", "cp1252")):
        name = f"{folder}__substg1.0_{tag}{kind}"
        if archive.exists(name):
            content = bytes(archive.openstream(name).read())
            named = decode(content).text if kind == "0102" else content.decode(encoding, "replace")
            return named.rstrip("\x00")
    return ""


def _time_sent(archive: Any) -> str:
    """When the message was sent, in UTC; "" where it does not say."""
    properties = bytes(archive.openstream("__properties_version1.0").read())
    for at in range(32, len(properties) - 15, 16):
        tag, time = struct.unpack_from("<I4xQ", properties, at)
        if tag == _SENT and time:
            moment = datetime(1601, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=time // 10)
            return format_datetime(moment)
    return ""


def _stream(data: bytes, name: str) -> bytes:
    """A stream of the archive. Raises OSError where it has none of that name."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as archive:
        return bytes(archive.openstream(name).read())


def title_of(data: bytes) -> str:
    """The title that the archive gives itself; "" where it has none."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as archive:
        facts = archive.get_metadata()
    encoding = "utf-8" if facts.codepage in (None, 65001, -535) else f"cp{facts.codepage % 65536}"
    with suppress(LookupError):
        return " ".join((facts.title or b"").decode(encoding, "replace").split("\x00")[0].split())
    return ""
