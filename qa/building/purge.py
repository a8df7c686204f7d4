"""What an index still holds of a text that was removed, and how to drop it for good.

Texts are compared without regard to case and white space. Vectors and search terms cannot be
read back as text, so they are accounted for instead: every row of a search belongs to a passage
of its catalog, and the caches hold what the live generation needs and nothing else.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qa.building import inbox
from qa.building.pins import read_pins
from qa.errors import InputError, QAError
from qa.index.catalog import CATALOG, Catalog
from qa.index.dense import DenseIndex
from qa.index.embedding_cache import EmbeddingCache
from qa.index.extraction_cache import ExtractionCache
from qa.index.generations import IndexFolder
from qa.index.keywords import KeywordIndex

if TYPE_CHECKING:
    from qa.index.generations import Manifest
    from qa.settings import Settings


SHORTEST_PIECE = 40
"""Characters: a shorter passage that a text holds too is no trace of it, it may stand anywhere."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A place that still holds the text: the part, where it lies, and what it holds."""

    part: str
    path: Path
    what: str


class TextStore(Protocol):
    """What else in the index folder keeps texts, for instance the verdicts of people."""

    def traces(self, holds: Callable[[str], bool]) -> Sequence[Trace]:
        """What it keeps that `holds` is true for; nothing where it cannot be read."""

    def keep_documents(self, identities: Collection[str]) -> object:
        """Forget what belongs to other documents than those with these ids."""


def traces(settings: Settings, text: str, text_stores: Sequence[TextStore] = ()) -> list[Trace]:
    """Every place that still holds `text`. Raises InputError for an empty text, and
    IndexMissingError where nothing was built."""
    if not _plain(text):
        raise InputError("The text to look for is empty; give some words of it.")
    folder = IndexFolder(settings.index)
    live = folder.manifest(folder.require_live())
    found: list[Trace] = []
    for place in sorted(path for path in folder.generations.iterdir() if path.is_dir()):
        found += _in_generation(place, text, live)
    found += _in_caches(folder, text, live)
    found += _in_pins(folder, text)
    wanted = _plain(text)
    for store in text_stores:
        found += store.traces(lambda kept: wanted in _plain(kept))
    found += _in_inbox(inbox.folder(settings.corpus), text)
    named = {trace.path for trace in found}
    found += [
        Trace("file", path, "Its bytes hold the text.")
        for path in _files(settings.index)
        if path not in named and _bytes_hold(path, text)
    ]
    return found


def purge(settings: Settings, text_stores: Sequence[TextStore] = ()) -> None:
    """Drop all that the live generation does not need: the other generations, what the caches
    hold beyond it (they are written anew, so that no byte stays), files set aside, and what the
    `text_stores` keep of documents that it does not have.

    Raises IndexBusyError while a build is running, and IndexMissingError.
    """
    folder = IndexFolder(settings.index)
    with folder.changing(), folder.writing():
        live = folder.manifest(folder.require_live())
        for place in folder.generations.iterdir():
            if place.name != live.generation:
                shutil.rmtree(place, ignore_errors=True)
        folder.prune(keep=1)
        embeddings = EmbeddingCache(folder.cache, live.encoder["fingerprint"])
        embeddings.forget_others()
        for cache in (embeddings, ExtractionCache(folder.extractions)):
            if not cache.settled(live.generation):
                cache.clear()
            cache.vacuum()
            cache.close()
        inbox.empty_hidden(settings.corpus)
    if text_stores:
        catalog = Catalog(folder.path(live.generation) / CATALOG)
        identities = [identity for identity, *_ in catalog.summaries()]
        catalog.close()
        for store in text_stores:
            store.keep_documents(identities)


def _in_generation(place: Path, text: str, live: Manifest) -> list[Trace]:
    age = "the live generation" if place.name == live.generation else "an older generation"
    try:
        catalog = Catalog(place / CATALOG)
    except QAError:
        return []  # what is left of an unfinished one; its bytes are looked through all the same
    try:
        return [*_in_catalog(catalog, place, text, age), *_in_searches(catalog, place, text, age)]
    except QAError as error:
        return [Trace("catalog", place / CATALOG, str(error))]
    finally:
        catalog.close()


def _in_catalog(catalog: Catalog, place: Path, text: str, age: str) -> Iterator[Trace]:
    wanted = _plain(text)
    for what, held in catalog.everything():
        if wanted in _plain(held):
            yield Trace("catalog", place / CATALOG, f"{what} of {age}")


def _in_searches(catalog: Catalog, place: Path, text: str, age: str) -> Iterator[Trace]:
    """Rows of both searches whose passage holds the text, or that belong to no passage."""
    wanted = _plain(text)
    rows = [
        row
        for row, passage in enumerate(catalog.all_passages())
        if wanted in _plain(passage.text) or _is_piece(_plain(passage.text), wanted)
    ]
    dense = DenseIndex.open(place / "passages.faiss").count - catalog.passage_count
    if rows or dense:
        yield Trace("vectors", place / "passages.faiss", _row_count(rows, dense, age))
    keywords = KeywordIndex.open(place / "lexical")
    extra = keywords.count - catalog.passage_count
    if rows or extra:
        yield Trace("keyword index", place / "lexical", _row_count(rows, extra, age))


def _is_piece(passage: str, wanted: str) -> bool:
    """Whether a passage is a part of a longer text that went, and not only one like "Yes."."""
    return len(passage) >= SHORTEST_PIECE and passage in wanted


def _row_count(rows: list[int], extra: int, age: str) -> str:
    if rows:
        return f"{len(rows):,} rows of {age}"
    return f"{abs(extra):,} rows more or less than passages, in {age}"


def _in_caches(folder: IndexFolder, text: str, live: Manifest) -> Iterator[Trace]:
    wanted = _plain(text)
    if folder.extractions.is_file():
        extractions = ExtractionCache(folder.extractions)
        held = sum(wanted in _plain(kept) for kept in extractions.texts())
        extractions.close()
        if held:
            what = f"the text of {held:,} files"
            yield Trace("extraction cache", folder.extractions, what)
    if folder.cache.is_file():
        cache = EmbeddingCache(folder.cache, live.encoder["fingerprint"])
        settled = cache.settled(live.generation)
        cache.close()
        if not settled:
            what = "vectors of texts that the live generation does not have"
            yield Trace("embedding cache", folder.cache, what)


def _in_pins(folder: IndexFolder, text: str) -> Iterator[Trace]:
    wanted = _plain(text)
    try:
        pins = read_pins(folder.pinned)
    except QAError:
        return  # its bytes are looked through all the same
    for number, pin in enumerate(pins, start=1):
        if any(wanted in _plain(words) for words in (pin.text, *pin.accepted)):
            what = f"number {number}; take it away: python -m qa unpin {number}"
            yield Trace("pinned question", folder.pinned, what)


def _in_inbox(folder: Path, text: str) -> Iterator[Trace]:
    for path in _files(folder):
        aside = inbox.UNREAD in path.parts
        if _bytes_hold(path, text) or _plain(text) in _plain(_read(path)):
            yield Trace("inbox", path, "a file set aside" if aside else "a file of the inbox")


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in sorted(names))


def _bytes_hold(path: Path, text: str) -> bool:
    """Whether a file holds the text as it stands, or as JSON writes it."""
    text = text.strip()
    escaped = json.dumps(text), json.dumps(text, ensure_ascii=False)
    forms = {form.encode("utf-8", "replace") for form in (text, *(each[1:-1] for each in escaped))}
    try:
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
                return any(held.find(form) >= 0 for form in forms)
    except OSError:
        return False


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
