"""The service that page, shell and notebooks share: one index, asked and rebuilt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from qa import inbox
from qa.answers import make_answer
from qa.calibration import Calibration
from qa.datatypes import Answer, BuildReport, Citation, Document, Progress
from qa.errors import IndexMissingError, InputError, QAError
from qa.examples import answered_by_different, suggest
from qa.index import history
from qa.index.generations import KEPT_GENERATIONS, IndexFolder
from qa.index.history import Generation, Pruned
from qa.index.job import BuildJob
from qa.retriever import Retriever, check_question
from qa.scope import EVERYWHERE
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.citations import Resolved
    from qa.encoders.protocol import Encoder
    from qa.evaluation.sets import OwnQuestion
    from qa.explanation.explain import Explanation

Text: TypeAlias = "str | tuple[str, str]"
"""A text to index: the bare text, or (name, text)."""

Paths: TypeAlias = "str | Path | Sequence[str | Path] | None"

Globs: TypeAlias = "str | Sequence[str] | None"
"""Globs, also separated by commas; None for those of the settings."""

OPEN_ATTEMPTS = 3
EXAMPLE_DOCUMENTS = 24
"""So many documents, spread over the index, are looked through for example questions."""
EXAMPLE_TRIALS = 4
"""So many suggestions are tried for each example that is shown."""


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
    """State of an index. `problem` is None, or one sentence on why it cannot be used.

    `built_at` is ISO 8601 in UTC.
    """

    index: Path
    generation: str | None = None
    built_at: str | None = None
    model: str | None = None
    documents: int = 0
    passages: int = 0
    sentences: int = 0
    bytes_on_disk: int = 0
    problem: str | None = None


class Service:
    """One index folder, asked and rebuilt. Thread-safe.

    A new generation, built by whatever process, is picked up at the next question.
    """

    def __init__(self, settings: Settings | None = None, *, encoder: Encoder | None = None) -> None:
        self.settings = settings or Settings.load()
        self._folder = IndexFolder(self.settings.index)
        self._encoder = encoder
        self._lock = threading.Lock()
        self._retriever: Retriever | None = None
        self._examples: tuple[tuple[str, int], list[str]] = (("", 0), [])

    def retriever(self) -> Retriever:
        """The retriever of the live generation. While a damaged one is live, the last that
        could be opened goes on answering. Raises IndexMissingError where nothing was built."""
        try:
            live = self._folder.require_live()
        except QAError:
            if self._retriever is not None:
                return self._retriever
            raise
        with self._lock:
            if self._retriever is None or self._retriever.generation != live:
                self._retriever = self._reopen()
            return self._retriever

    def _reopen(self) -> Retriever:
        for attempt in range(OPEN_ATTEMPTS):
            try:
                return Retriever.open(
                    self.settings.index, encoder=self._encoder, settings=self.settings
                )
            except QAError:
                last = attempt == OPEN_ATTEMPTS - 1
                if last and self._retriever is not None:
                    return self._retriever
                if last:
                    raise
        raise AssertionError("unreachable")

    def ask(self, question: str, *, top_k: int = 5, sources: Sequence[str] = EVERYWHERE) -> Answer:
        """Answer a question from the live generation, with up to `top_k` passages.

        `sources` asks only these documents, folders or patterns, see `qa.scope`. Raises
        InputError for an empty or over-long question, a `top_k` below 1 or a source that no
        document lies in, and IndexMissingError, IndexDamagedError or IndexMismatchError where
        there is no good index.
        """
        question = check_question(question)
        retriever = self.retriever()
        return make_answer(
            question,
            retriever.retrieve(question, top_k, sources),
            threshold=self.settings.threshold,
            calibration=Calibration(**retriever.manifest.ranking.get("calibration", {})),
            generation=retriever.generation,
            searched=retriever.mended(question),
        )

    def examples(self, count: int = 4) -> list[str]:
        """Up to `count` questions that the documents themselves suggest, and answer.

        Raises the errors of `ask` where there is no good index.
        """
        retriever = self.retriever()
        with self._lock:
            known, found = self._examples
        if known != (retriever.generation, count):
            texts = retriever.catalog.sample(EXAMPLE_DOCUMENTS)
            asked = suggest(texts, self.settings.language, EXAMPLE_TRIALS * count)
            found = answered_by_different(asked, self.ask, count)
            with self._lock:
                self._examples = (retriever.generation, count), found
        return list(found)

    def explain(self, question: str, expected: str) -> Explanation:
        """Why the answer to `question` is not, or is, the text `expected`; see `qa.explanation`.

        Raises InputError for an empty question or text, and the errors of `ask`.
        """
        from qa.explanation.explain import explain

        return explain(self.retriever(), question, expected)

    def start_build(
        self,
        paths: Paths = None,
        *,
        texts: Sequence[Text] = (),
        include: Globs = None,
        exclude: Globs = None,
    ) -> BuildJob:
        """A build, not yet begun: call `run` on it. The new index will hold exactly what
        `paths` and `texts` give; with neither, the corpus folder. `include` and `exclude` are
        globs for the files of folders, instead of those of the settings."""
        if isinstance(texts, str):
            raise InputError("texts must be a list of texts; put the one text in a list.")
        chosen = [paths] if isinstance(paths, str | Path) else list(paths or [])
        if not chosen and not texts:
            chosen = [self.settings.corpus]
        named = [
            (f"text {number}", text) if isinstance(text, str) else (text[0], text[1])
            for number, text in enumerate(texts, start=1)
        ]
        settings = replace(
            self.settings,
            include=_globs(include, self.settings.include),
            exclude=_globs(exclude, self.settings.exclude),
        )
        return BuildJob([Path(path) for path in chosen], named, settings)

    def rebuild(
        self,
        paths: Paths = None,
        *,
        texts: Sequence[Text] = (),
        include: Globs = None,
        exclude: Globs = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> BuildReport:
        """Build in a child process and wait for it; see `start_build` and `BuildJob.run`."""
        job = self.start_build(paths, texts=texts, include=include, exclude=exclude)
        return job.run(progress)

    def add_to_corpus(self, name: str, text: str) -> Path:
        """Save a pasted text as a new file below the corpus folder; rebuild to index it.

        Raises InputError for an empty text.
        """
        return inbox.add_text(self.settings.corpus, name, text)

    def add_file_to_corpus(self, path: str | Path, name: str | None = None) -> Path:
        """Copy a file below the corpus folder, under `name` or its own; rebuild to index it.

        Raises InputError for a file that is missing or larger than `max_file_mb`.
        """
        limit = self.settings.max_file_mb * 1_000_000
        return inbox.add_file(self.settings.corpus, Path(path), name, limit)

    def documents(self) -> list[DocumentSummary]:
        """What is in the index, in order of source."""
        return [DocumentSummary(*line) for line in self.retriever().catalog.summaries()]

    def document(self, document_id: str) -> Document:
        """A whole document. Raises InputError if there is none of that id."""
        return self.retriever().document(document_id)

    def status(self) -> Status:
        """State of the index. Never raises for a missing or damaged one: see `problem`."""
        try:
            manifest = self._folder.manifest(self._folder.require_live())
        except QAError as error:
            return Status(self.settings.index, problem=str(error))
        problems = self._folder.problems(manifest, thorough=False)
        return Status(
            index=self.settings.index,
            generation=manifest.generation,
            built_at=manifest.built_at,
            model=manifest.encoder["name"],
            documents=manifest.counts["documents"],
            passages=manifest.counts["passages"],
            sentences=manifest.counts["sentences"],
            bytes_on_disk=sum(facts["bytes"] for facts in manifest.files.values()),
            problem=problems[0] if problems else None,
        )

    def verify(self) -> list[str]:
        """Check every checksum, count and offset, and that vectors belong to their texts; the
        problems found, one sentence each. See `qa.index.proof`."""
        from qa.index.proof import problems_of

        return problems_of(self._folder, self.settings, self._encoder)

    def history(self) -> list[Generation]:
        """All generations, oldest first; one that cannot be used says why."""
        return history.history(self._folder)

    def rollback(self, generation: str | None = None) -> Generation:
        """Make an earlier generation the live one: by name, or the one before the live one.

        All of it is checked before the switch, which is one step. Raises InputError where there
        is none such, IndexBusyError, IndexDamagedError or IndexMismatchError; the live one stays.
        """
        return history.rollback(self._folder, generation, self.settings, self._encoder)

    def prune(self, keep: int = KEPT_GENERATIONS) -> Pruned:
        """Remove all generations but the `keep` newest and the live one, encoders that none of
        them uses, and what stopped builds left. Raises InputError or IndexBusyError."""
        return history.prune(self._folder, keep, self.settings.wait)

    def pins(self) -> tuple[OwnQuestion, ...]:
        """The pinned questions, see `qa.pinned`. Raises InputError for a file that is broken."""
        from qa.pinned import read_pins

        return read_pins(self._folder.pinned)

    def pin(self, question: str, expected: Sequence[str]) -> OwnQuestion:
        """Pin a question: each build tries it before its switch. `expected` lists the accepted
        texts; with none, "not in these documents" is expected. Raises InputError."""
        from qa.pinned import add_pin

        return add_pin(self._folder, question, expected)

    def unpin(self, question: str) -> OwnQuestion:
        """Take a pin away, by its question or its number from 1. Raises InputError."""
        from qa.pinned import remove_pin

        return remove_pin(self._folder, question)

    def resolve(self, citation: Citation | str) -> Resolved:
        """What has become of a cited text, given as a hit's citation or the word of it.

        Raises InputError for what is no citation, and the errors of `ask`.
        """
        from qa import citations

        parsed = citations.parse(citation) if isinstance(citation, str) else citation
        return citations.resolve(parsed, self.retriever(), self._folder)


def _globs(given: Globs, usual: str) -> str:
    if given is None:
        return usual
    return given if isinstance(given, str) else ",".join(given)


_services: dict[Settings, Service] = {}
_services_lock = threading.Lock()


def _shared(settings: Settings | None, index: str | Path | None) -> Service:
    chosen = settings or Settings.load(index=index)
    with _services_lock:
        return _services.setdefault(chosen, Service(chosen))


def ask(
    question: str,
    *,
    top_k: int = 5,
    sources: Sequence[str] = EVERYWHERE,
    index: str | Path | None = None,
    settings: Settings | None = None,
) -> Answer:
    """Answer a question from ./index (or `index`), built from ./corpus the first time.

    `sources` asks only these documents, folders or patterns, see `qa.scope`. Raises InputError
    for a bad question, `top_k` or source; see `Service.ask` for the others.
    """
    service = _shared(settings, index)
    check_question(question)
    try:
        return service.ask(question, top_k=top_k, sources=sources)
    except IndexMissingError:
        service.rebuild()
        return service.ask(question, top_k=top_k, sources=sources)


def rebuild(
    paths: Paths = None,
    *,
    texts: Sequence[Text] = (),
    include: Globs = None,
    exclude: Globs = None,
    index: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    settings: Settings | None = None,
) -> BuildReport:
    """Build ./index (or `index`) anew from exactly `paths` and `texts` (default: ./corpus).

    Each text is a string or a pair (name, text). `include` and `exclude` are globs for the
    files of folders, like "*.pdf" or ["reports/**", "*.txt"]. Unchanged texts are not embedded
    again.
    Raises BuildError, IndexBusyError or InputError; the live index then stays as it was.
    """
    return _shared(settings, index).rebuild(
        paths, texts=texts, include=include, exclude=exclude, progress=progress
    )


def resolve(
    citation: Citation | str, *, index: str | Path | None = None, settings: Settings | None = None
) -> Resolved:
    """What has become of a text that a hit cited: `hit.citation`, or the word of it.

    Raises InputError for what is no citation; see `Service.ask` for the others.
    """
    return _shared(settings, index).resolve(citation)
