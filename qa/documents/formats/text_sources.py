"""The texts of files that are texts themselves, for the second count of their words. Pure."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from qa.documents.encodings import decode
from qa.documents.formats import kinds
from qa.documents.formats.text_files import page_text
from qa.documents.markdown import with_placeholders

TAG = re.compile(r"<[^>]*>")
_APART_TAGS = re.compile(r"</[^>]*>\s*(?=<[^/])|<[^>]*/>")
_UNSEEN_HTML = re.compile(
    r"<(script|style|head|noscript|template|title|desc|rt|rp)\b.*?</\1>|<!--.*?-->", re.S | re.I
)
_INLINE = "a abbr b bdi bdo cite code em font i kbd mark q s small span strong sub sup tt u var wbr"
_BLOCK = re.compile(rf"</?(?!(?:{'|'.join(_INLINE.split())})\b)\w+[^>]*>", re.I)
_TITLE_KEY = re.compile(r"\A(---\r?\n(?:.*\n)*?)title\s*:")
_SEPARATOR_LINE = re.compile(r"sep=.\r?\n", re.I)
_UNSEEN_MARKDOWN = re.compile(
    r"!\[[^\]]*\](?:\([^)]*\))?|(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)"
    r"|^ {0,3}\[[^\]^][^\]]*\]:\s.*$|```.*$",
    re.M,
)
"""Pictures, targets and definitions of links, and the language that a fence of code names."""
_OBJECT = re.compile(r"^<[\w.]+ object(?: at \w+)?>$")
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TEX_CODE = re.compile(
    r"(?<!\\)%[^\n]*|\\begin\{[^}]*\}(?:[\[{][^\]}\n]*[\]}])*|\\end\{[^}]*\}"
    r"|(?<!\S)\\[A-Za-z]+\*?|\\[,;:! \\]"
)
_TEX_ACCENTED = re.compile(r"[\w{}]*\\(?:[`'^\"~=.]|[A-Za-z]+)[^\s,;:.]*")
"""Words that hold commands, such as those for accents."""


def web_text(markup: str) -> str:
    """The text of HTML as a browser shows it."""
    return html.unescape(TAG.sub("", _BLOCK.sub(" ", _UNSEEN_HTML.sub(" ", markup))))


def _web_page(data: bytes) -> Iterator[str]:
    yield web_text(page_text(data).text)


def _plain(data: bytes) -> Iterator[str]:
    yield decode(data).text


def _markdown(data: bytes) -> Iterator[str]:
    """Without the targets of links, and HTML as a browser shows it."""
    text = _TITLE_KEY.sub(r"\1", decode(data).text)
    yield web_text(with_placeholders(_UNSEEN_MARKDOWN.sub("", text)))


def _table(data: bytes) -> Iterator[str]:
    yield _SEPARATOR_LINE.sub("", decode(data).text, count=1)


def _xml(data: bytes) -> Iterator[str]:
    from xml.etree import ElementTree

    with suppress(ElementTree.ParseError):
        # A tag between two letters may stand within a word; between two elements, words end.
        text = ElementTree.tostring(ElementTree.fromstring(data), encoding="unicode")
        yield html.unescape(TAG.sub("", _APART_TAGS.sub(" ", text)))


def _json(data: bytes) -> Iterator[str]:
    yield from _leaves(json.loads(decode(data).text, parse_float=str))


def _json_lines(data: bytes) -> Iterator[str]:
    for line in decode(data).text.splitlines():
        try:
            yield from _leaves(json.loads(line, parse_float=str))
        except ValueError:
            yield line


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)


def _notebook(data: bytes) -> Iterator[str]:
    """Every text of a notebook's cells and of what they printed, but for pictures and pages."""
    notebook = json.loads(decode(data).text)
    sheets = [notebook, *notebook.get("worksheets", ())]
    for cell in (cell for sheet in sheets for cell in sheet.get("cells", ())):
        markdown = cell.get("cell_type") == "markdown"
        source = "".join(cell.get("source", cell.get("input")) or "")
        yield from _markdown(source.encode()) if markdown else [source]
        for output in cell.get("outputs", ()):
            forms = output.get("data", {})
            shown = forms.get("text/markdown", forms.get("text/plain", output.get("text")))
            text = _COLOUR.sub("", "".join(shown or output.get("traceback") or ""))
            yield _OBJECT.sub("", text)


def _subtitles(data: bytes) -> Iterator[str]:
    """All lines but times, numbers and tags; a line that the next cue repeats counts once."""
    before = ""
    for line in decode(data).text.splitlines():
        shown = html.unescape(TAG.sub("", line)).strip()
        if "-->" not in line and shown and not shown.isdigit() and shown not in (before, "WEBVTT"):
            yield shown
            before = shown


def _fiction_book(data: bytes) -> Iterator[str]:
    """The text of the bodies."""
    from xml.etree import ElementTree

    with suppress(ElementTree.ParseError):
        for each in ElementTree.fromstring(data):
            if each.tag.endswith("}body"):
                yield TAG.sub("", _APART_TAGS.sub(" ", ElementTree.tostring(each, "unicode")))


def _tex(data: bytes) -> Iterator[str]:
    """The words that LaTeX sets: no commands and words with accents, no comments,
    nothing before the document begins."""
    text = decode(data).text
    body = text.partition(r"\begin{document}")[2] or text
    yield _TEX_ACCENTED.sub(" ", _TEX_CODE.sub(" ", body))


TEXT_SOURCES: dict[str, Callable[[bytes], Iterator[str]]] = {
    **dict.fromkeys(kinds.HTML, _web_page),
    **dict.fromkeys(kinds.MARKDOWN, _markdown),
    **dict.fromkeys(kinds.TABLES, _table),
    ".json": _json,
    **dict.fromkeys((".jsonl", ".ndjson"), _json_lines),
    ".xml": _xml,
    ".tex": _tex,
    ".fb2": _fiction_book,
    ".ipynb": _notebook,
    kinds.SUBTITLES: _subtitles,
    **dict.fromkeys(kinds.CODE | kinds.MARKUP - {".tex"} | {kinds.TEXT}, _plain),
}
