"""The extraction cache: content of a file → what a reader made of it, whatever its path.

An unchanged file is not extracted again, wherever it lies and whatever it is called. It holds
nothing that cannot be made again: a damaged cache is thrown away.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from qa.index.sqlite_cache import SqliteCache

PUTS_AT_ONCE = 64
"""Extractions written together: the most that a kill can lose."""


class ExtractionCache(SqliteCache):
    """Texts by key in one SQLite file."""

    TABLE = "extractions"
    SCHEMA = """
        CREATE TABLE IF NOT EXISTS extractions (key BLOB PRIMARY KEY, text BLOB NOT NULL)
            WITHOUT ROWID;
        CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._waiting = 0

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
        return self._delete("key NOT IN (SELECT key FROM used)")

    def texts(self) -> Iterator[str]:
        """Everything it holds."""
        for (blob,) in self._db.execute("SELECT text FROM extractions"):
            with suppress(zlib.error, UnicodeDecodeError):
                yield zlib.decompress(blob).decode()
