"""The index folder: generations, the pointer to the live one, the manifest and the lock.

A generation is written in `generations/.building-…`, flushed, renamed, and only then named by
`CURRENT`, which is itself replaced in one step. So at every instant `CURRENT` names a whole
generation, or there is none.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from qa.errors import (
    BuildError,
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
)

FORMAT_VERSION = 1
KEPT_GENERATIONS = 3
SMALL_FILE_BYTES = 1_000_000
"""Files up to this size are hashed at each open; larger ones only have their size compared."""

_MEND = "Rebuild: python -m qa index"


@dataclass(frozen=True)
class Manifest:
    """What a generation is made of and by what it was made."""

    generation: str
    built_at: str
    encoder: dict[str, Any]
    settings: dict[str, Any]
    counts: dict[str, int]
    canaries: list[dict[str, Any]]
    ranking: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    format: int = FORMAT_VERSION


def file_hash(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def flush(path: Path) -> None:
    """Force a file's or folder's content to the disk (folders: where the system can)."""
    if path.is_dir() and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_text(path: Path, text: str) -> None:
    """Replace a file's content in one step: readers see the old text or the new, whole."""
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        temporary.write_text(text, encoding="utf-8")
        flush(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    flush(path.parent)


class IndexFolder:
    """Paths and steps of one index folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.current = root / "CURRENT"
        self.generations = root / "generations"
        self.encoders = root / "encoders"
        self.cache = root / "cache" / "embeddings.sqlite"
        self.extractions = root / "cache" / "extractions.sqlite"

    # Reading

    def live(self) -> str | None:
        """Name of the live generation, or None where nothing was built yet."""
        try:
            name = self.current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamagedError(f"{self.current} cannot be read. {_MEND}") from error
        if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
            raise IndexDamagedError(f"{self.current} does not name a generation. {_MEND}")
        return name

    def require_live(self) -> str:
        """Like `live`, but raises IndexMissingError where there is none."""
        name = self.live()
        if name is None:
            raise IndexMissingError(
                f"There is no index in {self.root}. Build one: python -m qa index PATH"
            )
        return name

    def path(self, generation: str) -> Path:
        """Folder of a generation."""
        return self.generations / generation

    def live_catalog(self) -> Path | None:
        """The catalog of the live generation; None where there is none or it cannot be told."""
        try:
            name = self.live()
        except IndexDamagedError:
            return None
        return None if name is None else self.path(name) / "catalog.sqlite"

    def manifest(self, generation: str) -> Manifest:
        """Read a manifest. Raises IndexMismatchError for another format, IndexDamagedError."""
        path = self.path(generation) / "manifest.json"
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            version = values["format"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(f"{path} cannot be read. {_MEND}") from error
        if version != FORMAT_VERSION:
            raise IndexMismatchError(
                f"{self.root} has format {version}, this program reads format {FORMAT_VERSION}."
                f" {_MEND}"
            )
        try:
            return Manifest(**values)
        except TypeError as error:
            raise IndexDamagedError(f"{path} lacks entries or has unknown ones. {_MEND}") from error

    def problems(self, manifest: Manifest, *, thorough: bool) -> list[str]:
        """Files that are not as the manifest says: size always, content of small ones or all."""
        folder = self.path(manifest.generation)
        wrong = []
        for name, facts in manifest.files.items():
            path = folder / name
            if not path.is_file():
                wrong.append(f"{path} is missing.")
            elif path.stat().st_size != facts["bytes"]:
                wrong.append(
                    f"{path} has {path.stat().st_size} bytes, the manifest says {facts['bytes']}."
                )
            elif (thorough or facts["bytes"] <= SMALL_FILE_BYTES) and file_hash(path) != facts[
                "sha256"
            ]:
                wrong.append(f"{path} has another content than the manifest says.")
        return wrong

    def names(self) -> list[str]:
        """All whole generations, oldest first."""
        if not self.generations.is_dir():
            return []
        return sorted(
            entry.name
            for entry in self.generations.iterdir()
            if not entry.name.startswith(".") and (entry / "manifest.json").is_file()
        )

    # Writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the index for writing. Raises IndexBusyError if another process holds it."""
        from filelock import FileLock, Timeout

        try:
            self.generations.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / ".lock")
            lock.acquire(timeout=0)
        except Timeout:
            raise IndexBusyError(
                f"Another process is building {self.root} right now; wait until it has finished."
            ) from None
        except OSError as error:
            raise BuildError(
                f"{self.root} cannot be written ({error.strerror}); "
                "give a folder with write permission and free space."
            ) from error
        try:
            yield
        finally:
            lock.release()

    def begin(self) -> tuple[str, Path]:
        """Name of a new generation and the folder to write it in. Clears what a crash left."""
        for litter in self.generations.glob(".building-*"):
            shutil.rmtree(litter, ignore_errors=True)
        moment = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S.%f")[:-3]
        name = f"{moment}-{secrets.token_hex(3)}"
        folder = self.generations / f".building-{name}"
        folder.mkdir()
        return name, folder

    def finish(self, manifest: Manifest, folder: Path) -> None:
        """Write the manifest, flush everything, and make this generation the live one."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        values = asdict(manifest)
        values["files"] = {
            path.relative_to(folder).as_posix(): {
                "bytes": path.stat().st_size,
                "sha256": file_hash(path),
            }
            for path in paths
            if not path.name.endswith(".lock")
        }
        (folder / "manifest.json").write_text(
            json.dumps(values, indent=1, ensure_ascii=False), encoding="utf-8"
        )
        for path in [*folder.rglob("*"), folder]:
            flush(path)
        folder.rename(self.path(manifest.generation))
        flush(self.generations)
        replace_text(self.current, manifest.generation + "\n")

    def prune(self, keep: int = KEPT_GENERATIONS) -> None:
        """Remove all but the `keep` newest generations (never the live one) and their encoders."""
        live = self.live()
        names = self.names()
        for name in names[: max(0, len(names) - keep)]:
            if name != live:
                shutil.rmtree(self.path(name), ignore_errors=True)
        used = {self.manifest(name).encoder["fingerprint"] for name in self.names()}
        if self.encoders.is_dir():
            for entry in self.encoders.iterdir():
                if entry.name not in used:
                    shutil.rmtree(entry, ignore_errors=True)
