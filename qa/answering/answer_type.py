"""What an answer should look like, read off the question's wording. Pure.

In English, "how many …" asks for a number, "when …" for a date, "what is X" for a sentence that
begins by defining X, "what does ABC stand for" for words whose initials are A, B, C (after
Schwartz & Hearst 2003), "why …" for a reason. The patterns come from `qa.languages`; in a
language that has none, and for questions worded otherwise, all sentences are alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.languages.language import AnswerTypes, Language

Gain = Callable[[str], float]
"""Sentence → what it gains in score by its form: 0.0 where that is not what was asked for."""

ACRONYM_GAIN = 0.6
DEFINITION_GAIN = 0.3
KIND_GAIN = 0.1

_WORD = re.compile(r"[A-Za-z][\w'-]*")


@lru_cache(256)
def answer_type_gain(question: str, language: Language) -> Gain:
    """What a sentence gains by having the form that `question` asks for.

    >>> from qa.languages import language_of
    >>> english = language_of("en")
    >>> answer_type_gain("How many days do I have?", english)("You have thirty days.")
    0.1
    >>> answer_type_gain("what does KPO stand for", english)("Knowledge process outsourcing.")
    0.6
    >>> answer_type_gain("What is a refund?", english)("A refund is money given back.")
    0.3
    >>> answer_type_gain("Is it raining?", english)("Because of the clouds, it is.")
    0.0
    """
    types = language.answer_types
    if types is None:
        return lambda sentence: 0.0
    term = _defined_term(question, types)
    spelled = question if types.acronym.search(question) else (term or "")
    acronyms = _acronyms(spelled, types) if spelled is question or len(spelled.split()) == 1 else []
    definition = _definition(term, types, language.plural_ending) if term else None
    kinds = _kinds_asked_for(question, types)

    def gain(sentence: str) -> float:
        if any(spells_out(sentence, acronym, language) for acronym in acronyms):
            return ACRONYM_GAIN
        if definition is not None and definition.search(sentence):
            return DEFINITION_GAIN
        return KIND_GAIN if any(kind.search(sentence) for kind in kinds) else 0.0

    return gain


def asks_for_kind(question: str, language: Language) -> bool:
    """Whether a question asks for a number, a date or a reason.

    >>> from qa.languages import language_of
    >>> asks_for_kind("When is it due?", language_of("en"))
    True
    """
    types = language.answer_types
    return types is not None and bool(_kinds_asked_for(question, types))


def _kinds_asked_for(question: str, types: AnswerTypes) -> list[re.Pattern[str]]:
    """How sentences of the kinds look that a question asks for."""
    return [looks for asks, looks in types.kinds if asks.search(question)]


def _acronyms(text: str, types: AnswerTypes) -> list[str]:
    """Words of two to six letters that may be acronyms, lower case, without a plural s."""
    found = []
    for word in re.findall(r"[A-Za-z]{2,7}", text):
        if word.lower() in types.not_acronyms:
            continue
        if word.isupper() or (word[:-1].isupper() and word.endswith("s")) or text.islower():
            stem = word[:-1] if word.lower().endswith("s") and len(word) > 2 else word
            found.append(stem.lower())
    return [word for word in found if 2 <= len(word) <= 6]


def spells_out(sentence: str, acronym: str, language: Language) -> bool:
    """Whether words in a row have the letters of `acronym` (lower case) as initials.

    Any two words may have two given initials. So an acronym neither begins nor ends with a
    function word, and that of two letters stands for two names, or stands in the sentence itself.

    >>> from qa.languages import language_of
    >>> english = language_of("en")
    >>> spells_out("Knowledge process outsourcing is growing.", "kpo", english)
    True
    >>> spells_out("KPO is a subset.", "kpo", english)
    False
    >>> spells_out("Built on an island.", "ai", english)
    False
    """
    words = _WORD.findall(sentence)
    initials = "".join(word[0] for word in words).lower()
    size = len(acronym)
    named = size > 2 or acronym in (word.lower() for word in words)
    start = initials.find(acronym) if size > 1 else -1
    while start >= 0:
        full = words[start : start + size]
        edges = {full[0].lower(), full[-1].lower()}
        if edges.isdisjoint(language.stop_words) and (named or all(w[0].isupper() for w in full)):
            return True
        start = initials.find(acronym, start + 1)
    return False


def _defined_term(question: str, types: AnswerTypes) -> str | None:
    """X of "what is X", "define X" and the like, up to five words; else None."""
    match = types.definition.match(question)
    return match[1] if match and len(match[1].split()) <= 5 else None


def _definition(term: str, types: AnswerTypes, plural: str) -> re.Pattern[str]:
    """A pattern for sentences that begin by saying what `term` is, in singular or plural."""
    words = r"\s+".join(_either_number(word, plural) for word in term.split())
    return re.compile(rf"^\W*(?:\w+\W+){{0,4}}?{words}\b{types.defines}", re.IGNORECASE)


def _either_number(word: str, plural: str) -> str:
    return f"{re.escape(word.removesuffix(plural))}(?:{plural})?"
