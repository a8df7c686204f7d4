"""How much each signal counts in one corpus, chosen from the corpus itself. Pure.

Where headings are questions, as in lists of frequently asked ones, a user's question is a
paraphrase of a heading more often than it shares words with an answer: the heading counts more
there, and words less. Elsewhere the weights are the same for every corpus. Weights fitted to a
corpus, by asking its own sentences as if they were questions, did worse for the questions that
people ask; see benchmarks/quality/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.answering.fusion import Weights
from qa.documents.questions import ends_asking
from qa.languages.language import Language

ASKING_SHARE, FEWEST_ASKING = 0.3, 8
"""From this share of passages under a heading that asks, and this many such headings, the corpus
is a list of questions; one article called "What is …?" is none."""

_FIRST_WORD = re.compile(r"\w+\b")

QUESTIONS = Weights(
    dense=0.77,
    max_sentence=0.77,
    heading=0.61,
    bm25=0.23,
    idf_coverage=0.15,
    sentence_coverage=0.1,
    complete=0.15,
)
"""Chosen on StackFAQ. Vectors count as much in sum as with the usual weights, so that scores
keep their scale."""


def asks(heading: str, language: Language) -> bool:
    """Whether a heading is a question: by its mark, or by its first word if that opens one.

    >>> from qa.languages import language_of
    >>> english = language_of("en")
    >>> asks("How do I pay?", english), asks("How to pay by card", english)
    (True, True)
    >>> asks("Payment", english), asks("What ifs", english)
    (False, False)
    """
    if ends_asking(heading):
        return True
    first = _FIRST_WORD.match(heading.strip())
    opens = first is not None and first[0].lower() in language.question_openers
    return opens and len(heading.split()) > 2


def choose_weights(headings: Iterable[str], language: Language) -> tuple[Weights, str]:
    """Weights for a corpus, and why; `headings` are those nearest above each passage.

    >>> headings = [*(f"How do I pay {n}?" for n in range(8)), "Contact"]
    >>> choose_weights(headings, Language("xx"))[1]
    '8 of 9 passages stand under a question: headings count more, words less.'
    """
    asking, count = 0, 0
    distinct: set[str] = set()
    for heading in headings:
        count += 1
        if asks(heading, language):
            asking += 1
            distinct.add(heading)
    if len(distinct) >= FEWEST_ASKING and asking >= ASKING_SHARE * count:
        reason = f"{asking:,} of {count:,} passages stand under a question: "
        return QUESTIONS, f"{reason}headings count more, words less."
    return Weights(), f"The usual ones: {asking:,} of {count:,} passages stand under a question."
