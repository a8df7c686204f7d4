"""The extraction cache: content of a file → what a reader made of it, whatever its path.

An unchanged file is not extracted again, wherever it lies and whatever it is called. It holds
nothing that cannot be made again: a damaged cache is thrown away.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PUTS_AT_ONCE = 64
"""Extractions written together: the most that a kill can lose."""


class ExtractionCache:
    """Texts by key in one SQLite file; what is deleted is overwritten with zeros."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._waiting = 0
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            for damaged in (path, path.with_name(path.name + "-journal")):
                damaged.unlink(missing_ok=True)
            self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path)
        db.execute("PRAGMA secure_delete = ON")
        db.execute(
            "CREATE TABLE IF NOT EXISTS extractions"
            " (key BLOB PRIMARY KEY, text BLOB NOT NULL) WITHOUT ROWID"
        )
        db.execute("CREATE TABLE IF NOT EXISTS settled (generation TEXT, rows INTEGER)")
        db.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
        return db

    def get(self, key: bytes) -> str | None:
        """The text kept under `key`, or None; marks the key as used."""
        self._db.execute("INSERT OR IGNORE INTO used VALUES (?)", (key,))
        found = self._db.execute("SELECT text FROM extractions WHERE key = ?", (key,)).fetchone()
        if found is None:
            return None
        with suppress(zlib.error, UnicodeDecodeError):
            return zlib.decompress(found[0]).decode()
        return None

    def put(self, key: bytes, text: str) -> None:
        """Keep `text`; on disk after PUTS_AT_ONCE more, or with `flush`."""
        self._db.execute("INSERT OR IGNORE INTO used VALUES (?)", (key,))
        self._db.execute(
            "INSERT OR REPLACE INTO extractions VALUES (?, ?)",
            (key, zlib.compress(text.encode(), 1)),
        )
        self._waiting += 1
        if self._waiting >= PUTS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write everything out."""
        self._db.commit()
        self._waiting = 0

    def keep_used(self) -> int:
        """Forget what was neither asked for nor put since the opening; how many went."""
        with self._db:
            gone = self._db.execute(
                "DELETE FROM extractions WHERE key NOT IN (SELECT key FROM used)"
            ).rowcount
        return int(gone)

    def texts(self) -> Iterator[str]:
        """Everything it holds."""
        for (blob,) in self._db.execute("SELECT text FROM extractions"):
            with suppress(zlib.error, UnicodeDecodeError):
                yield zlib.decompress(blob).decode()

    def settle(self, generation: str) -> None:
        """Note that it now holds what this generation needs, and nothing else."""
        (rows,) = self._db.execute("SELECT count(*) FROM extractions").fetchone()
        with self._db:
            self._db.execute("DELETE FROM settled")
            self._db.execute("INSERT INTO settled VALUES (?, ?)", (generation, rows))

    def settled(self, generation: str) -> bool:
        """Whether it holds what this generation needs, and nothing else."""
        rows = self._db.execute("SELECT count(*) FROM extractions").fetchone()[0]
        noted = self._db.execute("SELECT generation, rows FROM settled").fetchall()
        return rows == 0 or noted == [(generation, rows)]

    def clear(self) -> None:
        """Forget everything."""
        with self._db:
            self._db.execute("DELETE FROM extractions")

    def vacuum(self) -> None:
        """Give the space of what was deleted back to the system."""
        self._db.commit()
        self._db.execute("VACUUM")

    def close(self) -> None:
        """Close the file."""
        self._db.commit()
        self._db.close()
