"""Which documents a question is asked of: names, folders and patterns → document ids. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from qa.errors import InputError

EVERYWHERE: tuple[str, ...] = ()
"""No restriction: every document is searched."""


def lies_in(source: str, place: str) -> bool:
    """Whether `source` is `place`, lies below that folder, or fits that pattern (`*`, `?`).

    Upper and lower case are the same, and so are the slashes of all systems.

    >>> lies_in("law/2024/lease.pdf", "law"), lies_in("lawful.txt", "law")
    (True, False)
    >>> lies_in("law/2024/lease.pdf", "*.PDF"), lies_in("law/lease.pdf", "LAW/lease.pdf")
    (True, True)
    """
    name, wanted = _plain(source), _plain(place)
    return name == wanted or name.startswith(f"{wanted}/") or fnmatchcase(name, wanted)


def within(documents: Iterable[tuple[str, str]], places: Sequence[str]) -> list[str]:
    """Ids of those of `documents`, pairs of id and source, that lie in any of `places`.

    Raises InputError for a place that no document lies in.
    """
    pairs = list(documents)
    found: dict[str, None] = {}
    for place in places:
        ids = [identity for identity, source in pairs if lies_in(source, place)]
        if not ids:
            raise InputError(
                f"No document lies in “{place}”; give a document's source, a folder, "
                "or a pattern such as *.pdf."
            )
        found.update(dict.fromkeys(ids))
    return list(found)


def folders(sources: Iterable[str]) -> list[str]:
    """Every folder that some source lies in, outer ones too, in order.

    >>> folders(["b/x.txt", "a/c/y.txt", "z.txt"])
    ['a', 'a/c', 'b']
    """
    found = set()
    for source in sources:
        parts = source.split("/")[:-1]
        found |= {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
    return sorted(folder for folder in found if folder.strip("/"))


def _plain(name: str) -> str:
    return name.strip().replace("\\", "/").rstrip("/").casefold()
