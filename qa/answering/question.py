"""What a message asks, and what it only says around that: greetings, a story, thanks. Pure.

People write "Hello, I am new here. What is an IPO? Thanks!". The words around the question find
other passages, so they count less; they do count, for they often name what it is about.
"""

from __future__ import annotations

import re

from qa.chunking.sentences import split_sentences
from qa.documents.questions import ends_asking

ASIDE_WEIGHT = 0.4
"""What a word counts that is only said around the question."""

COURTESY = """
hi hello hey dear sir madam team everyone everybody all guys good morning afternoon evening day
thanks thank advance regards greetings wishes kind best cheers please help sorry hope wondering
question appreciate appreciated welcome new here well
"""
"""English words that people put around a question out of courtesy; there they say nothing."""

_SEVERAL = re.compile(r"[.!?\u2026][\"'\u201d\u2019)]{0,2}\s|\n")
_BACK = re.compile(
    r"\b(?:this|that|these|those|it|its|they|them|their|he|him|his|she|her|hers|one|so|such|same"
    r"|there|then|otherwise|instead)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
LANGUAGES = frozenset({"en"})
"""In other languages nobody knows here which words refer to what was said before."""


def asked_part(message: str, language: str = "en") -> str | None:
    """The sentences of `message` that ask, where others stand around them.

    None where everything asks, nothing does, or the question refers back to what was said.

    >>> asked_part("Hello! I am new here. What is an IPO? Thanks a lot.")
    'What is an IPO?'
    >>> asked_part("My bike squeaks. How do I stop that?"), asked_part("What is an IPO?")
    (None, None)
    """
    if language not in LANGUAGES or not _SEVERAL.search(message.strip()):
        return None
    spans = split_sentences(message, 0, len(message), language)
    sentences = [message[start:end] for start, end in spans]
    asking = [each for each in sentences if ends_asking(each)]
    if not asking or len(asking) == len(sentences) or any(map(_BACK.search, asking)):
        return None
    asked = " ".join(asking)
    return asked if len(asked.split()) >= _FEWEST_WORDS else None
