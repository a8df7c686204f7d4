"""Paths → the files that are read: folders walked in sorted order, within their bounds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.datatypes import Skipped
from qa.documents.encodings import isolated, printable
from qa.documents.path_patterns import fits, split
from qa.errors import InputError
from qa.settings import Settings

INDEX_ENTRIES = frozenset("CURRENT cache encoders feedback.sqlite generations pinned.jsonl".split())
"""What an index keeps in its folder, hidden entries aside."""

_LITTER = re.compile(
    r"\.DS_Store|\._.+|\.~lock\..+#|~\$.+|.+~|#.+#|\.directory|Icon\r|__MACOSX"
    r"|(?:eh)?thumbs(?:_vista)?\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information",
    re.I,
)
"""What systems and programs leave beside files, after the templates "Global" of
github.com/github/gitignore: marks of folders, locks of open documents, copies of editors."""
_LITTER_NAMED = 3


def is_litter(name: str) -> bool:
    """Whether a file of that name was left by a system or a program, and is no text of anybody.

    >>> is_litter("Thumbs.db"), is_litter("~$letter.docx"), is_litter("letter.docx")
    (True, True, False)
    """
    return _LITTER.fullmatch(name) is not None


def find_files(
    paths: Sequence[Path], settings: Settings, skipped: list[Skipped]
) -> list[tuple[Path, str]]:
    """Every file with its source name, each file and each name once.

    A source name is the path inside the folder, or the file's name, its control characters
    replaced, and bytes that are no UTF-8. Left out of a folder are hidden files and folders, litter
    of systems, its own README.md, indexes, links that lead out of it, and what `include` and
    `exclude` leave out. At `max_files` it stops. What is left out for another reason than the
    patterns, being hidden, an index or README.md goes to `skipped`, litter in one line. Raises
    InputError for a given path that is missing.
    """
    litter: list[str] = []
    files = _found(paths, settings, skipped, litter)
    if litter:
        named = ", ".join(dict.fromkeys(isolated(printable(name)) for name in litter[:100]))
        first = ", ".join(named.split(", ")[:_LITTER_NAMED])
        number = f"{len(litter):,} files" if len(litter) > 1 else "1 file"
        more = ", …" if named != first else ""
        reason = f"Left by the system or by programs, passed over: {first}{more}."
        skipped.append(Skipped(number, reason))
    return files


def _found(
    paths: Sequence[Path], settings: Settings, skipped: list[Skipped], litter: list[str]
) -> list[tuple[Path, str]]:
    files: list[tuple[Path, str]] = []
    seen: set[Path] = set()
    names: set[str] = set()
    for path in paths:
        for file, real in _files_under(path, settings, skipped, litter):
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
    path: Path, settings: Settings, skipped: list[Skipped], litter: list[str]
) -> Iterator[tuple[Path, Path]]:
    """(file, where it really lies) for a path: itself, or what is read of the folder."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        shown = isolated(printable(str(path)))
        raise InputError(f"There is no file or folder {shown}.") from None
    if path.is_dir():
        yield from _Walk(path, real, settings, skipped, litter).files()
    else:
        yield path, real


@dataclass(frozen=True, slots=True)
class _Walk:
    """One folder to be walked; `root` is where it really lies."""

    top: Path
    root: Path
    settings: Settings
    skipped: list[Skipped]
    litter: list[str]

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
        if is_litter(entry.name):
            self.litter.append(entry.name)
            return True
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
