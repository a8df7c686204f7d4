"""What an office file holds beside its text: headers, notes, comments, deletions. Pure.

The library leaves these parts out without a word. Here they are found in the file itself, so
that each is either read after all (footnotes of Word) or listed as left out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from html import unescape

from qa.documents.blocks import Block

MOST_BYTES = 20_000_000
"""Largest part of a file that is looked through."""

FOOTNOTE = "footnote"
NOTES = "speaker notes"

_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error)
_PARTS = {
    ".docx": (
        (r"word/header\d*\.xml", r"w:p", "header of the pages"),
        (r"word/footer\d*\.xml", r"w:p", "footer of the pages"),
        (r"word/footnotes\.xml", r"w:footnote", FOOTNOTE),
        (r"word/endnotes\.xml", r"w:endnote", FOOTNOTE),
        (r"word/comments\.xml", r"w:comment", "comment"),
        (r"word/document\.xml", r"w:del", "tracked deletion"),
    ),
    ".odt": (
        (r"styles\.xml", r"style:header", "header of the pages"),
        (r"styles\.xml", r"style:footer", "footer of the pages"),
        (r"content\.xml", r"office:annotation", "comment"),
        (r"content\.xml", r"text:deletion", "tracked deletion"),
    ),
    ".pptx": ((r"ppt/notesSlides/notesSlide\d+\.xml", r"a:p", NOTES),),
}
_ABOUT = re.compile(r"<(dc:creator|dc:date|meta:[\w-]+)\b[^>]*>.*?</\1>", re.S)
_FIELD = re.compile(r"<a:fld\b.*?</a:fld>|<w:instrText\b.*?</w:instrText>", re.S)
_BREAK = re.compile(r"</(?:w:p|text:p|text:h|a:p)>|<(?:w:tab|w:br|text:tab|text:s)\b[^>]*>")
_MARK = re.compile(r"\[\^[\divxlc]{1,6}\]:?")
_NOTE = re.compile(r"\[\^\w+\]:")
_TAG = re.compile(r"<[^>]*>")


def unread_parts(data: bytes, kind: str, text: str) -> list[tuple[str, str]]:
    """(text, what it is) of each part of a Word, OpenDocument or PowerPoint file that is not in
    the extracted `text`; nothing for other kinds and for what cannot be looked through."""
    known, found = _plain(text), []
    with suppress(*_BROKEN), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for pattern, tag, what in _PARTS.get(kind, ()):
            for part in _read(archive, pattern):
                found += [(words, what) for words in _elements(part, tag)]
    return [one for one in dict.fromkeys(found) if _plain(one[0]) not in known]


def without_marks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the library's marks of footnotes; the notes themselves stay.

    >>> [one.text for one in without_marks([Block("Bees[^1] fly.[^i]"), Block("[^2]")])]
    ['Bees fly.']
    """
    plain = [
        replace(
            block,
            text=_MARK.sub("", block.text).strip(),
            fixed=block.fixed or _NOTE.match(block.text) is not None,
        )
        for block in blocks
    ]
    return [block for block in plain if block.text]


def _read(archive: zipfile.ZipFile, pattern: str) -> Iterator[str]:
    for entry in archive.infolist():
        if re.fullmatch(pattern, entry.filename) and entry.file_size <= MOST_BYTES:
            yield archive.read(entry).decode("utf-8", "replace")


def _elements(xml: str, tag: str) -> Iterator[str]:
    """The words of each element of that name which has some."""
    for piece in re.split(rf"<{tag}(?=[\s>])", xml)[1:]:
        inner = piece.split(f"</{tag}>", 1)[0].partition(">")[2]
        spaced = _BREAK.sub(" ", _FIELD.sub("", _ABOUT.sub("", inner)))
        words = " ".join(unescape(_TAG.sub("", spaced)).split())
        if any(letter.isalnum() for letter in words):
            yield words


def _plain(text: str) -> str:
    return "".join(text.split())
