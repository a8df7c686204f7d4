"""Patterns for paths inside a folder, in the language of `.gitignore`. Pure.

`--include`, `--exclude` and `--in` all mean the same by a pattern, because all ask here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.errors import InputError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


def fits(path: str, *patterns: str) -> bool:
    """Whether a path inside a folder, or a folder that it lies in, fits one of the patterns.

    A pattern without `/` fits a name at any depth; one with `/` begins at the top, `*` stands
    for anything but `/`, and `**` for any folders. A path that ends in `/` is a folder's.
    Capital and small letters are the same, and so are the slashes of all systems. Raises
    InputError for what is no pattern.

    >>> fits("old/a.PDF", "*.pdf"), fits("old/a.pdf", "old"), fits("old/b/a.pdf", "old/*.pdf")
    (True, True, False)
    """
    return _compiled(patterns).match_file(folded(path))


def split(patterns: str) -> tuple[str, ...]:
    """Patterns that were written in one line, separated by commas.

    >>> split("*.pdf, reports/**")
    ('*.pdf', 'reports/**')
    """
    return tuple(filter(None, (pattern.strip() for pattern in patterns.split(","))))


def folded(path: str) -> str:
    """A path as it is compared: small letters, and `/` between its parts.

    >>> folded("Law\\\\2024/Lease.PDF")
    'law/2024/lease.pdf'
    """
    return path.replace("\\", "/").casefold()


MOST_WILDCARDS = 4
"""Each further `*` of a pattern multiplies the time that comparing takes by the path's length."""


def _bounded(pattern: str) -> str:
    """The same pattern without needless `*`. Raises InputError if there are too many.

    >>> _bounded("a**b/**/***.pdf")
    'a*b/**/*.pdf'
    """
    pattern = re.sub(r"\*{3,}", "*", pattern)
    pattern = re.sub(r"(?<=[^/])\*\*|\*\*(?=[^/])", "*", pattern)
    if len(re.findall(r"\*+", pattern)) > MOST_WILDCARDS:
        raise InputError(
            "“{pattern}” has more than {most} wildcards (*); leave some out.",
            pattern=pattern,
            most=MOST_WILDCARDS,
        )
    return pattern


@lru_cache(maxsize=64)
def _compiled(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        # "#" begins a comment in a .gitignore file; here it is part of a name
        return GitIgnoreSpec.from_lines(
            pattern.replace("#", r"\#", 1) if pattern.startswith("#") else pattern
            for pattern in map(_bounded, map(folded, patterns))
        )
    except (ValueError, re.error):
        raise InputError(
            f"{', '.join(patterns)} is no pattern; try one like *.pdf or reports/**."
        ) from None
