"""Office files are archives of XML: their parts, and elements by their plain names."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from qa.documents.formats.office_text import OfficeText
from qa.errors import DocumentError

MOST_BYTES = 200_000_000
"""A part that unpacks to more is refused."""


def read_archive(data: bytes, read: Callable[[zipfile.ZipFile], OfficeText]) -> OfficeText:
    """What `read` makes of an archive. Raises DocumentError where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read(archive)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError):
        raise DocumentError("It is damaged or cut short: it cannot be unpacked.") from None
    except ElementTree.ParseError as error:
        raise DocumentError(f"It is damaged: its XML ends badly ({error}).") from None


def part_xml(archive: zipfile.ZipFile, name: str) -> Element | None:
    """The root of a part, None where there is no such part. Raises DocumentError if too large."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    if entry.file_size > MOST_BYTES:
        raise DocumentError(f"It unpacks to more than is allowed: {name}.")
    return ElementTree.fromstring(archive.read(entry))


def parts_named(archive: zipfile.ZipFile, pattern: str) -> Iterator[Element]:
    """The roots of all parts whose names fit, in order of their numbers."""
    names = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
    for name in sorted(names, key=lambda n: [int(d) for d in re.findall(r"\d+", n)]):
        root = part_xml(archive, name)
        if root is not None:
            yield root


def name_of(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its plain name, whatever its namespace; "" where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def children(element: Element | None, name: str = "") -> Iterator[Element]:
    """The elements in an element, all or those of a name; none of none."""
    if element is not None:
        yield from (child for child in element if not name or name_of(child) == name)


def core_title(archive: zipfile.ZipFile) -> str:
    """The title that an Office Open XML file gives itself; "" where it has none."""
    titles = children(part_xml(archive, "docProps/core.xml"), "title")
    return " ".join("".join(title.text or "" for title in titles).split())
