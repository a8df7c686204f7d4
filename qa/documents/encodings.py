"""Bytes → clean text: finds the encoding, refuses what is no text, mends line ends. Pure."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from qa.documents.encoding_guess import guess
from qa.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"\A(?:[^\n]*\n)?[^\n]*?(?:\A@charset \"|#[^\n]*?coding[:=]\s*|-\*-[^\n]*?coding:\s*)([-\w.]+)"
)
"""An encoding that a text names in its first two lines: PEP 263, Emacs, CSS."""
_NO_TEXT = "It holds binary data, not text."
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x1f\x8b")
_ESCAPES = re.compile(rb"\x1b\$[)]?[@-C]")
"""Stands in ISO 2022, which writes East Asian letters in ASCII."""
_COMMON = re.compile(r"[\s!-~\u3000-\u3002]")
_HEAD = 65_536
"""So many bytes are looked at to find the encoding of all."""
_LIGATURES = str.maketrans(
    dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\ufeff\ufffe\uffff]")
_SOFT_BREAK = re.compile(r"\u00ad[ \t]*\n[ \t]*")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TURNING = frozenset("R AL RLE LRE RLO LRO PDF RLI LRI FSI PDI".split())
_MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and a sentence on what of it is only guessed; "" where its encoding is certain."""

    text: str
    doubt: str = ""


def decode(data: bytes, named: str = "") -> Decoded:
    """The text of a file's bytes: in the encoding that they begin with, that is `named`, that
    their first lines name, UTF-8, or else the likeliest older one.

    Raises DocumentError for bytes that are no text.

    >>> decode("Größe".encode("cp1252")).text, decode("Привет, мир".encode("cp1251")).text
    ('Größe', 'Привет, мир')
    """
    head = data[:_HEAD]
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_decode_as(encoding, data))
    declared = _DECLARED.match(head[:1024])
    for name in (named, declared[1].decode() if declared else ""):  # a name in ASCII is no UTF-16
        try:
            if name and (b"\0" in head or not name.lower().startswith("utf-16")):
                return Decoded(_decode_as(name, data))
        except (LookupError, ValueError, DocumentError):
            pass
    if is_binary(head):
        raise DocumentError(_NO_TEXT)
    order = _utf_16_order(head) if b"\0" in head else ""
    if order:
        return Decoded(_decode_as(order, data))
    try:
        if _ESCAPES.search(head) is None:
            return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    return _guessed(data)


def is_binary(head: bytes) -> bool:
    """Whether a file that begins so holds no text in any encoding.

    >>> is_binary(b"\\x89PNG\\r\\n"), is_binary("Tea\\n".encode("utf-16-le")), is_binary(b"Tea")
    (True, False, False)
    """
    controls = sum(head.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    many = controls > max(1, 0.01 * len(head)) and not head.startswith(tuple(dict(_MARKS)))
    return head.startswith(_BINARY) or (many and not _utf_16_order(head))


def _guessed(data: bytes) -> Decoded:
    """Bytes that are not all UTF-8: lines that are, beside others, or all in an older encoding."""
    text = data[:_HEAD].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if 0 < 2 * broken < sum(not sign.isascii() for sign in text):
        return _by_lines(data)
    found = guess(data[: data.rfind(b"\n", 0, _HEAD) + 1] or data[:_HEAD])
    encoding = found.encoding or _utf_16_order(data[:_HEAD])
    if not encoding:
        raise DocumentError(_NO_TEXT)
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    doubt = f"It was read as {_told(encoding)} by a guess; save it as UTF-8 if letters look wrong."
    return Decoded(text, doubt if found.doubtful or lost else "")


def _by_lines(data: bytes) -> Decoded:
    lines = data.splitlines(keepends=True)
    other = [line for line in lines if not _is_utf_8(line)]
    encoding = guess(b"".join(other)[:_HEAD]).encoding or "cp1252"
    text = "".join(
        line.decode("utf-8") if _is_utf_8(line) else line.decode(encoding, "replace")
        for line in lines
    )
    named = _told(encoding)
    if len(other) == 1:
        doubt = f"One of its lines is not UTF-8 as the others and read as {named} by a guess."
    else:
        number = f"{len(other):,}"
        doubt = f"{number} of its lines are not UTF-8 as the others and read as {named} by a guess."
    return Decoded(text, doubt)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _told(encoding: str) -> str:
    """The name of an encoding as people know it.

    >>> _told("cp1250"), _told("koi8-r"), _told("iso8859-2"), _told("cp437")
    ('Windows-1250', 'KOI8-R', 'ISO-8859-2', 'DOS code page 437')
    """
    windows = re.fullmatch(r"cp(125\d)", encoding)
    pages = re.fullmatch(r"cp([78]\d\d|437)", encoding)
    if windows:
        return f"Windows-{windows[1]}"
    if pages:
        return f"DOS code page {pages[1]}"
    return _NAMES.get(encoding, encoding.replace("iso8859", "iso-8859").replace("_", "-").upper())


_NAMES = {"cp932": "Shift JIS", "big5hkscs": "Big5", "cp949": "EUC-KR", "euc_jis_2004": "EUC-JP"}


def _utf_16_order(head: bytes) -> str:
    """The encoding of UTF-16 without a mark at its beginning, or "" for other bytes.

    All its signs are known ones, among them a blank, a line's end or a stop, and letters of one
    script share their first byte.

    >>> _utf_16_order("Tee, 茶。\\n".encode("utf-16-be"))
    'utf-16-be'
    """
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        unknown = any(
            unicodedata.category(sign) in ("Cc", "Cn", "Co") and sign not in "\t\n\r\f"
            for sign in text
        )
        if not unknown and _COMMON.search(text):
            found.append((len({ord(sign) >> 8 for sign in text}), encoding))
    return min(found)[1] if found else ""


def _decode_as(encoding: str, data: bytes) -> str:
    """Text in an encoding that the bytes themselves name. Raises DocumentError if it is none."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentError(f"It looks like {encoding} text, but does not go on so.") from None
    if len(_CONTROL.findall(text[:_HEAD])) > max(2, 0.01 * len(text)):
        raise DocumentError(_NO_TEXT)
    return text


def isolated(name: str) -> str:
    """A name as it is shown among other words: where it holds letters or marks that are written
    from right to left, between U+2068 and U+2069, so that it turns nothing around it.

    >>> isolated("tea.txt"), isolated("te\\u202eat.exe").encode("ascii", "backslashreplace")
    ('tea.txt', b'\\\\u2068te\\\\u202eat.exe\\\\u2069')
    """
    if not any(_turns(sign) for sign in name):
        return name
    shown, depth = "", 0
    for sign in name:
        depth += sign in "\u2066\u2067\u2068"
        if sign == "\u2069":
            if not depth:
                continue  # it would end the isolation
            depth -= 1
        shown += sign
    return f"\u2068{shown}{chr(0x2069) * depth}\u2069"


def printable(name: str) -> str:
    """A name with a replacement character for each control and each part that is no text."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "\ufffd", name)


def _turns(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in _TURNING or sign in _MARKS_OF_DIRECTION


def without_surrogates(text: str) -> str:
    """A text with a replacement character for each half of a sign, which JSON can hold alone and
    UTF-8 cannot; as long as before.

    >>> without_surrogates(chr(0xD800) + "tea") == chr(0xFFFD) + "tea"
    True
    """
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A text with a single blank for each run of white space.

    >>> one_line(" two\\n  words ")
    'two words'
    """
    return " ".join(text.split())


def clean_text(text: str) -> str:
    """NFC, line ends as `\\n`, ligatures as letters, no control characters, soft hyphens or
    trailing blanks.

    >>> clean_text("A\\r\\nB\\x00 \\nso\\xadft e\\u0301 \ufb01ne")
    'A\\nB\\nsoft é fine'
    """
    text = _SOFT_BREAK.sub("", _LINE_END.sub("\n", text))
    text = _CONTROL.sub("", text).replace("\u00a0", " ").translate(_LIGATURES)
    text = without_surrogates(text)
    lines = (line.rstrip(" \t") for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(lines).strip("\n")
