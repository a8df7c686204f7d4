"""The generations of an index over time: listed, taken back to, and removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.building import inbox
from qa.building.disk_errors import disk_error_message
from qa.errors import BuildError, IndexDamagedError, InputError, QAError
from qa.index.generations import KEPT_GENERATIONS, IndexFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.building.purge import TextStore, Trace
    from qa.encoders.protocol import Encoder
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


class Generations:
    """The generations of one index. `text_stores` are what else in the index folder keeps texts:
    `traces` looks through them and `purge` cleans them."""

    def __init__(
        self,
        settings: Settings,
        encoder: Encoder | None = None,
        text_stores: Sequence[TextStore] = (),
    ) -> None:
        self._settings = settings
        self._folder = IndexFolder(settings.index)
        self._encoder = encoder
        self._text_stores = text_stores

    def history(self) -> list[Generation]:
        """All generations, oldest first. One that cannot be used says why. Never raises."""
        live = self._live_or_none()
        return [self._described(name, name == live) for name in self._folder.names()]

    def rollback(self, generation: str | None = None) -> Generation:
        """Make an earlier generation the live one: by name, or the one before the live one.

        All of it is checked before the switch, which is one step. Raises InputError where there
        is none such, IndexBusyError, IndexDamagedError or IndexMismatchError; the live one stays.
        """
        from qa.answering.retriever import Retriever

        with self._folder.writing(self._settings.wait):
            chosen = generation or self._before_live()
            self._check_files(chosen)
            if chosen == self._live_or_none():
                raise InputError(f"{chosen} is the live generation already.")
            Retriever.open(
                self._folder.root,
                encoder=self._encoder,
                settings=self._settings,
                generation=chosen,
            ).close()  # fingerprint, canaries, and whether the parts fit together
            try:
                self._folder.point_to(chosen)
            except OSError as error:
                raise BuildError(disk_error_message(error) or str(error)) from error
        return self._described(chosen, live=True)

    def prune(self, keep: int = KEPT_GENERATIONS) -> Pruned:
        """Remove all generations but the `keep` newest and the live one; also the encoders that
        none of them uses, and what stopped builds left, in the index and in the inbox.

        After a rollback the live one need not be among the newest; then `keep` + 1 stay, so that
        the way forward to the newest is not lost.

        Raises InputError for a `keep` below 1, IndexBusyError while another process writes.
        """
        if keep < 1:
            raise InputError(f"keep is {keep}, but must be at least 1: the live one always stays.")
        folder = self._folder
        folder.require_live()
        wait = self._settings.wait
        with folder.changing(wait), folder.writing(wait):
            removed = folder.prune(keep)
            left_in_inbox = inbox.sweep(self._settings.corpus)
        generations = [path.name for path in removed if path.parent == folder.generations]
        encoders = [path.name for path in removed if path.parent == folder.encoders]
        litter = [
            path.relative_to(folder.root).as_posix()
            for path in removed
            if path.name.startswith(".")
        ]
        return Pruned(
            tuple(name for name in generations if not name.startswith(".")),
            tuple(name for name in encoders if not name.startswith(".")),
            (*litter, *(path.name for path in left_in_inbox)),
        )

    def verify(self) -> list[str]:
        """Check every checksum, count and offset of the live generation, and that its vectors
        belong to their texts; the problems found, one sentence each. See `qa.building.verify`."""
        from qa.building.verify import verification_problems

        return verification_problems(self._folder, self._settings, self._encoder)

    def traces(self, text: str) -> list[Trace]:
        """Where the index, its older generations, its caches and the inbox still hold a text;
        empty once it has left no trace. Raises InputError for an empty text, and
        IndexMissingError where nothing was built."""
        from qa.building.purge import traces

        return traces(self._settings, text, self._text_stores)

    def purge(self) -> None:
        """Drop what only earlier states of the index needed: older generations, cached texts
        and vectors, files set aside in the inbox, what text stores keep of documents that went.

        Raises IndexBusyError while a build is running, and IndexMissingError.
        """
        from qa.building.purge import purge

        purge(self._settings, self._text_stores)

    def _described(self, name: str, live: bool) -> Generation:
        try:
            manifest = self._folder.manifest(name)
            problems = self._folder.problems(manifest, thorough=False)
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

    def _before_live(self) -> str:
        """The generation before the live one. Raises InputError where there is none."""
        live = self._folder.require_live()
        before = [name for name in self._folder.names() if name < live]
        if not before:
            raise InputError(
                f"There is no generation before {live}; python -m qa history lists what there is."
            )
        return before[-1]

    def _check_files(self, name: str) -> None:
        """Raise InputError where there is no generation of that name, IndexDamagedError or
        IndexMismatchError where one of its files is not as its manifest says."""
        if name not in self._folder.names():
            raise InputError(
                f"There is no generation {name!r} in {self._folder.root}; "
                "python -m qa history lists what there is."
            )
        problems = self._folder.problems(self._folder.manifest(name), thorough=True)
        if problems:
            raise IndexDamagedError(
                f"{problems[0]} The live generation stays; choose another one: python -m qa history"
            )

    def _live_or_none(self) -> str | None:
        try:
            return self._folder.live()
        except QAError:
            return None
