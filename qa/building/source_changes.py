"""Adding to and removing from the sources of an index. What it decides:

- A file or folder is added as it lies: it is not copied, and each build reads it again.
- A text is kept as a file of its name in the inbox (`corpus`/added). The same name with the same
  text changes nothing; another text takes its place only if asked.
- Removing deletes a file only if it is the inbox's own. Any other file stays where it is and
  the index leaves it out, until it is added again.
- All of it holds only if the build succeeds; else everything is as it was.
"""

from __future__ import annotations

import difflib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa.building import inbox
from qa.building.source_set import SourceSet, SourceSetChange, absolute
from qa.documents.encodings import isolated, printable
from qa.errors import InputError
from qa.settings import expanded


@dataclass
class PreparedChange:
    """A change of the set of sources, what it did to the inbox already, and how to finish that or
    take it back."""

    change: SourceSetChange
    undo: list[Callable[[], object]] = field(default_factory=list)
    finish: list[Callable[[], object]] = field(default_factory=list)

    def take_back(self) -> None:
        """Everything as it was; a step that the disk refuses is logged, and the others go on."""
        for step in reversed(self.undo):
            try:
                step()
            except (InputError, OSError) as error:
                logging.getLogger("qa").warning("A change could not be taken back: %s", error)

    def make_final(self) -> None:
        """The build succeeded."""
        for step in self.finish:
            step()


@dataclass(frozen=True, slots=True)
class RemovableSource:
    """A source that can be removed: its name in the index, and its file if it has one."""

    name: str
    path: Path | None = None

    def answers_to(self, wanted: str) -> bool:
        """Whether somebody who says `wanted` can mean it."""
        short = self.name.rsplit("/", 1)[-1]
        names = {self.name, short, short.rsplit(".", 1)[0], isolated(self.name), isolated(short)}
        if self.path is not None:
            names |= {str(self.path), str(self.path.resolve())}
        return bool({wanted, printable(wanted), str(absolute(expanded(wanted)))} & names)


def adding(
    source_set: SourceSet,
    corpus: Path,
    paths: Sequence[Path],
    texts: Sequence[tuple[str, str]],
    *,
    replace_same: bool = False,
) -> PreparedChange:
    """The change that adds files, folders and (name, text) pairs; a name may be empty.

    Raises InputError for a path that does not exist, an empty text, or a name that another
    text has, unless that one is to be replaced.
    """
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.")
    for name, text in texts:
        _check_text(source_set, corpus, name, text, replace_same)
    replaced = tuple(name for name, _ in texts if name)
    prepared = PreparedChange(SourceSetChange(removed_texts=replaced))
    added = [absolute(path) for path in paths]
    try:
        added += [_save_text(prepared, corpus, name, text, replace_same) for name, text in texts]
    except BaseException:
        prepared.take_back()
        raise
    prepared.change = replace(prepared.change, added_paths=tuple(added))
    return prepared


def removing(
    source_set: SourceSet,
    corpus: Path,
    sources: Sequence[RemovableSource],
    names: Sequence[str],
) -> PreparedChange:
    """The change that removes sources, named by their name, file name or path; or a whole
    folder, by its path. Raises InputError for a name that none or several answer to."""
    meant = [_find(name, source_set, sources) for name in names]
    files = [source.path for source in meant if source.path is not None]
    own_folder = absolute(inbox.folder(corpus))
    own = [path for path in files if own_folder in absolute(path).parents and not path.is_dir()]
    prepared = PreparedChange(
        SourceSetChange(
            removed_paths=tuple(absolute(path) for path in files if path not in own),
            removed_texts=tuple(source.name for source in meant if source.path is None),
        )
    )
    try:
        for path in own:
            _hide_file(prepared, path)
    except BaseException:
        prepared.take_back()
        raise
    return prepared


def _check_text(
    source_set: SourceSet, corpus: Path, name: str, text: str, replace_same: bool
) -> None:
    if not text.strip():
        raise InputError("The text is empty; give the text that should be searched.")
    if not name or replace_same:
        return
    in_set = dict(source_set.texts).get(name, text)
    path = inbox.text_path(corpus, name)
    if in_set != text or (path.exists() and not inbox.same_content(path, inbox.text_bytes(text))):
        raise InputError(
            f"There is already another text called {name!r}; "
            "have it replaced (--replace), or give another name."
        )


def _save_text(
    prepared: PreparedChange, corpus: Path, name: str, text: str, replace_same: bool
) -> Path:
    """Save a text in the inbox; where it lies."""
    path = inbox.text_path(corpus, name)
    before = inbox.content(path) if replace_same else None
    existed = set(path.parent.glob("*"))
    saved = inbox.add_text(corpus, name, text, replace=replace_same)
    ours = saved.stat().st_ino

    def take_back() -> None:
        still_ours = saved.exists() and saved.stat().st_ino == ours  # else others saved it, too
        if before is not None:
            inbox.save(saved, before, replace=still_ours)
        elif still_ours:
            saved.unlink()

    if before is not None or saved not in existed:
        prepared.undo.append(take_back)
    return absolute(saved)


def _find(name: str, source_set: SourceSet, sources: Sequence[RemovableSource]) -> RemovableSource:
    """The source or the folder that `name` stands for."""
    path = absolute(expanded(name))
    exact = [source for source in sources if source.name == name]
    meant = exact or [source for source in sources if source.answers_to(name)]
    if not exact and (path in source_set.paths or (path.is_dir() and source_set.covers(path))):
        return RemovableSource(name, path)
    if len(meant) == 1:
        return meant[0]
    if meant:
        listed = ", ".join(sorted(source.name for source in meant)[:5])
        raise InputError(f"{name!r} can mean several sources ({listed}); give one of these names.")
    near = difflib.get_close_matches(name, [source.name for source in sources], n=3)
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise InputError(f"The index has no source called {name!r}.{hint}")


def _hide_file(prepared: PreparedChange, path: Path) -> None:
    """Take a file of the inbox out of reach of the build, to be deleted when that has succeeded;
    a file that is gone is no longer in the recorded set."""
    hidden = inbox.hidden_name(path)
    try:
        path.rename(hidden)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{path} cannot be deleted ({error.strerror}).") from error
    prepared.undo.append(lambda: inbox.move(hidden, path))
    prepared.finish.append(lambda: hidden.unlink(missing_ok=True))
