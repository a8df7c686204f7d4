"""Words that are written together with a sign, a point or a blank in them, joined. Pure.

"Wi-Fi" is written "wifi" by others, and "4711-0815-B" is more than its three parts. So the
keyword index holds such words joined, beside their parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"))
"""Characters that stand for a hyphen, or a minus."""

POINT = "\ua4f8"
"""A letter that looks like a point: it keeps "3.5" one word, and another one than "35"."""

_PART = r"[^\W_]+"
_COMPOUND = re.compile(
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?![\d,])|{_PART})(?:[-._/:@\\+&]+(?:{_PART}))*(?:\+\+|#(?!\w))?"
)
_SPELLED = str.maketrans({"+": "plus", "#": "sharp"})
_FIGURE = re.compile(
    r"(?<![\w.,])\d[\d.,]*(?:(?<=\d)[ \u00a0\u202f]?(?:[\u00b0%\u2030]\s?)?[^\W\d_]{1,3}(?!\w))"
)
_WORD_BEFORE = re.compile(r"^(?:[^\W\d_A-Z]{3,}[-/])+(?=.*\d)")
_WORD_AFTER = re.compile(r"(?<=\w)(?:[-/][^\W\d_A-Z]{3,})+$")


def plain(text: str) -> str:
    """A text with one kind of dash, and compatible characters as their plain ones, as in CO\u2082.

    >>> plain("CO\u2082, 4711\u20110815")
    'CO2, 4711-0815'
    """
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(DASHES)


def joined(word: str) -> str:
    """A compound as one word; between two digits a point stays.

    >>> joined("Wi-Fi"), joined("FS-20A"), joined("C++"), joined("1,000")
    ('wifi', 'fs20a', 'cplusplus', '1000')
    >>> joined("4711-0815-B") == f"4711{POINT}0815b", joined("3.5 mm") == f"3{POINT}5mm"
    (True, True)
    """
    if re.search(r"\w(?:\+\+|#)$", word):
        word = word.translate(_SPELLED)
    word = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", word)
    word = re.sub(r"(?<=\d)[^\w\s]+(?=\d)|(?<=\d)_+(?=\d)", POINT, word)
    return re.sub(r"[\W_]+", "", word).lower()


def compounds(text: str, function_words: Collection[str] = ()) -> Iterator[str]:
    """The compounds of a text as they are written: those with a sign between their parts, what
    of them is left without the words around it, and figures with a short unit.

    `function_words` are no units.

    >>> list(compounds("An IL-2-dependent cell, Wi-Fi/E-mail, 12 V to 5 km/h.", ["to"]))
    ['IL-2-dependent', 'IL-2', 'Wi-Fi', 'E-mail', '12 V', '5 km']
    """
    for match in _COMPOUND.finditer(text):
        whole = match[0]
        if any(character.isdigit() for character in whole):
            found = [whole, _WORD_AFTER.sub("", _WORD_BEFORE.sub("", whole))]
        else:
            found = whole.split("/")
        yield from (each for each in dict.fromkeys(found) if each and not each.isalnum())
    for match in _FIGURE.finditer(text):
        unit = re.split(r"[\d\s\W]+", match[0])[-1]
        if unit not in function_words:
            yield match[0]
