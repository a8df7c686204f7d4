"""Example questions drawn from the documents: their headings and the terms they define. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from qa.datatypes import Answer, Document

MAX_CHARACTERS = 70
"""A longer question is no example that one reads at a glance."""
LOOKED_THROUGH = 40_000
"""Characters of a document that are looked through."""


@dataclass(frozen=True, slots=True)
class _Language:
    """How a language defines a term, and asks for one. A term is the group `term`."""

    acronym: str
    term: str
    heading: str
    defined: re.Pattern[str]
    named: re.Pattern[str]
    not_terms: frozenset[str]


_WORDS = r"[^\W\d_][\w-]*(?: [\w-]+){0,3}?"
_ENGLISH = _Language(
    acronym="What does {} stand for?",
    term="What is {}?",
    heading="What about {}?",
    defined=re.compile(
        rf"(?:^|(?<=[.!?]\s))(?P<term>(?:An? |The )?{_WORDS}) is "
        r"(?:an? |the process |the act |defined as )",
        re.MULTILINE,
    ),
    named=re.compile(rf"\b(?:is|are) (?:also )?(?:known as|called) (?P<term>{_WORDS})(?=[.,;])"),
    not_terms=frozenset(
        "it this that these those there he she they we you i what which who one here the a an and "
        "but if when while since although as in on at for to each both some many most all".split()
    ),
)
_LANGUAGES = {
    "en": _ENGLISH,
    "de": _Language(
        acronym="Wofür steht {}?",
        term="Was ist {}?",
        heading="Was steht hier über {}?",
        defined=re.compile(
            rf"(?:^|(?<=[.!?]\s))(?P<term>(?:Eine? |Der |Die |Das )?{_WORDS}) ist "
            r"(?:eine?[nrms]? |definiert )",
            re.MULTILINE,
        ),
        named=re.compile(rf"\b(?:heißt|nennt man) (?:auch )?(?P<term>{_WORDS})(?=[.,;])"),
        not_terms=frozenset(
            "es er sie wir ihr ich das dies dieser diese dieses der die hier da was wer in im an "
            "am auf zu für bei wenn als dabei damit dort und oder aber ein eine".split()
        ),
    ),
    "es": _Language(
        acronym="¿Qué significa {}?",
        term="¿Qué es {}?",
        heading="¿Qué dice sobre {}?",
        defined=re.compile(
            rf"(?:^|(?<=[.!?]\s))(?P<term>(?:Una? |El |La |Los |Las )?{_WORDS}) es "
            r"(?:una? |el proceso |definid[oa] )",
            re.MULTILINE,
        ),
        named=re.compile(rf"\bse (?:llama|conoce como) (?:también )?(?P<term>{_WORDS})(?=[.,;])"),
        not_terms=frozenset(
            "esto este esta eso ese esa ello él ella lo la el que qué quien aquí en por para si "
            "cuando como y o pero uno una un no".split()
        ),
    ),
}
_ACRONYM = re.compile(r"\b(?P<short>[A-Z]{2,6})s?\b")
_SPELT_BEFORE = 90
"""So many characters before an acronym are searched for the words that it stands for."""


def suggest(documents: Iterable[Document], language: str, count: int) -> list[str]:
    """Up to `count` different questions that the documents suggest, in turn from each document.

    Questions in headings come as they stand; then acronyms that are spelt out, terms that are
    defined, other headings. Languages without patterns of their own are asked in English.

    >>> text = "Refunds\\n\\nA voucher is a paper. It lapses. The Central Bank (CB) pays."
    >>> suggest([Document("d", "Shop", text, "shop.txt")], "en", 9)
    ['What does CB stand for?', 'What is a voucher?', 'What about Shop?']
    """
    chosen = _LANGUAGES.get(language, _ENGLISH)
    given = list(documents)
    asking = zip_longest(*(_of_one(document, chosen) for document in given))
    subjects = zip_longest(*(_headings(document, chosen) for document in given))
    found: dict[str, str] = {}
    for question in chain.from_iterable(chain(asking, subjects)):
        if len(found) >= count:
            break
        if question and len(question) <= MAX_CHARACTERS:
            found.setdefault(question.casefold(), question)
    return list(found.values())


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


def _of_one(document: Document, language: _Language) -> Iterator[str]:
    text = document.text[:LOOKED_THROUGH]
    yield from (title for title in _titles(document) if title.endswith("?"))
    for match in _ACRONYM.finditer(text):
        before = text[max(0, match.start() - _SPELT_BEFORE) : match.start()]
        if _spells(before, match["short"]):
            yield language.acronym.format(match["short"])
    for pattern in (language.defined, language.named):
        for match in pattern.finditer(text):
            term = _as_asked(match["term"])
            if _without_article(term).split()[0].casefold() not in language.not_terms:
                yield language.term.format(term)


def _headings(document: Document, language: _Language) -> Iterator[str]:
    for title in _titles(document):
        if _is_subject(title):
            yield language.heading.format(title)


def _titles(document: Document) -> list[str]:
    """The headings, then the title, which is often repeated as the first of them."""
    title = document.title.strip()
    headings = [section.path[-1].strip() for section in document.sections if section.path]
    return [*(heading for heading in headings if heading != title), title]


def _spells(before: str, short: str) -> bool:
    """Whether the words right before an acronym are what it stands for.

    >>> _spells("an Initial public offering(", "IPO"), _spells("The Food Bank, or ", "FB")
    (True, True)
    >>> _spells("John Smith (", "CEO")
    False
    """
    words = re.findall(r"[^\W_]+", before)
    if words and words[-1] in ("or", "oder", "o"):
        words.pop()
    return "".join(word[0] for word in words[-len(short) :]).upper() == short


_ARTICLES = frozenset("A An The Ein Eine Der Die Das Un Una El La".split())


def _as_asked(term: str) -> str:
    """A term inside a question: its article in lower case.

    >>> _as_asked("A voucher"), _as_asked("KPO")
    ('a voucher', 'KPO')
    """
    first, _, rest = term.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in _ARTICLES else term


def _without_article(term: str) -> str:
    first, _, rest = term.partition(" ")
    return rest if rest and first.capitalize() in _ARTICLES else term


def _is_subject(title: str) -> bool:
    """Whether a heading names a subject, and is neither a sentence nor a file's name.

    >>> _is_subject("Refund policy"), _is_subject("Read this."), _is_subject("lease.pdf")
    (True, False, False)
    """
    return bool(re.fullmatch(r"[^\W\d_][^.!?:;]{2,50}", title)) and "_" not in title
