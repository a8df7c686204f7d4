"""Child processes of this program, which talk in JSON: one object a line, in and out.

A child reads its standard input and ends when that does. It calls `own_output` first, so that
whatever libraries print goes to standard error and only its own lines to standard output.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TextIO

_LAST_WORDS = 2_000
"""Bytes at the end of standard error that are looked at when a child ended."""
_LAST_WORDS_SHOWN = 300


def child_environment(**more: str) -> dict[str, str]:
    """The environment of this process, in which a child finds this package."""
    package_parent = str(Path(__file__).resolve().parents[1])
    paths = [package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **more}


def own_output() -> TextIO:
    """In a child: standard output for its lines alone; other output goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


class ChildProcess:
    """A running child. `send` and `receive` belong to one thread; `end` may come from any."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None):
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=dict(environment or child_environment()),
        )
        assert self._process.stdin is not None
        self._input = self._process.stdin
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(
            target=_listen, args=(self._process.stdout, self._lines), daemon=True
        ).start()

    def send(self, message: Mapping[str, Any]) -> None:
        """Send one object; nothing happens where the child has ended: `receive` tells."""
        with suppress(OSError, ValueError):
            self._input.write(json.dumps(message).encode() + b"\n")
            self._input.flush()

    def receive(self, seconds: float | None = None) -> dict[str, Any] | None:
        """The next object; None once the child has ended. Raises TimeoutError after `seconds`."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        return dict(json.loads(line)) if line else None

    def exit_code(self) -> int:
        """The exit code, or minus the signal; waits for the end."""
        return self._process.wait()

    def last_words(self) -> str:
        """The end of what the child wrote to standard error, on one line."""
        if self._errors.closed:
            return ""
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - _LAST_WORDS))
        return " ".join(self._errors.read().decode("utf-8", "replace").split())[-_LAST_WORDS_SHOWN:]

    def kill(self) -> None:
        """Kill it, without waiting."""
        self._process.kill()

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._input.close()
        self._errors.close()


def _listen(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put(b"")
