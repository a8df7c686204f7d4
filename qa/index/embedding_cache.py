"""The embedding cache: text and model → vector, so that a rebuild embeds only new text.

It holds nothing that cannot be made again: a damaged cache is thrown away.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qa.datatypes import Embeddings

_LOOKUP_AT_ONCE = 500
_CHECK_BYTES = 4


def _check(key: bytes, vector: bytes) -> bytes:
    """CRC-32 that stands after a vector: a flipped bit on the disk must not become an answer."""
    return zlib.crc32(key + vector).to_bytes(_CHECK_BYTES, "big")


def text_hash(text: str) -> bytes:
    """SHA-256 of the text, 32 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def rounded(vectors: Embeddings) -> Embeddings:
    """Vectors as the cache gives them back: rounded to half precision.

    Applied to new vectors too, so that a build gives the same index with and without cache.
    """
    return vectors.astype(np.float16).astype(np.float32)


class EmbeddingCache:
    """Vectors by (fingerprint of the encoder, hash of the text) in one SQLite file."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._fingerprint = fingerprint
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            self._db = self._anew()

    def _anew(self) -> sqlite3.Connection:
        """Throw a damaged cache away and begin another."""
        for damaged in (self._path, self._path.with_name(self._path.name + "-journal")):
            damaged.unlink(missing_ok=True)
        return self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path)
        db.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten with zeros
        db.execute(
            "CREATE TABLE IF NOT EXISTS vectors (fingerprint TEXT NOT NULL, hash BLOB NOT NULL,"
            " vector BLOB NOT NULL, PRIMARY KEY (fingerprint, hash)) WITHOUT ROWID"
        )
        db.execute("CREATE TABLE IF NOT EXISTS settled (generation TEXT, rows INTEGER)")
        db.execute("CREATE TEMP TABLE wanted (hash BLOB PRIMARY KEY) WITHOUT ROWID")
        return db

    def get(self, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """The half-precision vectors known for `hashes`; one that was damaged is not known."""
        try:
            found = self._stored(hashes)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._db.close()
            self._db = self._anew()
            return {}
        return {
            key: blob[:-_CHECK_BYTES]
            for key, blob in found.items()
            if blob[-_CHECK_BYTES:] == _check(key, blob[:-_CHECK_BYTES])
        }

    def _stored(self, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for start in range(0, len(hashes), _LOOKUP_AT_ONCE):
            part = hashes[start : start + _LOOKUP_AT_ONCE]
            marks = ",".join("?" * len(part))
            found.update(
                self._db.execute(
                    f"SELECT hash, vector FROM vectors WHERE fingerprint = ? AND hash IN ({marks})",
                    (self._fingerprint, *part),
                )
            )
        return found

    def put(self, hashes: Sequence[bytes], vectors: Embeddings) -> None:
        """Keep `vectors`; safe on disk when this returns, whatever happens to the build later."""
        halves = vectors.astype(np.float16)
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                (
                    (self._fingerprint, key, half.tobytes() + _check(key, half.tobytes()))
                    for key, half in zip(hashes, halves, strict=True)
                ),
            )

    def want(self, hashes: Iterable[bytes]) -> None:
        """Note that these texts belong to what is built now, for `keep_wanted`."""
        self._db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((key,) for key in hashes))

    def keep_wanted(self) -> int:
        """Forget every vector of this encoder whose text was not wanted; how many went."""
        with self._db:
            gone = self._db.execute(
                "DELETE FROM vectors WHERE fingerprint = ? AND hash NOT IN"
                " (SELECT hash FROM wanted)",
                (self._fingerprint,),
            ).rowcount
        return int(gone)

    def forget_others(self) -> int:
        """Forget every vector of every other encoder; how many went."""
        with self._db:
            gone = self._db.execute(
                "DELETE FROM vectors WHERE fingerprint != ?", (self._fingerprint,)
            ).rowcount
        return int(gone)

    def settle(self, generation: str) -> None:
        """Note that it now holds what this generation needs, and nothing else."""
        (rows,) = self._db.execute("SELECT count(*) FROM vectors").fetchone()
        with self._db:
            self._db.execute("DELETE FROM settled")
            self._db.execute("INSERT INTO settled VALUES (?, ?)", (generation, rows))

    def settled(self, generation: str) -> bool:
        """Whether it holds what this generation needs, and nothing else."""
        rows = self._db.execute("SELECT count(*) FROM vectors").fetchone()[0]
        noted = self._db.execute("SELECT generation, rows FROM settled").fetchall()
        return rows == 0 or noted == [(generation, rows)]

    def clear(self) -> None:
        """Forget everything."""
        with self._db:
            self._db.execute("DELETE FROM vectors")

    def vacuum(self) -> None:
        """Give the space of what was deleted back to the system."""
        self._db.commit()
        self._db.execute("VACUUM")

    def close(self) -> None:
        """Close the file."""
        self._db.commit()
        self._db.close()
