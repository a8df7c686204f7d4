"""E-mails (.eml) and mailboxes (.mbox) as they were written: who, when, what about, and the text.

Every part that holds text is read: the plain text, or the HTML where that says more, further
inline texts, invitations, and forwarded mails. All other parts are named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from qa.datatypes import Skipped
from qa.documents.blocks import Block, plain_blocks
from qa.documents.encodings import Decoded, clean_text, decode, isolated, one_line
from qa.documents.formats.calendar_events import event_blocks
from qa.errors import DocumentError

SHOWN = ("From", "To", "Cc", "Date")
_DEEPEST = 20
ATTACHED = "It is attached to a mail; save it as a file of its own to have it read."
_TOO_DEEP = "It lies in a mail within more than 20 other mails; save it as a file of its own."

ReadHtml = Callable[[bytes], list[Block]]


def mail_blocks(
    data: bytes, source: str, read_html: ReadHtml
) -> tuple[str, list[Block], list[Skipped]]:
    """Subject, blocks, and the parts that are not read, of a mail (RFC 5322).

    `read_html` reads a part in HTML. Raises DocumentError for what is no mail.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Subject"]):
        raise DocumentError("It cannot be read as a mail: it has neither sender nor subject.")
    reader = _Reader(source, read_html)
    blocks = reader.message(message)
    return _value(message, "Subject"), blocks, reader.notes


def mailbox_blocks(
    data: bytes, source: str, read_html: ReadHtml
) -> tuple[str, list[Block], list[Skipped]]:
    """No title, the mails of a mailbox, each under its subject, and the parts that are not read."""
    reader = _Reader(source, read_html)
    blocks: list[Block] = []
    for raw in re.split(rb"(?:\A|\r?\n\r?\n)From [^\n]*\n", data)[1:]:
        message = message_from_bytes(
            re.sub(rb"(?m)^>(>*From )", rb"\1", raw), policy=policy.default
        )
        if isinstance(message, EmailMessage):
            subject = _value(message, "Subject") or _value(message, "From") or "Mail"
            blocks += [Block(subject, level=2), *reader.message(message)]
    if not blocks:
        raise DocumentError("It cannot be read as a mailbox: no mail begins in it.")
    return "", blocks, reader.notes


class _Reader:
    def __init__(self, source: str, read_html: ReadHtml) -> None:
        self._source = source
        self._read_html = read_html
        self.notes: list[Skipped] = []

    def message(self, message: EmailMessage, depth: int = 0) -> list[Block]:
        """Head and text of a mail."""
        head = [f"{name}: {_value(message, name)}" for name in SHOWN if message[name]]
        blocks = [Block("\n".join(head), fixed=True)] if head else []
        return blocks + self._part(message, depth)

    def _part(self, part: EmailMessage, depth: int) -> list[Block]:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            return self._forwarded(part, depth)
        if part.is_multipart():
            return self._several(part, depth)
        if kind == "text/calendar":
            return event_blocks(_text(part).text)
        is_text = kind.startswith(("text/", "multipart/"))  # without its parts: its text as it is
        if part.get_content_disposition() == "attachment" or not is_text:
            self._name(part.get_filename() or kind, ATTACHED)
            return []
        return self._shown(part, html=kind == "text/html")

    def _shown(self, part: EmailMessage, *, html: bool) -> list[Block]:
        """A part that is text. Where the mail does not name its encoding, a web page does."""
        if html and not part.get_content_charset():
            return self._read_html(_content(part))
        decoded = _text(part)
        if decoded.doubt:
            self.notes.append(Skipped(self._source, decoded.doubt))
        if html:
            return self._read_html(decoded.text.encode("utf-8-sig", "replace"))
        return plain_blocks(clean_text(decoded.text))

    def _several(self, part: EmailMessage, depth: int) -> list[Block]:
        """What the parts of a part say, or the best of them."""
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            return _delivery(part)
        if kind == "multipart/alternative":
            return self._best(list(_parts(part)), depth)
        return [block for inner in _parts(part) for block in self._part(inner, depth)]

    def _best(self, parts: list[EmailMessage], depth: int) -> list[Block]:
        """Of several forms of one text the plain one, unless it is a stub: another one says more,
        and twice as much or hardly anything of the plain one."""
        forms = [(part, self._part(part, depth)) for part in parts]
        texts = [form for part, form in forms if part.get_content_type() != "text/calendar"]
        events = [form for part, form in forms if part.get_content_type() == "text/calendar"]
        best: list[Block] = texts[0] if texts else []
        for form in texts[1:]:
            own, others = _words(best), _words(form)
            shared = sum(word in others for word in own)
            if len(others) > 2 * len(own) or (len(others) > len(own) and shared * 2 < len(own)):
                best = form
        return best + [block for form in events for block in form]

    def _forwarded(self, part: EmailMessage, depth: int) -> list[Block]:
        inner = next(_parts(part), None)
        if inner is None:
            return []
        subject = _value(inner, "Subject") or "Forwarded mail"
        if depth >= _DEEPEST:
            self._name(subject, _TOO_DEEP)
            return []
        return [Block(subject, level=2), *self.message(inner, depth + 1)]

    def _name(self, name: str, reason: str) -> None:
        self.notes.append(Skipped(f"{self._source} ({isolated(_one_line(name))})", reason))


def _parts(part: EmailMessage) -> Iterator[EmailMessage]:
    payload = part.get_payload()
    for inner in payload if isinstance(payload, list) else []:
        if isinstance(inner, EmailMessage):
            yield inner


def _delivery(part: EmailMessage) -> list[Block]:
    """What a mail server reports (RFC 3464): lines of name and value for each recipient."""
    texts = ["\n".join(f"{name}: {value}" for name, value in each.items()) for each in _parts(part)]
    return [Block(clean_text(text), fixed=True) for text in texts if text]


def _words(blocks: list[Block]) -> list[str]:
    return [word for block in blocks for word in re.findall(r"\w+", block.text.casefold())]


def _value(message: EmailMessage, name: str) -> str:
    return _one_line(str(message[name] or ""))


def _one_line(text: str) -> str:
    return one_line(clean_text(text))


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: EmailMessage) -> Decoded:
    """A part in the encoding that it names, or the likeliest; flowed lines (RFC 3676) joined."""
    decoded = decode(_content(part), part.get_content_charset() or "")
    if str(part.get_param("format", "")).lower() == "flowed":
        kept = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
        return replace(decoded, text=re.sub(r"(?<!--) \r?\n(?=[^\s>])", kept, decoded.text))
    return decoded
