"""The service that page, shell and notebooks share: one index, asked and rebuilt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answering.answer import make_answer
from qa.answering.calibration import Calibration
from qa.answering.example_questions import answered_by_different, suggest
from qa.answering.retriever import Retriever, check_question
from qa.answering.source_filter import EVERYWHERE
from qa.building.generations import Generation, Generations, Pruned
from qa.building.job import BuildJob
from qa.building.pins import PASSAGES, Pins
from qa.building.source_keeper import Globs, Paths, SourceKeeper, Text, wanted_path
from qa.building.source_set import SourceSet
from qa.datatypes import Answer, BuildReport, Citation, Document, Progress
from qa.errors import InputError, QAError
from qa.index.generations import KEPT_GENERATIONS, IndexFolder
from qa.index.summaries import DocumentSummary, summaries, unread
from qa.insight.feedback import NAME as FEEDBACK
from qa.insight.feedback import Asked, Judged, Store, Verdict, exported, lacking
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.answering.judged_questions import JudgedQuestion
    from qa.answering.resolve import Resolved
    from qa.building.change_job import ChangeJob
    from qa.building.pins import PinState
    from qa.building.purge import Trace
    from qa.datatypes import Passage, Skipped
    from qa.encoders.protocol import Encoder
    from qa.insight.explanation.explain import Explanation
    from qa.insight.explanation.why import Why
    from qa.insight.question_clusters import LackGroup

OPEN_ATTEMPTS = 3
EXAMPLE_DOCUMENTS = 24
"""So many documents, spread over the index, are looked through for example questions."""
EXAMPLE_TRIALS = 4
"""So many suggestions are tried for each example that is shown."""


@dataclass(frozen=True, slots=True)
class Status:
    """State of an index. `problem` is None, or one sentence on why it cannot be used.

    `built_at` is ISO 8601 in UTC. `built_from` names the folders, files and texts of its set.
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
    built_from: tuple[str, ...] = ()


class Service:
    """One index folder, asked and rebuilt. Thread-safe.

    A new generation, built by whatever process, is picked up at the next question.
    """

    def __init__(self, settings: Settings | None = None, *, encoder: Encoder | None = None) -> None:
        self.settings = settings or Settings.load()
        self._folder = IndexFolder(self.settings.index)
        self._encoder = encoder
        self._keeper = SourceKeeper(self.settings)
        self._feedback = Store(self.settings.index / FEEDBACK)
        self._generations = Generations(self.settings, encoder, (self._feedback,))
        self._pins = Pins(self._folder, lambda question: self.ask(question, top_k=PASSAGES))
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

        `sources` asks only these documents, folders or patterns, see `answering.source_filter`.
        Raises InputError for an empty or over-long question, a `top_k` below 1 or a source that no
        document lies in, and IndexMissingError, IndexDamagedError or IndexMismatchError where there
        is no good index.
        """
        question = check_question(question)
        retriever = self.retriever()
        return make_answer(
            question,
            retriever.retrieve(question, top_k, sources),
            threshold=self.settings.threshold,
            calibration=Calibration(**retriever.manifest.ranking.get("calibration", {})),
            generation=retriever.generation,
            corrected_question=retriever.mended(question),
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
        from qa.insight.explanation.explain import explain

        return explain(self.retriever(), question, expected)

    def why(self, answer: Answer) -> tuple[Why, ...]:
        """What speaks for each hit of `answer`, in order: what each signal gives to its score,
        and which words of the question it holds; see `qa.insight.explanation.why`.

        Empty where another generation of the index has taken over since.
        """
        from qa.insight.explanation.why import why

        return why(self.retriever(), answer)

    def origins(self) -> SourceSet:
        """The set of sources that the index is built from; see `qa.building.source_set`."""
        return self._keeper.origins(whole=False)

    def start_build(
        self,
        paths: Paths = None,
        *,
        texts: Sequence[Text] = (),
        include: Globs = None,
        exclude: Globs = None,
    ) -> BuildJob:
        """A build, not yet begun: call `run` on it. The new index will hold exactly what
        `paths` and `texts` give; with neither, what it is built from now (see `origins`), or
        the corpus folder where nothing was built yet. `include` and `exclude` are globs for the
        files of folders, instead of those of the settings; they belong to the set."""
        return self._keeper.start_build(paths, texts, include=include, exclude=exclude)

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

    def add(
        self,
        paths: Paths = None,
        *,
        texts: Sequence[Text] = (),
        replace: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> BuildReport:
        """Add files, folders and texts to what the index is built from, and build.

        Each text is a string or a pair (name, text). A name that another text has is refused
        with InputError, unless `replace` says that the new one takes its place. If anything is
        raised, nothing has changed. See `qa.building.source_changes`.
        """
        return self._keeper.add(paths, texts, replace=replace, progress=progress)

    def remove(
        self,
        names: Paths,
        *,
        purge: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> BuildReport:
        """Take sources out of what the index is built from, and build.

        Each is named by its source, file name or path. With `purge` no trace of them is left,
        see `purge`. Raises InputError for a name that none or several sources have; if anything
        is raised by the build, nothing has changed.
        """
        return self.start_remove(names, purge=purge).run(progress)

    def start_remove(self, names: Paths, *, purge: bool = False) -> ChangeJob:
        """The same as a job, not yet begun: call `run` on it, which raises the errors."""
        return self._keeper.start_remove(names, self.purge if purge else lambda: None)

    def start_add_path(self, path: str) -> ChangeJob:
        """Adding a file or folder of this machine that a visitor named, as a job, not yet begun.

        Raises InputError unless `allow_paths` is set, and for a path that is empty or relative.
        """
        return self._keeper.start_add(wanted_path(path, self.settings))

    def purge(self) -> None:
        """Drop what only earlier states of the index needed: older generations, cached texts
        and vectors, files set aside in the inbox, verdicts on texts that went."""
        self._generations.purge()

    def traces(self, text: str) -> list[Trace]:
        """Where the index, its older generations, its caches and the inbox still hold a text.

        Empty once it has left no trace. Raises InputError for an empty text.
        """
        return self._generations.traces(text)

    def add_to_corpus(self, name: str, text: str, *, replace: bool = False) -> Path:
        """Save a pasted text in the inbox below the corpus folder; rebuild to index it.

        A name that another text has gets a number, unless `replace` says that the new one takes
        its place. Raises InputError for an empty text.
        """
        return self._keeper.add_text(name, text, replace=replace)

    def add_file_to_corpus(
        self, path: str | Path, name: str | None = None, *, replace: bool = False
    ) -> Path:
        """Copy a file into the inbox, under `name` or its own; rebuild to index it.

        A name that another file has gets a number, unless `replace` says that the new one takes
        its place. Raises InputError for a file that is missing or larger than `max_file_mb`.
        """
        return self._keeper.add_file(Path(path), name, replace=replace)

    def documents(self) -> list[DocumentSummary]:
        """What is in the index, in order of source."""
        return summaries(self.retriever().catalog)

    def unread(self) -> list[Skipped]:
        """Files of which nothing is in the index, and why."""
        return unread(self.retriever().catalog)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in order; none for an id that there is not."""
        return self.retriever().catalog.passages_of(document_id)

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
            built_from=self._keeper.told(),
        )

    def verify(self, *, removed: str | None = None) -> list[str]:
        """Check every checksum, count and offset, and that vectors belong to their texts; the
        problems found, one sentence each. See `qa.building.verify`.

        With `removed` it checks instead that this text has left no trace; see `traces`.
        """
        if removed is not None:
            return [f"{each.part} ({each.path}): {each.what}." for each in self.traces(removed)]
        return self._generations.verify()

    def history(self) -> list[Generation]:
        """All generations, oldest first; one that cannot be used says why."""
        return self._generations.history()

    def rollback(self, generation: str | None = None) -> Generation:
        """Make an earlier generation the live one: by name, or the one before the live one.

        All of it is checked before the switch, which is one step. Raises InputError where there
        is none such, IndexBusyError, IndexDamagedError or IndexMismatchError; the live one stays.
        """
        return self._generations.rollback(generation)

    def prune(self, keep: int = KEPT_GENERATIONS) -> Pruned:
        """Remove all generations but the `keep` newest and the live one, encoders that none of
        them uses, and what stopped builds left. Raises InputError or IndexBusyError."""
        return self._generations.prune(keep)

    def pins(self) -> tuple[JudgedQuestion, ...]:
        """The pinned questions. Raises InputError for a file that is broken."""
        return self._pins.all()

    def pin(self, question: str, expected: Sequence[str]) -> JudgedQuestion:
        """Pin a question: each build tries it before its switch. `expected` lists the accepted
        texts; with none, "not in these documents" is expected. Raises InputError."""
        return self._pins.add(question, expected)

    def pin_states(self) -> tuple[PinState, ...]:
        """The pinned questions with whether the live index answers each rightly."""
        return self._pins.states()

    def unpin(self, question: str) -> JudgedQuestion:
        """Take a pin away, by its question or its number from 1. Raises InputError."""
        return self._pins.remove(question)

    def resolve(self, citation: Citation | str) -> Resolved:
        """What has become of a cited text, given as a hit's citation or the word of it.

        Raises InputError for what is no citation, and the errors of `ask`.
        """
        from qa.answering.citations import parse
        from qa.answering.resolve import resolve

        parsed = parse(citation) if isinstance(citation, str) else citation
        return resolve(parsed, self.retriever(), self._folder)

    def record(self, answer: Answer) -> bool:
        """Keep that a question was asked; whether it was kept. Never raises."""
        return self.settings.feedback and self._feedback.record(answer)

    def verdict(self, question: str, verdict: Verdict, citation: Citation | None = None) -> None:
        """Keep what somebody says of an answer: that the cited sentence is right ("up") or wrong
        ("down"), or that the cited passage is the right one ("right").

        Without `citation`, of the answer "not in these documents". Only its document, start and
        end count. Raises InputError for what cannot be judged, or where the setting `feedback`
        is off, and FeedbackError where it cannot be kept.
        """
        from qa.answering.resolve import cited_text

        if not self.settings.feedback:
            raise InputError("Verdicts are not kept here: the setting feedback is off.")
        question = check_question(question)
        if citation is None:
            self._feedback.judge(Judged(question, verdict))
            return
        text, whole = cited_text(citation, self.retriever())
        self._feedback.judge(Judged(question, verdict, text, str(whole), citation.document))

    def asked(self) -> list[Asked]:
        """What was asked and kept, oldest first. Raises FeedbackError."""
        return self._feedback.asked()

    def judged(self) -> list[Judged]:
        """The verdicts that were kept, oldest first. Raises FeedbackError."""
        return self._feedback.judged()

    def unanswered(self) -> list[LackGroup]:
        """Questions that got no answer, or a wrong one, grouped by likeness; those asked most
        often first. Raises FeedbackError."""
        from qa.insight.question_clusters import MOST_QUESTIONS, grouped

        lacks = lacking(self._feedback.asked(), self._feedback.judged())[:MOST_QUESTIONS]
        try:
            encoder = self.retriever().parts.encoder if lacks else None
        except QAError:
            encoder = None
        vectors = encoder.encode_query([lack.question for lack in lacks]) if encoder else None
        return grouped(lacks, vectors)

    def export(self) -> str:
        """The judged questions as JSON Lines for `evaluate` and `pin`. Raises FeedbackError."""
        return exported(self._feedback.asked(), self._feedback.judged())

    def forget(self) -> None:
        """Delete all questions and verdicts that were kept. Raises FeedbackError."""
        self._feedback.clear()
