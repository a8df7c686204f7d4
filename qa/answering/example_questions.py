"""Example questions drawn from the documents: their headings and the terms they define. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from qa.datatypes import Answer, Document
from qa.documents.questions import ends_asking
from qa.languages.language import ExampleQuestions, Language

MAX_CHARACTERS = 70
"""A longer question is no example that one reads at a glance."""
LOOKED_THROUGH = 40_000
"""Characters of a document that are looked through."""


_ACRONYM = re.compile(r"\b(?P<short>[A-Z]{2,6})s?\b")
_SPELT_BEFORE = 90
"""So many characters before an acronym are searched for the words that it stands for."""


def suggest(documents: Iterable[Document], language: Language, count: int) -> list[str]:
    """Up to `count` different questions that the documents suggest, in turn from each document.

    Questions in headings come as they stand; then acronyms that are spelt out, terms that are
    defined, other headings. In a language without examples only the headings that ask are left.

    >>> from qa.languages import language_of
    >>> text = "Refunds\\n\\nA voucher is a paper. It lapses. The Central Bank (CB) pays."
    >>> suggest([Document("d", "Shop", text, "shop.txt")], language_of("en"), 9)
    ['What does CB stand for?', 'What is a voucher?', 'What about Shop?']
    """
    given = list(documents)
    asking = zip_longest(*(_questions(document, language.examples) for document in given))
    subjects = zip_longest(*(_headings(document, language.examples) for document in given))
    suggested: dict[str, str] = {}
    for question in chain.from_iterable(chain(asking, subjects)):
        if len(suggested) >= count:
            break
        if question and len(question) <= MAX_CHARACTERS:
            suggested.setdefault(question.casefold(), question)
    return list(suggested.values())


def answered_by_different(
    questions: Sequence[str], ask: Callable[[str], Answer], count: int
) -> list[str]:
    """The first `count` of `questions` that have an answer, no sentence answering two of them."""
    kept: list[str] = []
    sentences: set[str | None] = {None}
    for question in questions:
        if len(kept) == count:
            break
        text = ask(question).text
        if text not in sentences:
            sentences.add(text)
            kept.append(question)
    return kept


def _questions(document: Document, examples: ExampleQuestions | None) -> Iterator[str]:
    text = document.text[:LOOKED_THROUGH]
    yield from (title for title in _titles(document) if ends_asking(title))
    if examples is None:
        return
    for match in _ACRONYM.finditer(text):
        before = text[max(0, match.start() - _SPELT_BEFORE) : match.start()]
        if _spells(before, match["short"], examples.conjunction):
            yield examples.acronym.format(match["short"])
    for pattern in (examples.defined, examples.named):
        for match in pattern.finditer(text):
            article, term = _without_article(match["term"], examples.articles)
            if term.split()[0].casefold() not in examples.not_terms:
                yield examples.term.format(f"{article.lower()} {term}".strip())


def _headings(document: Document, examples: ExampleQuestions | None) -> Iterator[str]:
    if examples is None:
        return
    for title in _titles(document):
        if _is_subject(title):
            yield examples.heading.format(title)


def _titles(document: Document) -> list[str]:
    """The headings, then the title, which is often repeated as the first of them."""
    title = document.title.strip()
    headings = [section.path[-1].strip() for section in document.sections if section.path]
    return [*(heading for heading in headings if heading != title), title]


def _spells(before: str, short: str, conjunction: str) -> bool:
    """Whether the words right before an acronym are what it stands for.

    >>> _spells("an Initial public offering(", "IPO", "or")
    True
    >>> _spells("The Food Bank, or ", "FB", "or"), _spells("John Smith (", "CEO", "or")
    (True, False)
    """
    words = re.findall(r"[^\W_]+", before)
    if words and words[-1] == conjunction:
        words.pop()
    return "".join(word[0] for word in words[-len(short) :]).upper() == short


def _without_article(term: str, articles: Collection[str]) -> tuple[str, str]:
    """The article before a term, "" for none, and the rest.

    >>> _without_article("A voucher", ("A", "The")), _without_article("KPO", ("A", "The"))
    (('A', 'voucher'), ('', 'KPO'))
    """
    first, _, rest = term.partition(" ")
    return (first, rest) if rest and first.capitalize() in articles else ("", term)


def _is_subject(title: str) -> bool:
    """Whether a heading names a subject, and is neither a sentence nor a file's name.

    >>> _is_subject("Refund policy"), _is_subject("Read this."), _is_subject("lease.pdf")
    (True, False, False)
    """
    return bool(re.fullmatch(r"[^\W\d_][^.!?:;]{2,50}", title)) and "_" not in title
