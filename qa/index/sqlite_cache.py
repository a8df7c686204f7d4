"""What both caches have in common: one SQLite file that holds nothing that cannot be made again.

A damaged file is thrown away, and what is deleted is overwritten with zeros.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import ClassVar

from qa.index.disk import make_private


class SqliteCache:
    """Rows of one table, which may be settled: noted as just what one generation needs."""

    TABLE: ClassVar[str]
    SCHEMA: ClassVar[str]
    """SQL that creates the table where it is missing, and the temporary table of the run."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            self._db = self._begin_anew()

    def _begin_anew(self) -> sqlite3.Connection:
        """Throw a damaged file away and begin another."""
        for damaged in (self._path, self._path.with_name(self._path.name + "-journal")):
            damaged.unlink(missing_ok=True)
        return self._open()

    def _open(self) -> sqlite3.Connection:
        make_private(self._path)
        db = sqlite3.connect(self._path)
        db.execute("PRAGMA secure_delete = ON")
        for statement in self.SCHEMA.split(";"):
            db.execute(statement)
        db.execute("CREATE TABLE IF NOT EXISTS settled (generation TEXT, rows INTEGER)")
        return db

    def _delete(self, condition: str, *values: str) -> int:
        """Delete the rows for which an SQL condition holds; how many went."""
        with self._db:
            deleted = self._db.execute(f"DELETE FROM {self.TABLE} WHERE {condition}", values)
        return int(deleted.rowcount)

    def _rows(self) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {self.TABLE}").fetchone()[0])

    def settle(self, generation: str) -> None:
        """Note that it now holds what this generation needs, and nothing else."""
        rows = self._rows()
        with self._db:
            self._db.execute("DELETE FROM settled")
            self._db.execute("INSERT INTO settled VALUES (?, ?)", (generation, rows))

    def settled(self, generation: str) -> bool:
        """Whether it holds what this generation needs, and nothing else."""
        noted = self._db.execute("SELECT generation, rows FROM settled").fetchall()
        return not self._rows() or noted == [(generation, self._rows())]

    def clear(self) -> None:
        """Forget everything."""
        self._delete("TRUE")

    def vacuum(self) -> None:
        """Give the space of what was deleted back to the system."""
        self._db.commit()
        self._db.execute("VACUUM")

    def close(self) -> None:
        """Close the file."""
        self._db.commit()
        self._db.close()
