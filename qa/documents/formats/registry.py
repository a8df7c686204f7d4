"""One file → its blocks, by the ending of its name. Nothing here starts a process."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qa.datatypes import Dropped, Skipped
from qa.documents.blocks import Block, plain_blocks
from qa.documents.encodings import clean_text, decode, printable
from qa.documents.formats.mail import mail_blocks
from qa.documents.formats.omitted import FOOTNOTE, unread_parts, without_marks
from qa.documents.formats.pdf import Pages, paged_blocks
from qa.documents.formats.records import record_blocks
from qa.documents.formats.tables import csv_blocks, sheet_blocks
from qa.documents.html import main_part
from qa.documents.markdown import markdown_blocks
from qa.errors import DocumentError
from qa.settings import Settings


def _endings(names: str) -> frozenset[str]:
    return frozenset("." + name for name in names.split())


PLAIN = _endings("txt text log asc") | {""}
"""Endings whose files need no library and no process of their own."""
MARKDOWN = _endings("md markdown")
HTML = _endings("html htm xhtml")
TABLES = _endings("csv tsv")
SHEETS = _endings("xlsx xls ods")
RECORDS = _endings("json jsonl")
MAIL = _endings("eml")
TEXTUAL = _endings("yaml yml toml ipynb org rst tex")
OFFICE = _endings("pdf docx doc pptx ppt odt epub rtf msg xml fb2")
NOTED = _endings("docx odt rtf")
"""Endings of files in which the library leaves marks of notes."""
FORMATS = (PLAIN | MARKDOWN | HTML | TABLES | SHEETS | RECORDS | MAIL | TEXTUAL | OFFICE) - {""}
"""File name endings that are read."""

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Parsed:
    """A file's blocks before furniture is removed; `title` may be empty.

    `notes`: parts of the file that gave no text, for instance scanned pages.
    """

    source: str
    title: str
    blocks: list[Block]
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)


def from_json(values: Mapping[str, Any]) -> Parsed:
    """What `dataclasses.asdict` and JSON made of a `Parsed`, as a `Parsed` again."""
    return Parsed(
        values["source"],
        values["title"],
        [Block(**{**each, "turn": _pair(each["turn"])}) for each in values["blocks"]],
        [Dropped(**each) for each in values["dropped"]],
        [Skipped(**each) for each in values["notes"]],
    )


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
    if kind in PLAIN:
        return Parsed(source, "", plain_blocks(clean_text(decode(data))))
    if kind in MARKDOWN:
        return _parse_markdown(source, clean_text(decode(data)))
    if kind in TABLES:
        text = clean_text(decode(data))
        return Parsed(source, readable_name(source), csv_blocks(text, kind))
    return _parse_marked_up(kind, data, path, source, settings)


def _parse_marked_up(kind: str, data: bytes, path: Path, source: str, settings: Settings) -> Parsed:
    """Web pages, mail and records; what is none of these goes to the library as it is."""
    if kind in HTML:
        page, title, removed = _main_part(data)
        dropped = [Dropped(source, text, f"<{tag}> of the web page") for text, tag in removed]
        return Parsed(source, title, _blocks_of_page(page), dropped)
    if kind in MAIL:
        title, blocks, notes = mail_blocks(data, source, _html_blocks)
        return Parsed(source, title, blocks, notes=notes)
    if kind in RECORDS:
        found = record_blocks(clean_text(decode(data)), source, lines=kind == ".jsonl")
        if found is not None:
            return Parsed(source, readable_name(source), *found)
    return _parse_other(kind, data, path, source, settings)


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
    return _blocks_of_page(_main_part(data)[0])


def _main_part(data: bytes) -> tuple[str, str, list[tuple[str, str]]]:
    """`main_part` of a page in the encoding that it names, or else the likeliest."""
    named = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", data[:2048])
    text = ""
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode(named.group(1).decode())
        except (LookupError, UnicodeDecodeError):
            text = ""
    return main_part(clean_text(text or decode(data)))


def _blocks_of_page(page: str) -> list[Block]:
    from qa.documents.formats.library import extract

    html = f"<html><body>{page}</body></html>".encode()
    return markdown_blocks(extract(html, "text/html").text)


def _parse_other(kind: str, data: bytes, path: Path, source: str, settings: Settings) -> Parsed:
    """Everything that the library reads alone."""
    from qa.documents.formats.library import extract, kind_of

    if kind in TEXTUAL | RECORDS:
        data = decode(data).encode()
    extracted = extract(data, kind_of(path, data))
    if len(extracted.text) > settings.max_text_mb * MEGABYTE:
        raise too_much_text(settings)
    blocks = (sheet_blocks if kind in SHEETS else markdown_blocks)(extracted.text)
    title = readable_name(source) if kind in TEXTUAL | RECORDS else extracted.title
    if kind == ".pdf":
        return _paged(blocks, extracted.pages, path, source, title, settings)
    left = unread_parts(data, kind, extracted.text)
    if kind in NOTED:
        blocks = without_marks(blocks)
    blocks += [Block(text, fixed=True) for text, what in left if what == FOOTNOTE]
    dropped = [Dropped(source, text, what) for text, what in left if what != FOOTNOTE]
    return Parsed(source, title, blocks, dropped)


def _paged(
    blocks: list[Block], pages: Pages, path: Path, source: str, title: str, settings: Settings
) -> Parsed:
    """A PDF, its scanned pages read by Tesseract where that is asked for and possible."""
    from qa.documents.formats import ocr

    empty = [number for number, text in pages if not text.strip()]
    told = ocr.problem(settings.ocr) if empty else ""
    scans = ocr.read_pages(path, empty, settings.ocr) if empty and not told else {}
    whole = [(number, text or scans.get(number, "")) for number, text in pages]
    scanned = {number: markdown_blocks(text) for number, text in scans.items()}
    return Parsed(source, title, *paged_blocks(blocks, whole, source, scanned, told or ocr.NONE))
