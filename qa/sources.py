"""Everything that one build reads: folders, files and pasted texts together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.datatypes import Document, Dropped, Skipped
from qa.documents import Reading, from_text, read_paths
from qa.extraction.formats import printable

if TYPE_CHECKING:
    from qa.settings import Settings


def read_sources(
    paths: Sequence[Path],
    texts: Sequence[tuple[str, str]],
    settings: Settings,
    on_file: Callable[[int, int, str], None] | None = None,
) -> Reading:
    """Read `paths` (files and folders) and `texts`, pairs of name and text, in that order.

    A document that comes twice with the same source, title and text is kept once. Raises
    InputError for a path that does not exist.
    """
    reading = read_paths(paths, settings, on_file) if paths else Reading((), (), (), ())
    documents: dict[str, Document] = {document.id: document for document in reading.documents}
    skipped: list[Skipped] = list(reading.skipped)
    dropped: list[Dropped] = list(reading.dropped)
    read: list[str] = list(reading.read)
    for name, text in texts:
        document, left_out = from_text(name, text)
        dropped.extend(left_out)
        if document is None:
            skipped.append(Skipped(printable(name), "The text is empty."))
        else:
            documents.setdefault(document.id, document)
            read.append(printable(name))
    return Reading(tuple(documents.values()), tuple(skipped), tuple(dropped), tuple(read))
