"""The sources of one index: which they are, and the jobs that build from them or change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from qa.building import inbox
from qa.building.change_job import ChangeJob, Job
from qa.building.job import BuildJob
from qa.building.recorded_sources import (
    read_last_good_catalog,
    recorded_set,
    recorded_set_described,
    recorded_sources,
)
from qa.building.source_changes import PreparedChange, RemovableSource, adding, removing
from qa.building.source_set import SourceSet, SourceSetChange, absolute
from qa.datatypes import BuildReport, Progress, Skipped
from qa.errors import InputError
from qa.index.generations import IndexFolder
from qa.index.summaries import unread
from qa.settings import Settings, expanded

Text: TypeAlias = "str | tuple[str, str]"
"""A text to index: the bare text, or (name, text)."""

Paths: TypeAlias = "str | Path | Sequence[str | Path] | None"

Globs: TypeAlias = "str | Sequence[str] | None"
"""Globs, also separated by commas; None for those of the settings."""

OnProgress: TypeAlias = "Callable[[Progress], None] | None"

NewJob: TypeAlias = "Callable[[SourceSetChange, Settings], Job]"
"""Makes the job that builds the recorded set of sources after a change of it."""


class SourceKeeper:
    """The sources of the index that `settings` name. `purge` drops what the index no longer needs;
    `new_job` makes the job that builds the recorded set after a change of it."""

    def __init__(
        self,
        settings: Settings,
        purge: Callable[[], None] = lambda: None,
        new_job: NewJob = BuildJob,
    ) -> None:
        self.corpus = settings.corpus
        self._settings = settings
        self._folder = IndexFolder(settings.index)
        self._purge = purge
        self._new_job = new_job

    def current(self) -> SourceSet:
        """The set of sources that the index is built from: the recorded one, or the corpus
        folder. A folder of it may be gone."""
        return recorded_set(self._settings, whole=False)

    def described(self) -> tuple[str, ...]:
        """The recorded set in words; nothing where none was recorded."""
        return recorded_set_described(self._settings)

    def start_build(
        self,
        paths: Paths = None,
        texts: Sequence[Text] = (),
        *,
        include: Globs = None,
        exclude: Globs = None,
    ) -> ChangeJob:
        """A build of exactly `paths` and `texts`; with neither, of the set as it is. Call `run`.

        `include` and `exclude`, given here or by the settings, are globs for the files of folders.
        They belong to the set: the one that is not given stays as it was recorded.
        """
        only = _globs(include, self._settings.include)
        never = _globs(exclude, self._settings.exclude)
        given = tuple(absolute(path) for path in _paths(paths))
        named = tuple(
            (f"text {number}", text) if isinstance(text, str) else (text[0], text[1])
            for number, text in enumerate(_texts(texts), start=1)
        )
        exactly = SourceSet(given, named) if given or named else None
        change = SourceSetChange(exactly, include=only, exclude=never)
        return self._job(
            lambda: (PreparedChange(change), self._new_job(change, self._settings)), change=change
        )

    def add(
        self,
        paths: Paths = None,
        texts: Sequence[Text] = (),
        *,
        replace: bool = False,
        progress: OnProgress = None,
    ) -> BuildReport:
        """Add files, folders and texts to the set, and build it; see `source_changes`."""
        named = [
            ("", text) if isinstance(text, str) else (text[0], text[1]) for text in _texts(texts)
        ]
        if not _paths(paths) and not named:
            raise InputError("There is nothing to add: give a file, a folder or a text.")
        return self._start_adding(_paths(paths), named, replace).run(progress)

    def start_add_path(self, path: str) -> ChangeJob:
        """Adding a file or folder of this machine that a visitor named, as a job, not yet begun.

        Raises InputError unless `allow_paths` is set, and for a path that is empty or relative.
        """
        return self._start_adding([wanted_path(path, self._settings)], (), replace=False)

    def _start_adding(
        self, paths: Sequence[Path], texts: Sequence[tuple[str, str]], replace: bool
    ) -> ChangeJob:
        def prepare() -> tuple[PreparedChange, Job]:
            corpus = self.corpus
            prepared = adding(self.current(), corpus, paths, texts, replace_same=replace)
            return prepared, self._new_job(prepared.change, self._settings)

        return self._job(prepare)

    def start_remove(self, names: Paths, *, purge: bool = False) -> ChangeJob:
        """The job that takes sources out of the set, not yet begun; see `source_changes`. With
        `purge` no trace of them is left.

        Raises InputError where no name is given; running it, for names that mean no source.
        """
        wanted = [str(name) for name in ([names] if isinstance(names, str | Path) else names or ())]
        if not wanted:
            raise InputError("There is nothing to remove: give the name of a source.")

        def prepare() -> tuple[PreparedChange, Job]:
            source_set, corpus = self.current(), self.corpus
            prepared = removing(source_set, corpus, self._removable(source_set), wanted)
            return prepared, self._new_job(prepared.change, self._settings)

        return self._job(prepare, self._purge if purge else lambda: None)

    def unread(self) -> list[Skipped]:
        """Files of which nothing is in the index, and why."""
        return read_last_good_catalog(self._settings, unread) or []

    def add_text(self, name: str, text: str, *, replace: bool = False) -> Path:
        """Save a text in the inbox, for the next build, whichever process starts it.

        A name that another text has gets a number, unless `replace` says that the new one takes
        its place. Raises InputError for an empty text, or where it cannot be saved, and
        IndexBusyError while another process saves something and does not come to an end.
        """
        with self._folder.pinning():
            place = inbox.add_text(self.corpus, name, text, replace=replace)
            inbox.wait_for_build(self.corpus)
        return place

    def add_file(self, path: str | Path, name: str | None = None, *, replace: bool = False) -> Path:
        """Copy a file into the inbox, under `name` or its own, for the next build.

        A name that another file has gets a number, unless `replace` says that the new one takes
        its place. Raises InputError for a file that is missing or larger than `max_file_mb`, and
        the errors of `add_text`.
        """
        limit = self._settings.max_file_mb * 1_000_000
        corpus = self.corpus
        with self._folder.pinning():
            place = inbox.add_file(corpus, Path(path), name, limit, replace=replace)
            inbox.wait_for_build(corpus)
        return place

    def _job(
        self,
        prepare: Callable[[], tuple[PreparedChange, Job]],
        afterwards: Callable[[], None] = lambda: None,
        change: SourceSetChange | None = None,
    ) -> ChangeJob:
        """The job of a change, which no other change or build comes between."""
        folder, wait = self._folder, self._settings.wait
        return ChangeJob(prepare, afterwards, lambda: folder.changing(wait), folder.pinning, change)

    def _removable(self, source_set: SourceSet) -> list[RemovableSource]:
        index = self._settings.index
        files = [
            RemovableSource(name, absolute(index / path))
            for name, _, path in recorded_sources(self._settings)
            if path
        ]
        return [*(RemovableSource(name) for name, _ in source_set.texts), *files]


def _paths(paths: Paths) -> list[Path]:
    return [expanded(path) for path in ([paths] if isinstance(paths, str | Path) else paths or ())]


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
    wanted = expanded(path.strip())
    if not wanted.is_absolute():
        raise InputError("The path is not complete; give it from the root, such as /data/manuals.")
    if not wanted.exists():
        raise InputError("There is no such file or folder on the server.")
    return wanted


def _globs(given: Globs, usual: str) -> str | None:
    """As the settings write them; None where neither is given, "" where none is wanted."""
    if given is None:
        return usual or None
    return given if isinstance(given, str) else ",".join(given)


def _texts(texts: Sequence[Text]) -> Sequence[Text]:
    if isinstance(texts, str):
        raise InputError("texts must be a list of texts; put the one text in a list.")
    return texts
