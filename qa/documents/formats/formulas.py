"""Formulas of office files (Office MathML) → a line of text, as it would be typed."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from qa.documents.formats.office_parts import attribute, name_of


def formula_text(element: Element) -> str:
    """The formula as one line: fractions as a/b, powers as x^2, indices as x_1, roots as √(x)."""
    name = name_of(element)
    if name == "t" or name.endswith("Pr"):
        return element.text or "" if name == "t" else ""
    parts = {name_of(child): formula_text(child) for child in element}
    if name not in _WRITTEN:
        return "".join(formula_text(child) for child in element)
    return _WRITTEN[name](element, parts)


def _scripts(_: Element, parts: dict[str, str]) -> str:
    below = f"_{_bracketed(parts['sub'])}" if "sub" in parts else ""
    above = f"^{_bracketed(parts['sup'])}" if "sup" in parts else ""
    return f"{parts.get('e', '')}{below}{above}"


def _fraction(_: Element, parts: dict[str, str]) -> str:
    return f"{_bracketed(parts.get('num', ''))}/{_bracketed(parts.get('den', ''))}"


def _root(_: Element, parts: dict[str, str]) -> str:
    return f"{parts.get('deg', '')}√({parts.get('e', '')})"


def _brackets(element: Element, _: dict[str, str]) -> str:
    begin = _property(element, "dPr", "begChr") or "("
    end = _property(element, "dPr", "endChr") or ")"
    inner = [formula_text(child) for child in element if name_of(child) == "e"]
    return f"{begin}{', '.join(inner)}{end}"


def _sum(element: Element, parts: dict[str, str]) -> str:
    sign = _property(element, "naryPr", "chr") or "∫"
    return f"{sign}({parts.get('sub', '')} … {parts.get('sup', '')}) {parts.get('e', '')}"


_WRITTEN = {
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "rad": _root,
    "d": _brackets,
    "nary": _sum,
}


def _bracketed(text: str) -> str:
    return text if text.isalnum() or len(text) <= 1 else f"({text})"


def _property(element: Element, properties: str, name: str) -> str:
    for child in element:
        if name_of(child) == properties:
            for each in child:
                if name_of(each) == name:
                    return attribute(each, "val")
    return ""
