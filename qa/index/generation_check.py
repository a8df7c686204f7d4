"""Whether the files of an open generation, and of its encoder, are and stay what was built."""

from __future__ import annotations

from pathlib import Path

from qa.file_check import Facts, FileCheck, facts_of
from qa.index.catalog import CATALOG
from qa.index.manifest import MANIFEST, Manifest
from qa.index.sentence_vectors import VECTORS
from qa.index.words import WORDS

READ_IN_PARTS = (CATALOG, VECTORS, WORDS)
"""Files that are read when a question needs them; of all others memory holds what was opened."""
HASHED_FIRST_BYTES = 256_000_000
"""Larger ones of them are hashed after opening."""


class GenerationCheck:
    """Hashes the files in `place` from now on. Thread-safe.

    Raises IndexDamagedError, naming the file, where one is missing or has another size.
    """

    def __init__(self, place: Path, manifest: Manifest) -> None:
        files: dict[Path, Facts] = {place / MANIFEST: facts_of(place / MANIFEST)}
        files.update((place / name, facts) for name, facts in manifest.files.items())
        self._parts = [place / name for name in READ_IN_PARTS if place / name in files]
        later = {path for path in self._parts if files[path]["bytes"] > HASHED_FIRST_BYTES}
        self._first = [path for path in files if path not in later]
        order = sorted(files, key=lambda path: (path in later, -files[path]["bytes"]))
        self._files = FileCheck({path: files[path] for path in order}, "the manifest")
        self._checks = [self._files]

    def include(self, check: FileCheck) -> None:
        """Watch the files of `check` too."""
        self._checks.append(check)

    def require(self, *, thorough: bool) -> None:
        """Wait until all files are hashed that are hashed before opening; `thorough`: all files.

        Raises IndexDamagedError, naming the file, where one is not what was built.
        """
        self._files.require(None if thorough else self._first)

    def require_known(self) -> None:
        """The same for what is known by now, without waiting."""
        for check in self._checks:
            check.require_known()

    @property
    def finished(self) -> bool:
        """Whether all files are hashed."""
        return all(check.finished for check in self._checks)

    def is_unchanged(self) -> bool:
        """Whether all files are as they were when they were opened, and none is known to be
        damaged."""
        return all(check.holds() for check in self._checks)

    def can_be_read(self) -> bool:
        """The same of the files that are read in parts."""
        return self._files.holds(self._parts)
