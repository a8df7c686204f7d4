"""Lines for the shell, and numbers in words. Pure; `qa.cli.shell` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Line: TypeAlias = tuple[int, list[tuple[str, str]]]
"""An indent and the parts of a line, each with its rich style; shown plainly off a terminal."""


def line(text: str, style: str = "", indent: int = 0) -> Line:
    """A line of one part."""
    return indent, [(text, style)]


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "passage"), counted(1200, "passage")
    ('1 passage', '1,200 passages')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(title: str, names: Sequence[str], most: int | None) -> list[Line]:
    """How many `names`, then the first `most` of them; all where it is None,
    none for 0."""
    lines = [line(f"{title}: {len(names):,}")] if names else []
    lines += [line(name, indent=2) for name in names[:most]]
    if most and len(names) > most:
        lines.append(line(f"… and {len(names) - most:,} more; --verbose lists them", "dim", 2))
    return lines
