"""Bytes → clean text: finds the encoding, refuses what is no text, mends line ends. Pure.

The one place where charset-normalizer is used.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from qa.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x1f\x8b")
_LATIN = ("cp1252", "cp1250", "cp437", "mac_roman")
_OLDER = (
    *_LATIN,
    *"cp1251 koi8_r euc_jp cp949 gb18030 big5 cp932 cp1253 cp1255 cp1256".split(),
)
"""Encodings that are told from each other, the likelier of two that fit equally well first."""
_LIGATURES = str.maketrans(
    dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\ufeff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def decode(data: bytes) -> str:
    """The text of a file's bytes: UTF-8, UTF-16, or the likeliest older encoding.

    Raises DocumentError for bytes that are no text.

    >>> decode("Größe".encode("cp1252")), decode("Привет, мир".encode("cp1251"))
    ('Größe', 'Привет, мир')
    """
    head = data[:65_536]
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(encoding, data)
    for encoding, nul, letter in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        nuls, others = head[nul::2].count(0), head[letter::2].count(0)
        if len(head) >= 4 and nuls > 0.4 * len(head) / 2 and others < 0.02 * len(head):
            return _decode_as(encoding, data)
    controls = sum(head.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    if data.startswith(_BINARY) or controls > max(1, 0.01 * len(head)):
        raise DocumentError("It holds binary data, not text.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_guess(head), errors="replace")


def _decode_as(encoding: str, data: bytes) -> str:
    """Text in an encoding that the bytes themselves name. Raises DocumentError if it is none."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentError(f"It looks like {encoding} text, but does not go on so.") from None
    if len(_CONTROL.findall(text[:65_536])) > max(2, 0.01 * len(text)):
        raise DocumentError("It holds binary data, not text.")
    return text


def _guess(head: bytes) -> str:
    """The older encoding that makes the most plausible text of bytes that are not UTF-8."""
    from charset_normalizer import from_bytes

    high = sum(byte >= 0x80 for byte in head)
    is_latin = high < 0.5 * (high + sum(bytes((byte,)).isalpha() for byte in head))
    whole_lines = head[: head.rfind(b"\n") + 1] or head
    ranked = [
        (
            encoding in _LATIN and not is_latin,  # Latin letters are mostly ASCII
            match.chaos,
            -match.coherence,
            _OLDER.index(encoding),
            encoding,
        )
        for match in from_bytes(whole_lines, cp_isolation=list(_OLDER))
        for encoding in match.could_be_from_charset
        if encoding in _OLDER
    ]
    return min(ranked)[-1] if ranked else _OLDER[0]


def is_unicode(name: str) -> bool:
    """Whether a file name was valid UTF-8 on the disk, or UTF-16 on Windows."""
    return _SURROGATE.search(name) is None


def printable(name: str) -> str:
    """A name with a replacement character for each control and each part that is no text."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "\ufffd", name)


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
    text = _CONTROL.sub("", _LINE_END.sub("\n", text)).replace("\u00a0", " ").translate(_LIGATURES)
    text = _SURROGATE.sub("\ufffd", text)
    lines = (line.rstrip(" \t") for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(lines).strip("\n")
