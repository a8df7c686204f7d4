"""What is in the index, as a list: one line for each document, and the search in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from qa.accounts import Account
from qa.datatypes import NAMED

if TYPE_CHECKING:
    from qa.datatypes import Skipped
    from qa.index.catalog import Catalog


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One line of what is in the index; `same_as` names other sources with the same text.

    `account` tells what became of the words of its file. `added`: since when this text is in the
    index under this name, ISO 8601 in UTC.
    """

    id: str
    title: str
    source: str
    passages: int
    account: Account
    same_as: tuple[str, ...] = ()
    added: str = ""


def summaries(catalog: Catalog) -> list[DocumentSummary]:
    """All documents of a catalog, in order of source."""
    same: dict[str, tuple[str, ...]] = {}
    for group in catalog.same_documents():
        for identity, _ in group:
            others = (source for each, source in group if each != identity)
            same[identity] = tuple(islice(others, NAMED))
    accounts, added = catalog.accounts(), catalog.added()
    return [
        DocumentSummary(
            *line,
            accounts[line[0]],
            same_as=same.get(line[0], ()),
            added=added.get(line[0], ""),
        )
        for line in catalog.summaries()
    ]


def unread(catalog: Catalog) -> list[Skipped]:
    """What is not in the index at all, and why: files that no document was made of.

    Parts of a document's file, such as "report.pdf (page 2)", stand in its account.
    """
    read = {line[2] for line in catalog.summaries()}
    return [
        one
        for one in catalog.skipped()
        if one.source not in read and one.source.rpartition(" (")[0] not in read
    ]


def matching(documents: Sequence[DocumentSummary], text: str) -> list[DocumentSummary]:
    """The documents whose title or source holds every word of `text`; all for an empty one.

    Case does not count.

    >>> tea = DocumentSummary("d", "Green tea", "drinks/tea.txt", 1, Account("drinks/tea.txt"))
    >>> len(matching([tea], "DRINKS green")), matching([tea], "coffee")
    (1, [])
    """
    words = text.casefold().split()
    return [
        one
        for one in documents
        if all(word in f"{one.title}\n{one.source}".casefold() for word in words)
    ]
