"""The generations of an index over time: listed, taken back to, and removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.building import inbox
from qa.building.disk_errors import refusal
from qa.errors import BuildError, IndexDamagedError, InputError, QAError
from qa.index.generations import KEPT_GENERATIONS, IndexFolder

if TYPE_CHECKING:
    from pathlib import Path

    from qa.encoders.protocol import Encoder
    from qa.index.manifest import Manifest
    from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of an index. `built_at` is ISO 8601 in UTC; `pinned` counts the pinned questions
    that passed when it was built, of `asked`. `problem` is None, or why it cannot be used."""

    name: str
    live: bool = False
    built_at: str = ""
    model: str = ""
    documents: int = 0
    passages: int = 0
    bytes_on_disk: int = 0
    pinned: int = 0
    asked: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What `prune` removed: generations by name, encoders and litter by path in the index."""

    generations: tuple[str, ...] = ()
    encoders: tuple[str, ...] = ()
    litter: tuple[str, ...] = ()


def history(folder: IndexFolder) -> list[Generation]:
    """All generations, oldest first. One that cannot be used says why. Never raises."""
    live = _live_or_none(folder)
    return [_described(folder, name, name == live) for name in folder.names()]


def _described(folder: IndexFolder, name: str, live: bool) -> Generation:
    try:
        manifest = folder.manifest(name)
        problems = folder.problems(manifest, thorough=False)
    except QAError as error:
        return Generation(name, live, problem=str(error))
    return Generation(
        name=name,
        live=live,
        built_at=manifest.built_at,
        model=str(manifest.encoder.get("name", "")),
        documents=int(manifest.counts.get("documents", 0)),
        passages=int(manifest.counts.get("passages", 0)),
        bytes_on_disk=sum(int(facts["bytes"]) for facts in manifest.files.values()),
        pinned=int(manifest.pinned.get("passed", 0)),
        asked=int(manifest.pinned.get("asked", 0)),
        problem=problems[0] if problems else None,
    )


def earlier(folder: IndexFolder) -> str:
    """The generation before the live one. Raises InputError where there is none."""
    live = folder.require_live()
    before = [name for name in folder.names() if name < live]
    if not before:
        raise InputError(
            f"There is no generation before {live}; python -m qa history lists what there is."
        )
    return before[-1]


def checked(folder: IndexFolder, name: str) -> Manifest:
    """The manifest of a generation all of whose files are as it says.

    Raises InputError where there is none of that name, IndexDamagedError, IndexMismatchError.
    """
    if name not in folder.names():
        raise InputError(
            f"There is no generation {name!r} in {folder.root}; "
            "python -m qa history lists what there is."
        )
    manifest = folder.manifest(name)
    problems = folder.problems(manifest, thorough=True)
    if problems:
        raise IndexDamagedError(
            f"{problems[0]} The live generation stays; choose another one: python -m qa history"
        )
    return manifest


def rollback(
    folder: IndexFolder, name: str | None, settings: Settings, encoder: Encoder | None = None
) -> Generation:
    """Make the generation `name` live, or the one before the live one; see `Service.rollback`."""
    from qa.answering.retriever import Retriever

    with folder.writing(settings.wait):
        chosen = name or earlier(folder)
        checked(folder, chosen)
        if chosen == _live_or_none(folder):
            raise InputError(f"{chosen} is the live generation already.")
        Retriever.open(
            folder.root, encoder=encoder, settings=settings, generation=chosen
        ).close()  # fingerprint, canaries, and whether the parts fit together
        try:
            folder.point_to(chosen)
        except OSError as error:
            raise BuildError(refusal(error) or str(error)) from error
    return _described(folder, chosen, live=True)


def _live_or_none(folder: IndexFolder) -> str | None:
    try:
        return folder.live()
    except QAError:
        return None


def prune(
    folder: IndexFolder, keep: int = KEPT_GENERATIONS, wait: float = 0.0, corpus: Path | None = None
) -> Pruned:
    """Remove all generations but the `keep` newest and the live one; also the encoders that none
    of them uses, and what stopped builds left, also in the inbox of `corpus` if that is given.

    After a rollback the live one need not be among the newest; then `keep` + 1 stay, so that the
    way forward to the newest is not lost.

    Raises InputError for a `keep` below 1, IndexBusyError while another process writes.
    """
    if keep < 1:
        raise InputError(f"keep is {keep}, but must be at least 1: the live one always stays.")
    folder.require_live()
    with folder.writing(wait):
        gone = folder.prune(keep)
        left = inbox.sweep(corpus) if corpus is not None else []
    generations = tuple(path.name for path in gone if path.parent == folder.generations)
    encoders = tuple(path.name for path in gone if path.parent == folder.encoders)
    return Pruned(
        tuple(name for name in generations if not name.startswith(".")),
        tuple(name for name in encoders if not name.startswith(".")),
        (
            *(_shown(path, folder) for path in gone if path.name.startswith(".")),
            *(path.name for path in left),
        ),
    )


def _shown(path: Path, folder: IndexFolder) -> str:
    return path.relative_to(folder.root).as_posix()
