"""What Word says of paragraphs and runs: levels of headings, hidden text, form fields."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from qa.documents.formats.office_parts import attribute, children, name_of


def heading_styles(styles: Element | None) -> Iterator[tuple[str, int]]:
    """(id, level) of each style of headings."""
    for style in children(styles, "style"):
        identity = attribute(style, "styleId")
        names = [attribute(e, "val") for e in children(style, "name")]
        outline = [
            attribute(e, "val")
            for p in children(style, "pPr")
            for e in p
            if name_of(e) == "outlineLvl"
        ]
        level = outline_level(outline[0]) if outline else named_level("".join(names))
        if level:
            yield identity, level


def outline_level(value: str) -> int:
    """A level of Word, 0 … 8 for headings and 9 for text, as ours."""
    return min(int(value) + 1, 6) if value.isdigit() and int(value) < 9 else 0


def named_level(name: str) -> int:
    """The level that the name of a built-in style tells: "heading 2", "Title"."""
    low = name.lower().replace(" ", "")
    if low == "title":
        return 1
    digits = low.removeprefix("heading")
    return min(int(digits), 6) if low != digits and digits.isdigit() and int(digits) else 0


def is_hidden(run: Element) -> bool:
    """Whether a run is marked as hidden."""
    return any(
        name_of(e) == "vanish" and attribute(e, "val") not in ("0", "false")
        for properties in children(run, "rPr")
        for e in properties
    )


def form_value(field_data: Element) -> str:
    """What a check box or a list of an old form shows."""
    for element in field_data:
        values = {name_of(e): attribute(e, "val") for e in element}
        if name_of(element) == "checkBox":
            on = values.get("checked", values.get("default", "0")) in ("", "1", "true")
            return "☒ " if on else "☐ "
        if name_of(element) == "ddList":
            entries = [attribute(e, "val") for e in element if name_of(e) == "listEntry"]
            chosen = int(values.get("result", values.get("default", "0")) or 0)
            return entries[chosen] if chosen < len(entries) else ""
    return ""
