"""Values of form fields join the labels that stand above them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.documents.formats.pdf_lines import Line, on_one_baseline

NEAR = 2.5
"""Sizes of the value's font; a label stands no farther above its value, lines of a value no farther
below each other."""


def with_labels(pieces: Sequence[Line]) -> list[Line]:
    """Pieces of lines, a value and the label above it as one: "Name: Olav Lie".

    A value with printed text to its left on the same line has its label there.

    >>> name = Line("Name", 60, 90, 740, 9)
    >>> [line.text for line in with_labels([name, Line("Olav", 62, 90, 718, 12, filled_in=True)])]
    ['Name: Olav']
    """
    result = [piece for piece in pieces if not piece.filled_in]
    printed = list(result)
    ends: dict[int, Line] = {}
    """The last line of its value, by the place of each label that has one."""
    for value in sorted((p for p in pieces if p.filled_in), key=lambda p: (-p.y, p.left)):
        beside = any(p.right <= value.left and on_one_baseline(p, value) for p in printed)
        above = None if beside else _label(value, result, ends)
        if above is None:
            result.append(value)
            continue
        label = result[above]
        mark = " " if above in ends or label.text.endswith((":", "?")) else ": "
        text, right = f"{label.text}{mark}{value.text}", max(label.right, value.right)
        result[above] = replace(label, text=text, right=right, bold=False)
        ends[above] = value
    return result


def _label(value: Line, lines: Iterable[Line], ends: dict[int, Line]) -> int | None:
    """The place of the nearest line above a value that begins where it does: a label, or one with
    the line of the value before this one."""
    best, least = None, NEAR * value.size
    for place, line in enumerate(lines):
        last = ends.get(place, line)
        step = last.y - value.y
        labels = place in ends or (not line.filled_in and any(map(str.isalpha, line.text)))
        if labels and 0 < step <= least and abs(last.left - value.left) <= value.size:
            best, least = place, step
    return best
