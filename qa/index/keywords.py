"""Keyword search: BM25 over stemmed words in Tantivy. The only file that imports tantivy."""

from __future__ import annotations

import errno
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import tantivy

from qa.errors import REBUILD, IndexDamagedError
from qa.index.analyzer import Analyzer

if TYPE_CHECKING:
    from qa.datatypes import Rows, Scores

Terms = Mapping[str, float]
"""Search terms and how much each counts: 1.0, or less where it is only said in passing."""

K1 = 1.2
"""Tantivy's BM25 has k1 = 1.2 and b = 0.75 built in (Robertson & Zaragoza 2009)."""

WRITER_MEMORY_BYTES = 64_000_000
MAX_QUERY_TERMS = 64
WEIGHT_FLOOR = 0.2
EXACT_BITS = 20
"""Powers of two below this one add up exactly in float32."""
NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EACCES, getattr(errno, "EDQUOT", 0))


def inverse_document_frequency(documents: int, holding: int) -> float:
    """BM25's IDF: ln(1 + (N - n + ½) / (n + ½)), above 0; rare words weigh more.

    >>> round(inverse_document_frequency(10, 1), 4)     # ln(1 + 9.5/1.5)
    1.9924
    """
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=False, tokenizer_name="qa", index_option="freq")
    builder.add_unsigned_field("row", stored=False, indexed=True, fast=True)
    return builder.build()


@contextmanager
def private_copy(folder: Path) -> Iterator[Path]:
    """A copy of a folder for as long as it takes to open its files.

    Tantivy maps them into memory: where such a file is cut short, the system ends whoever looks at
    it, and nobody can cut a copy that has no name any more. It also wants to put a lock beside what
    it reads, which a read-only disk refuses. Where there is no room for a copy, `folder` itself.
    """
    with tempfile.TemporaryDirectory(prefix="qa-", ignore_cleanup_errors=True) as copy:
        try:
            for path in folder.iterdir():
                if path.suffix != ".lock":
                    shutil.copyfile(path, Path(copy) / path.name)
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            yield folder
        else:
            yield Path(copy)


class KeywordIndex:
    """BM25 search over passages by row number."""

    def __init__(self, index: tantivy.Index, analyzer: Analyzer) -> None:
        index.register_tokenizer("qa", analyzer.tantivy)
        self._schema = index.schema
        self._searcher = index.searcher()
        self._analyzer = analyzer
        self._plural = analyzer.language.plural_ending
        self._asking = analyzer.terms_of(analyzer.language.asking_words)
        self._courtesy = analyzer.terms_of(analyzer.language.courtesy_words)

    @staticmethod
    def write(
        texts: Iterable[str],
        folder: Path,
        language: str = "en",
        on_text: Callable[[int], None] | None = None,
    ) -> None:
        """Index `texts`, the n-th becoming row n, in the new folder `folder`."""
        folder.mkdir()
        index = tantivy.Index(_schema(), path=str(folder))
        analyzer = Analyzer(language)
        index.register_tokenizer("qa", analyzer.tantivy)
        writer = index.writer(heap_size=WRITER_MEMORY_BYTES, num_threads=1)
        for row, text in enumerate(texts):
            document = tantivy.Document()
            document.add_text("body", analyzer.normalise(text))
            document.add_unsigned("row", row)
            writer.add_document(document)
            if on_text is not None:
                on_text(row + 1)
        writer.commit()
        writer.wait_merging_threads()

    @classmethod
    def open(cls, folder: Path, language: str = "en") -> KeywordIndex:
        """Open what `write` wrote. Raises IndexDamagedError if Tantivy cannot read it."""
        try:
            if sys.platform == "win32" and os.access(folder, os.W_OK):
                # There nobody can cut a mapped file short, or delete one.
                return cls(tantivy.Index.open(str(folder)), Analyzer(language))
            with private_copy(folder) as copy:
                return cls(tantivy.Index.open(str(copy)), Analyzer(language))
        except (ValueError, OSError) as error:
            raise IndexDamagedError(
                f"{folder} cannot be read as a keyword index. {REBUILD}"
            ) from error

    @property
    def count(self) -> int:
        """Number of passages."""
        return int(self._searcher.num_docs)

    def query_terms(self, question: str) -> dict[str, float]:
        """The question's distinct terms in order of first use, without words that only ask; each
        counts 1.0.

        A plural that the corpus does not know ("kpos") becomes its known singular; a single
        letter that it does not know is left out. A compound that the corpus knows joined counts
        beside its parts, and instead of those that the corpus does not know. "long" in "how long"
        only asks.
        """
        terms = dict.fromkeys(self._known_form(term) for term in self._analyzer.parts(question))
        for whole, parts in self._analyzer.compounds(question):
            if self._holding(whole):
                for part in parts:
                    if not self._holding(part):
                        terms.pop(part, None)
                terms[whole] = None
        terms.pop("", None)
        asking = self._asking | self._asked_kind(question)
        content = [term for term in terms if term not in asking] or list(terms)
        return dict.fromkeys(content[:MAX_QUERY_TERMS], 1.0)

    def _known_form(self, term: str) -> str:
        """A term as the corpus has it; empty for a single letter that it does not have."""
        if self._holding(term):
            return term
        if len(term) == 1 and term.isascii():
            return ""
        singular = term.removesuffix(self._plural)
        return singular if singular and self._holding(singular) else term

    def _asked_kind(self, question: str) -> frozenset[str]:
        """Terms of the words by which a question asks for a number, a date or a reason, and that
        no text holds."""
        types = self._analyzer.language.answer_types
        found = (asks.search(question) for asks, _ in types.kinds) if types else ()
        words = self._analyzer.terms_of(match[0] for match in found if match)
        return frozenset(term for term in words if not self._holding(term))

    def terms(self, text: str) -> list[str]:
        """Terms of a text of the corpus, in order."""
        return self._analyzer.terms(text)

    def only_asks(self, terms: Iterable[str]) -> bool:
        """Whether `terms` say nothing of what is asked about."""
        return self._asking.issuperset(terms)

    def is_courtesy(self, term: str) -> bool:
        """Whether people say this only to be polite, beside what they ask."""
        return term in self._courtesy

    def knows(self, word: str) -> bool:
        """Whether the corpus holds a word, in any of its forms; stop words count as held."""
        terms = self._analyzer.terms(word)
        return not terms or any(self._holding(term) for term in terms)

    def holds(self, term: str) -> bool:
        """Whether any passage holds a term of `query_terms`."""
        return self._holding(term) > 0

    def holding(self, term: str) -> int:
        """How many passages hold a term of `query_terms`."""
        return self._holding(term)

    def weights(self, terms: Terms) -> dict[str, float]:
        """IDF of each term, times its own weight; a term the corpus does not hold weighs most.

        In a small corpus its very subject is in nearly every passage and would weigh nothing,
        so no term weighs less than WEIGHT_FLOOR of the most that one can.
        """
        floor = WEIGHT_FLOOR * inverse_document_frequency(self.count, 0)
        return {
            term: max(floor, inverse_document_frequency(self.count, self._holding(term))) * weight
            for term, weight in terms.items()
        }

    def search(self, terms: Terms, k: int, within: Rows | None = None) -> tuple[Rows, Scores]:
        """The up to `k` best rows, best first, with shares (see `share`).

        `within`, ascending, restricts it to those rows.
        """
        if not terms or k < 1 or (within is not None and len(within) == 0):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        query = _any_of(self._weighted(terms))
        if within is not None:
            query = self._only(query, within)
        rows, scores = self._run(query, k)
        return rows, scores / np.float32(self._reachable(terms))

    def share(self, terms: Terms, rows: Rows) -> Scores:
        """For each of `rows`: BM25 as a share of what the terms could reach at most, 0 … 1.

        BM25 is below IDF · (k1 + 1) for each term, so it is divided by (k1 + 1) · ΣIDF.
        """
        return self._among(rows, self._weighted(terms), self._reachable(terms))

    def coverage(self, terms: Terms, rows: Rows) -> Scores:
        """For each of `rows`: share of the terms that it holds, weighted by IDF, 0 … 1."""
        weights = self.weights(terms)
        held = [
            tantivy.Query.const_score_query(self._term(term), weight)
            for term, weight in weights.items()
        ]
        return self._among(rows, held, sum(weights.values()))

    def held(self, terms: Iterable[str], rows: Rows) -> list[list[bool]]:
        """For each of `rows`: whether it holds each of the terms."""
        result: list[list[bool]] = [[] for _ in rows]
        every = [self._term(term) for term in terms]
        for start in range(0, len(every), EXACT_BITS):
            # One search for all: each term scores a power of two of its own, so that the sum,
            # exact in float32, tells which of them are held.
            some = every[start : start + EXACT_BITS]
            parts = [
                tantivy.Query.const_score_query(term, float(1 << bit))
                for bit, term in enumerate(some)
            ]
            for flags, code in zip(result, self._among(rows, parts, 1.0), strict=True):
                flags.extend(bool(int(code) >> bit & 1) for bit in range(len(some)))
        return result

    def _among(self, rows: Rows, parts: Sequence[tantivy.Query], whole: float) -> Scores:
        """Sum of the `parts`' scores for each of `rows`, over `whole`."""
        result = np.zeros(len(rows), np.float32)
        if not parts or len(rows) == 0:
            return result
        place = {int(row): position for position, row in enumerate(rows)}
        found = self._run(self._only(_any_of(parts), rows), len(rows))
        for row, score in zip(*found, strict=True):
            result[place[int(row)]] = score / whole
        return result

    def _only(self, query: tantivy.Query, rows: Rows) -> tantivy.Query:
        """`query` restricted to `rows`, which add nothing to the scores."""
        these = tantivy.Query.term_set_query(self._schema, "row", [int(row) for row in rows])
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(these, 0.0)),
            ]
        )

    def _run(self, query: tantivy.Query, k: int) -> tuple[Rows, Scores]:
        hits = self._searcher.search(query, limit=k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, np.int64), np.array([score for score, _ in hits], np.float32)

    def _reachable(self, terms: Terms) -> float:
        return (K1 + 1) * sum(self.weights(terms).values())

    def _weighted(self, terms: Terms) -> list[tantivy.Query]:
        """A query for each term; BM25's score of a term counts as often as its weight says."""
        return [
            self._term(term)
            if weight == 1.0
            else tantivy.Query.boost_query(self._term(term), weight)
            for term, weight in terms.items()
        ]

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "body", term, index_option="freq")

    def _holding(self, term: str) -> int:
        return int(self._searcher.doc_freq("body", term))


def _any_of(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
