"""What an answer should look like, read off the question's wording (English). Pure.

"How many …" expects a number, "when …" a date, "what is X" a sentence that begins by defining X,
"what does ABC stand for" the words whose initials are A, B, C (after Schwartz & Hearst 2003),
"why …" a reason. Questions in other languages, or worded otherwise, expect nothing special.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Expectation = Callable[[str], float]
"""Sentence → what its look adds to its score: 0.0 where it is not what was asked for."""

ACRONYM_GAIN = 0.6
DEFINITION_GAIN = 0.3
KIND_GAIN = 0.1

_ACRONYM = re.compile(
    r"\b(?:stands? for|full (?:form|name)|short for|abbreviat\w+|acronym|expan(?:d|sion))\b",
    re.IGNORECASE,
)
_NOT_ACRONYMS = frozenset(
    """
what whats is are was were the a an of for does do did and or in to by it its mean means
full form name short who why how when stand stands define r meaning me tell
""".split()
)
_DEFINITION = re.compile(
    r"^\W*(?:so )?(?:what(?:'?s| is| are| r| was| were)|define|definition of|meaning of"
    r"|what do(?:es)? you mean by|explain)\s+(?:an? |the |meant by |by )*([\w][\w\s'-]{1,60}?)"
    r"(?: mean| called)?\s*[?.!]*$",
    re.IGNORECASE,
)
_SAYS_WHAT = r"\W{1,3}(?:\w+\W{1,3}){0,6}?(?:is|are|was|were|means?|refers?|stands?|denotes?|=|-)\b"
_DATE = re.compile(
    r"\b(1\d{3}|20\d\d)s?\b|\b\d{1,2}[:.]\d\d\b|\b(january|february|march|april|may|june|july|"
    r"august|september|october|november|december|century|bc|ad|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|"
    r"quarter)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(because|since|due to|owing to|in order to|so that|so as to|reasons?|purpose"
    r"|results? (?:in|of)"
    r"|(?:us(?:e|es|ed|ing)|helps?|allows?|enables?)\b.{1,60}?\bto \w+)\b",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"\bwhen\b|\b(what|which) (year|date|day|month|century|decade|time)\b", re.IGNORECASE
)
_ASKS_NUMBER = re.compile(
    r"\bhow (many|much|long|old|far|large|big|tall|high|fast|often|wide|deep|heavy)\b|"
    r"\bwhat (percent|percentage|number|amount|proportion|share)\b",
    re.IGNORECASE,
)
_ASKS_REASON = re.compile(
    r"\bwhy\b|\bwhat (?:is|was|are|were) the (?:reasons?|purpose)\b", re.IGNORECASE
)


@lru_cache(256)
def expectation(question: str) -> Expectation:
    """What a sentence gains by looking like an answer to `question`.

    >>> expectation("How many days do I have?")("You have thirty days.")
    0.1
    >>> expectation("what does KPO stand for")("It is knowledge process outsourcing.")
    0.6
    >>> expectation("What is a refund?")("A refund is money given back.")
    0.3
    >>> expectation("Is it raining?")("Because of the clouds, it is.")
    0.0
    """
    term = _defined_term(question)
    spelled = question if _ACRONYM.search(question) else (term or "")
    acronyms = _acronyms(spelled) if spelled is question or len(spelled.split()) == 1 else []
    defined = _says_what(term) if term else None
    kinds = [
        pattern
        for asks, pattern in (
            (_ASKS_DATE, _DATE),
            (_ASKS_NUMBER, _NUMBER),
            (_ASKS_REASON, _REASON),
        )
        if asks.search(question)
    ]

    def gain(sentence: str) -> float:
        if any(spells_out(sentence, acronym) for acronym in acronyms):
            return ACRONYM_GAIN
        if defined is not None and defined.search(sentence):
            return DEFINITION_GAIN
        return KIND_GAIN if any(kind.search(sentence) for kind in kinds) else 0.0

    return gain


def _acronyms(text: str) -> list[str]:
    """Words of two to six letters that may be acronyms, lower case, without a plural s."""
    found = []
    for word in re.findall(r"[A-Za-z]{2,7}", text):
        if word.lower() in _NOT_ACRONYMS:
            continue
        if word.isupper() or (word[:-1].isupper() and word.endswith("s")) or text.islower():
            stem = word[:-1] if word.lower().endswith("s") and len(word) > 2 else word
            found.append(stem.lower())
    return [word for word in found if 2 <= len(word) <= 6]


def spells_out(sentence: str, acronym: str) -> bool:
    """Whether words in a row have the letters of `acronym` (lower case) as initials.

    >>> spells_out("Knowledge process outsourcing is growing.", "kpo")
    True
    >>> spells_out("KPO is a subset.", "kpo")
    False
    """
    initials = "".join(word[0].lower() for word in re.findall(r"[A-Za-z][\w'-]*", sentence))
    return len(acronym) > 1 and acronym in initials


def _defined_term(question: str) -> str | None:
    """X of "what is X", "define X" and the like, up to five words; else None.

    >>> _defined_term("what r kpos"), _defined_term("What is needed to be hired by a good KPO?")
    ('kpos', None)
    """
    match = _DEFINITION.match(question)
    return match[1] if match and len(match[1].split()) <= 5 else None


def _says_what(term: str) -> re.Pattern[str]:
    """A pattern for sentences that begin by saying what `term` is."""
    words = r"\s+".join(re.escape(re.sub(r"s$", "", word)) + "s?" for word in term.split())
    return re.compile(rf"^\W*(?:\w+\W+){{0,4}}?{words}\b{_SAYS_WHAT}", re.IGNORECASE)
