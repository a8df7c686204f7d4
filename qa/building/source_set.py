"""The set of sources of an index: which folders, files and texts it is built from.

`index` gives an index a new set, `add` and `remove` change the set it has. Each generation
records its own in the catalog, so that a build with nothing given reads the same set again.
Paths are recorded relative to the index folder, so that both can be moved together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa.errors import InputError

FOLDER, FILE, TEXT, LEFT_OUT = "folder", "file", "text", "left out"
INCLUDE, EXCLUDE = "include", "exclude"

Record = tuple[str, str, str]
"""(kind, path or name, text): one row of the catalog."""


@dataclass(frozen=True)
class SourceSet:
    """What an index is built from. All paths are absolute.

    `paths`: folders and files. `texts`: (name, text) pairs. `left_out`: files and folders
    below `paths` that were taken out, and stay where they are. `include`, `exclude`: globs for
    the files of folders, separated by commas, as in `Settings`.
    """

    paths: tuple[Path, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    left_out: tuple[Path, ...] = ()
    include: str = ""
    exclude: str = ""

    def covers(self, path: Path) -> bool:
        """Whether a file or folder is read with this set."""
        return _within(path, self.paths) and not _within(path, self.left_out)

    def with_path(self, path: Path) -> SourceSet:
        """The set with a file or folder in it."""
        path = absolute(path)
        left_out = tuple(p for p in self.left_out if p != path and path not in p.parents)
        lifted = replace(self, left_out=left_out)
        if lifted.covers(path):
            return lifted
        own = tuple(p for p in lifted.paths if path not in p.parents)
        return replace(lifted, paths=(*own, path))

    def without_path(self, path: Path) -> SourceSet:
        """The set without a file or folder, which itself is not touched."""
        path = absolute(path)
        paths = tuple(p for p in self.paths if p != path and path not in p.parents)
        left_out = tuple(p for p in self.left_out if _within(p, paths))
        smaller = replace(self, paths=paths, left_out=left_out)
        if not smaller.covers(path):
            return smaller
        return replace(smaller, left_out=(*left_out, path))

    def without_text(self, name: str) -> SourceSet:
        """The set without the text of that name."""
        return replace(self, texts=tuple(text for text in self.texts if text[0] != name))

    def described(self) -> tuple[str, ...]:
        """Each folder, file and text of the set in words, and what is left out."""
        names = [str(path) for path in self.paths]
        names += [f'text "{name}"' for name, _ in self.texts]
        names += [f"without {path}" for path in self.left_out]
        names += [f"only files like {self.include}"] if self.include else []
        return (*names, f"no files like {self.exclude}") if self.exclude else tuple(names)

    def records(self, index: Path) -> list[Record]:
        """The set as rows of the catalog of an index folder."""
        rows = [
            (FOLDER if path.is_dir() else FILE, relative(path, index), "") for path in self.paths
        ]
        rows += [(TEXT, name, text) for name, text in self.texts]
        rows += [(LEFT_OUT, relative(path, index), "") for path in self.left_out]
        globs = ((INCLUDE, self.include), (EXCLUDE, self.exclude))
        return rows + [(kind, "", glob) for kind, glob in globs if glob]


@dataclass(frozen=True)
class SourceSetChange:
    """How one build changes the set of sources.

    It is applied while the build holds the index for writing, to the set as it is at that moment:
    so nothing is lost when several processes change the set at once. `exactly`: a new set in place
    of the old one. `removed_paths` themselves are not touched. Globs that are None stay as they
    are. All paths are absolute.
    """

    exactly: SourceSet | None = None
    added_paths: tuple[Path, ...] = ()
    removed_paths: tuple[Path, ...] = ()
    removed_texts: tuple[str, ...] = ()
    include: str | None = None
    exclude: str | None = None

    def applied_to(self, before: SourceSet) -> SourceSet:
        """The set afterwards.

        >>> tea, milk, salt = Path("/tea"), Path("/milk"), Path("/salt")
        >>> change = SourceSetChange(added_paths=(tea,), removed_paths=(milk,))
        >>> [path.name for path in change.applied_to(SourceSet((milk, salt))).paths]
        ['salt', 'tea']
        """
        after = before if self.exactly is None else self.exactly
        for path in self.added_paths:
            after = after.with_path(path)
        for path in self.removed_paths:
            after = after.without_path(path)
        for name in self.removed_texts:
            after = after.without_text(name)
        include = after.include if self.include is None else self.include
        exclude = after.exclude if self.exclude is None else self.exclude
        return replace(after, include=include, exclude=exclude)


def change_from_json(values: dict[str, Any]) -> SourceSetChange:
    """A change from what `dataclasses.asdict` and JSON, with paths as texts, made of it."""
    exactly = values["exactly"]
    return SourceSetChange(
        None if exactly is None else SourceSet(**_tuples(exactly)), **_tuples(values, "exactly")
    )


def _tuples(values: dict[str, Any], *without: str) -> dict[str, Any]:
    """The values of a dataclass of this file, whose lists JSON made of tuples and paths."""
    made = {name: value for name, value in values.items() if name not in without}
    for name in ("paths", "left_out", "added_paths", "removed_paths"):
        if name in made:
            made[name] = tuple(map(Path, made[name]))
    if "texts" in made:
        made["texts"] = tuple((name, text) for name, text in made["texts"])
    if "removed_texts" in made:
        made["removed_texts"] = tuple(made["removed_texts"])
    return made


def from_records(records: Iterable[Record], index: Path, *, whole: bool = True) -> SourceSet:
    """The set that a catalog recorded. A file that is gone is no longer in it.

    A folder that is gone may only be out of reach for now: it raises InputError, unless the set
    need not be `whole`.
    """
    paths: list[Path] = []
    texts: list[tuple[str, str]] = []
    left_out: list[Path] = []
    globs = {INCLUDE: "", EXCLUDE: ""}
    for kind, name, text in records:
        path = absolute(index / name)
        if kind == TEXT:
            texts.append((name, text))
        elif kind in globs:
            globs[kind] = text
        elif kind == LEFT_OUT:
            left_out.append(path)
        elif path.exists() or (kind == FOLDER and not whole):
            paths.append(path)
        elif kind == FOLDER:
            raise InputError(
                f"The folder {path}, which the index is built from, is not there; put it back, "
                f'or take it out: python -m qa remove "{path}"'
            )
    return SourceSet(tuple(paths), tuple(texts), tuple(left_out), globs[INCLUDE], globs[EXCLUDE])


def absolute(path: Path) -> Path:
    """The path without "..", made absolute; links are not followed.

    >>> absolute(Path("/a/b/../c")).as_posix().endswith("/a/c")
    True
    """
    return Path(os.path.normpath(path.absolute()))


def _within(path: Path, roots: Sequence[Path]) -> bool:
    path = absolute(path)
    return any(path == root or root in path.parents for root in roots)


def relative(path: Path, index: Path) -> str:
    """The path as seen from the index folder; as it is where there is no way from there."""
    try:
        return Path(os.path.relpath(path, absolute(index))).as_posix()
    except ValueError:  # another drive
        return path.as_posix()
