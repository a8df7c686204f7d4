"""Files → documents as a build reads them, without the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from qa.accounts import Account
from qa.building.source_set import SourceSet, absolute
from qa.building.sources import read_sources
from qa.datatypes import Document, Dropped, Skipped
from qa.settings import Settings


@dataclass(frozen=True)
class Read:
    """What a build gets: the documents and their names, what is left out of them, what is not
    read and why, and the account of each document's words."""

    documents: tuple[Document, ...]
    names: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    skipped: tuple[Skipped, ...]
    accounts: tuple[Account, ...]


def read_files(
    *paths: Path,
    settings: Settings | None = None,
    texts: Sequence[tuple[str, str]] = (),
    on_file: Callable[[int, int, str], None] | None = None,
) -> Read:
    """What a build makes of files, folders and (name, text) pairs, with nothing cached."""
    with TemporaryDirectory() as index:
        settings = replace(settings or Settings(), index=Path(index))
        wanted = SourceSet(
            tuple(absolute(path) for path in paths),
            tuple(texts),
            include=settings.include,
            exclude=settings.exclude,
        )
        sources = read_sources(wanted, settings, on_file)
        try:
            stream = list(sources.stream())
        finally:
            sources.close()
    documents = tuple(each.document for each in stream if each.document is not None)
    dropped = tuple(piece for each in stream for piece in each.dropped)
    names = tuple(document.source for document in documents)
    return Read(documents, names, dropped, tuple(sources.skipped), tuple(sources.accounts))
