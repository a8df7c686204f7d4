"""A change to the sources of an index with the build that makes it hold, as one job."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from qa.building.source_changes import PreparedChange
from qa.building.source_set import SourceSetChange
from qa.datatypes import BuildReport, Progress
from qa.errors import BuildCancelled


class Job(Protocol):
    """A build, not yet begun; see `qa.building.job.BuildJob`."""

    def run(self, progress: Callable[[Progress], None] | None = None) -> BuildReport:
        """Build and wait for it."""

    def cancel(self) -> None:
        """Stop it, from any thread; the live index stays as it was."""


class ChangeJob:
    """Not yet begun: nothing has changed before `run`. `cancel` may come from any thread."""

    def __init__(
        self,
        prepare: Callable[[], tuple[PreparedChange, Job]],
        afterwards: Callable[[], None] = lambda: None,
        held: Callable[[], AbstractContextManager[None]] = nullcontext,
        touching: Callable[[], AbstractContextManager[None]] = nullcontext,
        change: SourceSetChange | None = None,
    ) -> None:
        """`held` keeps other changes and builds off until this one is final or taken back,
        `touching` for a moment all who save something in the inbox; `change` is what it will
        change, where that is known before it runs."""
        self.change = change
        self._prepare = prepare
        self._afterwards = afterwards
        self._held = held
        self._touching = touching
        self._lock = threading.Lock()
        self._cancelled = False
        self._job: Job | None = None

    def run(self, progress: Callable[[Progress], None] | None = None) -> BuildReport:
        """Change, build, and make the change final. If anything is raised, nothing has changed.

        Raises InputError for a change that cannot be made, IndexBusyError while another one is
        made, and the errors of `BuildJob.run`.
        """
        with self._held():
            with self._touching():
                change, job = self._prepare()
            try:
                with self._lock:
                    if self._cancelled:
                        raise BuildCancelled("The build was stopped; nothing has changed.")
                    self._job = job
                report = job.run(progress)
            except BaseException:
                with self._touching():
                    change.take_back()
                raise
            with self._touching():
                change.make_final()
        self._afterwards()
        return report

    def cancel(self) -> None:
        """Stop it; the live index stays as it was."""
        with self._lock:
            self._cancelled = True
            if self._job is not None:
                self._job.cancel()
