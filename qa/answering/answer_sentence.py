"""Which sentence of a passage answers the question. Pure.

A sentence counts by its cosine, by the share of the question's words that it holds, by the
share that the sentence before it holds ("It …" goes on about what was named before), and by
whether it has the form that the question asks for (`qa.answering.answer_type`). One that only
repeats words of the question (a heading, a label) answers nothing, and comes last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answering.answer_type import answer_type_gain
from qa.chunking.sentences import label_of
from qa.documents.blocks import states
from qa.documents.questions import ends_asking

if TYPE_CHECKING:
    from qa.datatypes import Scores
    from qa.languages.language import Language

SHARE_WEIGHT = 1.0
BEFORE_WEIGHT = 0.3
"""Chosen on one half of SQuAD 2.0's dev questions, checked on the other."""

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3
"""So many words and a full stop are a statement; fewer may be an abbreviation."""


@dataclass(frozen=True, slots=True)
class BestSentence:
    """The sentence that was chosen: its position in its passage, the gain in score that the
    passage has from it, because it has the form that the question asks for, by how much it is
    ahead of the next best one (0 where there is no other), and whether it adds anything to the
    question, see `adds_nothing`."""

    position: int
    gain: float
    lead: float
    adds_nothing: bool = False


def term_share(term_weights: Mapping[str, float], terms: Collection[str]) -> float:
    """Share of the question's terms, by their weights, that a sentence holds, 0 … 1.

    >>> term_share({"kpo": 3.0, "mean": 1.0}, ["kpo", "is", "kpo"])    # 3 of 4
    0.75
    """
    total = sum(term_weights.values())
    held = sum(weight for term, weight in term_weights.items() if term in terms)
    return held / total if total else 0.0


def opens_referring_back(sentence: str, language: Language) -> bool:
    """Whether a sentence begins with a word that stands for something said before.

    >>> from qa.languages import language_of
    >>> opens_referring_back("It costs five euros.", language_of("en"))
    True
    """
    opening = _WORD.search(sentence)
    return opening is not None and language.refers_back([opening[0]])


def adds_nothing(
    sentence: str, asked: Collection[str], terms_of: Callable[[str], Collection[str]]
) -> bool:
    """Whether a sentence only repeats words of the question, and so cannot answer it.

    It is no statement but a heading, a label or a question, all of whose terms are `asked`; of a
    label and its value it is the value that has to tell something, unless both are asked for.

    >>> asked = {"sum", "rope"}
    >>> split = lambda text: text.lower().split()
    >>> adds_nothing("Item: Rope", asked, split), adds_nothing("Sum: 12", asked, split)
    (True, False)
    >>> adds_nothing("Rope: sum", asked, split), adds_nothing("Rope", asked, split)
    (False, True)
    """
    if states(sentence, _FEWEST_WORDS) and not ends_asking(sentence):
        return False
    label = label_of(sentence)
    if label is None:
        return all(term in asked for term in terms_of(sentence))
    named, value = terms_of(label[0]), terms_of(label[1])
    if not all(term in asked for term in value):
        return False
    return not value or not all(term in asked for term in named)


def best_sentence(
    question: str,
    cosines: Scores,
    shares: Sequence[float],
    sentences: Sequence[str],
    language: Language,
    fits: Sequence[int] = (),
    empty: Sequence[bool] = (),
) -> BestSentence:
    """The sentence that answers; the first of equals. It is among those that
    fit the literal words of the question best, by `fits`, where these are given.

    `cosines`, float32 (n,), `shares`, n values of `term_share`, `sentences`, n ≥ 1 texts, and
    `empty`, which of them add nothing to the question, belong to one passage, in order.
    `language` is the question's.
    """
    gain_of = answer_type_gain(question, language)
    gains = [gain_of(text) for text in sentences]
    scores = [
        float(cosine) + SHARE_WEIGHT * share + BEFORE_WEIGHT * before + gain
        for cosine, share, before, gain in zip(
            cosines, shares, [0.0, *shares[:-1]], gains, strict=True
        )
    ]
    nothing = list(empty) or [False] * len(scores)
    ranks = [(fits[at] if fits else 0, not nothing[at], scores[at]) for at in range(len(scores))]
    best = ranks.index(max(ranks))
    others = [s for n, s in enumerate(scores) if n != best and nothing[n] <= nothing[best]]
    lead = scores[best] - max(others) if others else 0.0
    return BestSentence(best, gains[best], lead, nothing[best])
