"""Which documents a question is asked of: names, folders and patterns → document ids. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.documents.path_patterns import fits, folded
from qa.errors import InputError

EVERYWHERE: tuple[str, ...] = ()
"""No restriction: every document is searched."""


MOST_PLACES = 100
"""Each is compared with every document."""


def within(documents: Iterable[tuple[str, str]], places: Sequence[str]) -> list[str]:
    """Ids of those of `documents`, pairs of id and source, that lie in any of `places`.

    A place is a document's source or a folder, or else a pattern, see `path_patterns`. Raises
    InputError for a place that no document lies in, and for more than MOST_PLACES.

    >>> lease, tea = ("a", "law/lease.pdf"), ("b", "tea.txt")
    >>> within([lease, tea], ["law"]), within([lease, tea], ["*.PDF", "tea.txt"])
    (['a'], ['a', 'b'])
    """
    pairs = [(identity, folded(source)) for identity, source in documents]
    chosen: dict[str, None] = {}
    if len(set(places)) > MOST_PLACES:
        raise InputError(
            "A question can be asked of {most} places, folders or patterns.", most=MOST_PLACES
        )
    for place in dict.fromkeys(places):
        name = folded(place.strip()).rstrip("/")
        ids = [i for i, source in pairs if source == name or source.startswith(f"{name}/")]
        ids = ids or [i for i, source in pairs if fits(source, name)]
        if not ids:
            raise InputError(
                "No document lies in “{place}”; give a document's source, a folder, "
                "or a pattern such as *.pdf.",
                place=place,
            )
        chosen.update(dict.fromkeys(ids))
    return list(chosen)


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
