"""Files that are texts → blocks, each kind by its own reader, in whatever encoding. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from qa.documents.blocks import Block
from qa.documents.encodings import Decoded, clean_text, decode
from qa.documents.formats import kinds
from qa.documents.formats.markup_text import markup_blocks
from qa.documents.formats.notebook import notebook_blocks
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.page_blocks import page_blocks
from qa.documents.formats.plain_text import code_blocks, text_blocks
from qa.documents.formats.records import record_blocks
from qa.documents.formats.subtitles import subtitle_blocks
from qa.documents.formats.tables import csv_blocks
from qa.documents.formats.xml_text import xml_blocks
from qa.documents.html import main_part
from qa.documents.markdown import markdown_blocks

_PARTS = {
    "nav": "menu",
    "header": "head",
    "footer": "foot",
    "aside": "side column",
    "select": "list of choices",
    "cookie notice": "cookie notice",
    "svg": "drawing",
}
"""What people call the elements that are taken out of web pages."""
_FOLDED = ("BEGIN:VCALENDAR", "BEGIN:VCARD")
"""Texts that begin so break lines anywhere, also within words, and go on behind a blank."""
NAMED = kinds.TABLES | kinds.RECORDS | kinds.CODE | {kinds.SUBTITLES}
"""Kinds whose headings, if they have any, do not name the file."""


def read_text(kind: str, data: bytes) -> OfficeText:
    """What a text of that kind holds. Raises DocumentError for what is no such text."""
    if kind == ".xml":
        return OfficeText(blocks=xml_blocks(data))
    decoded = page_text(data) if kind in kinds.HTML else decode(data)
    if kind in kinds.NOTEBOOKS:
        read = OfficeText(blocks=notebook_blocks(decoded.text))
    else:
        read = _READERS.get(kind, _plain)(clean_text(decoded.text))
    if decoded.doubt:
        read.unread.append(decoded.doubt)
    return read


def page_text(data: bytes) -> Decoded:
    """A web page in the encoding that it names, or else the likeliest."""
    named = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", data[:2048])
    decoded = decode(data, named[1].decode() if named else "")
    return replace(decoded, text=clean_text(decoded.text))


def html_blocks(data: bytes) -> list[Block]:
    """A chapter of a book or a part of a mail: all of it is text."""
    return page_blocks(page_text(data).text)


def _page(text: str) -> OfficeText:
    page, title, removed = main_part(text)
    left_out = [(piece, f"{_PARTS.get(tag, f'<{tag}>')} of the web page") for piece, tag in removed]
    return OfficeText(title, page_blocks(page), left_out)


def _markdown(text: str) -> OfficeText:
    title, left_out = "", []
    front = re.match(r"---\n(.*?\n)(?:---|\.\.\.)(?:\n|$)", text, re.S)
    if front and re.match(r"\w+\s*:", front[1]):
        text = text[front.end() :]
        found = re.search(r"^title\s*:\s*(.+)$", front[1], re.M)
        title = found[1].strip().strip("\"'") if found else ""
        rest = front[1].replace(found[0], "").strip() if found else front[1].strip()
        left_out = [(rest, "front matter")] if rest else []
    blocks = [replace(block, links=False) for block in markdown_blocks(text)]
    return OfficeText(title, blocks, left_out)


def _records(text: str, *, lines: bool) -> OfficeText:
    blocks, dropped = record_blocks(text, "", lines=lines)
    return OfficeText("", blocks, [(each.text, each.rule) for each in dropped])


def _subtitles(text: str) -> OfficeText:
    blocks, left_out = subtitle_blocks(text)
    return OfficeText("", blocks, left_out)


def _markup(text: str, *, kind: str) -> OfficeText:
    return OfficeText(*markup_blocks(text, kind))


def _plain(text: str) -> OfficeText:
    if text.startswith(_FOLDED):
        text = re.sub(r"\n[ \t]", "", text)
    return OfficeText(blocks=text_blocks(text))


_READERS: dict[str, Callable[[str], OfficeText]] = {
    **dict.fromkeys(kinds.HTML, _page),
    **dict.fromkeys(kinds.MARKDOWN, _markdown),
    **dict.fromkeys(kinds.CODE, lambda text: OfficeText(blocks=code_blocks(text))),
    ".json": lambda text: _records(text, lines=False),
    **dict.fromkeys((".jsonl", ".ndjson"), lambda text: _records(text, lines=True)),
    ".tsv": lambda text: OfficeText(blocks=csv_blocks(text, ".tsv")),
    ".csv": lambda text: OfficeText(blocks=csv_blocks(text, ".csv")),
    kinds.SUBTITLES: _subtitles,
    **{kind: partial(_markup, kind=kind) for kind in kinds.MARKUP},
}
