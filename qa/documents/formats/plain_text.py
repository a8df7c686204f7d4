"""Texts without a format of their own → blocks: prose, code, logs and chats. Pure."""

from __future__ import annotations

import re

from qa.documents.blocks import Block, plain_blocks

_DATE = r"(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|[^\W\d_]{3,4}\.?\s+\d{1,2}|\d{1,2}\s+[^\W\d_]{3,4}\.?)"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?"
_MOMENT = re.compile(rf"\W{{0,2}}{_DATE}(?:\s+\d{{4}})?(?:,?\s+|T){_CLOCK}")
_TIMED = re.compile(rf"\W{{0,2}}(?:{_CLOCK}\b|{_DATE}[\s,])")
_MANY = 0.5
_MANY_MOMENTS = 0.25
"""Such a share of lines must begin with a time of day or date, or with both, in a log or chat."""


def text_blocks(text: str) -> list[Block]:
    """Blocks of a text: an entry each where most lines begin with a time, else paragraphs.

    >>> chat = "[5.4.2031, 18:05] Anna: Where is it?\\nIs it lost?\\n[5.4.2031, 18:06] Bo: No."
    >>> [block.text for block in text_blocks(chat)]
    ['[5.4.2031, 18:05] Anna: Where is it?\\nIs it lost?', '[5.4.2031, 18:06] Bo: No.']
    """
    lines = [line for line in text.split("\n") if line.strip()]
    begins = [_MOMENT.match(line) is not None for line in lines]
    if len(lines) < 2 or not begins[0] or sum(begins) < _MANY_MOMENTS * len(lines):
        begins = [
            begin or _TIMED.match(line) is not None
            for begin, line in zip(begins, lines, strict=True)
        ]
        if len(lines) < 2 or sum(begins) <= _MANY * len(lines):
            return plain_blocks(text)
    entries: list[str] = []
    for line, begin in zip(lines, begins, strict=True):
        if begin or not entries:
            entries.append(line)
        else:
            entries[-1] += f"\n{line}"
    return [Block(entry, fixed=True) for entry in entries]


def code_blocks(text: str) -> list[Block]:
    """Code line by line; a block for what stands between blank lines.

    >>> [block.text for block in code_blocks("a = b-\\nc\\n\\n\\n  print(a)")]
    ['a = b-\\nc', '  print(a)']
    """
    parts = re.split(r"\n(?:[ \t]*\n)+", text)
    return [Block(part.strip("\n"), fixed=True) for part in parts if part.strip()]
