"""What is asked: which language, which part of a message, and whether it can be asked. Pure.

People write "Hello, I am new here. What is an IPO? Thanks!". The words around the question find
other passages, so they count less; they do count, for they often name what it is about.
"""

from __future__ import annotations

import re

from qa.chunking.sentences import split_sentences
from qa.documents.questions import ends_asking
from qa.errors import InputError
from qa.languages import described
from qa.languages.language import Language
from qa.settings import MAX_QUESTION_CHARACTERS

ASIDE_WEIGHT = 0.4
"""What a word counts that is only said around the question."""

FEWEST_FUNCTION_WORDS = 2
"""So many function words show that a question is in another language than the texts."""

_SEVERAL = re.compile(r"[.!?\u2026][\"'\u201d\u2019)]{0,2}\s|\n")
_WORD = re.compile(r"[^\W\d_]+")
_CODED = re.compile(r"\S*\d\S*")
"""Letters beside digits are of no language."""
_FEWEST_WORDS = 3


def check_question(question: str) -> str:
    """The question without surrounding space. Raises InputError if it cannot be asked."""
    if not isinstance(question, str):
        raise InputError(f"A question must be text, not {type(question).__name__}.")
    text = question.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").strip()
    if not text:
        raise InputError("The question is empty; type what you want to know.")
    if len(text) > MAX_QUESTION_CHARACTERS:
        raise InputError(
            "The question has {characters} characters; ask in at most {most}.",
            characters=len(text),
            most=MAX_QUESTION_CHARACTERS,
        )
    return text


def question_language(question: str, expected: Language) -> Language:
    """The language of a question: `expected`, that of the texts, unless its words show another.

    It is another one if several of its words are function words of that language, and none is
    one of the expected language.

    >>> from qa.languages import language_of
    >>> english = language_of("en")
    >>> question_language("Wann ist die Miete zu zahlen?", english).code
    'de'
    >>> question_language("die casting pressure", english).code
    'en'
    """
    words = [word.lower() for word in _WORD.findall(_CODED.sub(" ", question))]

    def count(language: Language) -> int:
        function_words = language.function_words
        return sum(word in function_words for word in words)

    if count(expected) or not expected.function_words:
        return expected
    found = max(described(), key=count)
    return found if count(found) >= FEWEST_FUNCTION_WORDS else expected


def asks_something(question: str, language: Language) -> bool:
    """Whether a text asks, and is not only words to look up.

    >>> from qa.languages import language_of
    >>> english = language_of("en")
    >>> asks_something("what is the sum", english), asks_something("drive belt", english)
    (True, False)
    """
    words = (word.lower() for word in _WORD.findall(question))
    return ends_asking(question) or any(word in language.asking_words for word in words)


def asked_part(message: str, language: Language) -> str | None:
    """The sentences of `message` that ask, where others stand around them.

    None where everything asks, nothing does, or the question refers back to what was said;
    also in a language whose back-referring words are not known.

    >>> from qa.languages import language_of
    >>> english = language_of("en")
    >>> asked_part("Hello! I am new here. What is an IPO? Thanks a lot.", english)
    'What is an IPO?'
    >>> asked_part("My bike squeaks. How do I stop that?", english) is None
    True
    """
    if not language.back_references or not _SEVERAL.search(message.strip()):
        return None
    spans = split_sentences(message, 0, len(message), language.code)
    sentences = [message[start:end] for start, end in spans]
    asking = [sentence for sentence in sentences if ends_asking(sentence)]
    refers_back = language.refers_back(_WORD.findall(" ".join(asking)))
    if not asking or len(asking) == len(sentences) or refers_back:
        return None
    asked = " ".join(asking)
    return asked if len(asked.split()) >= _FEWEST_WORDS else None
