"""Paths → the files that are read: folders walked in sorted order, within their bounds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.datatypes import Skipped
from qa.documents.encodings import is_unicode, printable
from qa.documents.path_patterns import fits, split
from qa.errors import InputError
from qa.settings import Settings

INDEX_ENTRIES = frozenset("CURRENT cache encoders feedback.sqlite generations pinned.jsonl".split())
"""What an index keeps in its folder, hidden entries aside."""

_NO_UNICODE = "Its name is not valid UTF-8; rename it to have it read."


def find_files(
    paths: Sequence[Path], settings: Settings, skipped: list[Skipped]
) -> list[tuple[Path, str]]:
    """Every file with its source name, each file and each name once.

    A source name is the path inside the folder, or the file's name, its control characters
    replaced. Left out of a folder are hidden files and folders, its own README.md, indexes,
    links that lead out of it, names that are not UTF-8, and what `include` and `exclude` leave
    out. At `max_files` it stops. What is left out for another reason than the patterns, being
    hidden, an index or README.md goes to `skipped`. Raises InputError for a given path that is
    missing or whose own name is not UTF-8.
    """
    files: list[tuple[Path, str]] = []
    seen: set[Path] = set()
    names: set[str] = set()
    for path in paths:
        for file, real in _files_under(path, settings, skipped):
            if real in seen:
                continue
            seen.add(real)
            inside = file.relative_to(path).as_posix() if file != path else file.name
            source = _free_name(printable(inside), file, names)
            if len(files) >= settings.max_files:
                reason = (
                    f"More than {settings.max_files:,} files were found (max_files); "
                    "this one and those after it were not read."
                )
                skipped.append(Skipped(source, reason))
                return files
            names.add(source)
            files.append((file, source))
    return files


def _free_name(source: str, file: Path, names: set[str]) -> str:
    """`source`, or where it is taken the whole path, if need be with a number."""
    whole = printable(file.as_posix())
    name, number = source, 1
    while name in names:
        name = whole if number == 1 else f"{whole} ({number})"
        number += 1
    return name


def _files_under(
    path: Path, settings: Settings, skipped: list[Skipped]
) -> Iterator[tuple[Path, Path]]:
    """(file, where it really lies) for a path: itself, or what is read of the folder."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise InputError(f"There is no file or folder {printable(str(path))}.") from None
    if not is_unicode(path.name):
        raise InputError(f"{printable(str(path))} cannot be read. {_NO_UNICODE}")
    if path.is_dir():
        yield from _Walk(path, real, settings, skipped).files()
    else:
        yield path, real


@dataclass(frozen=True, slots=True)
class _Walk:
    """One folder to be walked; `root` is where it really lies."""

    top: Path
    root: Path
    settings: Settings
    skipped: list[Skipped]

    def files(self) -> Iterator[tuple[Path, Path]]:
        """(file, where it really lies) in sorted order."""
        visited = {self.root}
        waiting = [(self.top, self.root, True)]
        while waiting:
            path, real, is_folder = waiting.pop()
            if not is_folder:
                if self._is_included(self._inside(path)):
                    yield path, real
                continue
            for entry in reversed(self._entries(path, real)):
                if entry[2] and entry[1] in visited:
                    continue
                if entry[2]:
                    visited.add(entry[1])
                waiting.append(entry)

    def _entries(self, folder: Path, real: Path) -> list[tuple[Path, Path, bool]]:
        """(path, where it really lies, whether it is a folder) of what is read in a folder."""
        try:
            with os.scandir(folder) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as error:
            self._skip(folder, f"The folder cannot be opened: {error.strerror}.")
            return []
        if INDEX_ENTRIES & {entry.name for entry in entries} and self._is_index(real):
            entries = [entry for entry in entries if entry.name not in INDEX_ENTRIES]
            if folder != self.top:
                return []
        followed = [self._follow(entry, real) for entry in entries if not self._left_out(entry)]
        return [entry for entry in followed if entry is not None]

    def _is_index(self, real: Path) -> bool:
        """Whether a folder is the index that is being built, or looks like another one."""
        looks_so = (real / "generations").is_dir() and (real / "CURRENT").is_file()
        return looks_so or real == self.settings.index.resolve()

    def _left_out(self, entry: os.DirEntry[str]) -> bool:
        if entry.name.startswith("."):
            return True
        inside = self._inside(Path(entry.path)) + (
            "/" if entry.is_dir(follow_symlinks=False) else ""
        )
        exclude = split(self.settings.exclude)
        return bool(exclude) and fits(inside, *exclude)

    def _is_included(self, inside: str) -> bool:
        include = split(self.settings.include)
        return inside != "README.md" and (not include or fits(inside, *include))

    def _follow(self, entry: os.DirEntry[str], real_folder: Path) -> tuple[Path, Path, bool] | None:
        """As `_entries` gives it, or None for what is not read."""
        path = Path(entry.path)
        if not is_unicode(entry.name):
            self._skip(path, _NO_UNICODE)
            return None
        if not entry.is_symlink():
            return path, real_folder / entry.name, entry.is_dir()
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
            self._skip(path, "It is a link that leads nowhere.")
            return None
        if real != self.root and self.root not in real.parents:
            self._skip(path, "It is a link that leads outside the folder; it was not followed.")
            return None
        return path, real, real.is_dir()

    def _inside(self, path: Path) -> str:
        return path.relative_to(self.top).as_posix()

    def _skip(self, path: Path, reason: str) -> None:
        name = self._inside(path) if path != self.top else self.top.name
        self.skipped.append(Skipped(printable(name), reason))
