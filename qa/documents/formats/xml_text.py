"""XML of any kind → its texts in order; elements that hold short texts as "name: text"."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from qa.documents.blocks import Block
from qa.documents.formats.office_parts import name_of
from qa.documents.formats.table_model import row_text
from qa.errors import DocumentError

_SHORT = 200


def xml_blocks(data: bytes) -> list[Block]:
    """The texts of an XML file. Raises DocumentError where it is no XML.

    >>> xml = b"<tea><name>Assam</name><made>1837</made><note>R&amp;D &lt; 5</note></tea>"
    >>> [block.text for block in xml_blocks(xml)]
    ['name: Assam; made: 1837; note: R&D < 5']
    """
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise DocumentError(f"It cannot be read as XML: {error}.") from None
    return _blocks(root)


def _blocks(element: Element) -> list[Block]:
    text = " ".join(_text(element).split())
    if not text:
        return []
    children = list(element)
    mixed = bool((element.text or "").strip() or any((c.tail or "").strip() for c in children))
    if mixed or not children:
        return [Block(text)]
    filled = [child for child in children if "".join(child.itertext()).strip()]
    if len(filled) > 1 and all(_is_leaf(child) for child in filled):
        names = [name_of(child) for child in filled]
        if len(set(names)) > 1:
            return [Block(row_text(names, [child.text or "" for child in filled]), fixed=True)]
    return [block for child in filled for block in _blocks(child)]


def _text(element: Element) -> str:
    """All text of an element. Words end at an empty element, like a line break, and between two
    elements that follow each other; else a tag may stand within a word."""
    pieces: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            pieces.append(each)
            continue
        parts: list[Element | str] = [each.text or ("" if len(each) else " ")]
        for number, child in enumerate(each, start=1):
            parts += [child, child.tail or ("" if number == len(each) else " ")]
        waiting += reversed(parts)
    return "".join(pieces)


def _is_leaf(element: Element) -> bool:
    return not len(element) and len(element.text or "") <= _SHORT
