"""The values that flow through the service, in the order in which they arise.

Document → Passage (with its Sentences) → Hit → Answer. All are frozen; scores live on
`Hit`, never on `Passage`. Offsets are counted in Python characters (code points) from
the start of `Document.text`, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from qa.accounts import Account

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Embeddings: TypeAlias = NDArray[np.float32]
    """Float32, shape (n, dim), every row of unit length; higher dot product = nearer."""

    Rows: TypeAlias = NDArray[np.int64]
    """Int64, shape (n,): passage row numbers, 0 … passages-1, equal in all parts of an index."""

    Scores: TypeAlias = NDArray[np.float32]
    """Float32, shape (n,): higher is better."""


@dataclass(frozen=True, slots=True)
class Section:
    """The part of a document under one heading.

    `start` … `end` covers the heading's own line and the text under it, up to the next
    heading of any level. `path` holds the headings from the outermost to this one.
    """

    start: int
    end: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged document (PDF): its number, from 1, and its range of characters."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it is searched and shown: furniture removed, line ends `\\n`, never empty.

    `source` tells where it came from: a path relative to the folder that was read, or the
    name of a pasted text. `id` is made by `documents.identity.document_id` from source, title and
    text, so a changed text has another id.
    """

    id: str
    title: str
    text: str
    source: str
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that did not become a document, and why, in one sentence."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of text left out of its document as page furniture, and by which rule."""

    source: str
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence inside its document: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one document: `document.text[start:end] == text`.

    `id` is `"<document id>:<start>-<end>"`, a citation in itself. `headings` is the path of
    headings above it, outermost first, without the document's title. `page` is the number of
    the page on which it begins, for paged documents.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...] = ()
    headings: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a passage, each higher = better.

    `dense`: cosine of question and passage vector, -1 … 1.
    `max_sentence`: cosine of question and the passage's best sentence, -1 … 1.
    `bm25`: BM25 as a share of what the question's words could score, about 0 … 1.
    `heading`: cosine of question and the vector of title and headings, -1 … 1.
    `idf_coverage`: share of the question's words, weighted by rarity, that the passage with its
    headings holds, 0 … 1.
    `sentence_coverage`: share of the question's words, weighted by rarity, that one sentence of the
    passage holds at most, 0 … 1.
    """

    dense: float
    max_sentence: float
    bm25: float
    heading: float = 0.0
    idf_coverage: float = 0.0
    sentence_coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """Which text was shown, so that it can be checked later.

    `document` is the document's id, a hash of its content; `start` … `end` are the characters
    cited and `digest` 16 hex digits of their SHA-256. `source` and `generation` say where the
    text was then. `str()` gives one word that `qa.answering.citations.parse` reads.
    """

    document: str = ""
    start: int = 0
    end: int = 0
    digest: str = ""
    generation: str = ""
    source: str = ""

    def __str__(self) -> str:
        return ":".join(
            [
                "qa1",
                self.document,
                f"{self.start}-{self.end}",
                self.digest,
                self.generation,
                quote(self.source, safe="/"),
            ]
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, how well it fits and which of its sentences fits best.

    `rank` counts from 1. `score` is the fused score, higher = better, comparable between
    questions. `duplicates` lists other passages with nearly the same text, folded into this one.
    `citation` says which text this is, so that it can be checked later: see `answering.citations`.
    """

    passage: Passage
    document: Document
    score: float
    rank: int
    sentence: Sentence
    signals: Signals
    duplicates: tuple[Passage, ...] = ()
    citation: Citation = Citation()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to a question.

    `text` is the answering sentence, or None: "not in these documents". `confidence` is the
    probability, 0 … 1, that the first hit's marked sentence answers it. `hits` are the best
    passages in order; with `text` None they are only the closest ones. `generation` names the
    state of the index that answered. `corrected_question` is the question as it was searched for:
    typing slips are mended. `warning` is empty, or one sentence on why an earlier state answered.
    """

    question: str
    text: str | None
    confidence: float
    hits: tuple[Hit, ...]
    generation: str = ""
    corrected_question: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` in `stage`; `total` is 0 where it is not known yet.

    Stages in order: "read", "encoder", "chunk", "embed", "write", "switch".
    """

    stage: str
    done: int
    total: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class PinnedOutcome:
    """How a pinned question fared in a new index.

    `expected` holds the accepted texts; none: "not in these documents". `answer` is what the new
    index answers. `passed` tells whether that is right, `before` the same of the index that was
    live until then, None where there was none.
    """

    question: str
    expected: tuple[str, ...]
    answer: str | None
    passed: bool
    before: bool | None = None

    @property
    def improved(self) -> bool:
        """Right now, wrong before."""
        return self.passed and self.before is False

    @property
    def regressed(self) -> bool:
        """Wrong now, right before."""
        return not self.passed and self.before is True


@dataclass(frozen=True, slots=True)
class NameSample:
    """How many, and the first of them by name (at most NAMED)."""

    count: int = 0
    names: tuple[str, ...] = ()


NAMED = 100
"""Most names that `NameSample` holds."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The sources of an index against those of the one before, by the hash of their content.

    A source whose text is no longer in the index, because its file went, was taken out or can
    no longer be read, is `removed`.
    """

    added: NameSample = NameSample()
    changed: NameSample = NameSample()
    removed: NameSample = NameSample()
    unchanged: NameSample = NameSample()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `embedded` counts vectors made anew, `reused` those from the cache.

    `extracted` counts files that were extracted anew; the text of the others was known from
    an earlier build. `dropped` holds the first pieces of `dropped_count`. Each of `same` names
    sources with exactly the same text (at most NAMED groups). `accounts` tells what became
    of the words of each document.
    """

    generation: str
    documents: int
    passages: int
    sentences: int
    embedded: int
    reused: int
    seconds: float
    read: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    dropped: tuple[Dropped, ...] = field(default=(), repr=False)
    pinned: tuple[PinnedOutcome, ...] = ()
    dropped_count: int = 0
    extracted: int = 0
    changes: Changes = Changes()
    same: tuple[NameSample, ...] = ()
    accounts: tuple[Account, ...] = field(default=(), repr=False)
