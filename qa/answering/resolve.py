"""What has become of a cited text: the same, moved, changed or gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from qa.answering.citations import cite, digest_of
from qa.datatypes import Citation, Document
from qa.documents.encodings import isolated
from qa.errors import InputError, QAError

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.index.catalog import Catalog
    from qa.index.generations import IndexFolder


State = Literal["same", "moved", "changed", "gone"]

MOST_PLACES = 10
"""Places named at most where the same text now stands."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What has become of a cited text.

    `state`: "same" — it stands there unchanged; "moved" — it now stands at the places in `now`;
    "changed" — its document is there with another text, and the cited text nowhere; "gone" —
    neither is there. `text` is the cited text wherever it could still be found, in the live
    generation or an older one, else None. `message` says all that in one sentence.
    """

    citation: Citation
    state: State
    text: str | None
    message: str
    now: tuple[Citation, ...] = ()


def cited_text(citation: Citation, retriever: Retriever) -> tuple[str, Citation]:
    """The characters that a citation names, and its whole citation, in an open generation.

    Raises InputError where there is no such document, or no such place in it.
    """
    document = retriever.document(citation.document)
    start, end = citation.start, citation.end
    if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
        raise InputError(f"{document.source} has no text at characters {start:,} to {end:,}.")
    return document.text[start:end], cite(document, start, end, retriever.generation)


def resolve(citation: Citation, retriever: Retriever, folder: IndexFolder) -> Resolved:
    """What has become of a cited text in an open generation; older ones help to find it."""
    catalog = retriever.catalog
    text = _cited(citation, catalog)
    if text is not None:
        if digest_of(text) != citation.digest:
            raise InputError(
                "The citation contradicts itself: its document is there unchanged, but has "
                "another text at these characters. It was altered after it was made."
            )
        return Resolved(citation, "same", text, f"{_where(citation)} says exactly that.")
    text = _from_older(citation, folder, retriever.generation)
    now = tuple(_places(citation, text, catalog, retriever.generation))
    if now:
        text = catalog.document(now[0].document).text[now[0].start : now[0].end]
        is_there = "document has changed" if _present(citation, catalog) else "document is gone"
        return Resolved(
            citation,
            "moved",
            text,
            f"The {is_there}; the same text now stands in "
            f"{'; '.join(_where(place) for place in now)}.",
            now,
        )
    kept = "; an older generation still has it" if text is not None else ""
    source = isolated(citation.source)
    if _present(citation, catalog):
        message = f"{source} has changed since, and no longer has the cited text{kept}."
        return Resolved(citation, "changed", text, message)
    message = f"{source} is no longer in the index, nor is the cited text{kept}."
    return Resolved(citation, "gone", text, message)


def _where(citation: Citation) -> str:
    return f"{isolated(citation.source)}, characters {citation.start}–{citation.end}"


def _cited(citation: Citation, catalog: Catalog) -> str | None:
    """The cited characters, if the very document is in the catalog."""
    try:
        text = catalog.document(citation.document).text
    except InputError:
        return None
    return text[citation.start : citation.end]


def _from_older(citation: Citation, folder: IndexFolder, live: str) -> str | None:
    """The cited text from another generation that still has the document; its own first."""
    from qa.index.catalog import Catalog

    names = sorted(folder.names(), key=lambda name: (name != citation.generation, name))
    for name in names:
        if name == live:
            continue
        try:
            folder.manifest(name)
            catalog = Catalog(folder.path(name) / "catalog.sqlite")
        except QAError:
            continue
        try:
            text = _cited(citation, catalog)
        except QAError:
            text = None
        finally:
            catalog.close()
        if text is not None and digest_of(text) == citation.digest:
            return text
    return None


def _present(citation: Citation, catalog: Catalog) -> bool:
    return any(source == citation.source for _, _, source, *_ in catalog.summaries())


def _places(
    citation: Citation, text: str | None, catalog: Catalog, generation: str
) -> Iterator[Citation]:
    """Where the cited text stands now: the document of the same source first."""
    if citation.start == citation.end:
        return
    identities = sorted(
        (source != citation.source, identity) for identity, _, source, *_ in catalog.summaries()
    )
    places = 0
    for _, identity in identities:
        document = catalog.document(identity)
        for start in _starts(citation, text, document, catalog):
            end = start + citation.end - citation.start
            yield replace(cite(document, start, end, generation), digest=citation.digest)
            places += 1
            if places == MOST_PLACES:
                return


def _starts(
    citation: Citation, text: str | None, document: Document, catalog: Catalog
) -> Iterator[int]:
    """Characters at which the cited text begins: found by its words where they are known,
    else among the passages and their sentences by its digest."""
    if text is not None:
        start = document.text.find(text)
        while start >= 0:
            yield start
            start = document.text.find(text, start + len(text))
        return
    length = citation.end - citation.start
    for passage in catalog.passages_of(document.id):
        for begin, end in [
            (passage.start, passage.end),
            *((sentence.start, sentence.end) for sentence in passage.sentences),
        ]:
            same = end - begin == length
            if same and digest_of(document.text[begin:end]) == citation.digest:
                yield begin
                break
