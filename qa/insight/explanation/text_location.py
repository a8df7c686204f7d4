"""In which documents and passages of an index a text stands, or why in none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from qa.datatypes import Passage
from qa.insight.explanation.steps import Place, Statement, Step, Value
from qa.insight.explanation.text_match import missing_words, occurrences, words_of

if TYPE_CHECKING:
    from qa.index.catalog import Catalog
    from qa.index.keywords import KeywordIndex

Span: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class TextLocation:
    """Where a text stands.

    `steps`: whether it is in a document and in which passages; the last one may have lost it.
    `spans`: its ranges of characters by document id; `passages`: those that hold it, or parts
    of it where none holds all, by row; `names`: title and source of each document by id.
    """

    steps: list[Step] = field(default_factory=list)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    passages: dict[int, Passage] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)

    def place(self, passage: Passage) -> Place:
        """Where a passage stands."""
        title, source = self.names[passage.document_id]
        return Place(passage.id, title, source, passage.start, passage.end)


@dataclass(slots=True)
class _Nearest:
    """The document that holds most of a text's words, and the words that it lacks."""

    source: str
    missing: list[str]


def locate_text(catalog: Catalog, keywords: KeywordIndex, expected: str) -> TextLocation:
    """Find `expected` in the documents, then in the passages."""
    location = TextLocation()
    words = words_of(expected, keywords.terms)
    nearest, titled = _Nearest("", words), ""
    for identity, title, source, *_ in catalog.summaries():
        text = catalog.document(identity).text
        location.names[identity] = (title, source)
        if spans := occurrences(text, expected):
            location.spans[identity] = spans
        elif len(missing := missing_words(text, words)) < len(nearest.missing):
            nearest = _Nearest(source, missing)
        if occurrences(title, expected):
            titled = source
    if location.spans:
        sources = tuple(location.names[identity][1] for identity in location.spans)
        location.steps.append(Step("document", (Statement("in_documents", {"sources": sources}),)))
        _find_passages(location, catalog)
    else:
        location.steps.append(
            _only_in_title(titled)
            or _dropped(catalog, expected)
            or _in_no_document(catalog, words, nearest)
        )
    return location


def _find_passages(location: TextLocation, catalog: Catalog) -> None:
    parts: dict[int, Passage] = {}
    for row, passage in enumerate(catalog.all_passages()):
        for start, end in location.spans.get(passage.document_id, ()):
            if passage.start <= start and end <= passage.end:
                location.passages[row] = passage
            elif passage.start < end and start < passage.end:
                parts[row] = passage
    whole = bool(location.passages)
    location.passages = location.passages or parts
    places = tuple(location.place(passage) for passage in location.passages.values())
    fact = Statement("in_passages" if whole else "spans_passages", {"passages": places})
    location.steps.append(Step("passage", (fact,)))


def _dropped(catalog: Catalog, expected: str) -> Step | None:
    for dropped in catalog.dropped():
        if occurrences(dropped.text, expected):
            return Step(
                "document",
                (Statement("dropped_by_rule", {"rule": dropped.rule}),),
                Statement("dropped", {"source": dropped.source}),
                Statement("make_it_a_sentence"),
            )
    return None


def _only_in_title(source: str) -> Step | None:
    if not source:
        return None
    loss = Statement("only_in_title", {"source": source})
    return Step("document", (), loss, Statement("say_it_in_the_text"))


def _in_no_document(catalog: Catalog, words: Sequence[str], nearest: _Nearest) -> Step:
    if not nearest.source:
        facts = [Statement("holds_no_word")]
    elif not nearest.missing:
        facts = [Statement("holds_words_apart", {"source": nearest.source})]
    else:
        values: dict[str, Value] = {
            "source": nearest.source,
            "held": len(words) - len(nearest.missing),
            "total": len(words),
            "words": tuple(nearest.missing),
        }
        facts = [Statement("holds_some_words", values)]
    advice = Statement("expect_other_words" if nearest.source else "add_a_text")
    if skipped := tuple(f"{file.source} ({file.reason})" for file in catalog.skipped()):
        facts.append(Statement("files_skipped", {"files": skipped}))
        advice = Statement("convert_skipped_file")
    return Step("document", tuple(facts), Statement("in_no_document"), advice)
