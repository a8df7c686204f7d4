"""Adding to and removing from the sources of an index. What it decides:

- A file or folder is added as it lies: it is not copied, and each build reads it again.
- A text is kept as a file of its name in the inbox (`corpus`/added) where the corpus folder is
  among the sources, else in the index itself. The same name with the same text changes nothing;
  another text takes its place only if asked.
- Removing deletes a file only if it is the inbox's own. Any other file stays where it is and
  the index leaves it out, until it is added again.
- All of it holds only if the build succeeds; else everything is as it was.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa.building import inbox
from qa.building.source_set import SourceSet, absolute
from qa.errors import InputError


@dataclass
class Change:
    """A new set of sources, and the steps that make it hold or take it back."""

    origins: SourceSet
    undo: list[Callable[[], object]] = field(default_factory=list)
    done: list[Callable[[], object]] = field(default_factory=list)

    def take_back(self) -> None:
        """Everything as it was."""
        for step in reversed(self.undo):
            step()

    def make_final(self) -> None:
        """The build succeeded."""
        for step in self.done:
            step()


@dataclass(frozen=True, slots=True)
class RemovableSource:
    """A source that can be removed: its name in the index, and its file if it has one."""

    name: str
    path: Path | None = None

    def answers_to(self, wanted: str) -> bool:
        """Whether somebody who says `wanted` can mean it."""
        short = self.name.rsplit("/", 1)[-1]
        names = {self.name, short, short.rsplit(".", 1)[0]}
        if self.path is not None:
            names |= {str(self.path), str(self.path.resolve())}
        return wanted in names or str(absolute(Path(wanted))) in names


def adding(
    origins: SourceSet,
    corpus: Path,
    paths: Sequence[Path],
    texts: Sequence[tuple[str, str]],
    *,
    replace_same: bool = False,
) -> Change:
    """The change that adds files, folders and (name, text) pairs; a name may be empty.

    Raises InputError for a path that does not exist, an empty text, or a name that another
    text has, unless that one is to be replaced.
    """
    change = Change(origins)
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.")
    for name, text in texts:
        _check_text(change.origins, corpus, name, text, replace_same)
    for path in paths:
        change.origins = change.origins.with_path(path)
    try:
        for name, text in texts:
            _add_text(change, corpus, name, text, replace_same)
    except BaseException:
        change.take_back()
        raise
    return change


def removing(
    origins: SourceSet, corpus: Path, known: Sequence[RemovableSource], names: Sequence[str]
) -> Change:
    """The change that removes sources, named by their name, file name or path; or a whole
    folder, by its path. Raises InputError for a name that none or several answer to."""
    change = Change(origins)
    found = [_find(name, origins, known) for name in names]
    try:
        for one in found:
            if isinstance(one, Path):
                change.origins = change.origins.without_path(one)
            elif one.path is None:
                change.origins = change.origins.without_text(one.name)
            else:
                _remove_file(change, corpus, one.path)
    except BaseException:
        change.take_back()
        raise
    return change


def _check_text(origins: SourceSet, corpus: Path, name: str, text: str, replace_same: bool) -> None:
    if not text.strip():
        raise InputError("The text is empty; give the text that should be searched.")
    if not name or replace_same:
        return
    here = dict(origins.texts).get(name)
    path = inbox.text_path(corpus, name)
    there = path.exists() and not inbox.same_content(path, inbox.text_bytes(text))
    if (here is not None and here != text) or (_has_inbox(origins, corpus) and there):
        raise InputError(
            f"There is already another text called {name!r}; "
            "have it replaced (--replace), or give another name."
        )


def _has_inbox(origins: SourceSet, corpus: Path) -> bool:
    return origins.covers(inbox.folder(corpus)) or not (origins.paths or origins.texts)


def _add_text(change: Change, corpus: Path, name: str, text: str, replace_same: bool) -> None:
    origins = change.origins
    if not _has_inbox(origins, corpus):
        taken = {each for each, _ in origins.texts}
        name = name or _free_name(taken)
        texts = tuple(each for each in origins.texts if each[0] != name)
        change.origins = replace(origins, texts=(*texts, (name, text)))
        return
    origins = origins.without_text(name) if name else origins
    change.origins = origins if origins.paths else origins.with_path(corpus)
    path = inbox.text_path(corpus, name)
    before = path.read_bytes() if replace_same and path.exists() else None
    existed = set(path.parent.glob("*"))
    saved = inbox.add_text(corpus, name, text, replace=replace_same)
    change.origins = change.origins.with_path(saved)
    if before is not None:
        change.undo.append(lambda: saved.write_bytes(before))
    elif saved not in existed:
        change.undo.append(lambda: saved.unlink(missing_ok=True))


def _free_name(taken: set[str]) -> str:
    name, number = inbox.NAMELESS, 1
    while name in taken:
        number += 1
        name = f"{inbox.NAMELESS} ({number})"
    return name


def _find(
    name: str, origins: SourceSet, known: Sequence[RemovableSource]
) -> RemovableSource | Path:
    path = absolute(Path(name))
    exact = [one for one in known if one.name == name]
    found = exact or [one for one in known if one.answers_to(name)]
    if not exact and (path in origins.paths or (path.is_dir() and origins.covers(path))):
        return path
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(sorted(one.name for one in found)[:5])
        raise InputError(f"{name!r} can mean several sources ({listed}); give one of these names.")
    near = difflib.get_close_matches(name, [one.name for one in known], n=3)
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise InputError(f"The index has no source called {name!r}.{hint}")


def _remove_file(change: Change, corpus: Path, path: Path) -> None:
    """Out of the inbox for good; any other file is only left out."""
    if absolute(inbox.folder(corpus)) not in absolute(path).parents:
        change.origins = change.origins.without_path(path)
        return
    if path in change.origins.paths:
        change.origins = change.origins.without_path(path)
    aside = inbox.hidden_name(path)
    try:
        path.rename(aside)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{path} cannot be deleted ({error.strerror}).") from error
    change.undo.append(lambda: aside.rename(path))
    change.done.append(lambda: aside.unlink(missing_ok=True))
