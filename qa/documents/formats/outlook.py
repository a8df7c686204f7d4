"""Outlook messages (.msg) → who, when, what about, and the text. Attached files are named."""

from __future__ import annotations

from collections.abc import Callable

from qa.datatypes import Skipped
from qa.documents.blocks import Block, plain_blocks
from qa.documents.encodings import clean_text, one_line
from qa.documents.formats.mail import ATTACHED
from qa.documents.formats.old_office import message_parts


def outlook_blocks(
    data: bytes, source: str, read_html: Callable[[bytes], list[Block]]
) -> tuple[str, list[Block], list[Skipped]] | None:
    """Subject, blocks, and the parts that are not read; None for a message whose text is kept in
    another way than as text or HTML. Raises OSError for what is no such message."""
    parts = message_parts(data)
    body = plain_blocks(clean_text(parts["body"]))
    body = body or read_html(parts["html"].encode("utf-8-sig", "replace"))
    if not body:
        return None
    address = parts["address"] if parts["address"] not in ("", parts["from"]) else ""
    sender = f"{parts['from']} <{address}>".strip() if address else parts["from"]
    head = {"From": sender, "To": parts["to"], "Cc": parts["cc"], "Date": parts["sent"]}
    told = [f"{name}: {one_line(clean_text(value))}" for name, value in head.items() if value]
    blocks = [Block("\n".join(told), fixed=True)] if told else []
    names = [one_line(clean_text(name)) for name in parts["attached"].split("\n") if name]
    notes = [Skipped(f"{source} ({name})", ATTACHED) for name in names]
    return one_line(clean_text(parts["subject"])), blocks + body, notes
