"""Books (.epub) → their chapters in reading order, each read as a web page."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from qa.documents.blocks import Block
from qa.documents.formats.office_parts import attribute, name_of, part_xml, read_archive
from qa.documents.formats.office_text import OfficeText
from qa.errors import DocumentError


def epub_text(data: bytes, read_html: Callable[[bytes], list[Block]]) -> OfficeText:
    """Read a book by its spine. Raises DocumentError where it is none, locked or damaged."""
    return read_archive(data, lambda archive: _read(archive, read_html))


def _read(archive: zipfile.ZipFile, read_html: Callable[[bytes], list[Block]]) -> OfficeText:
    container = part_xml(archive, "META-INF/container.xml")
    roots = [] if container is None else [e for e in container.iter() if name_of(e) == "rootfile"]
    package = part_xml(archive, unquote(attribute(roots[0], "full-path"))) if roots else None
    if package is None:
        raise DocumentError("It is no book: it does not say where its text is.")
    folder = posixpath.dirname(unquote(attribute(roots[0], "full-path")))
    result = OfficeText()
    titles = [e.text or "" for e in package.iter() if name_of(e) == "title"]
    result.title = " ".join("".join(titles[:1]).split())
    items = {attribute(e, "id"): e for e in package.iter() if name_of(e) == "item"}
    for reference in (e for e in package.iter() if name_of(e) == "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or "html" not in attribute(item, "media-type"):
            continue
        place = _place(folder, item)
        try:
            chapter = archive.read(place)
        except KeyError:
            result.unread.append(f"The chapter {place} is missing from the file.")
            continue
        if "nav" not in attribute(item, "properties").split():
            result.blocks += read_html(chapter)
    for item in items.values():
        if "nav" in attribute(item, "properties").split():
            root = part_xml(archive, _place(folder, item))
            result.leave_out(" ".join(() if root is None else root.itertext()), "table of contents")
    return result


def _place(folder: str, item: Element) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))
