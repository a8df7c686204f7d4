"""Writes the catalog of a new generation; `qa.index.catalog` reads it."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path

from qa.accounts import Account
from qa.datatypes import Document, Dropped, Passage, Skipped
from qa.documents.table_rows import Table

_TABLES = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,
    sections TEXT NOT NULL, pages TEXT NOT NULL);
CREATE TABLE accounts (
    document_id TEXT PRIMARY KEY REFERENCES documents(id), in_file INTEGER, read INTEGER NOT NULL,
    missing INTEGER NOT NULL, left_out TEXT NOT NULL, unread TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document_tables (
    document_id TEXT NOT NULL REFERENCES documents(id), names TEXT NOT NULL, rows TEXT NOT NULL);
CREATE INDEX tables_by_document ON document_tables(document_id);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id),
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    sentences TEXT NOT NULL, headings TEXT NOT NULL, page INTEGER);
CREATE INDEX passages_by_document ON passages(document_id, start);
CREATE TABLE skipped (source TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE dropped (source TEXT NOT NULL, text TEXT NOT NULL, rule TEXT NOT NULL);
CREATE TABLE document_texts (
    document_id TEXT PRIMARY KEY REFERENCES documents(id), hash BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE passage_texts (
    hash INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (hash, row)) WITHOUT ROWID;
CREATE TABLE added (
    document_id TEXT PRIMARY KEY REFERENCES documents(id), at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (name TEXT NOT NULL, sha256 TEXT NOT NULL, path TEXT);
CREATE TABLE origins (kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL);
"""


def same_hash(text: str) -> int:
    """The same for texts that differ in white space and case only; fits SQLite's integers.

    >>> same_hash("One  text.\\n") == same_hash("one text."), same_hash("a") == same_hash("b")
    (True, False)
    """
    plain = " ".join(text.casefold().split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(plain).digest()[:8], "big", signed=True)


class CatalogWriter:
    """Fills a new catalog; passages get row numbers 0, 1, … in the order they come in."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.executescript(_TABLES)
        self._row = 0

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        account: Account,
        tables: Sequence[Table] = (),
    ) -> None:
        """Add a document, its passages, the account of its words and the tables in its text."""
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.title,
                document.source,
                document.text,
                json.dumps([[s.start, s.end, list(s.path)] for s in document.sections]),
                json.dumps([[p.number, p.start, p.end] for p in document.pages]),
            ),
        )
        self._db.execute(
            "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?)",
            (
                document.id,
                account.in_file,
                account.read,
                account.missing,
                json.dumps([astuple(each) for each in account.left_out]),
                json.dumps(account.unread),
            ),
        )
        self._db.executemany(
            "INSERT INTO document_tables VALUES (?, ?, ?)",
            ((document.id, json.dumps(t.names), json.dumps(t.rows)) for t in tables),
        )
        text = document.text.encode("utf-8", "surrogatepass")
        self._db.execute(
            "INSERT INTO document_texts VALUES (?, ?)",
            (document.id, hashlib.sha256(text).digest()),
        )
        for passage in passages:
            self._db.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._row,
                    document.id,
                    passage.start,
                    passage.end,
                    passage.text,
                    json.dumps([[s.start, s.end] for s in passage.sentences]),
                    json.dumps(list(passage.headings)),
                    passage.page,
                ),
            )
            self._db.execute(
                "INSERT INTO passage_texts VALUES (?, ?)", (same_hash(passage.text), self._row)
            )
            self._row += 1

    def record(
        self,
        sources: Iterable[tuple[str, str, str | None]],
        origins: Iterable[tuple[str, str, str]],
    ) -> None:
        """Record what was read, as (name, SHA-256, path or None), and the set it belongs to, as
        (kind, name or path, text); see `qa.building.source_set`."""
        self._db.executemany(
            "INSERT INTO sources VALUES (?, ?, ?)",
            ((name, sha256, _storable(path)) for name, sha256, path in sources),
        )
        self._db.executemany(
            "INSERT INTO origins VALUES (?, ?, ?)",
            ((kind, _storable(name), text) for kind, name, text in origins),
        )

    def note(self, skipped: Iterable[Skipped] = (), dropped: Iterable[Dropped] = ()) -> None:
        """Record what was left out of the index, and why."""
        self._db.executemany(
            "INSERT INTO skipped VALUES (?, ?)", ((s.source, s.reason) for s in skipped)
        )
        self._db.executemany(
            "INSERT INTO dropped VALUES (?, ?, ?)", ((d.source, d.text, d.rule) for d in dropped)
        )

    def close(self) -> None:
        """Write everything out."""
        self._db.commit()
        self._db.close()


def date_documents(path: Path, before: Path | None, now: str) -> None:
    """Record since when each document of the catalog at `path` is in the index, as ISO 8601:
    what the catalog `before` says of one with the same name and text, or else `now`."""
    db = sqlite3.connect(f"{path.resolve().as_uri()}", uri=True)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        if before is not None and _is_readable(before):
            db.execute("ATTACH ? AS old", (f"{before.resolve().as_uri()}?mode=ro&immutable=1",))
            db.execute(
                "INSERT INTO added SELECT o.document_id, o.at FROM old.added o"
                " JOIN documents d ON d.id = o.document_id"
            )
        db.execute("INSERT OR IGNORE INTO added SELECT id, ? FROM documents", (now,))
        db.commit()
    finally:
        db.close()


def _is_readable(path: Path) -> bool:
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return bool(db.execute("SELECT count(*) FROM added").fetchone())
        finally:
            db.close()
    except sqlite3.Error:
        return False


def _storable(path: str | None) -> str | bytes | None:
    """A path as SQLite takes it: one that is no UTF-8 as its bytes, which `os.fsdecode` reads."""
    if path is None or path.isascii():
        return path
    name = os.fsencode(path)
    return path if name.decode("utf-8", "replace") == path else name
