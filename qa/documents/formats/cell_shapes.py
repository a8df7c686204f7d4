"""What the text of a cell looks like: a number, an amount, a date, a unit, or words. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(
    r"[^\w]*\d[\d\s.,'’:/%+\-–]*(?:\s?[^\W\d_]{1,4}(?:/[^\W\d_]{1,4}|\.)?|[%‰€$£¥])?[^\w]*"
)
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[T ].*)?|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}"
    r"|[^\W\d_]{3,12} \d{1,2}, \d{4}"
)
_YEAR = re.compile(r"(?:1[5-9]|2[01])\d\d")
_UNIT = re.compile(r"[(\[].{1,20}[)\]]")


def is_fact(text: str) -> bool:
    """Whether a cell holds a number, an amount, a date or a time rather than words.

    >>> [is_fact(text) for text in ("1,234.50 €", "15 March 2031", "08:30", "Price", "3 g")]
    [True, True, True, False, True]
    """
    plain = " ".join(text.split())
    return bool(plain) and (
        _NUMBER.fullmatch(plain) is not None or _DATE.fullmatch(plain) is not None
    )


def is_year(text: str) -> bool:
    """Whether a text is a year.

    >>> is_year("2031"), is_year("4711")
    (True, False)
    """
    return _YEAR.fullmatch(text) is not None


def is_unit(text: str) -> bool:
    """Whether a text is a unit in brackets.

    >>> is_unit("[l/min]"), is_unit("l/min")
    (True, False)
    """
    return _UNIT.fullmatch(text) is not None


def are_alike(cells: Sequence[str]) -> bool:
    """Whether cells hold facts of one kind, as in a column below its name; beside labels they
    differ.

    >>> are_alike(["4.50 €", "12 €", ""]), are_alike(["3 crowns", "9 crowns"])
    (True, True)
    >>> are_alike(["8.35", "400 kg"])
    False
    """
    filled = [cell for cell in cells if cell.strip()]
    kinds = {"date" if _DATE.fullmatch(cell.strip()) else _signs(cell) for cell in filled}
    begin = all(is_fact(cell) or cell.strip()[:1].isdigit() for cell in filled)
    return bool(filled) and begin and len(kinds) == 1


def _signs(text: str) -> str:
    """What a fact says beside its number: its unit.

    >>> _signs("1,234.50 kg"), _signs("-3")
    ('kg', '')
    """
    return re.sub(r"[\d\s.,'’:/+\-–]+", "", text)
