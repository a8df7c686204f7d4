"""Everything that one build reads: folders, files and pasted texts, as a stream of documents.

`survey` goes through all files once: what an unchanged file holds is taken from the extraction
cache, the rest is extracted into it. Then `stream` gives the documents one after the other, so
that never more than one of them is in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.accounts import Account
from qa.building import inbox
from qa.building.recorded_sources import recorded_set
from qa.building.source_set import SourceSet, SourceSetChange, absolute
from qa.datatypes import Document, Dropped, Skipped
from qa.documents.assemble import Finished, finish, from_text
from qa.documents.boilerplate import RepeatedTexts
from qa.documents.encodings import printable
from qa.documents.extraction_key import content_hash, key_of, packed, state, unpacked
from qa.documents.extractor import Extractor
from qa.documents.files import find_files
from qa.documents.words import count_words
from qa.errors import DocumentError

if TYPE_CHECKING:
    from qa.index.extraction_cache import ExtractionCache
    from qa.settings import Settings

OnFile = Callable[[int, int, str], None]

DROPPED = 1000
"""Pieces of page furniture that a report lists; the catalog has them all."""
ATTEMPTS = 3
"""How often a file is read again that changed while it was read."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file or text that became a document: its name and the SHA-256 of its content."""

    name: str
    sha256: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class _Surveyed:
    path: Path
    name: str
    sha256: str
    key: bytes


class Sources:
    """The sources of one build; its lists are complete when the stream has ended."""

    def __init__(self, source_set: SourceSet, settings: Settings) -> None:
        self.source_set = source_set
        self.skipped: list[Skipped] = []
        self.found: list[Source] = []
        self.unread: list[Path] = []
        self.dropped: list[Dropped] = []
        self.dropped_count = 0
        self.accounts: list[Account] = []
        self.extracted = 0
        self._settings = settings
        self._surveyed: list[_Surveyed] = []
        self._repeated = RepeatedTexts()
        self._cache: ExtractionCache | None = None

    @property
    def count(self) -> int:
        """How many documents may come of the stream; known after `survey`."""
        return len(self._surveyed) + len(self.source_set.texts)

    @property
    def empty(self) -> bool:
        """Whether nothing at all can come of the stream; known after `survey`."""
        return not self._surveyed and not any(text.strip() for _, text in self.source_set.texts)

    def survey(self, extractions: ExtractionCache, on_file: OnFile | None = None) -> None:
        """Read every file that was not read before. `on_file` is called with (files done, files
        in all, source) after each. Raises InputError for a path that does not exist."""
        self._cache = extractions
        files = [
            (path, name)
            for path, name in find_files(self.source_set.paths, self._settings, self.skipped)
            if self.source_set.covers(path)
        ]
        with Extractor(self._settings) as extractor:
            for number, (path, name) in enumerate(files, 1):
                try:
                    self._survey(path, name, extractions, extractor)
                except DocumentError as error:
                    self._skip(path, name, str(error))
                if on_file is not None:
                    on_file(number, len(files), name)
        extractions.flush()

    def stream(self) -> Iterator[Finished]:
        """What each file and text became, files first. Use it once, after `survey`.

        A document that comes twice with the same source, title and text is given once.
        """
        seen: set[str] = set()
        repeated = self._repeated.texts()
        for each in self._surveyed:
            assert self._cache is not None
            kept = self._cache.get(each.key)
            if kept is None:
                self.skipped.append(Skipped(each.name, "Its text was lost; build again."))
                continue
            finished = finish(unpacked(kept, each.name), repeated)
            if finished.document is None:
                self._skip(each.path, each.name, "It holds no text.")
            else:
                self.found.append(Source(each.name, each.sha256, each.path))
            yield self._once(finished, seen)
        for name, text in self.source_set.texts:
            finished = from_text(name, text)
            if finished.document is None:
                self.skipped.append(Skipped(printable(name), "The text is empty."))
            else:
                digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
                self.found.append(Source(printable(name), digest))
            yield self._once(finished, seen)

    def _skip(self, path: Path, name: str, reason: str) -> None:
        """Note what cannot be read; a build sets it aside afterwards if it lies in the inbox."""
        if absolute(inbox.folder(self._settings.corpus)) in absolute(path).parents:
            reason += f" It is moved to {inbox.FOLDER}/{inbox.UNREAD}."
            self.unread.append(path)
        self.skipped.append(Skipped(name, reason))

    def _drop(self, dropped: Sequence[Dropped]) -> None:
        self.dropped.extend(dropped[: max(0, DROPPED - len(self.dropped))])
        self.dropped_count += len(dropped)

    def close(self, *, built: str = "") -> None:
        """Close the extraction cache; once a generation is built, forget what it did not need."""
        if self._cache is not None:
            if built:
                self._cache.keep_used()
                self._cache.settle(built)
            self._cache.close()
            self._cache = None

    def _once(self, finished: Finished, seen: set[str]) -> Finished:
        """Without its document, where that came before; what was left out is noted."""
        self._drop(finished.dropped)
        document = finished.document
        if document is None or document.id in seen:
            return replace(finished, document=None)
        seen.add(document.id)
        self.accounts.append(finished.account)
        return finished

    def _survey(
        self, path: Path, name: str, extractions: ExtractionCache, extractor: Extractor
    ) -> None:
        for attempt in range(ATTEMPTS):
            before = state(path, self._settings)
            if before is None:  # not to be opened: the reader says why
                extractor.read(path, name)
                raise DocumentError("It cannot be read.")
            sha256 = content_hash(path)
            key = key_of(sha256, path.suffix.lower(), self._settings)
            kept = extractions.get(key)
            if kept is not None:
                parsed = unpacked(kept, name)
            else:
                parsed = extractor.read(path, name)
                if state(path, self._settings) != before and attempt < ATTEMPTS - 1:
                    continue
                extractions.put(key, packed(parsed))
                self.extracted += 1
            self.skipped.extend(parsed.notes)
            self._repeated.add(parsed.blocks)
            self._surveyed.append(_Surveyed(path, name, sha256, key))
            return


class ReadAlready(Sources):
    """Documents that are in memory, as a stream."""

    def __init__(self, documents: Sequence[Document], settings: Settings) -> None:
        super().__init__(SourceSet(), settings)
        self._documents = documents

    @property
    def count(self) -> int:
        """How many documents there are."""
        return len(self._documents)

    @property
    def empty(self) -> bool:
        """Whether there is no document."""
        return not self._documents

    def stream(self) -> Iterator[Finished]:
        """Each document, of which nothing was left out."""
        for document in self._documents:
            text = document.text.encode("utf-8", "surrogatepass")
            self.found.append(Source(document.source, hashlib.sha256(text).hexdigest()))
            read = count_words(document.text)
            yield Finished(document, (), Account(document.source, None, read))


def read_sources(
    source_set: SourceSet, settings: Settings, on_file: OnFile | None = None
) -> Sources:
    """All sources of a set, surveyed; its globs stand before those of the settings.

    Raises InputError for a path that does not exist.
    """
    from qa.index.extraction_cache import ExtractionCache
    from qa.index.generations import IndexFolder

    settings = replace(settings, include=source_set.include, exclude=source_set.exclude)
    sources = Sources(source_set, settings)
    extractions = ExtractionCache(IndexFolder(settings.index).extractions)
    try:
        sources.survey(extractions, on_file)
    except BaseException:
        extractions.close()
        raise
    return sources


def changed_sources(
    change: SourceSetChange, settings: Settings, on_file: OnFile | None = None
) -> Sources:
    """All sources of the recorded set after `change`, surveyed. Only while the index is held for
    writing, so that the set does not change meanwhile.

    What was saved in the inbox for this build is among them, unless the set is given `exactly`.
    """
    if change.exactly is not None:
        return read_sources(change.applied_to(change.exactly), settings, on_file)
    removes = change.removed_paths or change.removed_texts
    before = recorded_set(settings, whole=not removes)
    if change.added_paths and not settings.corpus.exists():
        before = before.without_path(settings.corpus)
    after = change.applied_to(before)
    if inbox.is_waiting(settings.corpus):
        after = after.with_path(inbox.folder(settings.corpus))
    return read_sources(after, settings, on_file)
