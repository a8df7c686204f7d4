"""Markup that people write and read as it is (reStructuredText, Org, AsciiDoc, LaTeX) → blocks.

Headings are told; all else stays as it was written, but for LaTeX, whose letters and commands are
made readable. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from qa.documents.blocks import Block
from qa.documents.formats.plain_text import text_blocks

_Heading = tuple[int, int, int, str]
"""Where it starts and ends in the text, its level, its text."""

_RULED = re.compile(
    r"^(?:(?P<over>([^\w\s])\2{2,})[ \t]*\n)?[ \t]*(?P<title>\S.*)\n"
    r"(?P<under>([^\w\s])\5{2,})[ \t]*$",
    re.M,
)
_TEX_LEVELS = "part chapter section subsection subsubsection paragraph subparagraph".split()
_TEX_HEADING = re.compile(rf"\\(title|{'|'.join(_TEX_LEVELS)})\*?(?:\[[^]]*\])?\{{([^{{}}]*)\}}")
_TEX_FRAME = re.compile(r"\\(?:begin|end)\{[^{}]*\}(?:\[[^]\n]*\])?(?:\{[lcr|@ ]+\})?")
_TEX_ACCENT = re.compile(
    r"\\([`'^\"~=.]|[uvHcdbkr](?![A-Za-z]))\s*(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))"
)
_TEX_MARKS = dict(
    zip(
        "`'^\"~=.uvHcdbkr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a",
        strict=True,
    )
)
_TEX_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å",
    "l": "ł", "L": "Ł", "i": "ı", "textdegree": "°", "S": "§", "pounds": "£", "euro": "€",
    "texteuro": "€", "ldots": "…", "dots": "…", "copyright": "©", "times": "×", "pm": "±",
}  # fmt: skip
_TEX_LETTER = re.compile(rf"\\({'|'.join(_TEX_LETTERS)})(?![A-Za-z])(?:\{{\}}|[ \t]?)")


def markup_blocks(text: str, kind: str) -> tuple[str, list[Block]]:
    """Title, "" where none is named, and blocks of a text whose kind is ".rst", ".org", ….

    >>> title, blocks = markup_blocks("Kiln\\n====\\n\\nIt is hot.", ".rst")
    >>> [(block.level, block.text) for block in blocks]
    [(1, 'Kiln'), (0, 'It is hot.')]
    """
    if kind == ".tex":
        text = _readable_tex(text)
    named = re.search(r"^#\+TITLE:[ \t]*(\S.*)$", text, re.M | re.I) if kind == ".org" else None
    title, start = named[1].strip() if named else "", 0
    blocks: list[Block] = []
    for begins, ends, level, heading in _HEADINGS[kind](text):
        blocks += text_blocks(text[start:begins])
        blocks.append(Block(heading, level=min(level, 6)))
        start = ends
    return title, blocks + text_blocks(text[start:])


def _ruled(text: str) -> Iterator[_Heading]:
    """Lines with a rule below, or above and below; the level is the order of their signs."""
    levels: dict[tuple[str, bool], int] = {}
    for found in _RULED.finditer(text):
        title, under, over = found["title"].rstrip(), found["under"], found["over"]
        if (
            len(under) >= len(title)
            and (not over or over == under)
            and any(map(str.isalnum, title))
        ):
            style = (under[0], bool(over))
            yield found.start(), found.end(), levels.setdefault(style, len(levels) + 1), title


def _marked(pattern: str) -> Callable[[str], Iterator[_Heading]]:
    """Lines that begin with as many signs as their level."""
    compiled = re.compile(pattern, re.M)

    def headings(text: str) -> Iterator[_Heading]:
        for found in compiled.finditer(text):
            yield found.start(), found.end(), len(found[1]), found[2].strip()

    return headings


def _tex(text: str) -> Iterator[_Heading]:
    names = [found[1] for found in _TEX_HEADING.finditer(text)]
    used = [name for name in ("title", *_TEX_LEVELS) if name in names]
    for found in _TEX_HEADING.finditer(text):
        heading = " ".join(found[2].split())
        if heading:
            yield found.start(), found.end(), used.index(found[1]) + 1, heading


_HEADINGS: dict[str, Callable[[str], Iterator[_Heading]]] = {
    ".rst": _ruled,
    ".org": _marked(r"^(\*+)[ \t]+(\S.*)$"),
    ".adoc": _marked(r"^(={1,6})[ \t]+(\S.*)$"),
    ".asciidoc": _marked(r"^(={1,6})[ \t]+(\S.*)$"),
    ".tex": _tex,
}


def _readable_tex(text: str) -> str:
    """LaTeX with its letters as such, without frames, and commands without their backslash.

    >>> _readable_tex(r"Caf\\'e na\\"{i}ve, 5\\,\\% \\emph{of} \\kiln{}~--- \\cite{holt}")
    'Café naïve, 5 % of kiln — holt'
    """

    def accented(found: re.Match[str]) -> str:
        letter = found[2] or found[3]
        return unicodedata.normalize("NFC", letter + _TEX_MARKS[found[1]])

    text = _TEX_ACCENT.sub(accented, text)
    text = _TEX_LETTER.sub(lambda found: _TEX_LETTERS[found[1]], text)
    headings = _TEX_HEADING.findall(text)
    text = _TEX_HEADING.sub("\x00", text)
    text = _TEX_FRAME.sub("", text)
    text = re.sub(
        r"\\item\b[ \t]*(?:\[([^]]*)\][ \t]*)?", lambda f: f"- {f[1]}: " if f[1] else "- ", text
    )
    text = re.sub(r"\\\\(?:\[[^]]*\])?|\\(?:hline|newline|par|newpage|clearpage)\b", "\n", text)
    text = re.sub(r"\\([#$%&_{}])", "\\1\x01", text)
    text = re.sub(r"\\[,;:! ]|(?<!\\)~", " ", text)
    text = re.sub(r"\\(?:emph|text[a-z]*|math[a-z]*)(?=\{[^}])", "", text)
    text = re.sub(r"\\[A-Za-z]+\*?(?:\[[^]\n]*\])?(?=\{[^}])|(?<=\})(?=\{)", " ", text)
    text = re.sub(r"\\([A-Za-z]+)(?:\{\})?", r"\1", text)
    text = re.sub(r"[{}](?!\x01)", "", text).replace("\x01", "")
    text = (
        re.sub(r"(?<=\S) {2,}", " ", text)
        .replace("---", "—")
        .replace("--", "–")
        .replace("``", "“")
        .replace("''", "”")
    )
    for name, heading in headings:
        text = text.replace("\x00", f"\\{name}{{{_readable_tex(heading)}}}", 1)
    return text
