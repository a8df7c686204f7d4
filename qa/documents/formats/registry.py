"""One file → its blocks, by its kind. Nothing here starts a process."""

from __future__ import annotations

import os
import re
import stat
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from qa.datatypes import Dropped, Skipped
from qa.documents.blocks import Block, Row
from qa.documents.encodings import printable, without_surrogates
from qa.documents.formats import kinds
from qa.documents.formats.epub import epub_text
from qa.documents.formats.fiction_book import fiction_book
from qa.documents.formats.mail import mail_blocks, mailbox_blocks
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.old_word import old_word_text
from qa.documents.formats.opendocument import opendocument_text
from qa.documents.formats.outlook import outlook_blocks
from qa.documents.formats.pdf import pages_without_text, pdf_blocks
from qa.documents.formats.pdf_characters import read_pdf
from qa.documents.formats.rich_text import rich_text
from qa.documents.formats.slides import slides_text
from qa.documents.formats.tables import sheet_blocks
from qa.documents.formats.text_files import NAMED, html_blocks, read_text
from qa.documents.formats.word import word_text
from qa.documents.formats.word_count import count_words
from qa.documents.formats.workbook import workbook_text
from qa.documents.markdown import markdown_blocks
from qa.errors import DocumentError
from qa.settings import Settings

MEGABYTE = 1_000_000
_HEAD = 4_096
WIDE_SIGNS: dict[int, str | int | None] = {ord(sign) + 0xFEE0: sign for sign in '<>:"|?*'}
"""Signs that stand in no name of a file on Windows, by the wide ones that look like them."""
_WIDE = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_NO_FILE = "It is not a regular file."


@dataclass(frozen=True)
class Parsed:
    """A file's blocks before furniture is removed; `title` may be empty.

    `notes`: parts of the file that gave no text, for instance scanned pages. `counted`: the words
    of the file by another count than that of its reader, those of them that were read and those
    that came out nowhere; None where there is no such count.
    """

    source: str
    title: str
    blocks: list[Block]
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)
    counted: tuple[int, int, int] | None = None


def from_json(values: Mapping[str, Any]) -> Parsed:
    """What `dataclasses.asdict` and JSON made of a `Parsed`, as a `Parsed` again."""
    return Parsed(
        values["source"],
        values["title"],
        [_block(each) for each in values["blocks"]],
        [Dropped(**each) for each in values["dropped"]],
        [Skipped(**each) for each in values["notes"]],
        values["counted"] and tuple(values["counted"]),
    )


def _block(values: dict[str, Any]) -> Block:
    row = values["row"] and Row(tuple(values["row"]["names"]), tuple(values["row"]["lengths"]))
    return Block(**{**values, "turn": _pair(values["turn"]), "row": row})


def _pair(values: list[int] | None) -> tuple[int, int] | None:
    return (values[0], values[1]) if values else None


def readable_name(source: str) -> str:
    """A file name as words; wide signs as those that they stand for (`WIDE_SIGNS`), but for names
    in scripts that write them so.

    >>> readable_name("faq/what-are-kpo_and-bpo.txt")
    'what are kpo and bpo'
    """
    name = source.rsplit("/", 1)[-1]
    plain = name.translate(WIDE_SIGNS)
    name = name if _WIDE.search(plain) else plain
    stem = Path(name).stem if Path(name).suffix.lower() in kinds.FORMATS else name
    return " ".join(re.sub(r"[-_]+", " ", stem).split()) or name


def check_file(path: Path, settings: Settings) -> None:
    """Raises DocumentError for a file that is not going to be read, having seen its beginning."""
    try:
        facts = path.stat()
    except (OSError, ValueError) as error:
        raise DocumentError(_cannot_open(error)) from None
    if not stat.S_ISREG(facts.st_mode):
        raise DocumentError(_NO_FILE)
    unknown = path.suffix.lower() not in kinds.FORMATS | {""}
    if unknown and not kinds.may_be_read(_read(path, _HEAD)):
        raise DocumentError(_unsupported(path))
    if facts.st_size > settings.max_file_mb * MEGABYTE:
        raise DocumentError(_too_large(settings))


def parse(path: Path, source: str, settings: Settings) -> Parsed:
    """Reads one file. Raises DocumentError with the reason where that fails."""
    limit = settings.max_file_mb * MEGABYTE
    data = _read(path, limit + 1)
    if len(data) > limit:
        raise DocumentError(_too_large(settings))
    if not data.strip():
        raise DocumentError("It is empty.")
    kind = kinds.kind_of(path.name, data)
    if (
        kind in kinds.CODE | kinds.MARKDOWN | {kinds.TEXT}
        and len(data) > settings.max_text_mb * MEGABYTE
    ):
        raise too_much_text(settings)
    parsed = _writable(_parse(kind, data, path, source, settings))
    told = (parsed.title, *(block.text for block in parsed.blocks))
    counted = count_words(data, kind, told, (each.text for each in parsed.dropped))
    if counted is not None:
        parsed = replace(parsed, counted=(counted.total, counted.read, len(counted.missing)))
        if counted.missing:
            parsed.notes.append(Skipped(source, counted.told()))
    if sum(len(block.text) for block in parsed.blocks) > settings.max_text_mb * MEGABYTE:
        raise too_much_text(settings)
    return parsed


def _writable(parsed: Parsed) -> Parsed:
    """The same in signs that UTF-8 can write, of whichever reader; each text as long as before."""
    for number, block in enumerate(parsed.blocks):
        text, row = without_surrogates(block.text), block.row
        if row is not None:
            row = replace(row, names=tuple(map(without_surrogates, row.names)))
        if (text, row) != (block.text, block.row):
            parsed.blocks[number] = replace(block, text=text, row=row)
    dropped = [replace(each, text=without_surrogates(each.text)) for each in parsed.dropped]
    return replace(parsed, title=without_surrogates(parsed.title), dropped=dropped)


def _unsupported(path: Path) -> str:
    return f"Files ending in {printable(path.suffix.lower())} are not supported."


def _too_large(settings: Settings) -> str:
    return f"It is larger than {settings.max_file_mb} MB (max_file_mb)."


def too_much_text(settings: Settings) -> DocumentError:
    """The error for a file that gives more text than is allowed."""
    return DocumentError(f"It holds more than {settings.max_text_mb} MB of text (max_text_mb).")


def _cannot_open(error: OSError | ValueError) -> str:
    return f"It cannot be opened: {getattr(error, 'strerror', None) or error}."


def open_file(path: Path) -> IO[bytes]:
    """A regular file, opened; a pipe put in its place is not waited for. Raises DocumentError."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        file = open(os.open(path, flags), "rb")  # noqa: PTH123, SIM115
    except (OSError, ValueError) as error:
        raise DocumentError(_cannot_open(error)) from None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise DocumentError(_NO_FILE)
    return file


def _read(path: Path, most: int) -> bytes:
    """At most so many bytes of a file."""
    try:
        with open_file(path) as file:
            return file.read(most)
    except OSError as error:
        raise DocumentError(_cannot_open(error)) from None


def _parse(kind: str, data: bytes, path: Path, source: str, settings: Settings) -> Parsed:
    if not kind:
        raise DocumentError(_unsupported(path))
    if kind == ".pdf":
        return _pdf(data, path, source, settings)
    if kind in _OFFICE:
        return _office(_OFFICE[kind](data), source)
    if kind in kinds.MAIL | kinds.MAILBOXES:
        read = mail_blocks if kind in kinds.MAIL else mailbox_blocks
        title, blocks, notes = read(data, source, html_blocks)
        return Parsed(source, title, blocks, notes=notes)
    if kind in kinds.LIBRARY:
        return _parse_other(kind, data, path, source)
    parsed = _office(read_text(kind, data), source)
    return replace(parsed, title=readable_name(source)) if kind in NAMED else parsed


def _office(read: OfficeText, source: str) -> Parsed:
    dropped = [Dropped(source, text, what) for text, what in read.left_out]
    notes = [Skipped(source, reason) for reason in read.unread]
    return Parsed(source, read.title, read.blocks, dropped, notes)


_OFFICE: dict[str, Callable[[bytes], OfficeText]] = {
    **dict.fromkeys(kinds.WORD, word_text),
    **dict.fromkeys(kinds.RICH_TEXT, rich_text),
    **dict.fromkeys(kinds.WORKBOOKS, workbook_text),
    **dict.fromkeys(kinds.SLIDES, slides_text),
    **dict.fromkeys(kinds.OPEN_DOCUMENTS, opendocument_text),
    ".fb2": fiction_book,
    ".epub": lambda data: epub_text(data, html_blocks),
}


def _parse_other(kind: str, data: bytes, path: Path, source: str) -> Parsed:
    """Older kinds; what our own readers do not know is left to the library."""
    from qa.documents.formats.library import extract, mime_type

    with suppress(LookupError, OSError, struct.error):  # older than Word 97, or damaged
        if kind == ".doc":
            return _office(old_word_text(data), source)
        if kind == ".msg" and (message := outlook_blocks(data, source, html_blocks)):
            return Parsed(source, message[0], message[1], notes=message[2])
    extracted = extract(data, mime_type(path, data))
    blocks = (sheet_blocks if kind == ".xls" else markdown_blocks)(extracted.text)
    return Parsed(source, extracted.title, blocks)


def _pdf(data: bytes, path: Path, source: str, settings: Settings) -> Parsed:
    """A PDF, its scanned pages read by Tesseract where that is asked for and possible."""
    from qa.documents.formats import ocr

    pdf = read_pdf(data)
    empty = pages_without_text(pdf)
    told = ocr.problem(settings.ocr) if empty else ""
    scans = ocr.read_pages(path, empty, settings.ocr) if empty and not told else {}
    scanned = {number: markdown_blocks(text) for number, text in scans.items() if text.strip()}
    return Parsed(source, pdf.title, *pdf_blocks(pdf, source, scanned, told or ocr.NONE))
