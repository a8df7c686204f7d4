"""The process that reads files, as seen from the one that asks it: started, timed, killed.

Plain text and Markdown are read here; everything else in the child, which starts with the
first such file and is started anew after a file that it did not survive.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from qa.documents.formats.registry import AT_ONCE, Parsed, check_file, from_json, parse
from qa.errors import BuildError, DocumentError
from qa.settings import Settings

START_SECONDS = 120
WORKER = (sys.executable, "-m", "qa.documents.extractor_worker")
"""The command that starts the child."""
_LAST_WORDS = 2_000


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
        if path.suffix.lower() in AT_ONCE:
            return parse(path, source, self._settings)
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
    """One child process and the thread that listens to it."""

    def __init__(self, settings: Settings, worker: Sequence[str]) -> None:
        self._settings = settings
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            list(worker),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(),
        )
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(
            target=_listen, args=(self._process.stdout, self._replies), daemon=True
        ).start()
        values = {
            name: str(value) if isinstance(value, Path) else value
            for name, value in asdict(settings).items()
        }
        self._send(values)
        try:
            ready = self._reply(START_SECONDS)
        except queue.Empty:
            ready = b""
        if not ready:
            words = self._last_words()
            self.end()
            raise BuildError(f"The process that reads files could not be started. {words}".strip())

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The reply to one request. Raises DocumentError, the child being dead, without one."""
        self._send(request)
        try:
            line = self._reply(self._settings.file_seconds)
        except queue.Empty:
            self.end()
            raise DocumentError(
                f"Reading it takes more than {self._settings.file_seconds} seconds (file_seconds)."
            ) from None
        if line:
            return dict(json.loads(line))
        code, words = self._process.wait(), self._last_words()
        self.end()
        if "memory allocation" in words or "MemoryError" in words:
            raise DocumentError(
                f"Reading it takes more than {self._settings.max_memory_mb} MB of memory "
                "(max_memory_mb)."
            )
        raise DocumentError(f"Reading it ended the reading process (exit code {code}).")

    def _send(self, value: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # it ended already: there will be no reply
            self._process.stdin.write(json.dumps(value).encode() + b"\n")
            self._process.stdin.flush()

    def _reply(self, seconds: float) -> bytes:
        """The next line, b"" after the last. Raises queue.Empty when the time is over."""
        return self._replies.get(timeout=seconds)

    def _last_words(self) -> str:
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - _LAST_WORDS))
        return " ".join(self._errors.read().decode("utf-8", "replace").split())[-300:]

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._errors.close()


def _listen(stream: IO[bytes], replies: queue.SimpleQueue[bytes]) -> None:
    with stream:
        for line in stream:
            replies.put(line)
    replies.put(b"")


def _environment() -> dict[str, str]:
    """The child finds this package, and keeps its memory in few places, so it can be bounded."""
    package_parent = str(Path(__file__).resolve().parents[2])
    paths = [package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "2"}
