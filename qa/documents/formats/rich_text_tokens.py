"""RTF → its tokens: groups, control words, signs in Unicode; and what control words stand for.

RTF is ASCII: a sign is written as itself, as a byte of the font's encoding (`\\'e4`) or as a number
with a substitute behind it (`\\u8364?`). Bytes of one encoding are decoded together. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])"
    rb"|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ",
    "enspace": " ", "qmspace": " ", "~": "\u00a0", "-": "", "_": "-", "\\": "\\", "{": "{",
    "}": "}",
}  # fmt: skip
"""What control words and symbols show."""

CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp437",
}  # fmt: skip
"""Number of a font's character set → the encoding of its bytes."""

SYMBOL_CHARSET = 2


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: "{", "}", "word" (a control word or symbol with its number), "text" (bytes as they
    stand) or "byte" (one that was written as a number)."""

    kind: str
    name: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF text; binary data between them is passed over.

    >>> [token.name or token.data for token in tokens(b"{\\\\b1 R&D\\\\'e4}")]
    [b'{', 'b', b'R&D', b'\\xe4', b'}']
    """
    at = 0
    while match := _TOKEN.search(data, at):
        at = match.end()
        word, number, code, sign, brace, text = match.groups()
        if word:
            value = int(number) if number else None
            if word == b"bin" and value and value > 0:
                at += value
            else:
                yield Token("word", word.decode(), value)
        elif code:
            yield Token("byte", data=bytes((int(code, 16),)))
        elif sign:
            name = {b"\r": "par", b"\n": "par", b"\t": "tab"}.get(sign, sign.decode("latin-1"))
            yield Token("word", name)
        elif brace:
            yield Token(brace.decode(), data=brace)
        elif text:
            yield Token("text", data=text)


def decoded(data: bytes, encoding: str) -> str:
    """Bytes in an encoding that may be unknown here."""
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
