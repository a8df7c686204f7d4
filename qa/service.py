"""The service that page, shell and notebooks share: one index, asked and rebuilt.

CONTRACT (bodies follow): signatures here are what app.py and qa/cli.py are written against.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.datatypes import Answer, BuildReport, Document, Progress
from qa.settings import Settings

Text = "str | tuple[str, str] | Document"  # a bare text, (name, text), or a Document


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One line of what is in the index."""

    id: str
    title: str
    source: str
    passages: int
    words: int


@dataclass(frozen=True, slots=True)
class Status:
    """State of an index. `problem` is None, or one sentence on why it cannot be used."""

    index: Path
    generation: str | None
    built_at: str | None  # ISO 8601, UTC
    model: str | None
    documents: int
    passages: int
    sentences: int
    bytes_on_disk: int
    problem: str | None


class BuildJob:
    """A build in a child process. `run` blocks and reports; `cancel` may come from any thread."""

    def run(self, progress: Callable[[Progress], None] | None = None) -> BuildReport:
        """Raises BuildCancelled after `cancel`, BuildError when it failed, IndexBusyError."""
        raise NotImplementedError

    def cancel(self) -> None:
        raise NotImplementedError


class Service:
    """Thread-safe. Picks up a new generation of the index without restart."""

    def __init__(self, settings: Settings | None = None) -> None: ...

    def ask(self, question: str, *, top_k: int = 5) -> Answer:
        """Raises InputError for an empty or over-long question or top_k < 1."""
        raise NotImplementedError

    def start_build(
        self, paths: Sequence[str | Path] | str | Path | None = None, *, texts: Sequence[Text] = ()
    ) -> BuildJob:
        """The new index will hold exactly `paths` and `texts`; neither given: the corpus folder."""
        raise NotImplementedError

    def rebuild(self, paths=None, *, texts=(), progress=None) -> BuildReport:
        raise NotImplementedError

    def add_to_corpus(self, name: str, text: str) -> Path:
        """Save a pasted text as a new file below the corpus folder, never over another file."""
        raise NotImplementedError

    def add_file_to_corpus(self, path: str | Path, name: str | None = None) -> Path:
        """Copy a file (an upload) below the corpus folder, never over another file."""
        raise NotImplementedError

    def documents(self) -> list[DocumentSummary]:
        raise NotImplementedError

    def document(self, document_id: str) -> Document:
        raise NotImplementedError

    def status(self) -> Status:
        """Never raises for a missing or damaged index: see `problem`."""
        raise NotImplementedError

    def verify(self) -> list[str]:
        """Checks everything; returns the problems found, one sentence each; [] = sound."""
        raise NotImplementedError


def ask(question, *, top_k=5, index=None, settings=None) -> Answer: ...
def rebuild(paths=None, *, texts=(), index=None, progress=None, settings=None) -> BuildReport: ...
