"""A service that answers with what the test puts in, for tests of the page."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from qa.accounts import Account
from qa.answering.question import check_question
from qa.building import running_builds as builds
from qa.building.generations import Generation, Pruned
from qa.datatypes import (
    Answer,
    BuildReport,
    Document,
    Hit,
    Page,
    Passage,
    Progress,
    Sentence,
    Signals,
    Skipped,
)
from qa.errors import (
    BuildCancelled,
    InputError,
)
from qa.index.status import Status
from qa.index.summaries import DocumentSummary
from qa.settings import Settings

EVIL = """<img src=x onerror="window.pwned=1"><script>alert('x')</script>"""


EVIL_ESCAPED = (
    "&lt;img src=x onerror=&quot;window.pwned=1&quot;&gt;"
    "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"
)


def hit(
    before: str = "Tea is grown on hills. ",
    sentence: str = "It is picked by hand.",
    after: str = " Then it is dried.",
    **changes: Any,
) -> Hit:
    """A hit whose passage begins at character 10 of its document."""
    text = before + sentence + after
    full = "x" * 10 + text
    given = {"title": "Tea", "source": "drinks/tea.txt", "headings": (), "page": None, "rank": 1}
    given.update(changes)
    document = Document("d1", given["title"], full, given["source"])
    begin = 10 + len(before)
    marked = Sentence(begin, begin + len(sentence), sentence)
    passage = Passage(
        "d1:10", "d1", 10, len(full), text, (marked,), given["headings"], given["page"]
    )
    return Hit(
        passage,
        document,
        1.0,
        given["rank"],
        marked,
        Signals(0.5, 0.5, 0.5),
        changes.get("duplicates", ()),
    )


def answer(*hits: Hit, sure: float = 0.95, text: str | None = "It is picked by hand.") -> Answer:
    return Answer("How is tea picked?", text, sure, hits, "g1")


class FakeJob:
    """A build that waits until it is let go, or is cancelled."""

    def __init__(self, report: BuildReport | None = None, error: Exception | None = None) -> None:
        self.report, self.error = report, error
        self.go, self.cancelled = threading.Event(), False

    def run(self, progress: Callable[[Progress], None]) -> BuildReport:
        progress(Progress("embed", 3, 12, "tea.txt"))
        assert self.go.wait(10)
        if self.cancelled:
            raise BuildCancelled("The build was stopped; the old index is unchanged.")
        if self.error:
            raise self.error
        assert self.report
        return self.report

    def cancel(self) -> None:
        self.cancelled = True
        self.go.set()


REPORT = BuildReport("g2", 2, 1234, 5000, 1, 4, 0.42)


class FakeService:
    """Answers with what the test puts in."""

    def __init__(self, tmp_path: Path) -> None:
        self.settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
        self.corpus = self.settings.corpus
        self.reply: Answer | Exception = answer(hit())
        self.job = FakeJob(REPORT)
        self.saved: list[str] = []
        self.live = "g2"
        self.recorded: list[Answer] = []
        self.listed: list[DocumentSummary] | Exception = [
            DocumentSummary("d1", "Tea", "drinks/tea.txt", 3, Account("drinks/tea.txt", 1200, 1200))
        ]
        self.sources = self.generations = self.feedback = self
        self.pins = SimpleNamespace(all=tuple)
        self.catalog = SimpleNamespace(passages_of=self.passages_of, tables_of=lambda _: [])

    def retriever(self) -> SimpleNamespace:
        return SimpleNamespace(generation="another", catalog=self.catalog)

    def ask(self, question: str, *, top_k: int = 5, sources: Sequence[str] = ()) -> Answer:
        check_question(question)
        self.asked = (question, top_k, tuple(sources))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def record(self, answer: Answer, visitor: str = "") -> bool:
        self.recorded.append(answer)
        return True

    def document(self, document_id: str) -> Document:
        if document_id != "d2":
            raise InputError("There is no such document.")
        return Document("d2", "Copy", "text", "copies/<b>.txt")

    def unread(self) -> list[Skipped]:
        return [Skipped("half<b>.pdf", "It cannot be read.")]

    def documents(self) -> list[DocumentSummary]:
        if isinstance(self.listed, Exception):
            raise self.listed
        return self.listed

    def history(self) -> list[Generation]:
        return [
            Generation("g1", False, "2026-05-04T09:08:07+00:00", "mini", 1, 3, 45_600, 1, 2),
            Generation("g2", self.live == "g2", "2026-05-05T09:08:07+00:00", "mini", 1),
            Generation("g3", problem=f"Generation {EVIL} is damaged."),
        ]

    def rollback(self, name: str) -> Generation:
        if name == "gone":
            raise InputError("There is no generation gone.")
        return Generation(name, True)

    def prune(self) -> Pruned:
        return Pruned(("g0",))

    def start_remove(self, source: str, *, purge: bool = False) -> FakeJob:
        self.removed = (source, purge)
        return self.job

    def start_add_path(self, path: str) -> FakeJob:
        raise InputError("Adding by path is switched off.")

    def passages_of(self, document_id: str) -> list[Passage]:
        return [Passage("p", "d2", 0, 4, "text")]

    def status(self) -> Status:
        return Status(
            self.settings.index, "g1", "2026-05-04T09:08:07+00:00", "mini", 1, 3, 20, 45_600
        )

    def add_text(self, name: str, text: str) -> Path:
        self.saved.append(name)
        return self.settings.corpus / "added" / f"{name}.txt"

    def add_file(self, path: str | Path, name: str | None = None) -> Path:
        if "huge" in str(path):
            raise InputError("huge.txt is larger than 100 MB, the limit for a file.")
        self.saved.append(name or "")
        return self.settings.corpus / "added" / (name or "")

    def start_build(self) -> FakeJob:
        return self.job


def in_new_loop(coroutine: Callable[[], Any]) -> Any:
    """Run a coroutine in a thread of its own: this one's loop may be the browser suite's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(coroutine())).result()


def finished(build: builds.Build, job: FakeJob) -> builds.Build:
    job.go.set()
    for _ in range(500):
        if not build.running:
            return build
        threading.Event().wait(0.01)
    raise AssertionError("the build did not end")


SHELF_TEXT = "Tea\n<script>alert(1)</script> is hot. Drink it."


class Shelf:
    """A service of one document."""

    def __init__(self) -> None:
        self.shelf = Document(
            "d1",
            "<script>alert(1)</script>",
            SHELF_TEXT,
            "a/b.pdf",
            (),
            (Page(4, 0, len(SHELF_TEXT)),),
        )
        self.catalog = SimpleNamespace(passages_of=lambda _: [], tables_of=lambda _: [])
        self.asked: list[tuple[str, int, tuple[str, ...]]] = []
        self.recorded: list[str] = []
        self.settings = SimpleNamespace(feedback=True, documents_tab=True)
        self.error: Exception | None = None
        self.feedback = self

    def document(self, identity: str) -> Document:
        if identity != "d1":
            raise InputError("There is no document with the id 'x' in the index.")
        return self.shelf

    def ask(self, question: str, *, top_k: int, sources: Any) -> Answer:
        self.asked.append((question, top_k, tuple(sources)))
        return Answer(question, None, 0.0, (), "g2")

    def retriever(self) -> SimpleNamespace:
        return SimpleNamespace(generation="g1", catalog=self.catalog)

    def record(self, answer: Answer, visitor: str = "") -> None:
        self.recorded.append(answer.question)

    def examples(self, count: int) -> list[str]:
        if self.error:
            raise self.error
        return ["What is <tea>?"][:count]

    def documents(self) -> list[Any]:
        return [SimpleNamespace(source="a/b.pdf"), SimpleNamespace(source='"c".txt')]
