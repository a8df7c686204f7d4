"""The rebuild that is running now: one at a time, followed by any number of open pages."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qa.building.time_left import StageTimer
from qa.datatypes import BuildReport, Progress, Skipped
from qa.errors import IndexBusyError, InputError, QAError

if TYPE_CHECKING:
    from qa.building.change_job import ChangeJob, Job
    from qa.building.source_keeper import SourceKeeper

MAX_TEXT_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class SourcesToAdd:
    """What somebody wants to add: a pasted text under a name, and uploaded files, each
    with the name that its giver called it."""

    name: str = ""
    text: str = ""
    files: tuple[tuple[Path, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What was saved into the corpus folder, and what was refused.

    `names` tells for each new source how its giver called it: a name that was taken already
    is saved under another one.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[Skipped, ...] = ()


class Build:
    """One rebuild. `run` blocks in its own thread; all the rest may be read from anywhere."""

    def __init__(self, job: Job, added: Added) -> None:
        self.added = added
        self.step = Progress("read", 0, 0)
        self.report: BuildReport | None = None
        self.error: Exception | None = None
        self._job = job
        self._started = time.monotonic()
        self._ended: float | None = None
        self._pace = StageTimer()

    @property
    def running(self) -> bool:
        """False once there is a report or an error."""
        return self._ended is None

    @property
    def elapsed(self) -> float:
        """Seconds since the start, or that it took."""
        return (self._ended or time.monotonic()) - self._started

    @property
    def left(self) -> float | None:
        """Seconds that the running stage will still take, as far as that is known."""
        return self._pace.left(time.monotonic())

    def run(self) -> None:
        """Build; never raises, see `error`."""
        try:
            self.report = self._job.run(self._note)
        except Exception as error:
            self.error = error
            logging.getLogger("qa.page").warning("The rebuild did not finish: %s", error)
        finally:
            self._ended = time.monotonic()

    def cancel(self) -> None:
        """Stop it; `error` will tell."""
        self._job.cancel()

    def _note(self, step: Progress) -> None:
        self.step = step
        self._pace = self._pace.noted(step, time.monotonic())


class RunningBuilds:
    """Starts rebuilds of one index, never two at once. Thread-safe."""

    def __init__(self, sources: SourceKeeper) -> None:
        self._sources = sources
        self._lock = threading.Lock()
        self.latest: Build | None = None

    @property
    def running(self) -> Build | None:
        """The rebuild that is under way, if any."""
        return self.latest if self.latest is not None and self.latest.running else None

    def start(self, wanted: SourcesToAdd | None = None) -> Build:
        """Save what is `wanted`, then begin to rebuild from the corpus folder.

        Raises IndexBusyError while a rebuild is running, before anything is saved, and
        InputError if something was wanted but nothing of it could be saved.
        """
        with self._lock:
            if self.running:
                raise IndexBusyError("A rebuild is already running; wait for it or cancel it.")
            added = self._save(wanted) if wanted is not None else Added()
            return self._begin(self._sources.start_build(), added)

    def change(self, begin: Callable[[], ChangeJob]) -> Build:
        """Begin a change of the sources. Raises IndexBusyError, and what `begin` raises."""
        with self._lock:
            if self.running:
                raise IndexBusyError("A rebuild is already running; wait for it or cancel it.")
            return self._begin(begin(), Added())

    def _begin(self, job: Job, added: Added) -> Build:
        self.latest = Build(job, added)
        threading.Thread(target=self.latest.run, name="rebuild", daemon=True).start()
        return self.latest

    def cancel(self) -> None:
        """Stop the running rebuild, if there is one."""
        if build := self.running:
            build.cancel()

    def _save(self, wanted: SourcesToAdd) -> Added:
        pasted, name = bool(wanted.text.strip()), wanted.name.strip()
        if not pasted and not wanted.files:
            raise InputError(
                "There is nothing to add: paste a text, or choose a file."
                if not name
                else "The text is empty; paste the text that should be searched."
            )
        if len(wanted.text) > MAX_TEXT_CHARACTERS:
            raise InputError(
                "The text has {characters} characters; paste at most {most}, or add it as a file.",
                characters=len(wanted.text),
                most=MAX_TEXT_CHARACTERS,
            )
        saved: dict[str, str] = {}
        refused: list[Skipped] = []
        if pasted:
            name = name or "pasted text"
            saved[self._source(self._sources.add_text(name, wanted.text))] = name
        for path, given in wanted.files:
            try:
                place = self._sources.add_file(path, given)
            except QAError as error:
                refused.append(Skipped(given, str(error)))
            else:
                saved[self._source(place)] = given
        if not saved:
            raise InputError(" ".join(problem.reason for problem in refused))
        return Added(saved, tuple(refused))

    def _source(self, path: Path) -> str:
        corpus = self._sources.corpus
        return path.relative_to(corpus).as_posix() if path.is_relative_to(corpus) else path.name
