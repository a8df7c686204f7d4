"""Where files lie that a visitor has uploaded and not yet added, and how long."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gradio_client.utils import (  # type: ignore[import-untyped]
    strip_invalid_filename_characters,
)

from qa.errors import InputError

KEEP_SECONDS = 3600.0
"""What lies longer was forgotten."""


def upload_folder() -> Path:
    """Gradio's folder: the environment's (`GRADIO_TEMP_DIR`), else one of this user alone, which
    the environment then names."""
    if not (given := os.environ.get("GRADIO_TEMP_DIR")):
        user = str(os.getuid()) if hasattr(os, "getuid") else "user"
        given = str(Path(tempfile.gettempdir()) / f"qa-uploads-{user}")
        with contextlib.suppress(FileExistsError):
            Path(given).mkdir(0o700)
        if not _is_own(Path(given)):
            given = tempfile.mkdtemp(prefix="qa-uploads-")
        os.environ["GRADIO_TEMP_DIR"] = given
    folder = Path(given)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _is_own(folder: Path) -> bool:
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (
        not hasattr(os, "getuid") or status.st_uid == os.getuid()
    )


class UploadFolder:
    """The files of all visitors, each in a folder with a name that nobody can guess."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        self._coming = 0

    @contextlib.contextmanager
    def room_for(self, size: int) -> Iterator[None]:
        """Holds so many bytes free while they come. Raises InputError where there are not."""
        held = self._coming + sum(size for _, size, _ in self._files())
        if held + size > self.most_bytes:
            raise InputError("There are too many files that nobody has added yet; try it later.")
        self._coming += size
        try:
            yield
        finally:
            self._coming -= size

    def keep(self, name: str, content: BinaryIO) -> Path:
        """Keep one file. Raises InputError where the disk does not take it."""
        clean = strip_invalid_filename_characters(Path(name.replace("\\", "/")).name)
        place = self.folder / secrets.token_hex(16)
        try:
            place.mkdir(0o700)
            path = place / (clean if clean.strip(". ") else "file")
            with path.open("xb") as out:
                shutil.copyfileobj(content, out, 1 << 20)
        except (OSError, ValueError) as error:
            shutil.rmtree(place, ignore_errors=True)
            raise InputError("The file could not be kept; is the disk full?") from error
        return path

    def sweep(self) -> None:
        """Remove what lies longer than KEEP_SECONDS, and the oldest where all is too much."""
        files = sorted(self._files(), reverse=True)
        total = 0
        for changed, size, path in files:
            total += size
            if total > self.most_bytes or time.time() - changed > KEEP_SECONDS:
                with contextlib.suppress(OSError):
                    path.unlink()
        for place in self.folder.glob("*"):
            with contextlib.suppress(OSError):
                if place.is_dir() and time.time() - place.lstat().st_mtime > 60:
                    place.rmdir()  # only what is empty

    def _files(self) -> list[tuple[float, int, Path]]:
        """When changed, bytes, and path of each file."""
        found = []
        for path in self.folder.rglob("*"):
            with contextlib.suppress(OSError):
                status = path.lstat()
                if not stat.S_ISDIR(status.st_mode):
                    found.append((status.st_mtime, status.st_size, path))
        return found
