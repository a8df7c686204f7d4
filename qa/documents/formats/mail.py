"""An e-mail as it was written: who, when, what about, and its lines. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from qa.datatypes import Skipped
from qa.documents.blocks import Block, plain_blocks
from qa.documents.encodings import clean_text, decode
from qa.errors import DocumentError

SHOWN = ("From", "To", "Cc", "Date")


def mail_blocks(
    data: bytes, source: str, read_html: Callable[[bytes], list[Block]]
) -> tuple[str, list[Block], list[Skipped]]:
    """Subject, blocks and attachments, which are not read, of a mail (RFC 5322).

    The plain text is taken where there is one, else the HTML, which `read_html` reads.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Subject"]):
        raise DocumentError("It cannot be read as a mail: it has neither sender nor subject.")
    head = [f"{name}: {_value(message, name)}" for name in SHOWN if message[name]]
    blocks = [Block("\n".join(head), fixed=True)] if head else []
    body = message.get_body(("plain", "html"))
    if isinstance(body, EmailMessage):
        content = body.get_payload(decode=True)
        content = content if isinstance(content, bytes) else b""
        if body.get_content_subtype() == "html":
            blocks += read_html(content)
        else:
            blocks += plain_blocks(clean_text(_decoded(content, body)))
    notes = [Skipped(f"{source} ({name})", _ATTACHED) for name in _attached(message)]
    return _value(message, "Subject"), blocks, notes


_DEEPEST = 5
_ATTACHED = "It is attached to a mail; save it as a file of its own to have it read."


def _attached(message: EmailMessage, depth: int = 0) -> Iterator[str]:
    """The names of what is attached, and what is attached to a mail that is itself attached."""
    for part in message.iter_attachments():
        inner = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
        subject = _value(inner, "Subject") if isinstance(inner, EmailMessage) else ""
        yield _one_line(part.get_filename() or subject or part.get_content_type())
        if isinstance(inner, EmailMessage) and depth < _DEEPEST:
            name = subject or "attached mail"
            yield from (f"{name}: {each}" for each in _attached(inner, depth + 1))


def _value(message: EmailMessage, name: str) -> str:
    return _one_line(str(message[name] or ""))


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _decoded(content: bytes, part: EmailMessage) -> str:
    charset = part.get_content_charset()
    if charset:
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)
