"""The catalog: every document, passage and sentence span of one generation, in SQLite.

Read here; `qa.index.catalog_writer` writes it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from qa.accounts import Account, LeftOut
from qa.datatypes import Document, Dropped, Page, Passage, Section, Sentence, Skipped
from qa.documents.table_rows import Table
from qa.errors import REBUILD, IndexDamagedError, InputError
from qa.index.catalog_writer import same_hash

SAME_PLACES = 1000
"""Most passages that are listed as having the same text."""
_PASSAGE = "document_id, start, end, text, sentences, headings, page"

CATALOG = "catalog.sqlite"
"""Its file in the folder of a generation."""


class Catalog:
    """Reads a finished catalog. One object serves many threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._db = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.passage_count = int(self._one("SELECT count(*) FROM passages")[0])
            self.document_count = int(self._one("SELECT count(*) FROM documents")[0])
        except sqlite3.Error as error:
            raise self._damaged() from error

    def _damaged(self) -> IndexDamagedError:
        return IndexDamagedError(f"{self._path} cannot be read as a catalog. {REBUILD}")

    def _all(self, sql: str, arguments: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        try:
            with self._lock:
                return self._db.execute(sql, arguments).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged() from error

    def _one(self, sql: str, arguments: Sequence[object] = ()) -> tuple:  # type: ignore[type-arg]
        return self._all(sql, arguments)[0]

    def _passage(self, line: Sequence[object]) -> Passage:
        try:
            return _passage(line)
        except (ValueError, TypeError, AssertionError) as error:
            raise self._damaged() from error

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of `rows`, in that order."""
        marks = ",".join("?" * len(rows))
        found = {
            line[0]: self._passage(line[1:])
            for line in self._all(
                f"SELECT row, {_PASSAGE} FROM passages WHERE row IN ({marks})",
                [int(row) for row in rows],
            )
        }
        if len(found) < len(set(map(int, rows))):
            raise IndexDamagedError(
                f"{self._path} contradicts itself: it lacks passages. {REBUILD}"
            )
        return [found[int(row)] for row in rows]

    def rows(self, document_ids: Sequence[str]) -> list[int]:
        """The rows of all passages of those documents, ascending."""
        wanted = json.dumps(list(document_ids))
        found = self._all(
            "SELECT row FROM passages WHERE document_id IN (SELECT value FROM json_each(?))"
            " ORDER BY row",
            [wanted],
        )
        return [int(line[0]) for line in found]

    def row(self, document_id: str, start: int, end: int) -> int:
        """The row of the passage that stands there. Raises InputError if there is none."""
        found = self._all(
            "SELECT row FROM passages WHERE document_id = ? AND start = ? AND end = ?",
            [document_id, start, end],
        )
        if not found:
            raise InputError(f"There is no passage {document_id}:{start}-{end} in the index.")
        return int(found[0][0])

    def all_passages(self) -> Iterator[Passage]:
        """Every passage in row order, a few at a time."""
        for start in range(0, self.passage_count, 1000):
            yield from self.passages(range(start, min(start + 1000, self.passage_count)))

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in order."""
        return [
            self._passage(line)
            for line in self._all(
                f"SELECT {_PASSAGE} FROM passages WHERE document_id = ? ORDER BY row", [document_id]
            )
        ]

    def document(self, document_id: str) -> Document:
        """The document of that id. Raises InputError if there is none."""
        lines = self._all(
            "SELECT id, title, text, source, sections, pages FROM documents WHERE id = ?",
            [document_id],
        )
        if not lines:
            raise InputError(f"There is no document with the id {document_id!r} in the index.")
        try:
            return _document(*lines[0])
        except (ValueError, TypeError) as error:
            raise self._damaged() from error

    def title(self, document_id: str) -> str:
        """Title of the document of that id. Raises IndexDamagedError if there is none."""
        for (title,) in self._all("SELECT title FROM documents WHERE id = ?", [document_id]):
            return str(title)
        raise self._damaged()

    def tables_of(self, document_id: str) -> list[Table]:
        """The tables in a document's text, in order."""
        lines = self._all(
            "SELECT names, rows FROM document_tables WHERE document_id = ? ORDER BY rowid",
            [document_id],
        )
        return [
            Table(tuple(json.loads(names)), tuple(map(tuple, json.loads(rows))))
            for names, rows in lines
        ]

    def accounts(self) -> dict[str, Account]:
        """What became of the words of each document's file, by the document's id."""
        lines = self._all(
            "SELECT d.id, d.source, a.in_file, a.read, a.missing, a.left_out, a.unread"
            " FROM accounts a JOIN documents d ON d.id = a.document_id"
        )
        return {
            identity: Account(
                source,
                in_file,
                read,
                missing,
                tuple(LeftOut(*each) for each in json.loads(left_out)),
                tuple(json.loads(unread)),
            )
            for identity, source, in_file, read, missing, left_out, unread in lines
        }

    def summaries(self) -> list[tuple[str, str, str, int]]:
        """(id, title, source, passages) of each document, in order of source."""
        return self._all(
            "SELECT d.id, d.title, d.source, count(p.row) FROM documents d"
            " LEFT JOIN passages p ON p.document_id = d.id GROUP BY d.id ORDER BY d.source, d.id"
        )

    def sample(self, count: int) -> list[Document]:
        """Up to `count` documents, spread evenly over all in order of source."""
        ids = [line[0] for line in self.summaries()]
        step = max(1, len(ids) // max(count, 1))
        return [self.document(identity) for identity in ids[::step][:count]]

    def same_documents(self) -> list[list[tuple[str, str]]]:
        """Groups of documents with exactly the same text, as (id, source), in order of source."""
        lines = self._all(
            "SELECT t.hash, d.id, d.source FROM document_texts t JOIN documents d"
            " ON d.id = t.document_id WHERE t.hash IN"
            " (SELECT hash FROM document_texts GROUP BY hash HAVING count(*) > 1)"
            " ORDER BY t.hash, d.source"
        )
        groups = groupby(lines, key=lambda line: bytes(line[0]))
        return [[(identity, source) for _, identity, source in group] for _, group in groups]

    def same_passages(self, passage: Passage) -> list[Passage]:
        """The passages, itself among them, with the same text but for white space and case; the
        first SAME_PLACES of them."""
        rows = self._all(
            "SELECT row FROM passage_texts WHERE hash = ? ORDER BY row LIMIT ?",
            [same_hash(passage.text), SAME_PLACES],
        )
        return self.passages([int(row) for (row,) in rows]) if len(rows) > 1 else [passage]

    def sources(self) -> list[tuple[str, str, str | None]]:
        """(name, SHA-256 of the content, path) of each file and text that was read; the path is
        relative to the index folder, and None for a text."""
        lines = self._all("SELECT name, sha256, path FROM sources ORDER BY rowid")
        return [(name, sha256, path and os.fsdecode(path)) for name, sha256, path in lines]

    def origins(self) -> list[tuple[str, str, str]] | None:
        """The set of sources as recorded, or None where none was; see `qa.building.source_set`."""
        lines = self._all("SELECT kind, name, text FROM origins ORDER BY rowid")
        return [(kind, os.fsdecode(name), text) for kind, name, text in lines] or None

    def added(self) -> dict[str, str]:
        """Since when each document is in the index: ISO 8601 in UTC by its id."""
        return dict(self._all("SELECT document_id, at FROM added"))

    def skipped(self) -> list[Skipped]:
        """Files that could not be read."""
        return [Skipped(*line) for line in self._all("SELECT source, reason FROM skipped")]

    def dropped(self) -> list[Dropped]:
        """Page furniture that was left out."""
        return [Dropped(*line) for line in self._all("SELECT source, text, rule FROM dropped")]

    def everything(self) -> Iterator[tuple[str, str]]:
        """All text that it holds, each piece with what it is."""
        for identity, title, source, *_ in self.summaries():
            yield f"document {source}", f"{title}\n{self.document(identity).text}"
        for skipped in self.skipped():
            yield "a note on what was skipped", f"{skipped.source}: {skipped.reason}"
        for dropped in self.dropped():
            yield f"page furniture of {dropped.source}", dropped.text
        for _, name, text in self.origins() or ():
            yield f"source {name}", text

    def problems(self) -> list[str]:
        """What is wrong with the texts and offsets, one sentence each."""
        wrong = [
            f"{self._path.name}: SQLite reports {line[0]}."
            for line in self._all("PRAGMA integrity_check")
            if line[0] != "ok"
        ]
        for identity, *_ in self.summaries():
            document = self.document(identity)
            for line in self._all(
                f"SELECT {_PASSAGE} FROM passages WHERE document_id = ?", [identity]
            ):
                passage = self._passage(line)
                if document.text[passage.start : passage.end] != passage.text:
                    wrong.append(
                        f"Passage {passage.id} of {document.source} differs from its document."
                    )
        return wrong

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _document(
    identity: str, title: str, text: str, source: str, sections: str, pages: str
) -> Document:
    return Document(
        id=identity,
        title=title,
        text=text,
        source=source,
        sections=tuple(Section(s, e, tuple(path)) for s, e, path in json.loads(sections)),
        pages=tuple(Page(*page) for page in json.loads(pages)),
    )


def _passage(line: Sequence[object]) -> Passage:
    document_id, start, end, text, sentences, headings, page = line
    assert isinstance(text, str)
    assert isinstance(start, int)
    return Passage(
        id=f"{document_id}:{start}-{end}",
        document_id=str(document_id),
        start=start,
        end=int(str(end)),
        text=text,
        sentences=tuple(
            Sentence(s, e, text[s - start : e - start]) for s, e in json.loads(str(sentences))
        ),
        headings=tuple(json.loads(str(headings))),
        page=page if isinstance(page, int) else None,
    )
