"""Ligatures of a PDF: letters that share one place, for which PDFium tells no width. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.documents.formats.pdf_characters import Character

_LONGEST = 5


def with_ligatures(characters: Sequence[Character]) -> list[Character]:
    """The characters of upright lines, in the order of the file; the letters of a ligature reach
    as far as the neighbour on their right, if no blank is between them, and their `order` is that
    from left to right.

    >>> places = enumerate(zip("fin", (1, 1, 8)))
    >>> f, i, n = (Character(letter, x, 0, 3, 10, order=at) for at, (letter, x) in places)
    >>> [c.width for c in with_ligatures([f, i, n])]
    [7, 7, 3]
    """
    result = list(characters)
    for at, (a, b) in enumerate(pairwise(characters)):
        if a.order + 1 != b.order or (a.x, a.y) != (b.x, b.y) or not _are_letters(a, b):
            continue
        before, after = _before(characters, at), _after(characters, at)
        neighbour = before if before is not None and before.x > a.x else after
        if neighbour is None or neighbour.y != a.y or not 0 < neighbour.x - a.x < 2 * a.size:
            continue
        orders = (b.order, a.order) if neighbour is before else (a.order, b.order)
        result[at] = replace(a, width=neighbour.x - a.x, order=orders[0])
        result[at + 1] = replace(b, width=neighbour.x - a.x, order=orders[1])
    return result


def _are_letters(a: Character, b: Character) -> bool:
    return not (a.text.isspace() or b.text.isspace())


def _before(characters: Sequence[Character], at: int) -> Character | None:
    """The character before, where lines of the file go to the left."""
    c = characters[at - 1] if at else None
    follows = c is not None and c.order + 1 == characters[at].order and not c.text.isspace()
    return c if follows else None


def _after(characters: Sequence[Character], at: int) -> Character | None:
    """The first character behind that of another place, if it follows at once in the file."""
    first = characters[at]
    for n, c in enumerate(characters[at + 1 : at + 1 + _LONGEST], start=1):
        if c.order != first.order + n or c.text.isspace():
            return None
        if c.x != first.x:
            return c
    return None
