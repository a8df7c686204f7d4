"""Question → hits: candidates from both searches, their signals, one ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.answering import source_filter
from qa.answering.citations import cite
from qa.answering.fusion import SignalArrays, Weights, best_first, fold_duplicates, fuse
from qa.answering.question import ASIDE_WEIGHT, COURTESY, asked_part
from qa.answering.second_stage import REFINED, Refined, Refiner, Scored
from qa.answering.source_filter import EVERYWHERE
from qa.answering.spelling import Speller
from qa.datatypes import Document, Hit, Passage
from qa.errors import IndexDamagedError, InputError
from qa.index.catalog import Catalog
from qa.index.dense import DenseIndex
from qa.index.encoder_check import check_encoder, query_encoder
from qa.index.generations import IndexFolder, Manifest
from qa.index.keywords import MAX_QUERY_TERMS, KeywordIndex
from qa.index.sentence_vectors import SentenceVectors
from qa.index.words import WORDS, read_words
from qa.settings import MAX_QUESTION_CHARACTERS, Settings

if TYPE_CHECKING:
    from qa.datatypes import Rows, Scores
    from qa.encoders.protocol import Encoder
    from qa.encoders.reranker import Reranker

DOCUMENTS_IN_MEMORY = 32
SCOPES_IN_MEMORY = 16
QUESTIONS_IN_MEMORY = 256
FOLDING_DEPTH = 3
"""Duplicates are looked for among the first `top_k` times this many passages."""


def check_question(question: str) -> str:
    """The question without surrounding space. Raises InputError if it cannot be asked."""
    if not isinstance(question, str):
        raise InputError(f"A question must be text, not {type(question).__name__}.")
    text = question.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").strip()
    if not text:
        raise InputError("The question is empty; type what you want to know.")
    if len(text) > MAX_QUESTION_CHARACTERS:
        raise InputError(
            "The question has {characters} characters; ask in at most {most}.",
            characters=len(text),
            most=MAX_QUESTION_CHARACTERS,
        )
    return text


@dataclass(frozen=True, slots=True)
class Parts:
    """What a retriever searches and weighs with. Only for reading."""

    encoder: Encoder
    dense: DenseIndex
    keywords: KeywordIndex
    sentences: SentenceVectors
    settings: Settings
    weights: Weights


class Retriever:
    """One generation of an index, open for questions. Thread-safe."""

    def __init__(
        self,
        place: Path,
        manifest: Manifest,
        encoder: Encoder,
        settings: Settings,
        reranker: Reranker | None = None,
    ) -> None:
        self.manifest = manifest
        self._encoder = encoder
        self._settings = settings
        self._weights = Weights(**manifest.ranking.get("weights", {}))
        self._dense = DenseIndex.open(place / "passages.faiss")
        self._keywords = KeywordIndex.open(place / "lexical", manifest.settings["language"])
        self._courtesy = frozenset(self._keywords.terms(COURTESY))
        self._sentences = SentenceVectors(place)
        self.catalog = Catalog(place / "catalog.sqlite")
        self._document = lru_cache(DOCUMENTS_IN_MEMORY)(self.catalog.document)
        self._refiner = Refiner(
            self.catalog, self._keywords, self._weights, self.document, reranker
        )
        self._speller = Speller(
            self._keywords.knows, lambda: read_words(place / WORDS), encoder.vocabulary
        )
        self._mended = lru_cache(QUESTIONS_IN_MEMORY)(self._speller.mend)
        self._rows_within = lru_cache(SCOPES_IN_MEMORY)(self._find_rows)
        counts = {
            "catalog": self.catalog.passage_count,
            "vectors": self._dense.count,
            "keyword index": self._keywords.count,
            "sentence vectors less sentences": self._sentences.count - manifest.counts["sentences"],
        }
        if set(counts.values()) != {manifest.counts["passages"]}:
            told = ", ".join(f"{name} {count}" for name, count in counts.items())
            raise IndexDamagedError(
                f"The parts of {place} do not fit together (passages: manifest "
                f"{manifest.counts['passages']}, {told}). Rebuild: python -m qa index"
            )

    @classmethod
    def open(
        cls,
        index: str | Path = "index",
        *,
        encoder: Encoder | None = None,
        settings: Settings | None = None,
        generation: str | None = None,
    ) -> Retriever:
        """Open the live generation of `index`, or another one by name.

        `encoder` replaces the query encoder that lies in the index; it must be the same model.
        Raises IndexMissingError, IndexDamagedError, or IndexMismatchError with both sides and
        the command that mends it; EncoderError where the reranker of `settings` is not there.
        """
        settings = settings or Settings.load(index=index)
        folder = IndexFolder(Path(index))
        manifest = folder.manifest(generation or folder.require_live())
        problems = folder.problems(manifest, thorough=False)
        if problems:
            raise IndexDamagedError(f"{problems[0]} Rebuild: python -m qa index")
        if encoder is None:
            encoder = query_encoder(folder, manifest, settings)
        check_encoder(manifest, encoder, folder)
        reranker = None
        if settings.rerank:
            from qa.encoders.reranker import open_reranker

            reranker = open_reranker(settings.rerank)
        return cls(folder.path(manifest.generation), manifest, encoder, settings, reranker)

    @property
    def generation(self) -> str:
        """Name of the generation that answers."""
        return self.manifest.generation

    def retrieve(
        self, question: str, top_k: int = 5, sources: Sequence[str] = EVERYWHERE
    ) -> list[Hit]:
        """The up to `top_k` passages that fit best, best first, near-identical ones folded.

        `sources` restricts the search to documents, folders or patterns, see
        `answering.source_filter`. Raises InputError for an empty or over-long question, a `top_k`
        below 1, or a source that no document lies in.
        """
        if top_k < 1:
            raise InputError(f"top_k is {top_k}, but must be at least 1.")
        groups = self.ranked(self.score(question, sources=sources), top_k)[:top_k]
        return [self._hit(rank, group) for rank, group in enumerate(groups, start=1)]

    def ranked(self, scored: Scored, top_k: int = 5) -> list[list[Refined]]:
        """All candidates that `retrieve` looks into for `top_k` hits, best first; each group is
        led by the passage that is shown, followed by the near-identical ones folded into it."""
        refined = self._refiner.refine(scored, max(REFINED, top_k * FOLDING_DEPTH))
        groups = fold_duplicates([each.words for each in refined])
        return [[refined[position] for position in group] for group in groups]

    @property
    def parts(self) -> Parts:
        """What it searches and weighs with; for looking into a ranking."""
        return Parts(
            self._encoder,
            self._dense,
            self._keywords,
            self._sentences,
            self._settings,
            self._weights,
        )

    def score(
        self,
        question: str,
        weights: Weights | None = None,
        rows: Rows | None = None,
        sources: Sequence[str] = EVERYWHERE,
    ) -> Scored:
        """All candidates with every signal, best first.

        `weights` replaces the index's own, `rows`, sorted, what the two searches find. Both
        searches see only the passages of `sources`, so a narrow one has full results too.
        """
        question = self.mended(question)
        asked = self._asked(question)
        query = self._query(question, asked)
        terms = self._terms(question, asked)
        if rows is None:
            rows = self._candidates(query, terms, sources)
        vectors = self._sentences.scores(query, rows)
        sentences = [each[:-1] for each in vectors]
        signals = SignalArrays(
            dense=(self._dense.vectors(rows) @ query).astype(np.float32),
            max_sentence=np.array([each.max() for each in sentences], np.float32),
            heading=np.array([each[-1] for each in vectors], np.float32),
            bm25=self._keywords.share(terms, rows),
            idf_coverage=self._keywords.coverage(terms, rows),
        )
        fused = fuse(signals, weights or self._weights)
        order = best_first(fused)
        return Scored(
            question=question,
            asked=asked,
            terms=self._keywords.weights(terms),
            rows=rows[order],
            fused=fused[order],
            signals=signals.at(order),
            sentences=[sentences[i] for i in order],
        )

    def search_terms(self, question: str) -> dict[str, float]:
        """The terms that a corrected question is searched by, and how much each counts."""
        return self._terms(question, self._asked(question))

    def query_vector(self, question: str) -> Scores:
        """The vector that a mended question is searched by, float32 (dim,)."""
        return self._query(question, self._asked(question))

    def _asked(self, question: str) -> str:
        """The part of a message that asks, where that says what it asks about."""
        part = asked_part(question, self.manifest.settings["language"])
        if part is None or self._keywords.only_asks(self._keywords.query_terms(part)):
            return question
        return part

    def _query(self, question: str, asked: str) -> Scores:
        """The vector of a question; that of a message and of what it asks, in equal parts."""
        texts = [question] if asked == question else [question, asked]
        total = self._encoder.encode_query(texts).sum(axis=0)
        query: Scores = total / np.linalg.norm(total)
        return query

    def _terms(self, question: str, asked: str) -> dict[str, float]:
        """The terms to search for; those only said beside what is asked count ASIDE_WEIGHT."""
        terms = self._keywords.query_terms(question)
        if asked == question:
            return terms
        central = self._keywords.query_terms(asked)
        aside = [term for term in terms if term not in central and self._tells(term)]
        weighted = {**central, **dict.fromkeys(aside, ASIDE_WEIGHT)}
        return dict(list(weighted.items())[:MAX_QUERY_TERMS])

    def _tells(self, term: str) -> bool:
        """Whether a word beside the question can tell passages apart."""
        return term not in self._courtesy and self._keywords.holds(term)

    def _candidates(
        self,
        query: Scores,
        terms: Mapping[str, float],
        sources: Sequence[str] = EVERYWHERE,
    ) -> Rows:
        depth = self._settings.candidates
        places = (sources,) if isinstance(sources, str) else tuple(sources)
        within = self._rows_within(places) if places else None
        dense_rows, _ = self._dense.search(query, depth, within)
        keyword_rows, _ = self._keywords.search(terms, depth, within)
        return np.array(sorted({*dense_rows.tolist(), *keyword_rows.tolist()}), np.int64)

    def mended(self, question: str) -> str:
        """The question as it is searched for, see `spelling`. Raises as `retrieve` does."""
        question = check_question(question)
        return self._mended(question) if self._settings.mend_slips else question

    def document(self, document_id: str) -> Document:
        """A document of this generation. Raises InputError if there is none of that id."""
        return self._document(document_id)

    def close(self) -> None:
        """Close the files."""
        self.catalog.close()

    def _find_rows(self, sources: tuple[str, ...]) -> Rows:
        """The passages of all documents that lie in `sources`, ascending."""
        documents = [(line[0], line[2]) for line in self.catalog.summaries()]
        return np.array(self.catalog.rows(source_filter.within(documents, sources)), np.int64)

    def _hit(self, rank: int, group: Sequence[Refined]) -> Hit:
        first = group[0]
        document = self.document(first.passage.document_id)
        return Hit(
            passage=first.passage,
            document=document,
            score=first.score,
            rank=rank,
            sentence=first.sentence,
            signals=first.signals,
            citation=cite(document, first.passage.start, first.passage.end, self.generation),
            duplicates=self._duplicates(group),
        )

    def _duplicates(self, group: Sequence[Refined]) -> tuple[Passage, ...]:
        """The passages folded into the first, and every other with the text of one of them, also
        those that were no candidates."""
        places = {each.passage.id: each.passage for each in group}
        for each in group:
            for same in self.catalog.same_passages(each.passage):
                places.setdefault(same.id, same)
        return tuple(places.values())[1:]
