"""FictionBook (.fb2) → blocks: its bodies as a web page, chapters as headings. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from qa.documents.formats.office_parts import children, name_of
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.page_blocks import page_blocks
from qa.errors import DocumentError

_TAGS = {
    **dict.fromkeys("p v text-author date subtitle".split(), "p"),
    **{name: name for name in "table tr td th sup sub".split()},
}
"""Elements of FictionBook that hold text, by those of HTML; others are frames around them."""


def fiction_book(data: bytes) -> OfficeText:
    """Read a book. Raises DocumentError where it is no XML."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise DocumentError(f"It is damaged: its XML ends badly ({error}).") from None
    titles = [each for each in root.iter() if name_of(each) == "book-title"]
    abstracts = [each for each in root.iter() if name_of(each) == "annotation"]
    pieces = [_html(each, 1) for each in (*abstracts, *children(root, "body"))]
    title = " ".join("".join(titles[0].itertext()).split()) if titles else ""
    return OfficeText(title, page_blocks("".join(pieces)))


def _html(element: Element, level: int) -> str:
    name = name_of(element)
    if name == "title":
        lines = (" ".join("".join(each.itertext()).split()) for each in element)
        heading = escape(" ".join(filter(None, lines)))
        return f"<h{min(level, 6)}>{heading}</h{min(level, 6)}>"
    inner = "".join(_inside(element, level + (name == "section")))
    tag = _TAGS.get(name, "")
    spans = "".join(
        f' {key}="{escape(value)}"' for key, value in element.items() if key.endswith("span")
    )
    return f"<{tag}{spans}>{inner}</{tag}>" if tag else inner


def _inside(element: Element, level: int) -> Iterator[str]:
    yield escape(element.text or "")
    for child in element:
        yield _html(child, level)
        yield escape(child.tail or "")
