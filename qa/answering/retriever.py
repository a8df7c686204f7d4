"""Question → query → candidates of both searches → ranked passages → hits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.answering import source_filter
from qa.answering.citations import cite
from qa.answering.evidence import Evidence, gather_evidence
from qa.answering.fusion import SignalArrays, Weights, best_first, fold_duplicates, fuse
from qa.answering.open_index import OpenIndex
from qa.answering.query import Query, read_query
from qa.answering.question import check_question, question_language
from qa.answering.second_stage import LOOKED_INTO, Candidates, PassageRanker, RankedPassage
from qa.answering.source_filter import EVERYWHERE
from qa.answering.spelling import Speller
from qa.chunking.origin import comes_from
from qa.datatypes import Document, Hit, Passage
from qa.documents.identity import document_id
from qa.errors import REBUILD, IndexDamagedError, InputError
from qa.index.catalog import Catalog
from qa.index.encoder_check import check_encoder, query_encoder
from qa.index.generation_check import GenerationCheck
from qa.index.generations import IndexFolder, Manifest
from qa.languages import language_of
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.datatypes import Rows
    from qa.encoders.protocol import Encoder
    from qa.encoders.reranker import Reranker

DOCUMENTS_IN_MEMORY = 32
SCOPES_IN_MEMORY = 16
QUESTIONS_IN_MEMORY = 256
FOLDING_DEPTH = 3
"""Duplicates are looked for among the first `top_k` times this many passages."""
HIGHEST_COSINE = 1.05
"""Of unit vectors, with what half precision and bytes on disk add to it."""


class Retriever:
    """One generation of an index, open for questions. Thread-safe.

    `index` holds its parts, `weights` say how much each signal counts.
    """

    def __init__(
        self,
        place: Path,
        manifest: Manifest,
        encoder: Encoder,
        settings: Settings,
        reranker: Reranker | None = None,
        check: GenerationCheck | None = None,
    ) -> None:
        self._check = check
        self.manifest = manifest
        self.settings = settings
        self.index = OpenIndex.open(place, manifest, encoder)
        self.weights = Weights(**manifest.ranking.get("weights", {}))
        self._document = lru_cache(DOCUMENTS_IN_MEMORY)(self._read_document)
        self._ranker = PassageRanker(
            self.index, self.weights, self.document, reranker, self._compare
        )
        self._speller = Speller(self.index.keywords.knows, self.index.words, encoder.vocabulary)
        self._corrected = lru_cache(QUESTIONS_IN_MEMORY)(self._correct)
        self._rows_within = lru_cache(SCOPES_IN_MEMORY)(self._find_rows)

    @classmethod
    def open(
        cls,
        index: str | Path = "index",
        *,
        encoder: Encoder | None = None,
        settings: Settings | None = None,
        generation: str | None = None,
        thorough: bool = False,
    ) -> Retriever:
        """Open the live generation of `index`, or another one by name.

        `encoder` replaces the query encoder that lies in the index; it must be the same model.
        Every file is hashed; only for those that are large and read in parts this goes on in the
        background, unless `thorough`.
        Raises IndexMissingError, IndexDamagedError, or IndexMismatchError with both sides and
        the command that mends it; EncoderError where the reranker of `settings` is not there.
        """
        settings = settings or Settings.load(index=index)
        folder = IndexFolder(Path(index))
        manifest = folder.manifest(generation or folder.require_live())
        place = folder.path(manifest.generation)
        check = GenerationCheck(place, manifest)
        if encoder is None:
            encoder = own = query_encoder(folder, manifest, settings)
            check.include(own.check)
        check_encoder(manifest, encoder, folder)
        reranker = None
        if settings.rerank:
            from qa.encoders.reranker import open_reranker

            reranker = open_reranker(settings.rerank)
        check.require(thorough=thorough)
        retriever = cls(place, manifest, encoder, settings, reranker, check)
        try:
            check.require_known()
        except IndexDamagedError:
            retriever.close()
            raise
        return retriever

    @property
    def catalog(self) -> Catalog:
        """The texts."""
        return self.index.catalog

    @property
    def generation(self) -> str:
        """Name of the generation that answers."""
        return self.manifest.generation

    def document(self, document_id: str) -> Document:
        """A document of this generation. Raises InputError if there is none of that id."""
        return self._document(document_id)

    def close(self) -> None:
        """Close the files."""
        self.index.close()

    def is_unchanged(self) -> bool:
        """Whether all files are still as they were when they were opened."""
        return self._check is None or self._check.is_unchanged()

    def can_be_read(self) -> bool:
        """The same of the files that questions are still read from."""
        return self._check is None or self._check.can_be_read()

    def retrieve(
        self, question: str, top_k: int = 5, sources: Sequence[str] = EVERYWHERE
    ) -> list[Hit]:
        """The up to `top_k` passages that fit best, best first, near-identical ones folded.

        `sources` restricts the search to documents, folders or patterns, see
        `answering.source_filter`. Raises InputError for an empty or over-long question, a `top_k`
        below 1, or a source that no document lies in.
        """
        return self.search(question, top_k, sources)[0]

    def search(
        self, question: str, top_k: int = 5, sources: Sequence[str] = EVERYWHERE
    ) -> tuple[list[Hit], Evidence | None]:
        """Like `retrieve`, with what is known of the first hit; None where there is no hit."""
        if top_k < 1:
            raise InputError(f"top_k is {top_k}, but must be at least 1.")
        candidates = self.candidates(question, sources=sources)
        groups = self.ranked(candidates, top_k)
        hits = [self._hit(rank, group) for rank, group in enumerate(groups[:top_k], start=1)]
        return hits, self.evidence(candidates, groups) if groups else None

    def evidence(
        self, candidates: Candidates, groups: Sequence[Sequence[RankedPassage]]
    ) -> Evidence:
        """What speaks for the first passage of `groups`, at least one, as they are `ranked`."""
        hits = [group[0] for group in groups]
        return gather_evidence(candidates, hits, self.document, self.index)

    def corrected(self, question: str) -> str:
        """The question with its typing slips corrected. Raises as `retrieve` does."""
        question = check_question(question)
        return self._corrected(question) if self.settings.mend_slips else question

    def query(self, question: str) -> Query:
        """What is searched for when `question` is asked."""
        return read_query(self.corrected(question), self.index, self._speller.is_model_word)

    def candidates(
        self,
        question: str,
        weights: Weights | None = None,
        rows: Rows | None = None,
        sources: Sequence[str] = EVERYWHERE,
    ) -> Candidates:
        """All candidates with every signal, best first.

        `weights` replaces the index's own, `rows`, sorted, what the two searches find. Both
        searches see only the passages of `sources`, so a narrow one has full results too.
        """
        query = self.query(question)
        if rows is None:
            rows = self._search(query, sources)
        cosines = self.index.sentences.scores(query.vector, rows)
        sentences = [vectors[:-1] for vectors in cosines]
        signals = _plausible(
            SignalArrays(
                dense=(self.index.dense.vectors(rows) @ query.vector).astype(np.float32),
                max_sentence=np.array([each.max() for each in sentences], np.float32),
                heading=np.array([vectors[-1] for vectors in cosines], np.float32),
                bm25=self.index.keywords.share(query.terms, rows),
                idf_coverage=self.index.keywords.coverage(query.terms, rows),
            ),
            self.index.place,
        )
        scores = fuse(signals, weights or self.weights)
        order = best_first(scores)
        return Candidates(
            query=query,
            term_weights=self.index.keywords.weights(query.terms),
            rows=rows[order],
            scores=scores[order],
            signals=signals.at(order),
            sentences=[sentences[position] for position in order],
        )

    def ranked(self, candidates: Candidates, top_k: int = 5) -> list[list[RankedPassage]]:
        """All candidates that `retrieve` looks into for `top_k` hits, best first; each group is
        led by the passage that is shown, followed by the near-identical ones folded into it."""
        passages = self._ranker.rank(candidates, max(LOOKED_INTO, top_k * FOLDING_DEPTH))
        groups = fold_duplicates([passage.words for passage in passages])
        return [[passages[position] for position in group] for group in groups]

    def _search(self, query: Query, sources: Sequence[str]) -> Rows:
        """Rows that one of the two searches finds, ascending."""
        depth = self.settings.candidates
        places = (sources,) if isinstance(sources, str) else tuple(sources)
        within = self._rows_within(places) if places else None
        near, _ = self.index.dense.search(query.vector, depth, within)
        matching, _ = self.index.keywords.search(query.terms, depth, within)
        return np.array(sorted({*near.tolist(), *matching.tolist()}), np.int64)

    def _correct(self, question: str) -> str:
        return self._speller.correct(
            question, question_language(question, language_of(self.index.language))
        )

    def _find_rows(self, sources: tuple[str, ...]) -> Rows:
        """The passages of all documents that lie in `sources`, ascending."""
        documents = [(line[0], line[2]) for line in self.catalog.summaries()]
        return np.array(self.catalog.rows(source_filter.within(documents, sources)), np.int64)

    def _read_document(self, identity: str) -> Document:
        document = self.catalog.document(identity)
        if document_id(document.source, document.title, document.text) != identity:
            raise IndexDamagedError(
                f"{document.source} in {self.index.place} is not the text that its id {identity} "
                f"stands for. {REBUILD}"
            )
        return document

    def _document_of(self, passage: Passage) -> Document:
        """The document of a passage. Raises IndexDamagedError where that says something else."""
        try:
            document = self.document(passage.document_id)
        except InputError:
            document = None
        if document is None or not comes_from(passage, document):
            raise IndexDamagedError(
                f"Passage {passage.id} in {self.index.place} is not what its document says. "
                f"{REBUILD}"
            )
        return document

    def _compare(self, passage: Passage) -> None:
        """A passage that only takes part is compared too, as long as its file is not hashed."""
        if self._check is not None and not self._check.finished:
            self._document_of(passage)

    def _hit(self, rank: int, group: Sequence[RankedPassage]) -> Hit:
        best = group[0]
        document = self._document_of(best.passage)
        return Hit(
            passage=best.passage,
            document=document,
            score=best.score,
            rank=rank,
            sentence=best.sentence,
            signals=best.signals,
            citation=cite(document, best.passage.start, best.passage.end, self.generation),
            duplicates=self._duplicates(group),
        )

    def _duplicates(self, group: Sequence[RankedPassage]) -> tuple[Passage, ...]:
        """The passages folded into the first, and every other with the text of one of them, also
        those that were no candidates."""
        places = {member.passage.id: member.passage for member in group}
        for member in group:
            for same in self.catalog.same_passages(member.passage):
                places.setdefault(same.id, same)
        return tuple(places.values())[1:]


def _plausible(signals: SignalArrays, place: Path) -> SignalArrays:
    """The signals as they are. Raises IndexDamagedError where a cosine is none."""
    for cosines in (signals.dense, signals.max_sentence, signals.heading):
        if not (np.abs(cosines) <= HIGHEST_COSINE).all():  # NaN is not
            raise IndexDamagedError(f"The vectors in {place} are damaged. {REBUILD}")
    return signals
