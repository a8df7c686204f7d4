"""How much each signal counts in one corpus, chosen from the corpus itself. Pure.

Where headings are questions, as in lists of frequently asked ones, a user's question is a
paraphrase of a heading more often than it shares words with an answer: the heading counts more
there, and words less. Elsewhere the weights are the same for every corpus: what a corpus's own
sentences prefer when they are asked as questions was not what real questions prefer, see
benchmarks/quality/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.answering.fusion import Weights

ASKING_SHARE, FEWEST_ASKING = 0.3, 8
"""From this share of passages under a heading that asks, and this many such headings, the corpus
is a list of questions; one article called "What is …?" is none."""

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

_ASKING = re.compile(
    r"(?:how|what|why|when|where|who|whom|whose|which|can|could|do|does|did|is|are|was|were|should"
    r"|will|would|may|must|have|has)\b",
    re.IGNORECASE,
)


def asks(heading: str) -> bool:
    """Whether a heading is a question: by its mark, or an English one by its first word.

    >>> asks("How do I pay?"), asks("How to pay by card"), asks("Payment"), asks("What ifs")
    (True, True, False, False)
    """
    text = heading.strip()
    if text.endswith(("?", "\uff1f", "\u061f")):
        return True
    return len(text.split()) > 2 and _ASKING.match(text) is not None


def choose_weights(headings: Iterable[str]) -> tuple[Weights, str]:
    """Weights for a corpus, and why; `headings` are those nearest above each passage.

    >>> choose_weights([*(f"How do I pay {n}?" for n in range(8)), "Contact"])[1]
    '8 of 9 passages stand under a question: headings count more, words less.'
    """
    asking, count = 0, 0
    distinct: set[str] = set()
    for heading in headings:
        count += 1
        if asks(heading):
            asking += 1
            distinct.add(heading)
    if len(distinct) >= FEWEST_ASKING and asking >= ASKING_SHARE * count:
        reason = f"{asking:,} of {count:,} passages stand under a question: "
        return QUESTIONS, f"{reason}headings count more, words less."
    return Weights(), f"The usual ones: {asking:,} of {count:,} passages stand under a question."
