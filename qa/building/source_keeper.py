"""Keeps the sources of one index: tells its set, builds from it, adds to it and takes from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, TypeVar

from qa.building import inbox
from qa.building.change_job import ChangeJob
from qa.building.job import BuildJob
from qa.building.passage_writer import CATALOG
from qa.building.source_changes import Change, RemovableSource, adding, removing
from qa.building.source_set import SourceSet, absolute, from_records
from qa.datatypes import BuildReport, Progress, Skipped
from qa.errors import IndexDamagedError, InputError
from qa.index.catalog import Catalog
from qa.index.generations import IndexFolder
from qa.index.summaries import unread
from qa.settings import Settings

Text: TypeAlias = "str | tuple[str, str]"
"""A text to index: the bare text, or (name, text)."""

Paths: TypeAlias = "str | Path | Sequence[str | Path] | None"

Globs: TypeAlias = "str | Sequence[str] | None"
"""Globs, also separated by commas; None for those of the settings."""

OnProgress: TypeAlias = "Callable[[Progress], None] | None"

Value = TypeVar("Value")


class SourceKeeper:
    """The sources of the index that `settings` name; `purge` drops the traces of what went."""

    def __init__(self, settings: Settings, purge: Callable[[], None] = lambda: None) -> None:
        self._settings = settings
        self._purge = purge
        self._folder = IndexFolder(settings.index)
        self._inbox_used = False

    def origins(self, *, whole: bool = True) -> SourceSet:
        """The set of sources that the index is built from: the recorded one, or the corpus
        folder. Raises InputError where a folder of it is gone, unless it need not be `whole`."""
        records = self._recorded(Catalog.origins)
        if records is None:
            settings = self._settings
            paths = (absolute(settings.corpus),)
            return SourceSet(paths, include=settings.include, exclude=settings.exclude)
        return from_records(records, self._settings.index, whole=whole)

    def told(self) -> tuple[str, ...]:
        """The recorded set in words; nothing where none was recorded."""
        records = self._recorded(Catalog.origins)
        return from_records(records or (), self._settings.index, whole=False).told()

    def job(self, origins: SourceSet) -> BuildJob:
        """A build of a set of sources, not yet begun."""
        settings = replace(self._settings, include=origins.include, exclude=origins.exclude)
        return BuildJob(origins.paths, origins.texts, settings, origins.left_out)

    def start_build(
        self,
        paths: Paths = None,
        texts: Sequence[Text] = (),
        *,
        include: Globs = None,
        exclude: Globs = None,
    ) -> BuildJob:
        """A build, not yet begun: call `run` on it. The new index will hold exactly what
        `paths` and `texts` give; with neither, what it is built from now (see `origins`), or
        the corpus folder where nothing was built yet. `include` and `exclude` are globs for the
        files of folders, instead of those of the settings; they belong to the set."""
        globs = (_globs(include, self._settings.include), _globs(exclude, self._settings.exclude))
        chosen = _paths(paths)
        named = [
            (f"text {number}", text) if isinstance(text, str) else (text[0], text[1])
            for number, text in enumerate(_texts(texts), start=1)
        ]
        if chosen or named:
            paths_given = tuple(absolute(path) for path in chosen)
            return self.job(SourceSet(paths_given, tuple(named), (), *globs))
        origins = self.origins()
        if any(globs):
            origins = replace(origins, include=globs[0], exclude=globs[1])
        own = inbox.folder(self._settings.corpus)
        return self.job(origins.with_path(own) if self._inbox_used else origins)

    def add(
        self, paths: Paths, texts: Sequence[Text], *, replace: bool, progress: OnProgress = None
    ) -> BuildReport:
        """Add files, folders and texts to the set, and build it; see `source_changes`."""
        named = [
            ("", text) if isinstance(text, str) else (text[0], text[1]) for text in _texts(texts)
        ]
        chosen = _paths(paths)
        if not chosen and not named:
            raise InputError("There is nothing to add: give a file, a folder or a text.")
        origins, corpus = self.origins(), self._settings.corpus
        if not corpus.exists():
            origins = origins.without_path(corpus)
        change = adding(origins, corpus, chosen, named, replace_same=replace)
        return ChangeJob(lambda: (change, self.job(change.origins))).run(progress)

    def start_add_path(self, path: str) -> ChangeJob:
        """Adding a file or folder of this machine that a visitor named, as a job, not yet begun.

        Raises InputError unless `allow_paths` is set, and for a path that is empty or relative.
        """
        wanted = wanted_path(path, self._settings)

        def prepare() -> tuple[Change, BuildJob]:
            change = adding(self.origins(), self._settings.corpus, [wanted], ())
            return change, self.job(change.origins)

        return ChangeJob(prepare)

    def start_remove(self, names: Paths, *, purge: bool = False) -> ChangeJob:
        """The job that takes sources out of the set, not yet begun; see `source_changes`. With
        `purge` no trace of them is left."""
        wanted = [str(name) for name in _paths(names)]
        if not wanted:
            raise InputError("There is nothing to remove: give the name of a source.")

        def prepare() -> tuple[Change, BuildJob]:
            origins = self.origins(whole=False)
            change = removing(origins, self._settings.corpus, self._known(origins), wanted)
            return change, self.job(change.origins)

        return ChangeJob(prepare, self._purge if purge else lambda: None)

    def unread(self) -> list[Skipped]:
        """Files of which nothing is in the live generation, and why."""
        return self._recorded(unread) or []

    def add_text(self, name: str, text: str, *, replace: bool = False) -> Path:
        """Save a pasted text in the inbox below the corpus folder; the next build indexes it.

        A name that another text has gets a number, unless `replace` says that the new one takes
        its place. Raises InputError for an empty text.
        """
        place = inbox.add_text(self._settings.corpus, name, text, replace=replace)
        self._inbox_used = True
        return place

    def add_file(self, path: str | Path, name: str | None = None, *, replace: bool = False) -> Path:
        """Copy a file into the inbox, under `name` or its own; the next build indexes it.

        A name that another file has gets a number, unless `replace` says that the new one takes
        its place. Raises InputError for a file that is missing or larger than `max_file_mb`.
        """
        limit = self._settings.max_file_mb * 1_000_000
        place = inbox.add_file(self._settings.corpus, Path(path), name, limit, replace=replace)
        self._inbox_used = True
        return place

    def _known(self, origins: SourceSet) -> list[RemovableSource]:
        index = self._settings.index
        sources = self._recorded(Catalog.sources) or []
        files = [RemovableSource(name, absolute(index / path)) for name, _, path in sources if path]
        return [*(RemovableSource(name) for name, _ in origins.texts), *files]

    def _recorded(self, look: Callable[[Catalog], Value]) -> Value | None:
        """What the live generation recorded; where it is damaged, what the last good one did."""
        names = self._folder.names()[::-1]
        with suppress(IndexDamagedError):
            live = self._folder.live()
            names = [live, *(name for name in names if name < live)] if live else []
        for name in names:
            try:
                catalog = Catalog(self._folder.path(name) / CATALOG)
            except IndexDamagedError:
                continue
            try:
                return look(catalog)
            except IndexDamagedError:
                continue
            finally:
                catalog.close()
        return None


def _paths(paths: Paths) -> list[Path]:
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths or ()]


def wanted_path(path: str, settings: Settings) -> Path:
    """The file or folder that a visitor of the page named.

    Raises InputError unless `allow_paths` is set, and for a path that is empty, relative or
    not there.
    """
    if not settings.allow_paths:
        raise InputError(
            "Adding by path is switched off; the owner of this page allows it with QA_ALLOW_PATHS."
        )
    if not path.strip():
        raise InputError("The path is empty; give the path of a file or folder on the server.")
    wanted = Path(path.strip()).expanduser()
    if not wanted.is_absolute():
        raise InputError("The path is not complete; give it from the root, such as /data/manuals.")
    if not wanted.exists():
        raise InputError("There is no such file or folder on the server.")
    return wanted


def _globs(given: Globs, usual: str) -> str:
    if given is None:
        return usual
    return given if isinstance(given, str) else ",".join(given)


def _texts(texts: Sequence[Text]) -> Sequence[Text]:
    if isinstance(texts, str):
        raise InputError("texts must be a list of texts; put the one text in a list.")
    return texts
