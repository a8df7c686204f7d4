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

from qa.index.sqlite_cache import SqliteCache

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


class EmbeddingCache(SqliteCache):
    """Vectors by (fingerprint of the encoder, hash of the text) in one SQLite file."""

    TABLE = "vectors"
    SCHEMA = """
        CREATE TABLE IF NOT EXISTS vectors (
            fingerprint TEXT NOT NULL, hash BLOB NOT NULL, vector BLOB NOT NULL,
            PRIMARY KEY (fingerprint, hash)) WITHOUT ROWID;
        CREATE TEMP TABLE wanted (hash BLOB PRIMARY KEY) WITHOUT ROWID
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        super().__init__(path)
        self._fingerprint = fingerprint

    def get(self, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """The half-precision vectors known for `hashes`; one that was damaged is not known."""
        try:
            found = self._stored(hashes)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._db.close()
            self._db = self._begin_anew()
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
        unwanted = "fingerprint = ? AND hash NOT IN (SELECT hash FROM wanted)"
        return self._delete(unwanted, self._fingerprint)

    def forget_others(self) -> int:
        """Forget every vector of every other encoder; how many went."""
        return self._delete("fingerprint != ?", self._fingerprint)
