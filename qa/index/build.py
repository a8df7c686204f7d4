"""The build: documents → passages → vectors → a new generation, made live when it is whole.

Every build is a full one. The embedding cache makes it cheap: only text that the last build
did not hold is embedded, and what an interrupted build embedded is not lost.
"""

from __future__ import annotations

import logging
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.calibration import calibrate
from qa.chunking import chunk, context
from qa.datatypes import BuildReport, Document, Passage, Progress
from qa.documents import Reading
from qa.errors import BuildError
from qa.index.cache import EmbeddingCache
from qa.index.catalog import CatalogWriter
from qa.index.dense import DenseIndex
from qa.index.embedding import Embedder, OnProgress
from qa.index.generations import IndexFolder, Manifest
from qa.index.keywords import KeywordIndex
from qa.index.refusal import refusal
from qa.index.sentences import write_sentences
from qa.pinned import read_pins, summary, tried
from qa.retriever import Retriever
from qa.spelling import WORDS, count_words, write_words
from qa.version import __version__

if TYPE_CHECKING:
    from qa.encoders.pair import EncoderPair
    from qa.encoders.protocol import Tokenizer
    from qa.settings import Settings

CONTEXT_TOKENS = 48
"""Title and headings put before a text when it is embedded are cut to this many tokens."""
SPECIAL_TOKENS = 2
CANARIES = ("What is this document about?", "A quick brown fox jumps over 13 lazy dogs.")
"""Encoded at build time and again at each open: a swapped model gives other vectors."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Title and headings as put before a passage (which may begin with its own heading) and
    before its sentences."""

    passage: str
    sentence: str


def contextual(prefix: str, text: str) -> str:
    """The text that is embedded for a passage or sentence: its headings before it.

    >>> contextual("Refunds. Deadlines", "Thirty days."), contextual("", "Thirty days.")
    ('Refunds. Deadlines. Thirty days.', 'Thirty days.')
    """
    if not prefix:
        return text
    stop = " " if prefix[-1] in ".!?:" else ". "
    return f"{prefix}{stop}{text}"


def cut_context(prefix: str, tokenizer: Tokenizer) -> str:
    """`prefix` cut to CONTEXT_TOKENS tokens."""
    spans = tokenizer.token_spans([prefix])[0]
    return prefix if len(spans) <= CONTEXT_TOKENS else prefix[: spans[CONTEXT_TOKENS - 1][1]]


def _prefix(document: Document, passage: Passage, tokenizer: Tokenizer) -> Prefix:
    return Prefix(
        cut_context(context(document.title, passage), tokenizer),
        cut_context(context(document.title, replace(passage, text="")), tokenizer),
    )


def build(
    reading: Callable[[OnProgress], Reading],
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
            refused = refusal(error)
            if refused is None:
                raise
            raise BuildError(refused) from error


def _build(
    reading: Callable[[OnProgress], Reading],
    settings: Settings,
    encoders: Callable[[IndexFolder], EncoderPair],
    progress: OnProgress,
    folder: IndexFolder,
    began: float,
) -> BuildReport:
    pins = read_pins(folder.pinned)
    read = reading(progress)
    if not read.documents:
        raise BuildError(_nothing_to_index(read))
    progress(Progress("encoder", 0, 1, settings.model))
    pair = encoders(folder)
    name, place = folder.begin()
    chunked = _chunk_all(read.documents, pair, settings)
    passages = [passage for _, parts in chunked for passage in parts]
    prefixes = [
        _prefix(document, passage, pair.tokenizer)
        for document, parts in chunked
        for passage in parts
    ]
    counts = [len(passage.sentences) + 1 for passage in passages]  # one more for the headings
    cache = EmbeddingCache(folder.cache, pair.query.fingerprint)
    try:
        embedder = Embedder(pair, cache, len(passages) + sum(counts), progress)
        _write_vectors(place, passages, prefixes, counts, embedder, pair.query.dim)
        progress(Progress("write", 0, len(passages)))
        _write_texts(place, chunked, read, prefixes, settings, progress)
        progress(Progress("switch", 0, 1))
        manifest = _manifest(name, settings, pair, chunked)
        manifest = _calibrated(manifest, place, pair, settings)
        outcomes = tried(pins, place, manifest, pair.query, settings)
        folder.finish(replace(manifest, pinned=summary(outcomes)), place)
        _tidy(folder, lambda: cache.keep_only(embedder.hashes))
    finally:
        cache.close()
    progress(Progress("switch", 1, 1))
    return BuildReport(
        generation=name,
        documents=len(chunked),
        passages=len(passages),
        sentences=sum(counts) - len(passages),
        embedded=embedder.new,
        reused=len(passages) + sum(counts) - embedder.new,
        seconds=time.monotonic() - began,
        read=read.read,
        skipped=read.skipped,
        dropped=read.dropped,
        pinned=outcomes,
    )


def _tidy(folder: IndexFolder, forget: Callable[[], object]) -> None:
    """What follows the switch. The new index is live: nothing here may call that a failure."""
    for step in (forget, folder.prune):
        try:
            step()
        except Exception as error:
            logging.getLogger("qa").warning("The index is live; tidying up failed: %s", error)


def _nothing_to_index(read: Reading) -> str:
    reasons = "; ".join(f"{s.source}: {s.reason}" for s in read.skipped[:3])
    more = f" ({reasons})" if reasons else ""
    return f"There is no readable text to index{more}. Give at least one file, folder or text."


def without_headings(document: Document, passage: Passage) -> Passage:
    """The passage with its heading lines taken off its sentences: a heading is no answer.

    It keeps them where it has nothing else.
    """
    headings = {section.start for section in document.sections if section.path}
    below = tuple(s for s in passage.sentences if s.start not in headings)
    return replace(passage, sentences=below) if below else passage


def _chunk_all(
    documents: Sequence[Document], pair: EncoderPair, settings: Settings
) -> list[tuple[Document, list[Passage]]]:
    room = pair.query.max_tokens - SPECIAL_TOKENS - CONTEXT_TOKENS - SPECIAL_TOKENS
    limit = max(8, min(settings.passage_tokens, room))
    return [
        (
            document,
            [
                without_headings(document, passage)
                for passage in chunk(
                    document,
                    pair.tokenizer,
                    max_tokens=limit,
                    overlap_sentences=settings.overlap_sentences,
                    language=settings.language,
                )
            ],
        )
        for document in documents
    ]


def _write_vectors(
    place: Path,
    passages: Sequence[Passage],
    prefixes: Sequence[Prefix],
    counts: list[int],
    embedder: Embedder,
    dim: int,
) -> None:
    texts = [contextual(b.passage, p.text) for b, p in zip(prefixes, passages, strict=True)]
    DenseIndex.write(np.concatenate(list(embedder.blocks(texts))), place / "passages.faiss")
    sentences = [
        text
        for before, passage in zip(prefixes, passages, strict=True)
        for text in (
            *(contextual(before.sentence, sentence.text) for sentence in passage.sentences),
            before.sentence,
        )
    ]
    write_sentences(place, embedder.blocks(sentences), counts, dim)


def _write_texts(
    place: Path,
    chunked: Sequence[tuple[Document, list[Passage]]],
    read: Reading,
    prefixes: Sequence[Prefix],
    settings: Settings,
    progress: OnProgress,
) -> None:
    catalog = CatalogWriter(place / "catalog.sqlite")
    for document, parts in chunked:
        catalog.add(document, parts)
    catalog.note(read.skipped, read.dropped)
    catalog.close()
    passages = (passage for _, parts in chunked for passage in parts)
    words = count_words(text for document, _ in chunked for text in (document.title, document.text))
    write_words(words, place / WORDS)
    KeywordIndex.write(
        (contextual(b.passage, p.text) for b, p in zip(prefixes, passages, strict=True)),
        place / "lexical",
        settings.language,
        on_text=lambda done: progress(Progress("write", done, len(prefixes))),
    )


def _calibrated(manifest: Manifest, place: Path, pair: EncoderPair, settings: Settings) -> Manifest:
    """The manifest with what the finished parts say of their own scores."""
    retriever = Retriever(place, manifest, pair.query, settings)
    try:
        calibration = calibrate(lambda question: retriever.retrieve(question, 1)[0].score)
    finally:
        retriever.close()
    return replace(manifest, ranking={**manifest.ranking, "calibration": asdict(calibration)})


def _manifest(
    name: str,
    settings: Settings,
    pair: EncoderPair,
    chunked: Sequence[tuple[Document, list[Passage]]],
) -> Manifest:
    canaries = pair.query.encode_query(CANARIES)
    return Manifest(
        generation=name,
        built_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
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
        counts={
            "documents": len(chunked),
            "passages": sum(len(parts) for _, parts in chunked),
            "sentences": sum(len(p.sentences) for _, parts in chunked for p in parts),
        },
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
