"""What belongs to one language alone: its words and patterns, one file a language.

`language_of` gives them, `detection` tells in which language a text is written. What a language
lacks is left out of its file, and the feature that needs it is switched off for texts in that
language; nothing is borrowed from another one. This package knows nothing of documents, indexes
or questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module

from qa.languages.language import Language

DESCRIBED = ("de", "en", "es", "fr", "it")
"""ISO 639-1 codes of the languages that have a file here."""

DEFAULT = "en"
"""The language of texts that are too short to tell."""


@cache
def language_of(code: str) -> Language:
    """The words and patterns of a language; empty ones for a language that has no file.

    >>> language_of("de").question_labels, language_of("sv").question_labels
    (('Frage',), ())
    """
    if code not in DESCRIBED:
        return Language(code)
    language: Language = import_module(f"qa.languages.{code}").LANGUAGE
    return language


def any_of(words: Callable[[Language], Iterable[str]]) -> str:
    """A regular expression for the words of any language that has a file, for texts that are
    read before their language is known.

    >>> any_of(lambda language: [language.of_pages])
    '(?:von|of|de|sur|di)'
    """
    found = dict.fromkeys(word for language in described() for word in words(language) if word)
    return f"(?:{'|'.join(found)})"


def described() -> list[Language]:
    """All languages that have a file, for texts whose language is not known yet."""
    return [language_of(code) for code in DESCRIBED]
