"""The words and patterns that a language may have. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

TERM = r"[^\W\d_][\w-]*(?: [\w-]+){0,3}?"
"""Regular expression of a term of one to four words."""


def words(text: str) -> frozenset[str]:
    """The words of a text, separated by white space.

    >>> sorted(words("who what"))
    ['what', 'who']
    """
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class AnswerTypes:
    """What a question asks for, and what a sentence looks like that gives it.

    `kinds`: pairs of patterns; where the first is found in the question, a sentence in which
    the second is found is more likely the answer ("when", and a date). `definition` matches a
    question for the meaning of a term, which is its group 1; `defines` follows the term in a
    sentence that begins by defining it. `acronym` is found in questions for the words that an
    acronym stands for; `not_acronyms` are words of such questions that are none.
    """

    kinds: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    definition: re.Pattern[str]
    defines: str
    acronym: re.Pattern[str]
    not_acronyms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How typing slips are told from words.

    `keyboard_rows`: the letters of each row of keys, from the left. `word_endings`: letters that
    end inflected words; words that differ in such a last letter only are two words.
    `model_words`: whether the words of the embedding model's vocabulary are of this language,
    so that slips may be corrected to them.
    """

    keyboard_rows: tuple[str, ...]
    word_endings: frozenset[str]
    model_words: bool = False


@dataclass(frozen=True, slots=True)
class ExampleQuestions:
    """How documents suggest questions. Each `{}` stands for the acronym, term or heading.

    `defined` and `named` find sentences that define a term, their group `term`, which does not
    begin with one of `not_terms`. `articles`, capitalised, may stand before a term;
    `conjunction` may stand between the words of an acronym and the acronym itself.
    """

    acronym: str
    term: str
    heading: str
    defined: re.Pattern[str]
    named: re.Pattern[str]
    not_terms: frozenset[str]
    articles: tuple[str, ...]
    conjunction: str


@dataclass(frozen=True, slots=True)
class PageWords:
    """Regular expressions of what stands on a page beside its text, without capital letters.

    `counted`: what a counter counts ("votes"). `waiting`: notes while something is loaded.
    `prompts`: requests to the visitor ("rate this"). `pointers`: lines that begin so lead
    elsewhere ("related articles"). `interruptions`: whole lines that interrupt a text again and
    again. `consent`: buttons that answer a cookie bar; `choices`: other buttons on it. `untitled`:
    titles that programs give to files without one.
    """

    counted: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    interruptions: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    untitled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The words and patterns of one language; an empty one switches off what needs it.

    Words are in lower case. `code`: ISO 639-1. `stop_words`: function words, by which a question
    shows its language. `asking_words` ask, and say nothing of what is asked about.
    `courtesy_words` stand around a question and say nothing. `back_references` point at what was
    said before, and are no articles. `question_openers` begin a question that may lack its mark.
    `question_labels` name a question in a list ("Question 3: …"). `of_pages` stands between page
    number and number of pages.
    `plural_ending` makes a plural of nearly any noun; `term_patterns` with their replacements
    bring words to one form before they are indexed. `foreign_questions` are about everyday
    matters of many kinds; hardly any corpus answers three in four of them.
    """

    code: str
    stop_words: frozenset[str] = frozenset()
    asking_words: frozenset[str] = frozenset()
    courtesy_words: frozenset[str] = frozenset()
    back_references: frozenset[str] = frozenset()
    question_openers: frozenset[str] = frozenset()
    question_labels: tuple[str, ...] = ()
    of_pages: str = ""
    page_words: PageWords | None = None
    plural_ending: str = ""
    term_patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    answer_types: AnswerTypes | None = None
    spelling: Spelling | None = None
    examples: ExampleQuestions | None = None
    foreign_questions: tuple[str, ...] = ()

    @property
    def function_words(self) -> frozenset[str]:
        """Stop words and asking words."""
        return self.stop_words | self.asking_words

    def refers_back(self, words: Iterable[str]) -> bool:
        """Whether one of `words` points at what was said before.

        >>> Language("en", back_references=frozenset({"it"})).refers_back(["It", "rains"])
        True
        """
        return any(word.casefold() in self.back_references for word in words)
