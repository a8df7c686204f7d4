"""One file → its blocks, by the ending of its name. Nothing here starts a process."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qa.datatypes import Dropped, Skipped
from qa.documents.blocks import Block, Row, plain_blocks
from qa.documents.encodings import Decoded, clean_text, decode, printable
from qa.documents.formats.epub import epub_text
from qa.documents.formats.mail import mail_blocks, mailbox_blocks
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.opendocument import opendocument_text
from qa.documents.formats.page_blocks import page_blocks
from qa.documents.formats.pdf import pages_without_text, pdf_blocks
from qa.documents.formats.pdf_characters import read_pdf
from qa.documents.formats.records import record_blocks
from qa.documents.formats.slides import slides_text
from qa.documents.formats.tables import csv_blocks, sheet_blocks
from qa.documents.formats.word import word_text
from qa.documents.formats.word_count import count_words
from qa.documents.formats.workbook import workbook_text
from qa.documents.formats.xml_text import xml_blocks
from qa.documents.html import main_part
from qa.documents.markdown import markdown_blocks
from qa.errors import DocumentError
from qa.settings import Settings


def _endings(names: str) -> frozenset[str]:
    return frozenset("." + name for name in names.split())


PLAIN = _endings("txt text log asc vtt srt yaml yml toml ini cfg conf properties py js ts sql sh")
PLAIN |= {""}
"""Endings whose files need no library and no process of their own."""
MARKDOWN = _endings("md markdown")
HTML = _endings("html htm xhtml")
TABLES = _endings("csv tsv")
RECORDS = _endings("json jsonl")
WORD = _endings("docx docm dotx dotm")
WORKBOOKS = _endings("xlsx xlsm xltx xltm")
SLIDES = _endings("pptx pptm ppsx potx")
OPEN_DOCUMENTS = _endings("odt ott ods ots odp otp")
MAIL = _endings("eml")
MAILBOXES = _endings("mbox")
MARKUP = _endings("ipynb org rst tex")
LIBRARY = _endings("doc ppt xls rtf msg fb2")
"""Endings of files that kreuzberg reads alone."""
FORMATS = (
    PLAIN | MARKDOWN | HTML | TABLES | RECORDS | WORD | WORKBOOKS | SLIDES | OPEN_DOCUMENTS | MAIL
    | MAILBOXES | MARKUP | LIBRARY | _endings("pdf epub xml")
) - {""}  # fmt: skip
"""File name endings that are read."""

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Parsed:
    """A file's blocks before furniture is removed; `title` may be empty.

    `notes`: parts of the file that gave no text, for instance scanned pages. `counted`: the words
    of the file by another count than that of its reader, and those of them that came out nowhere;
    None where there is no such count.
    """

    source: str
    title: str
    blocks: list[Block]
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)
    counted: tuple[int, int] | None = None


def from_json(values: Mapping[str, Any]) -> Parsed:
    """What `dataclasses.asdict` and JSON made of a `Parsed`, as a `Parsed` again."""
    return Parsed(
        values["source"],
        values["title"],
        [_block(each) for each in values["blocks"]],
        [Dropped(**each) for each in values["dropped"]],
        [Skipped(**each) for each in values["notes"]],
        _pair(values["counted"]),
    )


def _block(values: dict[str, Any]) -> Block:
    row = values["row"] and Row(tuple(values["row"]["names"]), tuple(values["row"]["lengths"]))
    return Block(**{**values, "turn": _pair(values["turn"]), "row": row})


def _pair(values: list[int] | None) -> tuple[int, int] | None:
    return (values[0], values[1]) if values else None


def readable_name(source: str) -> str:
    """A file name as words.

    >>> readable_name("faq/what-are-kpo_and-bpo.txt")
    'what are kpo and bpo'
    """
    name = source.rsplit("/", 1)[-1]
    stem = Path(name).stem if Path(name).suffix.lower() in FORMATS else name
    return " ".join(re.sub(r"[-_+]+", " ", stem).split()) or name


def check_file(path: Path, settings: Settings) -> None:
    """Raises DocumentError, without opening it, for a file that is not going to be read."""
    kind = path.suffix.lower()
    if kind not in FORMATS | {""}:
        raise DocumentError(f"Files ending in {printable(kind)} are not supported.")
    try:
        facts = path.stat()
    except (OSError, ValueError) as error:
        raise DocumentError(_cannot_open(error)) from None
    if not stat.S_ISREG(facts.st_mode):
        raise DocumentError("It is not a regular file.")
    if facts.st_size > settings.max_file_mb * MEGABYTE:
        raise DocumentError(f"It is larger than {settings.max_file_mb} MB (max_file_mb).")


def parse(path: Path, source: str, settings: Settings) -> Parsed:
    """Reads one file. Raises DocumentError with the reason where that fails."""
    kind = path.suffix.lower()
    data = _read(path, settings)
    if not data.strip():
        raise DocumentError("It is empty.")
    if kind in PLAIN | MARKDOWN and len(data) > settings.max_text_mb * MEGABYTE:
        raise too_much_text(settings)
    parsed = _parse(kind, data, path, source, settings)
    told = (*(block.text for block in parsed.blocks), *(each.text for each in parsed.dropped))
    counted = count_words(data, kind, (parsed.title, *told))
    if counted is not None:
        parsed = replace(parsed, counted=(counted.total, len(counted.missing)))
        if counted.missing:
            parsed.notes.append(Skipped(source, counted.told()))
    if sum(len(block.text) for block in parsed.blocks) > settings.max_text_mb * MEGABYTE:
        raise too_much_text(settings)
    return parsed


def too_much_text(settings: Settings) -> DocumentError:
    """The error for a file that gives more text than is allowed."""
    return DocumentError(f"It holds more than {settings.max_text_mb} MB of text (max_text_mb).")


def _cannot_open(error: OSError | ValueError) -> str:
    return f"It cannot be opened: {getattr(error, 'strerror', None) or error}."


def _read(path: Path, settings: Settings) -> bytes:
    """The bytes of a regular file, never more than allowed, whatever its size is said to be.

    A pipe put in the file's place is not waited for.
    """
    limit = settings.max_file_mb * MEGABYTE
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise DocumentError("It is not a regular file.")
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(_cannot_open(error)) from None
    if len(data) > limit:
        raise DocumentError(f"It is larger than {settings.max_file_mb} MB (max_file_mb).")
    return data


def _parse(kind: str, data: bytes, path: Path, source: str, settings: Settings) -> Parsed:
    if kind == ".pdf":
        return _pdf(data, path, source, settings)
    if kind in _OFFICE:
        return _office(_OFFICE[kind](data), source)
    if kind in HTML:
        read_page = _page_text(data)
        page, title, removed = main_part(read_page.text)
        dropped = [Dropped(source, text, f"<{tag}> of the web page") for text, tag in removed]
        return Parsed(source, title, page_blocks(page), dropped, _doubts(read_page, source))
    if kind in MAIL | MAILBOXES:
        read = mail_blocks if kind in MAIL else mailbox_blocks
        title, blocks, notes = read(data, source, _html_blocks)
        return Parsed(source, title, blocks, notes=notes)
    if kind in LIBRARY | MARKUP:
        return _parse_other(kind, data, path, source)
    return _parse_text(kind, data, source)


def _parse_text(kind: str, data: bytes, source: str) -> Parsed:
    if kind == ".xml":
        return Parsed(source, "", xml_blocks(data))
    decoded = decode(data)
    text, notes = clean_text(decoded.text), _doubts(decoded, source)
    if kind in MARKDOWN:
        return replace(_parse_markdown(source, text), notes=notes)
    if kind in TABLES:
        return Parsed(source, readable_name(source), csv_blocks(text, kind), notes=notes)
    if kind in RECORDS:
        blocks, dropped = record_blocks(text, source, lines=kind == ".jsonl")
        return Parsed(source, readable_name(source), blocks, dropped, notes)
    return Parsed(source, "", plain_blocks(text), notes=notes)


def _doubts(decoded: Decoded, source: str) -> list[Skipped]:
    return [Skipped(source, decoded.doubt)] if decoded.doubt else []


def _office(read: OfficeText, source: str) -> Parsed:
    dropped = [Dropped(source, text, what) for text, what in read.left_out]
    notes = [Skipped(source, reason) for reason in read.unread]
    return Parsed(source, read.title, read.blocks, dropped, notes)


_OFFICE: dict[str, Callable[[bytes], OfficeText]] = {
    **dict.fromkeys(WORD, word_text),
    **dict.fromkeys(WORKBOOKS, workbook_text),
    **dict.fromkeys(SLIDES, slides_text),
    **dict.fromkeys(OPEN_DOCUMENTS, opendocument_text),
    ".epub": lambda data: epub_text(data, _html_blocks),
}


def _parse_markdown(source: str, text: str) -> Parsed:
    title = ""
    front = re.match(r"---\n(.*?\n)(?:---|\.\.\.)(?:\n|$)", text, re.S)
    if front and re.match(r"\w+\s*:", front.group(1)):
        text = text[front.end() :]
        found = re.search(r"^title\s*:\s*(.+)$", front.group(1), re.M)
        title = found.group(1).strip().strip("\"'") if found else ""
    blocks = [replace(block, links=False) for block in markdown_blocks(text)]
    return Parsed(source, title, blocks)


def _html_blocks(data: bytes) -> list[Block]:
    """A chapter of a book or a part of a mail: all of it is text."""
    return page_blocks(_page_text(data).text)


def _page_text(data: bytes) -> Decoded:
    """A web page in the encoding that it names, or else the likeliest."""
    named = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", data[:2048])
    decoded = decode(data, named[1].decode() if named else "")
    return replace(decoded, text=clean_text(decoded.text))


def _parse_other(kind: str, data: bytes, path: Path, source: str) -> Parsed:
    """Everything that the library reads alone."""
    from qa.documents.formats.library import extract, kind_of, without_marks

    if kind in MARKUP:
        data = decode(data).text.encode()
    extracted = extract(data, kind_of(path, data))
    blocks = (sheet_blocks if kind == ".xls" else markdown_blocks)(extracted.text)
    if kind == ".rtf":
        blocks = without_marks(blocks)
    return Parsed(source, readable_name(source) if kind in MARKUP else extracted.title, blocks)


def _pdf(data: bytes, path: Path, source: str, settings: Settings) -> Parsed:
    """A PDF, its scanned pages read by Tesseract where that is asked for and possible."""
    from qa.documents.formats import ocr

    pdf = read_pdf(data)
    empty = pages_without_text(pdf)
    told = ocr.problem(settings.ocr) if empty else ""
    scans = ocr.read_pages(path, empty, settings.ocr) if empty and not told else {}
    scanned = {number: markdown_blocks(text) for number, text in scans.items() if text.strip()}
    return Parsed(source, pdf.title, *pdf_blocks(pdf, source, scanned, told or ocr.NONE))
