"""What became of the words of a document, as HTML. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.page.html.elements import esc
from qa.page.locale.reading import reason_text
from qa.page.locale.translate import counted, figure, t

if TYPE_CHECKING:
    from qa.accounts import Account, LeftOut

LISTED = 20
"""Reasons and unread parts that are listed of one document."""


def words_html(one: Account) -> str:
    """The words that were read, and how many the file holds where that is another number."""
    if one.in_file is None or one.in_file == one.read:
        return figure(one.read)
    return t("{read} of {all}", read=figure(one.read), all=figure(one.in_file))


def words_told(one: Account) -> str:
    """How many words were left out, came out nowhere, and how many parts were not read; "" where
    all of the file was read."""
    told = []
    if one.left_out:
        told.append(t("{words} left out", words=counted(one.words_left_out, "word", "words")))
    if one.missing:
        told.append(t("{words} missing", words=counted(one.missing, "word", "words")))
    parts = len(one.unread) - bool(one.missing)  # a sentence names the missing words
    if parts > 0:
        told.append(t("{parts} not read", parts=counted(parts, "part", "parts")))
    return ", ".join(told)


def account_html(one: Account) -> str:
    """One line on what is not in the document's text, which opens to the reasons; nothing where
    all of the file was read."""
    told = words_told(one)
    if not told:
        return ""
    items = [*map(_reason, one.left_out), *(esc(reason_text(each)) for each in one.unread)]
    rest = ["…"] if len(items) > LISTED else []
    listed = "".join(f"<li>{item}</li>" for item in [*items[:LISTED], *rest])
    return f'<details class="qa-account"><summary>{told}</summary><ul>{listed}</ul></details>'


def _reason(one: LeftOut) -> str:
    words = counted(one.words, "word", "words")
    if one.pieces > 1:
        pieces = counted(one.pieces, "piece", "pieces")
        words = t("{words} in {pieces}", words=words, pieces=pieces)
    return f"{esc(reason_text(one.reason))}: {words}"
