"""What became of the words of a file: how many it holds, how many are read, what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was left out of a file for one reason: in how many pieces, and their words in all."""

    reason: str
    words: int
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the words of one file or text.

    `in_file`: the words of the file, counted without its reader; None where there is no such
    count. `read`: words of the document; where the file's own were counted, only as many of them
    as the file holds, so that a column's name counts once although each row repeats it.
    `missing`: words of the file that are neither read nor left out. `left_out`: reasons, that
    with the most words first. `unread`: a sentence for each part that gave no text, or not all
    of it. What counts as a word is told in `documents.words`.
    """

    source: str
    in_file: int | None = None
    read: int = 0
    missing: int = 0
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def words_left_out(self) -> int:
        """Words left out, whatever the reason; of the file's own words, where these were counted: a
        footer that stands in the file three times has three times its words."""
        if self.in_file is not None:
            return self.in_file - self.read - self.missing
        return sum(each.words for each in self.left_out)


def account_from_json(values: dict[str, Any]) -> Account:
    """What `dataclasses.asdict` and JSON made of an `Account`, as one again."""
    left_out = tuple(LeftOut(**each) for each in values["left_out"])
    return Account(**{**values, "left_out": left_out, "unread": tuple(values["unread"])})
