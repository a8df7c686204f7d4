"""The build: documents → passages → vectors → a new generation, made live when it is whole.

Documents come as a stream; texts and vectors wait on disk, so that memory does not grow with
the corpus but for FAISS's own index. Every build is a full one. The caches make it cheap: only
files that changed are extracted, only text that the last build did not hold is embedded, and
what an interrupted build embedded is not lost.
"""

from __future__ import annotations

import logging
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answering.calibration import measure_noise
from qa.answering.retriever import Retriever
from qa.answering.weights import choose_weights
from qa.building import inbox
from qa.building.changes import changes_since, same_texts
from qa.building.disk_errors import disk_error_message
from qa.building.embedder import Embedder, OnProgress
from qa.building.passage_writer import Counts, write_texts
from qa.building.pins import read_pins, summary, tried
from qa.building.sources import Sources
from qa.building.temporary_files import TextFile, VectorFile
from qa.datatypes import BuildReport, Progress
from qa.errors import BuildError
from qa.index.catalog import CATALOG, Catalog
from qa.index.catalog_writer import date_documents
from qa.index.dense import DenseIndex
from qa.index.embedding_cache import EmbeddingCache
from qa.index.generations import IndexFolder, Manifest
from qa.index.keywords import KeywordIndex
from qa.index.sentence_vectors import write_sentences
from qa.languages import language_of
from qa.languages.detection import LanguageCount
from qa.settings import AUTO, __version__

if TYPE_CHECKING:
    from qa.answering.judged_questions import JudgedQuestion
    from qa.encoders.pair import EncoderPair
    from qa.settings import Settings

CANARIES = ("What is this document about?", "A quick brown fox jumps over 13 lazy dogs.")
"""Encoded at build time and again at each open: a swapped model gives other vectors."""


def build(
    reading: Callable[[OnProgress], Sources],
    settings: Settings,
    encoders: Callable[[IndexFolder], EncoderPair],
    progress: OnProgress = lambda _: None,
) -> BuildReport:
    """Build a generation from what `reading` gives and make it live.

    Raises IndexBusyError while another process builds, BuildError where there is nothing to
    index or the disk refuses; whatever is raised, the live generation stays as it was.
    """
    began = time.monotonic()
    folder = IndexFolder(settings.index)
    with folder.writing(settings.wait):
        try:
            return _build(reading, settings, encoders, progress, folder, began)
        except BaseException as error:
            folder.sweep()
            refused = disk_error_message(error)
            if refused is None:
                raise
            raise BuildError(refused) from error


def _build(
    reading: Callable[[OnProgress], Sources],
    settings: Settings,
    encoders: Callable[[IndexFolder], EncoderPair],
    progress: OnProgress,
    folder: IndexFolder,
    began: float,
) -> BuildReport:
    pins = read_pins(folder.pinned)
    sources = reading(progress)
    try:
        if sources.empty:
            raise BuildError(_nothing_to_index(sources))
        progress(Progress("encoder", 0, 1, settings.model))
        report = _generation(sources, settings, encoders(folder), progress, folder, pins)
        _tidy(
            lambda: sources.close(built=report.generation),
            lambda: inbox.set_aside(settings.corpus, sources.unread),
            lambda: _inbox_is_read(sources, settings),
        )
    finally:
        sources.close()
    return replace(report, seconds=time.monotonic() - began)


def _generation(
    sources: Sources,
    settings: Settings,
    pair: EncoderPair,
    progress: OnProgress,
    folder: IndexFolder,
    pins: Sequence[JudgedQuestion],
) -> BuildReport:
    """Write a generation from the stream of `sources` and make it live."""
    before = folder.live_catalog()
    name, place = folder.begin()
    texts = TextFile(place / ".texts")
    languages = LanguageCount("" if settings.language == AUTO else settings.language)
    written = write_texts(place, sources, pair, texts, settings, languages, progress)
    settings = replace(settings, language=languages.main)
    if not written.documents:
        raise BuildError(_nothing_to_index(sources))
    date_documents(place / CATALOG, before, _now())
    changes, same = changes_since(before, place / CATALOG), same_texts(place / CATALOG)
    cache = EmbeddingCache(folder.cache, pair.query.fingerprint)
    try:
        total = written.passages + sum(texts.counts)
        embedder = Embedder(pair, cache, total, progress)
        vectors = VectorFile(place / ".vectors", pair.query.dim)
        vectors.write(embedder.blocks(texts.passages()))
        write_sentences(place, embedder.blocks(texts.others()), texts.counts, pair.query.dim)
        embedder.finish()
        _write_searches(place, texts, vectors, written, settings, progress)
        progress(Progress("switch", 0, 1))
        manifest = _manifest(name, settings, pair, asdict(written), languages.documents())
        manifest = _calibrated(manifest, place, pair, settings)
        outcomes = tried(pins, place, manifest, pair.query, settings)
        folder.finish(replace(manifest, pinned=summary(outcomes)), place)
        _tidy(cache.keep_wanted, lambda: cache.settle(name), folder.prune)
    finally:
        cache.close()
    progress(Progress("switch", 1, 1))
    return BuildReport(
        generation=name,
        documents=written.documents,
        passages=written.passages,
        sentences=written.sentences,
        embedded=embedder.new,
        reused=total - embedder.new,
        seconds=0.0,
        read=tuple(source.name for source in sources.found),
        skipped=tuple(sources.skipped),
        dropped=tuple(sources.dropped),
        dropped_count=sources.dropped_count,
        extracted=sources.extracted,
        changes=changes,
        same=same,
        accounts=tuple(sources.accounts),
        pinned=outcomes,
    )


def _inbox_is_read(sources: Sources, settings: Settings) -> None:
    if sources.source_set.covers(inbox.folder(settings.corpus)):
        inbox.nothing_waits(settings.corpus)


def _tidy(*steps: Callable[[], object]) -> None:
    """What follows the switch. The new index is live: nothing here may call that a failure."""
    for step in steps:
        try:
            step()
        except Exception as error:
            logging.getLogger("qa").warning("The index is live; tidying up failed: %s", error)


def _nothing_to_index(read: Sources) -> str:
    reasons = [f"{skipped.source}: {skipped.reason}" for skipped in read.skipped]
    empty = [name for name, text in read.source_set.texts if not text.strip()]
    reasons = list(dict.fromkeys([*reasons, *(f"{name}: The text is empty." for name in empty)]))
    more = f" ({'; '.join(reasons[:3])})" if reasons else ""
    return f"There is no readable text to index{more}. Give at least one file, folder or text."


def _write_searches(
    place: Path,
    texts: TextFile,
    vectors: VectorFile,
    written: Counts,
    settings: Settings,
    progress: OnProgress,
) -> None:
    """Write both searches from what was spooled, and remove the spools."""
    total = written.passages
    progress(Progress("write", 0, total))
    DenseIndex.write_blocks(vectors.blocks(), total, vectors.dim, place / "passages.faiss")
    vectors.remove()
    KeywordIndex.write(
        texts.passages(),
        place / "lexical",
        settings.language,
        on_text=lambda done: progress(Progress("write", done, total)),
    )
    texts.remove()


def _calibrated(manifest: Manifest, place: Path, pair: EncoderPair, settings: Settings) -> Manifest:
    """The manifest with weights chosen from the finished parts, and what their scores mean."""
    language = language_of(settings.language)
    catalog = Catalog(place / CATALOG)
    try:
        weights, reason = choose_weights(_nearest_headings(catalog), language)
    finally:
        catalog.close()
    ranking = {"weights": asdict(weights), "weights_because": reason}
    weighed = replace(manifest, ranking=ranking)
    retriever = Retriever(place, weighed, pair.query, settings)
    try:
        noise = measure_noise(
            lambda question: retriever.retrieve(question, 1)[0].score, language.foreign_questions
        )
    finally:
        retriever.close()
    return replace(manifest, ranking={**ranking, "noise": noise})


def _nearest_headings(catalog: Catalog) -> Iterator[str]:
    """For each passage the heading above it, or else its document's title."""
    titles = {line[0]: line[1] for line in catalog.summaries()}
    for passage in catalog.all_passages():
        yield passage.headings[-1] if passage.headings else titles[passage.document_id]


def _now() -> str:
    """The time in UTC, in ISO 8601."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _manifest(
    name: str,
    settings: Settings,
    pair: EncoderPair,
    counts: dict[str, int],
    languages: dict[str, int],
) -> Manifest:
    canaries = pair.query.encode_query(CANARIES)
    return Manifest(
        generation=name,
        built_at=_now(),
        encoder={
            "name": pair.query.name,
            "fingerprint": pair.query.fingerprint,
            "dim": pair.query.dim,
        },
        settings={
            "model": settings.model,
            "language": settings.language,
            "passage_tokens": settings.passage_tokens,
            "overlap_sentences": settings.overlap_sentences,
        },
        counts=counts,
        languages=languages,
        canaries=[
            {"text": text, "vector": [round(float(x), 6) for x in vector]}
            for text, vector in zip(CANARIES, canaries, strict=True)
        ],
        versions={
            "qa": __version__,
            "python": platform.python_version(),
            **{
                package: metadata.version(package)
                for package in ("faiss-cpu", "tantivy", "sentence-transformers", "onnxruntime")
            },
        },
    )
