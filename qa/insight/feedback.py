"""What people asked and what they said of the answers, kept in one file of the index folder.

`feedback.sqlite` lies beside the generations and is read by nobody else: nothing of it leaves the
machine. The setting `feedback` turns all of it off. Answering never depends on it: a file that
cannot be written costs one warning in the log.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from qa.building.purge import Trace
from qa.errors import FeedbackError, InputError
from qa.index.disk import make_private

if TYPE_CHECKING:
    from qa.datatypes import Answer

NAME = "feedback.sqlite"
KEPT = 10_000
"""Questions asked, and verdicts, that are kept; then the oldest of the visitor with most go."""
HOURLY = 200
"""Questions, and verdicts, of one visitor that are kept in an hour, so that a flood pushes out few
of the others: it needs 50 hours to fill the room, and then only the flood itself goes."""
LONGEST = 20_000
"""Characters of a text that can be called the right one."""
BUSY_SECONDS = 5.0
"""So long one writer waits for another process's."""

Verdict = Literal["up", "down", "right"]
"""Of an answer: it is right, it is wrong. Of a passage: this one is the right one."""

_TABLES = """
CREATE TABLE IF NOT EXISTS asked (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, question TEXT NOT NULL, source TEXT NOT NULL,
    confidence REAL NOT NULL, answered INTEGER NOT NULL, generation TEXT NOT NULL,
    visitor TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS verdicts (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, question TEXT NOT NULL, verdict TEXT NOT NULL,
    text TEXT NOT NULL, key TEXT NOT NULL, citation TEXT NOT NULL, document TEXT NOT NULL,
    visitor TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS verdicts_by_question ON verdicts (key, text);
CREATE INDEX IF NOT EXISTS asked_by_visitor ON asked (visitor, at);
CREATE INDEX IF NOT EXISTS verdicts_by_visitor ON verdicts (visitor, at);
"""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that was asked. `source`: of the first hit, "" where there was none. `at`:
    ISO 8601 in UTC. `confidence`: probability, 0 … 1."""

    question: str
    source: str
    confidence: float
    answered: bool
    generation: str
    at: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on a text; an empty text stands for "not in these documents". `citation` is the
    word of the text's citation, `document` its document's id; both empty for an empty text."""

    question: str
    verdict: Verdict
    text: str = ""
    citation: str = ""
    document: str = ""

    @property
    def approves(self) -> bool:
        """Whether the text is a right one."""
        return self.verdict != "down"


def key_of(question: str) -> str:
    """Equal for questions with the same words: case and spaces do not count.

    >>> key_of("  What is TEA? ")
    'what is tea?'
    """
    return " ".join(question.split()).casefold()


class Store:
    """The file at `path`, made when something is first kept. Thread-safe, several processes too."""

    def __init__(self, path: Path, *, kept: int = KEPT) -> None:
        self._path, self._kept = path, kept
        self._lock = threading.Lock()
        self._warned = False

    def record(self, answer: Answer, visitor: str = "") -> bool:
        """Keep that a question was asked; whether it was kept. Never raises: the first failure
        is a warning in the log. A visitor who asked HOURLY questions within the hour is passed
        over."""
        now = datetime.now(timezone.utc)
        row = (
            _told(now),
            answer.question,
            answer.hits[0].document.source if answer.hits else "",
            float(answer.confidence),
            answer.text is not None,
            answer.generation,
            visitor,
        )
        try:
            with self._open() as db:
                if _in_last_hour(db, "asked", visitor, now) >= HOURLY:
                    return False
                db.execute(
                    "INSERT INTO asked"
                    " (at, question, source, confidence, answered, generation, visitor)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
                self._trim(db, "asked")
        except FeedbackError as error:
            if not self._warned:
                self._warned = True
                logging.getLogger(__name__).warning("Questions are not kept: %s", error)
            return False
        return True

    def judge(self, judged: Judgement, visitor: str = "") -> None:
        """Keep a verdict; an earlier one on the same text for the same question goes.

        Raises InputError for an unknown verdict, an over-long text, or more than HOURLY verdicts of
        one visitor within an hour, and FeedbackError.
        """
        if judged.verdict not in get_args(Verdict):
            raise InputError(f"{judged.verdict!r} is no verdict; give up, down or right.")
        if len(judged.text) > LONGEST:
            raise InputError(
                f"The text has {len(judged.text):,} characters; a passage of at most {LONGEST:,} "
                "can be judged."
            )
        if judged.verdict == "right" and not judged.text.strip():
            raise InputError("The passage is empty; give the one that answers the question.")
        key = key_of(judged.question)
        text, cited = judged.text.strip(), (judged.citation, judged.document)
        now = datetime.now(timezone.utc)
        with self._open() as db:
            if _in_last_hour(db, "verdicts", visitor, now) >= HOURLY:
                raise InputError(
                    "At most {most} verdicts are kept within an hour; try again later.", most=HOURLY
                )
            db.execute("DELETE FROM verdicts WHERE key = ? AND text = ?", (key, text))
            db.execute(
                "INSERT INTO verdicts"
                " (at, question, verdict, text, key, citation, document, visitor)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (_told(now), judged.question, judged.verdict, text, key, *cited, visitor),
            )
            self._trim(db, "verdicts")

    def asked(self) -> list[AskedQuestion]:
        """What was asked, oldest first. Raises FeedbackError."""
        rows = self._rows(
            "SELECT question, source, confidence, answered, generation, at FROM asked ORDER BY id"
        )
        return [AskedQuestion(row[0], row[1], row[2], bool(row[3]), row[4], row[5]) for row in rows]

    def judged(self) -> list[Judgement]:
        """The verdicts, oldest first. Raises FeedbackError."""
        rows = self._rows(
            "SELECT question, verdict, text, citation, document FROM verdicts ORDER BY id"
        )
        return [Judgement(*row) for row in rows]

    def keep_documents(self, identities: Collection[str]) -> int:
        """Forget verdicts on the texts of other documents; how many went. Raises FeedbackError."""
        gone = {each.document for each in self.judged() if each.document} - set(identities)
        if gone:
            with self._open() as db:
                db.executemany("DELETE FROM verdicts WHERE document = ?", [(one,) for one in gone])
        return len(gone)

    def traces(self, holds: Callable[[str], bool]) -> list[Trace]:
        """What was kept that `holds` is true for, as one trace; none where the file is broken,
        for its bytes are looked through all the same."""
        try:
            asked = sum(holds(f"{asked.question}\n{asked.source}") for asked in self.asked())
            judged = sum(holds(f"{judged.question}\n{judged.text}") for judged in self.judged())
        except FeedbackError:
            asked = judged = 0
        what = f"{asked:,} questions asked and {judged:,} verdicts; forget all of them: "
        trace = Trace("feedback", self._path, what + "python -m qa feedback --clear")
        return [trace] if asked or judged else []

    def clear(self) -> None:
        """Forget everything: the file goes, also a broken one. Raises FeedbackError."""
        with self._lock:
            try:
                for name in (self._path.name, f"{self._path.name}-journal"):
                    self._path.with_name(name).unlink(missing_ok=True)
            except OSError as error:
                raise FeedbackError(
                    f"{self._path.name} cannot be deleted ({error.strerror}); delete it by hand."
                ) from error
            self._warned = False

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._open() as db:
            return list(db.execute(query))

    def _trim(self, db: sqlite3.Connection, table: str) -> None:
        """Forget the oldest row of the visitor with most rows, until there is room."""
        (rows,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
        for _ in range(rows - self._kept):
            db.execute(
                f"DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table}"
                " GROUP BY visitor ORDER BY count(*) DESC, min(id) LIMIT 1)"
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file in one transaction, which holds other writers off from its begin. Deleted texts
        are overwritten with zeros."""
        with self._lock:
            try:
                make_private(self._path)
                with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as db:
                    db.execute("PRAGMA secure_delete = ON")
                    db.execute("PRAGMA synchronous = NORMAL")
                    _add_visitors(db)
                    db.executescript(_TABLES)
                    with db:
                        db.execute("BEGIN IMMEDIATE")
                        yield db
            except (sqlite3.Error, OSError) as error:
                raise FeedbackError(
                    f"{self._path.name} cannot be used ({_reason(error)}); clear it with "
                    "python -m qa feedback --clear, or keep nothing with QA_FEEDBACK=no."
                ) from error


def _add_visitors(db: sqlite3.Connection) -> None:
    """Let tables that were made before visitors were told apart have the column for them."""
    for table in ("asked", "verdicts"):
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        if columns and "visitor" not in columns:
            db.execute(f"ALTER TABLE {table} ADD COLUMN visitor TEXT NOT NULL DEFAULT ''")


def _in_last_hour(db: sqlite3.Connection, table: str, visitor: str, now: datetime) -> int:
    since = (_told(now - timedelta(hours=1)), _told(now))
    query = f"SELECT count(*) FROM {table} WHERE visitor = ? AND at BETWEEN ? AND ?"
    return int(db.execute(query, (visitor, *since)).fetchone()[0])


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _reason(error: Exception) -> str:
    """Why, without the path of the file."""
    return getattr(error, "strerror", None) or str(error)
