"""The numbers and bullets that Word shows before paragraphs, counted as it counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from qa.documents.formats.office_parts import attribute, children, name_of

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str = "bullet"
    text: str = ""
    start: int = 1


def shown(number: int, kind: str) -> str:
    """A number as Word writes it in a list of that kind.

    >>> [shown(*each) for each in ((4, "lowerLetter"), (28, "upperLetter"), (4, "lowerRoman"))]
    ['d', 'BB', 'iv']
    """
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman") and number > 0:
        roman, left = "", number
        for value, letters in _ROMAN:
            roman += letters * (left // value)
            left %= value
        return roman if kind == "lowerRoman" else roman.upper()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


class Numbering:
    """Counts the numbered paragraphs of one document; `label` is called in reading order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        kinds = {attribute(a, "abstractNumId"): a for a in children(numbering, "abstractNum")}
        self._levels: dict[str, dict[int, _Level]] = {}
        for number in children(numbering, "num"):
            base = next((attribute(e, "val") for e in children(number, "abstractNumId")), "")
            levels = dict(_levels(kinds.get(base)))
            for override in children(number, "lvlOverride"):
                levels.update(_levels(override))
            self._levels[attribute(number, "numId")] = levels
        self._of_style = {
            attribute(style, "styleId"): found
            for style in children(styles, "style")
            if (found := _number_of(style)) is not None
        }
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Element) -> str:
        """What Word shows before a paragraph: "-" for any bullet, "2.1" and the like; or ""."""
        found = _number_of(paragraph)
        if found is None:
            own = [e for p in children(paragraph, "pPr") for e in children(p, "pStyle")]
            styles = (attribute(style, "val") for style in own)
            found = next((self._of_style[s] for s in styles if s in self._of_style), None)
        if found is None or found[0] in ("", "0"):
            return ""
        list_id, depth = found
        levels = self._levels.get(list_id, {})
        level = levels.get(depth, _Level())
        if level.kind == "none":
            return ""
        counts = self._counts[list_id]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.kind == "bullet":
            return "-"

        def numbered(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            one = levels.get(at, _Level("decimal"))
            return shown(counts.get(at, one.start), one.kind)

        return re.sub(r"%(\d)", numbered, level.text).strip()


def _levels(owner: Element | None) -> Iterator[tuple[int, _Level]]:
    for level in children(owner, "lvl"):
        values = {name_of(e): attribute(e, "val") for e in level}
        depth = attribute(level, "ilvl")
        if depth.isdigit() and int(depth) < _DEEPEST:
            start = values.get("start", "1")
            yield (
                int(depth),
                _Level(
                    values.get("numFmt", "decimal"),
                    values.get("lvlText", ""),
                    int(start) if start.isdigit() else 1,
                ),
            )


def _number_of(owner: Element) -> tuple[str, int] | None:
    """(list, depth) of a paragraph or a style, by its own properties."""
    for properties in children(owner, "pPr"):
        for number in children(properties, "numPr"):
            values = {name_of(e): attribute(e, "val") for e in number}
            depth = values.get("ilvl", "0")
            return values.get("numId", ""), int(depth) if depth.isdigit() else 0
    return None
