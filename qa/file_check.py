"""Whether files are what was written: hashed when they are opened, watched while they are in use.

Hashing begins in threads as soon as a check is made, so that it costs little where something else
is opened meanwhile. Later a look at what the system tells of a file shows that it was changed.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from qa.errors import REBUILD, IndexDamagedError

THREADS = min(4, os.cpu_count() or 1)
BLOCK_BYTES = 1 << 20

Facts = Mapping[str, Any]
"""Of one file: `bytes`, its size, and `sha256`, 64 hex digits."""

Signature = tuple[int, int, int, int]
"""Size of a file, when its content and when anything of it was changed last, and its number."""


def file_hash(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    digest = hashlib.sha256()
    block = memoryview(bytearray(BLOCK_BYTES))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(block):
            digest.update(block[:count])
    return digest.hexdigest()


def facts_of(path: Path) -> Facts:
    """What a file is now. Raises IndexDamagedError where it cannot be read."""
    try:
        return {"bytes": path.stat().st_size, "sha256": file_hash(path)}
    except OSError as error:
        raise IndexDamagedError(f"{path} cannot be read. {REBUILD}") from error


def signature(path: Path) -> Signature:
    """What changes when a file is written or another put in its place; zeros where none is."""
    try:
        known = path.stat()
    except OSError:
        return 0, 0, 0, 0
    return known.st_size, known.st_mtime_ns, known.st_ctime_ns, known.st_ino


class FileCheck:
    """Files of known size and content, by path, hashed in this order. Thread-safe.

    `list_name` names the file that `files` was read from. Raises IndexDamagedError, naming the
    file, where one is missing or has another size.
    """

    def __init__(self, files: Mapping[Path, Facts], list_name: str) -> None:
        self._facts = dict(files)
        self._list_name = list_name
        self._signatures = {path: signature(path) for path in self._facts}
        for path, facts in self._facts.items():
            size = self._signatures[path][0]
            if not path.is_file():
                raise IndexDamagedError(f"{path} is missing. {REBUILD}")
            if size != facts["bytes"]:
                raise IndexDamagedError(
                    f"{path} has {size} bytes, {list_name} says {facts['bytes']}. {REBUILD}"
                )
        self._is_same: dict[Path, Future[bool]] = {path: Future() for path in self._facts}
        self._queue = deque(self._facts)
        for _ in range(min(THREADS, len(self._queue))):
            threading.Thread(target=self._hash, name="qa-hash", daemon=True).start()

    def require(self, paths: Iterable[Path] | None = None) -> None:
        """Wait until `paths`, or all files, are hashed. Raises IndexDamagedError, naming the file,
        where one has another content or was changed since the check began."""
        for path in self._facts if paths is None else paths:
            self._is_same[path].result()
            self.require_known([path])

    def require_known(self, paths: Iterable[Path] | None = None) -> None:
        """The same without waiting: files that are not hashed yet count as good."""
        for path in self._facts if paths is None else paths:
            if not self.holds([path]):
                raise IndexDamagedError(
                    f"{path} has another content than {self._list_name} says. {REBUILD}"
                )

    def holds(self, paths: Iterable[Path] | None = None) -> bool:
        """Whether `paths`, or all files, are still as they were when the check began, and none of
        those that are hashed by now has another content. Never waits."""
        return all(
            signature(path) == self._signatures[path] and not self._differs(path)
            for path in (self._facts if paths is None else paths)
        )

    @property
    def finished(self) -> bool:
        """Whether all files are hashed."""
        return all(same.done() for same in self._is_same.values())

    def _differs(self, path: Path) -> bool:
        same = self._is_same[path]
        return same.done() and not same.result()

    def _hash(self) -> None:
        while True:
            try:
                path = self._queue.popleft()
            except IndexError:
                return
            try:
                same = file_hash(path) == self._facts[path]["sha256"]
            except OSError:
                same = False
            self._is_same[path].set_result(same)
