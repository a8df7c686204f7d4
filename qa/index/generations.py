"""The index folder: generations, the pointer to the live one, the manifest and the lock.

A generation is written in `generations/.building-…`, flushed, renamed, and only then named by
`CURRENT`, which is itself replaced in one step. So at every instant `CURRENT` names a whole
generation, or there is none.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

from qa.errors import (
    REBUILD,
    BuildError,
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
)
from qa.file_check import Signature, file_hash, signature
from qa.index.disk import REMOVED, delete, discard, flush, make_private, replace_text
from qa.index.manifest import (
    FORMAT_VERSION,
    Manifest,
    checksum,
    probe,
    same_content,
)

KEPT_GENERATIONS = 3
BUILDING = ".building-"
MOMENT = "%Y%m%dT%H%M%S.%f"
__all__ = ["FORMAT_VERSION", "KEPT_GENERATIONS", "IndexFolder", "Manifest", "file_hash"]

_TEMPORARY = (".CURRENT-", ".pinned.jsonl-")


def _now() -> datetime:
    return datetime.now(timezone.utc)


class IndexFolder:
    """Paths and steps of one index folder. `now` tells the time in UTC."""

    def __init__(self, root: Path, now: Callable[[], datetime] = _now) -> None:
        self._now = now
        self.root = root
        self.current = root / "CURRENT"
        self.generations = root / "generations"
        self.encoders = root / "encoders"
        self.pinned = root / "pinned.jsonl"
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
            raise IndexDamagedError(f"{self.current} cannot be read. {REBUILD}") from error
        if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
            raise IndexDamagedError(f"{self.current} does not name a generation. {REBUILD}")
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
            raise IndexDamagedError(f"{path} cannot be read. {REBUILD}") from error
        if version != FORMAT_VERSION:
            raise IndexMismatchError(
                f"{self.root} has format {version}, this program reads format {FORMAT_VERSION}."
                f" {REBUILD}"
            )
        try:
            manifest = Manifest(**values)
        except TypeError as error:
            raise IndexDamagedError(
                f"{path} lacks entries or has unknown ones. {REBUILD}"
            ) from error
        if manifest.checksum and manifest.checksum != checksum(values):
            raise IndexDamagedError(f"{path} was changed after it was written. {REBUILD}")
        if manifest.generation != generation:
            raise IndexDamagedError(f"{path} belongs to {manifest.generation}. {REBUILD}")
        return manifest

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
            elif not same_content(path, facts, thorough):
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

    def signatures(self, generation: str) -> dict[str, Signature]:
        """What lies on the disk of a generation and of all encoders, by path."""
        places = (self.path(generation), self.encoders) if generation else ()
        return {str(path): signature(path) for place in places for path in place.rglob("*")}

    # Writing

    @contextmanager
    def writing(self, wait: float = 0.0) -> Iterator[None]:
        """Hold the index for writing.

        Raises IndexBusyError if another process holds it and goes on to for `wait` seconds,
        BuildError where the folder cannot be written.
        """
        with self._held(".lock", wait, self._busy(wait)):
            yield

    @contextmanager
    def changing(self, wait: float = 0.0) -> Iterator[None]:
        """Hold the set of sources: from before a change or a build touches it until that is final
        or taken back; the build itself holds the index for writing. Raises what `writing` raises.
        """
        with self._held(".changes.lock", wait, self._busy(wait)):
            yield

    def _busy(self, wait: float) -> str:
        waited = f" (after waiting {wait:g} s)" if wait else ""
        return (
            f"Another process is building {self.root} right now{waited}; wait until it has "
            "finished, or give --wait SECONDS."
        )

    @contextmanager
    def pinning(self) -> Iterator[None]:
        """Hold for a moment what people write beside the index, pinned questions and the inbox;
        neither a running build nor a change that waits for one does."""
        with self._held(".pinned.lock", 10.0, "Another process is saving something; try again."):
            yield

    @contextmanager
    def _held(self, name: str, wait: float, busy: str) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            self.generations.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / name)
            lock.acquire(timeout=wait)
        except Timeout:
            raise IndexBusyError(busy) from None
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
        self.sweep()
        name = f"{self._next_moment()}-{secrets.token_hex(3)}"
        folder = self.generations / f"{BUILDING}{name}"
        folder.mkdir(mode=0o700)
        return name, folder

    def _next_moment(self) -> str:
        """The time as names of generations begin, UTC; later than that of each there is, even
        where the clock was set back, for their order is that of their names."""
        moment = self._now().strftime(MOMENT)[:-3]
        for name in reversed(self.names()):
            try:
                last = datetime.strptime(name.split("-")[0], MOMENT)
            except ValueError:
                continue  # not made by us
            return max(moment, (last + timedelta(milliseconds=1)).strftime(MOMENT)[:-3])
        return moment

    def finish(self, manifest: Manifest, folder: Path) -> None:
        """Write the manifest, flush everything, and make this generation the live one."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        values = asdict(manifest)
        values["files"] = {
            path.relative_to(folder).as_posix(): {
                "bytes": path.stat().st_size,
                "sha256": file_hash(path),
                "probe": probe(path),
            }
            for path in paths
            if not path.name.endswith(".lock")
        }
        values["checksum"] = checksum(values)
        (folder / "manifest.json").write_text(
            json.dumps(values, indent=1, ensure_ascii=False), encoding="utf-8"
        )
        for path in [*folder.rglob("*"), folder]:
            make_private(path)
            flush(path)
        folder.rename(self.path(manifest.generation))
        flush(self.generations)
        self.point_to(manifest.generation)

    def point_to(self, generation: str) -> None:
        """Make a whole generation the live one, in one step."""
        replace_text(self.current, generation + "\n")

    def litter(self) -> list[Path]:
        """What stopped builds, switches and removals left behind; nobody reads it.

        Only meaningful while nobody else writes.
        """
        found = [path for path in self.root.glob(".*-*") if path.name.startswith(_TEMPORARY)]
        for folder in (self.generations, self.encoders):
            if folder.is_dir():
                hidden = folder.glob(".*")
                found += [each for each in hidden if each.name.startswith((BUILDING, REMOVED))]
        return found

    def sweep(self) -> list[Path]:
        """Remove litter; what went. Only while holding the index for writing."""
        gone = self.litter()
        for litter in gone:
            delete(litter)
        return gone

    def prune(self, keep: int = KEPT_GENERATIONS) -> list[Path]:
        """Remove all but the `keep` newest generations (never the live one), the encoders that
        no generation uses, and litter; what went. Only while holding the index for writing."""
        live, names = self.live(), self.names()
        gone = self.sweep()
        old = [name for name in names[: max(0, len(names) - keep)] if name != live]
        unused = self._unused([name for name in names if name not in old])
        for path in [*(self.path(name) for name in old), *unused]:
            discard(path)
            gone.append(path)
        return gone

    def _unused(self, names: list[str]) -> list[Path]:
        """Encoders that none of the generations `names` uses."""
        used = {self._fingerprint(name) for name in names}
        if not self.encoders.is_dir() or None in used:
            return []
        return [entry for entry in self.encoders.iterdir() if entry.name not in used]

    def _fingerprint(self, generation: str) -> str | None:
        """The encoder of a generation of whatever format, or None where that cannot be told."""
        try:
            text = (self.path(generation) / "manifest.json").read_text(encoding="utf-8")
            return str(json.loads(text)["encoder"]["fingerprint"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
