"""The one door to an index, for page, shell and notebooks: `Service`, and the functions of `qa`.

What belongs to an index stands beside it: `Service.sources` (what it is built from),
`Service.generations` (its states over time), `Service.pins` (the questions that it must go on
answering) and `Service.feedback` (what people asked and what they said of the answers).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answering.answer import answer_question
from qa.answering.example_questions import answered_by_different, suggest
from qa.answering.live_index import LiveIndex
from qa.answering.question import check_question
from qa.answering.source_filter import EVERYWHERE
from qa.building.generations import Generations
from qa.building.job import BuildJob
from qa.building.pins import PASSAGES, Pins
from qa.building.source_keeper import Globs, NewJob, OnProgress, Paths, SourceKeeper, Text
from qa.datatypes import Answer, BuildReport, Citation, Document
from qa.errors import IndexMissingError
from qa.index.generations import IndexFolder
from qa.index.status import Status, status_of
from qa.index.summaries import DocumentSummary, summaries
from qa.insight.collector import FeedbackCollector
from qa.insight.feedback import NAME as FEEDBACK_FILE
from qa.insight.feedback import Store as FeedbackStore
from qa.languages import language_of
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.answering.resolve import Resolved
    from qa.answering.retriever import Retriever
    from qa.encoders.protocol import Encoder

DAMAGED = "The index on the disk is damaged; an undamaged state of it answers."
"""The warning of such an answer; `Service.status` says what is damaged."""
EXAMPLE_DOCUMENTS = 24
"""So many documents, spread over the index, are looked through for example questions."""
EXAMPLE_TRIALS = 4
"""So many suggestions are tried for each example that is shown."""


class Service:
    """One index folder, asked and rebuilt. Thread-safe.

    A new generation, built by whatever process, is picked up at the next question.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        encoder: Encoder | None = None,
        new_job: NewJob = BuildJob,
    ) -> None:
        self.settings = settings or Settings.load()
        self._folder = IndexFolder(self.settings.index)
        self._lock = threading.Lock()
        self._live = LiveIndex(self._folder, self.settings, encoder)
        self._examples: tuple[tuple[str, int], list[str]] = (("", 0), [])
        kept = FeedbackStore(self.settings.index / FEEDBACK_FILE)
        self.feedback = FeedbackCollector(self.settings, kept, self.retriever)
        self.generations = Generations(self.settings, encoder, (kept,))
        self.sources = SourceKeeper(self.settings, self.generations.purge, new_job)
        self.pins = Pins(self._folder, lambda question: self.ask(question, top_k=PASSAGES))

    def retriever(self) -> Retriever:
        """The retriever of the live generation. While that one is damaged, the last good one goes
        on answering, see `answering.live_index`. Raises IndexMissingError where nothing was built.
        """
        return self._live.retriever()

    def ask(self, question: str, *, top_k: int = 5, sources: Sequence[str] = EVERYWHERE) -> Answer:
        """Answer a question from the live generation, with up to `top_k` passages.

        `sources` asks only these documents, folders or patterns, see `answering.source_filter`.
        Raises InputError for an empty or over-long question, a `top_k` below 1 or a source that no
        document lies in, and IndexMissingError, IndexDamagedError or IndexMismatchError where there
        is no good index.
        """
        answer = self._live.read(
            lambda retriever: answer_question(retriever, question, top_k, sources)
        )
        return replace(answer, warning=DAMAGED) if self._live.problem else answer

    def examples(self, count: int = 4) -> list[str]:
        """Up to `count` questions that the documents themselves suggest, and answer.

        Raises the errors of `ask` where there is no good index.
        """
        retriever = self.retriever()
        with self._lock:
            known, questions = self._examples
        if known != (retriever.generation, count):
            texts = retriever.catalog.sample(EXAMPLE_DOCUMENTS)
            language = language_of(retriever.index.language)
            suggested = suggest(texts, language, EXAMPLE_TRIALS * count)
            questions = answered_by_different(suggested, self.ask, count)
            with self._lock:
                self._examples = (retriever.generation, count), questions
        return list(questions)

    def rebuild(
        self,
        paths: Paths = None,
        *,
        texts: Sequence[Text] = (),
        include: Globs = None,
        exclude: Globs = None,
        progress: OnProgress = None,
    ) -> BuildReport:
        """Build in a child process and wait for it; see `SourceKeeper.start_build`."""
        job = self.sources.start_build(paths, texts, include=include, exclude=exclude)
        return job.run(progress)

    def add(
        self,
        paths: Paths = None,
        *,
        texts: Sequence[Text] = (),
        replace: bool = False,
        progress: OnProgress = None,
    ) -> BuildReport:
        """Add files, folders and texts to what the index is built from, and build.

        Each text is a string or a pair (name, text). A name that another text has is refused
        with InputError, unless `replace` says that the new one takes its place. If anything is
        raised, nothing has changed. See `qa.building.source_changes`.
        """
        return self.sources.add(paths, texts, replace=replace, progress=progress)

    def remove(
        self, names: Paths, *, purge: bool = False, progress: OnProgress = None
    ) -> BuildReport:
        """Take sources out of what the index is built from, and build.

        Each is named by its source, file name or path. With `purge` no trace of them is left,
        see `Generations.purge`. Raises InputError for a name that none or several sources have;
        if anything is raised by the build, nothing has changed.
        """
        return self.sources.start_remove(names, purge=purge).run(progress)

    def documents(self) -> list[DocumentSummary]:
        """What is in the index, in order of source."""
        return self._live.read(lambda retriever: summaries(retriever.catalog))

    def document(self, document_id: str) -> Document:
        """A whole document. Raises InputError if there is none of that id."""
        return self._live.read(lambda retriever: retriever.document(document_id))

    def resolve(self, citation: Citation | str) -> Resolved:
        """What has become of a cited text, given as a hit's citation or the word of it.

        Raises InputError for what is no citation, and the errors of `ask`.
        """
        from qa.answering.citations import parse
        from qa.answering.resolve import resolve

        parsed = parse(citation) if isinstance(citation, str) else citation
        return self._live.read(lambda retriever: resolve(parsed, retriever, self._folder))

    def status(self) -> Status:
        """State of the index. Never raises for a missing or damaged one: see `problem`."""
        status = status_of(self._folder, self.sources.described)
        return replace(status, problem=status.problem or self._live.problem or None)


_services: dict[Settings, Service] = {}
_services_lock = threading.Lock()


def _shared(settings: Settings | None, index: str | Path | None) -> Service:
    """One service for each settings; the `index` that was given wins over that of `settings`."""
    if settings is None:
        settings = Settings.load(index=index)
    elif index is not None:
        settings = replace(settings, index=Path(index))
    with _services_lock:
        return _services.setdefault(settings, Service(settings))


def ask(
    question: str,
    *,
    top_k: int = 5,
    sources: Sequence[str] = EVERYWHERE,
    index: str | Path | None = None,
    settings: Settings | None = None,
) -> Answer:
    """Answer a question from ./index (or `index`), built from ./corpus the first time.

    `sources` asks only these documents, folders or patterns, see `answering.source_filter`. Raises
    InputError for a bad question, `top_k` or source; see `Service.ask` for the others.
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
    progress: OnProgress = None,
    settings: Settings | None = None,
) -> BuildReport:
    """Build ./index (or `index`) anew from exactly `paths` and `texts`; with neither, from what
    it is built from now, at first ./corpus.

    Each text is a string or a pair (name, text). `include` and `exclude` are globs for the
    files of folders, like "*.pdf" or ["reports/**", "*.txt"]. Unchanged texts are not embedded
    again.
    Raises BuildError, IndexBusyError or InputError; the live index then stays as it was.
    """
    return _shared(settings, index).rebuild(
        paths, texts=texts, include=include, exclude=exclude, progress=progress
    )


def add(
    paths: Paths = None,
    *,
    texts: Sequence[Text] = (),
    replace: bool = False,
    index: str | Path | None = None,
    progress: OnProgress = None,
    settings: Settings | None = None,
) -> BuildReport:
    """Add files, folders and texts to what ./index (or `index`) is built from; see `Service.add`.

    Raises InputError for what cannot be added, and the errors of `rebuild`.
    """
    service = _shared(settings, index)
    return service.add(paths, texts=texts, replace=replace, progress=progress)


def remove(
    names: Paths,
    *,
    purge: bool = False,
    index: str | Path | None = None,
    progress: OnProgress = None,
    settings: Settings | None = None,
) -> BuildReport:
    """Take sources out of what ./index (or `index`) is built from; see `Service.remove`.

    Raises InputError for a name that none or several sources have, and the errors of `rebuild`.
    """
    return _shared(settings, index).remove(names, purge=purge, progress=progress)


def resolve(
    citation: Citation | str, *, index: str | Path | None = None, settings: Settings | None = None
) -> Resolved:
    """What has become of a text that a hit cited: `hit.citation`, or the word of it.

    Raises InputError for what is no citation; see `Service.ask` for the others.
    """
    return _shared(settings, index).resolve(citation)
