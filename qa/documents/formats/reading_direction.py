"""Lines as they stand from left to right → as they are read, from either side. Pure."""

from __future__ import annotations

import re
import unicodedata

_PRESENTATION = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters in the shape that they have within a word; texts hold the plain ones."""

_MIRRORED = str.maketrans("()<>[]{}«»‹›≤≥", ")(><][}{»«›‹≥≤")
"""Signs that are shown the other way round where people read from the right (UAX 9, L4)."""


def logical_order(shown: str) -> str:
    """A line as it is read, from its characters as they stand from left to right.

    Lines with right-to-left letters are read from the right, but for numbers and words of other
    scripts in them: Unicode's bidirectional algorithm (UAX 9), turned round.

    >>> logical_order("ab c"), logical_order("45 \u05d1\u05d0")
    ('ab c', '\u05d0\u05d1 45')
    """
    kinds = [direction_of(letter) for letter in shown]
    if "R" not in kinds:
        return shown
    text = _read_from_right(shown) if kinds.count("R") >= kinds.count("L") else _right_words(shown)
    return unicodedata.normalize("NFKC", text) if _PRESENTATION.search(text) else text


def direction_of(letter: str) -> str:
    """R or L for letters, N for digits, "" for what takes the direction of its neighbours."""
    kind = unicodedata.bidirectional(letter)
    return {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N"}.get(kind, "")


def _right_words(shown: str) -> str:
    """A line from left to right, its words of right-to-left letters turned."""
    text, at = "", 0
    while at < len(shown):
        end = at
        if direction_of(shown[at]) == "R":
            end = max(
                n
                for n in range(at, len(shown))
                if direction_of(shown[n]) == "R"
                and not any(direction_of(each) == "L" for each in shown[at:n])
            )
            text += _read_from_right(shown[at : end + 1])
        else:
            text += shown[at]
        at = end + 1
    return text


def _read_from_right(shown: str) -> str:
    """A line from the right, the runs of numbers and left-to-right words in it turned back."""
    turned = shown[::-1].translate(_MIRRORED)
    text, at = "", 0
    while at < len(turned):
        if direction_of(turned[at]) not in ("L", "N"):
            text += turned[at]
            at += 1
            continue
        end = _end_of_left_run(turned, at)
        text += turned[at:end][::-1].translate(_MIRRORED)
        at = end
    return text


def _end_of_left_run(text: str, start: int) -> int:
    """Where a run of left-to-right characters ends: words go on over spaces, numbers do not."""
    end, words = start, False
    for at in range(start, len(text)):
        kind = direction_of(text[at])
        if kind == "R":
            break
        if kind == "L":
            words, end = True, at + 1
        elif kind == "N":
            between = text[end:at]
            if words or not between or (between in ".,:/-" and len(between) == 1):
                end = at + 1
            elif not words:
                break
    return end


def is_right_to_left(text: str) -> bool:
    """Whether most of its letters are read from the right."""
    kinds = [direction_of(letter) for letter in text]
    return kinds.count("R") > kinds.count("L")
