"""The process that reads files, as seen from the one that asks it: started, timed, killed.

The child starts with the first file and is started anew after a file that it did not survive.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from qa.child_process import ChildProcess, child_environment
from qa.documents.formats.registry import Parsed, check_file, from_json
from qa.errors import BuildError, DocumentError
from qa.settings import Settings

START_SECONDS = 120
WORKER = (sys.executable, "-m", "qa.documents.extractor_worker")
"""The command that starts the child."""


class Extractor:
    """Reads files one at a time. A context manager: leaving it ends the child."""

    def __init__(self, settings: Settings, worker: Sequence[str] = WORKER) -> None:
        self._settings = settings
        self._worker = worker
        self._child: _Child | None = None

    def __enter__(self) -> Extractor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def read(self, path: Path, source: str) -> Parsed:
        """The blocks of one file.

        Raises DocumentError with the reason where it cannot be read or a limit is hit, and
        BuildError where the child cannot be started at all.
        """
        check_file(path, self._settings)
        if self._child is None:
            self._child = _Child(self._settings, self._worker)
        try:
            reply = self._child.ask({"path": str(path.absolute()), "source": source})
        except DocumentError:
            self._child = None  # it is dead; the next file gets another
            raise
        if "refused" in reply:
            raise DocumentError(reply["refused"])
        return from_json(reply["parsed"])


class _Child:
    """The child process, which was told the settings and is ready."""

    def __init__(self, settings: Settings, worker: Sequence[str]) -> None:
        self._settings = settings
        # Memory in few places, so that it can be bounded.
        self._process = ChildProcess(worker, child_environment(MALLOC_ARENA_MAX="2"))
        self._process.send(
            {
                name: str(value) if isinstance(value, Path) else value
                for name, value in asdict(settings).items()
            }
        )
        ready = None
        with suppress(TimeoutError):
            ready = self._process.receive(START_SECONDS)
        if ready is None:
            words = self._process.last_words()
            self.end()
            raise BuildError(f"The process that reads files could not be started. {words}".strip())

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The reply to one request. Raises DocumentError, the child being dead, without one."""
        self._process.send(request)
        try:
            reply = self._process.receive(self._settings.file_seconds)
        except TimeoutError:
            self.end()
            raise DocumentError(
                f"Reading it takes more than {self._settings.file_seconds} seconds (file_seconds)."
            ) from None
        if reply is not None:
            return reply
        words = self._process.last_words()
        self.end()
        if "memory allocation" in words or "MemoryError" in words:
            raise DocumentError(
                f"Reading it takes more than {self._settings.max_memory_mb} MB of memory "
                "(max_memory_mb)."
            )
        raise DocumentError(
            "Reading it ended the reading process: the file is damaged, or needs more than "
            f"{self._settings.max_memory_mb} MB of memory (max_memory_mb)."
        )

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self._process.end()
