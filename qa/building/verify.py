"""Proof that a generation is what it claims to be: files, counts, offsets, vectors, canaries."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from qa.answering.retriever import Retriever
from qa.chunking.context import CONTEXT_TOKENS, context, contextual, cut_context
from qa.datatypes import Document, Passage
from qa.documents.identity import document_id
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.encoders.protocol import Encoder
    from qa.index.generations import IndexFolder
    from qa.index.manifest import Manifest
    from qa.settings import Settings

SAMPLED = 32
"""Passages whose vectors, and those of whose sentences, are made again and compared."""
SAMPLED_SENTENCES = 2
"""Sentences of each sampled passage that are compared."""
SEED = 20_260_101
PASSAGE_COSINE = SENTENCE_COSINE = 0.99
"""A vector of build time and one of now for the same text are at least this near: half precision
and bytes on disk, and another precision of the model while building, cost less."""
MOST_TOLD = 20


def verification_problems(
    folder: IndexFolder, settings: Settings, encoder: Encoder | None = None
) -> list[str]:
    """What is wrong with the live generation, one sentence each; empty where nothing is.

    Files that do not fit end the search: what is in them says nothing more.
    """
    try:
        manifest = folder.manifest(folder.require_live())
        problems = folder.problems(manifest, thorough=True)
        if problems:
            return problems
        retriever = Retriever.open(folder.root, encoder=encoder, settings=settings)
    except QAError as error:
        return [str(error)]
    try:
        return _cut(_all(folder, manifest, retriever))
    finally:
        retriever.close()


def _all(folder: IndexFolder, manifest: Manifest, retriever: Retriever) -> Iterator[str]:
    for check in (
        lambda: _unlisted(folder, manifest),
        retriever.catalog.problems,
        lambda: _counts(retriever),
        lambda: _offsets(retriever),
        lambda: _vectors(retriever),
    ):
        try:
            yield from check()
        except QAError as error:
            yield str(error)
        except (IndexError, KeyError, ValueError, AssertionError) as error:
            place = folder.path(manifest.generation)
            yield f"The catalog of {place} contradicts itself ({error!r})."


def _cut(problems: Iterator[str]) -> list[str]:
    told = list(islice(problems, MOST_TOLD))
    more = sum(1 for _ in problems)
    return [*told, *([f"… and {more:,} problems more."] if more else [])]


def _unlisted(folder: IndexFolder, manifest: Manifest) -> Iterator[str]:
    place = folder.path(manifest.generation)
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        known = name in manifest.files or name == "manifest.json" or name.endswith(".lock")
        if path.is_file() and not known:
            yield f"{path} is not in the manifest."


def _offsets(retriever: Retriever) -> Iterator[str]:
    """Documents against their ids, sections, pages and sentences against their texts."""
    for identity, *_ in retriever.catalog.summaries():
        document = retriever.catalog.document(identity)
        length = len(document.text)
        if document_id(document.source, document.title, document.text) != identity:
            yield f"{document.source} is not the text that its id {identity} stands for."
        spans = [(each.start, each.end) for each in document.sections]
        spans += [(each.start, each.end) for each in document.pages]
        if any(not 0 <= start <= end <= length for start, end in spans):
            yield f"A section or page of {document.source} lies outside its text."
        for passage in retriever.catalog.passages_of(identity):
            if not passage.sentences:
                yield f"Passage {passage.id} of {document.source} has no sentence."
            edges = [edge for each in passage.sentences for edge in (each.start, each.end)]
            if sorted(edges) != edges or any(
                not passage.start <= edge <= passage.end for edge in edges
            ):
                yield f"The sentences of passage {passage.id} of {document.source} lie outside it."


def _counts(retriever: Retriever) -> Iterator[str]:
    """The same numbers in all parts, row by row. (Totals are compared when opening.)"""
    vectors = retriever.index.sentences.counts
    total = retriever.catalog.document_count
    if total != retriever.manifest.counts["documents"]:
        yield f"The catalog holds {total} documents, not what the manifest says."
    for row, passage in enumerate(retriever.catalog.all_passages()):
        if row < len(vectors) and vectors[row] != len(passage.sentences) + 1:
            yield f"Passage {passage.id} has {vectors[row]} sentence vectors, not one each."
    if len(vectors) != retriever.catalog.passage_count:
        yield f"There are sentence vectors of {len(vectors)} passages, not of all."


def _vectors(retriever: Retriever) -> Iterator[str]:
    """A seeded sample of the stored vectors against those of the query encoder now."""
    count = retriever.catalog.passage_count
    rows = sorted(random.Random(SEED).sample(range(count), min(SAMPLED, count)))
    for row, passage in zip(rows, retriever.catalog.passages(rows), strict=True):
        document = retriever.document(passage.document_id)
        texts = _embedded(document, passage, retriever.index.encoder)
        if texts is None:
            continue
        now = retriever.index.encoder.encode_documents(texts)
        stored = np.concatenate(
            [
                retriever.index.dense.vectors(np.array([row], np.int64)),
                retriever.index.sentences.vectors(row)[: len(texts) - 1],
            ]
        )
        norms = np.linalg.norm(stored, axis=1)
        cosines = (now * stored).sum(axis=1) / np.where(norms > 0, norms, 1)
        if abs(norms[0] - 1) > 0.01 or cosines[0] < PASSAGE_COSINE:
            yield (
                f"The vector of passage {passage.id} of {document.source} does not belong to its "
                f"text (cosine {cosines[0]:.3f})."
            )
        if len(cosines) > 1 and cosines[1:].min() < SENTENCE_COSINE:
            yield (
                f"A sentence vector of passage {passage.id} of {document.source} does not belong "
                f"to its text (cosine {cosines[1:].min():.3f})."
            )


def _embedded(document: Document, passage: Passage, encoder: Encoder) -> Sequence[str] | None:
    """The texts that were embedded for a passage and its first sentences, as the build makes
    them; None where that cannot be told: a long title, and an encoder without a tokenizer."""
    before = context(document.title, passage.headings, passage.text)
    above = context(document.title, passage.headings)
    tokenizer = getattr(encoder, "tokenizer", None)
    if tokenizer is not None:
        before, above = cut_context(before, tokenizer), cut_context(above, tokenizer)
    elif max(len(before), len(above)) > CONTEXT_TOKENS:
        return None
    sentences = passage.sentences[:SAMPLED_SENTENCES]
    return [
        contextual(before, passage.text),
        *(contextual(above, sentence.text) for sentence in sentences),
    ]
