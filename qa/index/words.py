"""The words of a generation's texts and how often they come, in one file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from qa.encoders.vocabulary import FEWEST_LETTERS
from qa.errors import REBUILD, IndexDamagedError

_WORD = re.compile(r"[^\W\d_]+")


WORDS = "words.txt"
"""File of a generation with the words of its texts."""


MOST_WORDS = 300_000
"""The rarest words of very large corpora are left out of the list."""


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Words of at least FEWEST_LETTERS letters in lower case, and how often they come.

    >>> count_words(["Fees, fees and the fee."])
    Counter({'fees': 2})
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(
            word.lower() for word in _WORD.findall(text) if FEWEST_LETTERS <= len(word) <= 40
        )
    return counts


def write_words(counts: Counter[str], path: Path) -> None:
    """One line each: word, tab, count; the most frequent first."""
    lines = (f"{word}\t{count}\n" for word, count in counts.most_common(MOST_WORDS))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def read_words(path: Path) -> dict[str, int]:
    """What `write_words` wrote; nothing where there is no such file. Raises IndexDamagedError."""
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {word: int(count) for word, _, count in (line.partition("\t") for line in lines)}
    except (OSError, ValueError) as error:
        raise IndexDamagedError(f"{path} cannot be read as a list of words. {REBUILD}") from error
