"""Paths → the files that are read: folders walked in sorted order, within their bounds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.datatypes import Skipped
from qa.documents.formats.registry import printable
from qa.errors import InputError
from qa.settings import Settings

_GLOB = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|.", re.S)
_MEANINGS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def find_files(
    paths: Sequence[Path], settings: Settings, skipped: list[Skipped]
) -> list[tuple[Path, str]]:
    """Every file with its source name, each file and each name once.

    A source name is the path inside the folder, or the file's name; what is no readable text
    in it is replaced. Left out of a folder are hidden files and folders, its own README.md,
    links that lead out of it and what `include` and `exclude` leave out. At `max_files` it
    stops. What is left out for another reason than the globs, hidden or README.md goes to
    `skipped`. Raises InputError for a missing path.
    """
    found: list[tuple[Path, str]] = []
    seen: set[Path] = set()
    names: set[str] = set()
    for path in paths:
        for file, real in _under(path, settings, skipped):
            if real in seen:
                continue
            seen.add(real)
            inside = file.relative_to(path).as_posix() if file != path else file.name
            source = _free_name(printable(inside), file, names)
            if len(found) >= settings.max_files:
                reason = (
                    f"More than {settings.max_files:,} files were found (max_files); "
                    "this one and those after it were not read."
                )
                skipped.append(Skipped(source, reason))
                return found
            names.add(source)
            found.append((file, source))
    return found


def _free_name(source: str, file: Path, names: set[str]) -> str:
    """`source`, or where it is taken the whole path, if need be with a number."""
    whole = printable(file.as_posix())
    name, number = source, 1
    while name in names:
        name = whole if number == 1 else f"{whole} ({number})"
        number += 1
    return name


def matches(source: str, globs: str) -> bool:
    """Whether a path inside a folder, or a folder that it lies in, matches one of the globs.

    Globs are separated by commas. One without `/` matches a name at any depth; in one with
    `/`, `**` stands for any folders. Capital and small letters are the same.

    >>> matches("old/a.PDF", "*.pdf"), matches("old/a.pdf", "old"), matches("a.pdf", "old/*")
    (True, True, False)
    """
    parts = source.split("/")
    starts = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    for glob in filter(None, (each.strip() for each in globs.split(","))):
        pattern = _pattern(glob.strip("/"))
        candidates = starts if "/" in glob.strip("/") else parts
        if any(pattern.fullmatch(each) for each in candidates):
            return True
    return False


def _pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression; `re` keeps those it compiled."""
    pieces = []
    for piece in _GLOB.findall(glob):
        if piece.startswith("[") and len(piece) > 2:
            pieces.append("[" + re.sub(r"^!", "^", piece[1:-1]).replace("\\", r"\\") + "]")
        else:
            pieces.append(_MEANINGS.get(piece, re.escape(piece)))
    try:
        return re.compile("".join(pieces), re.I | re.S)
    except re.error:
        raise InputError(f"{glob} is no glob; try one like *.pdf or reports/**.") from None


def _under(path: Path, settings: Settings, skipped: list[Skipped]) -> Iterator[tuple[Path, Path]]:
    """(file, where it really lies) for a path: itself, or what is read of the folder."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise InputError(f"There is no file or folder {printable(str(path))}.") from None
    if not path.is_dir():
        yield path, real
        return
    for file, target in _walk(path, real, settings, skipped):
        source = file.relative_to(path).as_posix()
        if source != "README.md" and (not settings.include or matches(source, settings.include)):
            yield file, target


def _walk(
    top: Path, root: Path, settings: Settings, skipped: list[Skipped]
) -> Iterator[tuple[Path, Path]]:
    """Files under a folder in sorted order; no hidden ones, no links out of `root`."""
    visited = {root}
    waiting = [(top, root, True)]
    while waiting:
        path, real, is_folder = waiting.pop()
        if not is_folder:
            yield path, real
            continue
        inside = [
            entry
            for each in _entries(path, top, skipped)
            if not _left_out(each, top, settings)
            and (entry := _entry(each, real, root, top, skipped)) is not None
        ]
        for entry in reversed(inside):
            if entry[2] and entry[1] in visited:
                continue
            if entry[2]:
                visited.add(entry[1])
            waiting.append(entry)


def _left_out(entry: os.DirEntry[str], top: Path, settings: Settings) -> bool:
    if entry.name.startswith("."):
        return True
    return bool(settings.exclude) and matches(
        Path(entry.path).relative_to(top).as_posix(), settings.exclude
    )


def _entries(folder: Path, top: Path, skipped: list[Skipped]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda each: each.name)
    except OSError as error:
        name = _name(folder, top)
        skipped.append(Skipped(name, f"The folder cannot be opened: {error.strerror}."))
        return []


def _name(path: Path, top: Path) -> str:
    return printable(path.relative_to(top).as_posix() if path != top else top.name)


def _entry(
    entry: os.DirEntry[str], folder: Path, root: Path, top: Path, skipped: list[Skipped]
) -> tuple[Path, Path, bool] | None:
    """(path, where it really lies, whether it is a folder), or None for a link not followed."""
    path = Path(entry.path)
    if not entry.is_symlink():
        return path, folder / entry.name, entry.is_dir()
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        skipped.append(Skipped(_name(path, top), "It is a link that leads nowhere."))
        return None
    if real != root and root not in real.parents:
        reason = "It is a link that leads outside the folder; it was not followed."
        skipped.append(Skipped(_name(path, top), reason))
        return None
    return path, real, real.is_dir()
