"""Documents → passages in the catalog, and the texts of them that are embedded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.building.source_set import absolute, relative
from qa.chunking.context import (
    CONTEXT_TOKENS,
    SPECIAL_TOKENS,
    contextual,
    prefix_of,
    without_headings,
)
from qa.chunking.passages import chunk
from qa.datatypes import Document, Passage, Progress
from qa.index.catalog import CATALOG
from qa.index.catalog_writer import CatalogWriter
from qa.index.words import MOST_WORDS, WORDS, count_words, write_words

if TYPE_CHECKING:
    from qa.building.embedder import OnProgress
    from qa.building.sources import Sources
    from qa.building.temporary_files import TextFile
    from qa.chunking.tokenizer import Tokenizer
    from qa.encoders.pair import EncoderPair
    from qa.languages.detection import LanguageCount
    from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a generation holds."""

    documents: int = 0
    passages: int = 0
    sentences: int = 0

    def plus(self, parts: Sequence[Passage]) -> Counts:
        """With one document more, of these passages."""
        sentences = sum(len(passage.sentences) for passage in parts)
        return Counts(self.documents + 1, self.passages + len(parts), self.sentences + sentences)


def write_texts(
    place: Path,
    sources: Sources,
    pair: EncoderPair,
    texts: TextFile,
    settings: Settings,
    languages: LanguageCount,
    progress: OnProgress,
) -> Counts:
    """Cut each document into passages, into the catalog and the spool of texts to embed.

    Each document is counted in `languages`, and its sentence ends are those of its language.
    """
    room = pair.query.max_tokens - SPECIAL_TOKENS - CONTEXT_TOKENS - SPECIAL_TOKENS
    limit = max(8, min(settings.passage_tokens, room))
    catalog = CatalogWriter(place / CATALOG)
    counts = Counts()
    words: Counter[str] = Counter()
    try:
        for number, finished in enumerate(sources.stream(), 1):
            catalog.note(dropped=finished.dropped)
            document = finished.document
            if document is not None:
                language = languages.add(document.text)
                parts = _passages(document, pair, limit, settings, language)
                catalog.add(document, parts, finished.account, finished.tables)
                for passage in parts:
                    _spool(texts, document, passage, pair.tokenizer)
                counts = counts.plus(parts)
                words = _with_words(words, document)
            progress(Progress("chunk", min(number, sources.count), sources.count))
        catalog.note(skipped=sources.skipped)
        index = absolute(settings.index)
        catalog.record(
            (
                (s.name, s.sha256, relative(s.path, index) if s.path else None)
                for s in sources.found
            ),
            sources.source_set.records(index),
        )
    finally:
        catalog.close()
        texts.finish()
    write_words(words, place / WORDS)
    return counts


def _with_words(words: Counter[str], document: Document) -> Counter[str]:
    """The words counted so far and those of a document; of too many the rarest are dropped."""
    words.update(count_words([document.title, document.text]))
    if len(words) <= 2 * MOST_WORDS:
        return words
    return Counter(dict(words.most_common(MOST_WORDS)))


def _passages(
    document: Document, pair: EncoderPair, limit: int, settings: Settings, language: str
) -> list[Passage]:
    passages = chunk(
        document,
        pair.tokenizer,
        max_tokens=limit,
        overlap_sentences=settings.overlap_sentences,
        language=language,
    )
    return list(without_headings(document, passages))


def _spool(texts: TextFile, document: Document, passage: Passage, tokenizer: Tokenizer) -> None:
    """A passage and its sentences as they are embedded; the last text is their headings."""
    before = prefix_of(document, passage, tokenizer)
    sentences = (contextual(before.sentence, sentence.text) for sentence in passage.sentences)
    texts.add(contextual(before.passage, passage.text), [*sentences, before.sentence])
