"""In which documents and passages of an index a text stands, or why in none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from qa.datatypes import Passage
from qa.insight.explanation.quotes import missing_words, occurrences, words_of

if TYPE_CHECKING:
    from qa.index.catalog import Catalog
    from qa.index.keywords import KeywordIndex

LISTED = 5
"""Passages and skipped files that are named."""

REBUILD = "then rebuild: python -m qa index"

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to the answer. `ok` is False where it lost the text; then `text`
    ends with advice."""

    name: str
    ok: bool
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A passage by its id, and where it stands: characters `start` … `end` of its document."""

    passage: str
    title: str
    source: str
    start: int
    end: int

    def __str__(self) -> str:
        name = self.source if self.title in ("", self.source) else f"{self.title}, {self.source}"
        return f"{self.passage} ({name}, characters {self.start}–{self.end})"


@dataclass(slots=True)
class Located:
    """Where a text stands. `verdict` is "" unless a step lost it.

    `spans`: ranges of characters by document id; `passages`: those that hold it, by row.
    """

    steps: list[Step] = field(default_factory=list)
    verdict: str = ""
    spans: dict[str, list[Span]] = field(default_factory=dict)
    passages: dict[int, Passage] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)

    def place(self, passage: Passage) -> Place:
        """Where a passage stands."""
        title, source = self.names[passage.document_id]
        return Place(passage.id, title, source, passage.start, passage.end)

    def went(self, name: str, text: str) -> None:
        """Note a step that went well."""
        self.steps.append(Step(name, True, text))

    def lose(self, name: str, verdict: str, text: str, advice: str) -> None:
        """Note the step that lost the text."""
        self.steps.append(Step(name, False, f"{text} {advice}"))
        self.verdict = verdict


def locate(catalog: Catalog, keywords: KeywordIndex, expected: str) -> Located:
    """Find `expected` in the documents, then in the passages."""
    found = Located()
    words = words_of(expected, keywords.terms)
    missing, closest, titled = words, "", ""
    for identity, title, source, *_ in catalog.summaries():
        text = catalog.document(identity).text
        found.names[identity] = (title, source)
        if spans := occurrences(text, expected):
            found.spans[identity] = spans
        elif len(lacking := missing_words(text, words)) < len(missing):
            missing, closest = lacking, source
        if occurrences(title, expected):
            titled = source
    if found.spans:
        found.went("document", f"It is in {listed([found.names[i][1] for i in found.spans])}.")
        _in_passages(found, catalog)
    elif not _left_out(found, catalog, expected):
        if titled:
            found.lose(
                "document",
                f"It is only the title of {titled}, which no passage holds.",
                f"It is in the title of {titled}, but not in its text.",
                f"Say it in a sentence of the text, {REBUILD}",
            )
        else:
            _nowhere(found, catalog, _nearly(words, missing, closest), bool(closest))
    return found


def _in_passages(found: Located, catalog: Catalog) -> None:
    parts: dict[int, Passage] = {}
    for row, passage in enumerate(catalog.all_passages()):
        for start, end in found.spans.get(passage.document_id, ()):
            if passage.start <= start and end <= passage.end:
                found.passages[row] = passage
            elif passage.start < end and start < passage.end:
                parts[row] = passage
    verb = "is in" if found.passages else "spans"
    found.passages = found.passages or parts
    number = f"{len(found.passages):,} passage{'s' * (len(found.passages) != 1)}"
    places = listed([str(found.place(passage)) for passage in found.passages.values()])
    found.went("passage", f"It {verb} {number}: {places}.")


def _left_out(found: Located, catalog: Catalog, expected: str) -> bool:
    for dropped in catalog.dropped():
        if occurrences(dropped.text, expected):
            found.lose(
                "document",
                f"It was left out of {dropped.source} as page furniture.",
                f"It is in {dropped.source}, but was left out as page furniture "
                f"by the rule “{dropped.rule}”.",
                f"Make it a full sentence of the running text, {REBUILD}",
            )
            return True
    return False


def _nearly(words: Sequence[str], missing: Sequence[str], source: str) -> str:
    if not source:
        return "No document holds any of its words."
    if not missing:
        return f"{source} holds all its words, but not in a row."
    held = f"{len(words) - len(missing)} of its {len(words):,} word{'s' * (len(words) != 1)}"
    return f"{source} comes closest: it holds {held}, but not {quoted(missing)}."


def _nowhere(found: Located, catalog: Catalog, nearly: str, close: bool) -> None:
    skipped = [f"{each.source} ({each.reason})" for each in catalog.skipped()]
    text = f"It is in no document. {nearly}"
    if skipped:
        text += f" It may be in a file that was skipped: {listed(skipped)}."
        advice = f"Convert the skipped file to plain text, {REBUILD}"
    elif close:
        advice = f"Expect the words as the document has them, or add a text that says it, {REBUILD}"
    else:
        advice = f"Add a text that says it to the corpus, {REBUILD}"
    found.lose("document", "It is in no document of the index.", text, advice)


def listed(parts: Sequence[str]) -> str:
    """The first few parts in one line.

    >>> listed(["a", "b"]), listed(list("abcdefg"))
    ('a; b', 'a; b; c; d; e; and 2 more')
    """
    rest = len(parts) - LISTED
    return "; ".join([*parts[:LISTED], *([f"and {rest} more"] if rest > 0 else [])])


def quoted(words: Sequence[str]) -> str:
    """Words in quotes, in one line.

    >>> quoted(["a", "b"])
    '“a”, “b”'
    """
    return ", ".join(f"“{word}”" for word in words)
