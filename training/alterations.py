"""Examples made of others: shorter passages, and passages and questions that no longer match.

Public sets have few questions that a passage nearly answers. Two kinds can be made of any
example with a marked answer: the passage without the sentence that answers, and the question
about another name or number of the same passage (most of what makes SQuAD 2.0's questions
unanswerable, Rajpurkar et al. 2018, table 1). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from qa.chunking.sentences import split_sentences
from training.examples import Example

_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_NAME = re.compile(r"(?<=[\w,] )[A-Z]\w+(?: [A-Z]\w+)*")
"""Capitalised words within a sentence."""


def shortened(example: Example, words: int, random: Random) -> Example:
    """Neighbouring sentences of the passage, at most about `words` words, with the answer in
    them where there is one; the passage itself where it is short already.

    A passage that was only judged as a whole stays as it is.
    """
    if example.answers and not example.spans:
        return example
    sentences = split_sentences(example.passage, 0, len(example.passage), "en")
    lengths = [len(example.passage[a:b].split()) for a, b in sentences]
    if len(sentences) < 2 or sum(lengths) <= words:
        return example
    wanted = random.choice(example.spans) if example.spans else random.choice(sentences)
    held = [n for n, (a, b) in enumerate(sentences) if a < wanted[1] and wanted[0] < b]
    first, last = held[0], held[-1]
    while True:
        total = sum(lengths[first : last + 1])
        grown = [
            (a, b)
            for a, b in ((first - 1, last), (first, last + 1))
            if a >= 0 and b < len(sentences) and total + lengths[a if a < first else b] <= words
        ]
        if not grown:
            break
        first, last = random.choice(grown)
    return _cut(example, sentences[first][0], sentences[last][1])


def _cut(example: Example, start: int, end: int) -> Example:
    spans = tuple((a - start, b - start) for a, b in example.spans if start <= a and b <= end)
    return replace(example, passage=example.passage[start:end], spans=spans)


def without_answer(example: Example) -> Example | None:
    """The passage without its answering sentences, or None where it may answer even then."""
    if not example.spans:
        return None
    text = example.passage
    sentences = split_sentences(text, 0, len(text), "en")
    left = [
        text[a:b]
        for a, b in sentences
        if not any(a < end and start < b for start, end in example.spans)
    ]
    rest = " ".join(left)
    told = rest.casefold()
    answers = (text[start:end].casefold() for start, end in example.spans)
    if not left or any(answer in told for answer in answers):
        return None
    return _denied(replace(example, passage=rest))


def about_another(example: Example, random: Random) -> Example | None:
    """A name or number of the question exchanged for another of the passage; None if it has none.

    The new one is neither part of an answer nor of the question.
    """
    if not example.spans:
        return None
    for kind in random.sample([_NAME, _NUMBER], 2):
        asked = list(kind.finditer(example.question))
        if not asked:
            continue
        old = random.choice(asked)
        others = _others(kind, example)
        if others:
            question = example.question
            question = question[: old.start()] + random.choice(others) + question[old.end() :]
            return _denied(replace(example, question=question))
    return None


def _others(kind: re.Pattern[str], example: Example) -> Sequence[str]:
    asked = example.question.casefold()
    answers = [example.passage[a:b].casefold() for a, b in example.spans]
    found = dict.fromkeys(match.group() for match in kind.finditer(example.passage))
    return [
        name
        for name in found
        if name.casefold() not in asked
        and not any(name.casefold() in answer or answer in name.casefold() for answer in answers)
    ]


def _denied(example: Example) -> Example:
    return replace(example, answers=False, spans=(), kind="made-unanswerable")


def mixed(
    examples: Sequence[Example], *, short: float, words: int, denied: float, random: Random
) -> list[Example]:
    """`examples`, a share `short` of them shortened, and after a share `denied` of those with a
    marked answer one that was made of it and has none."""
    found: list[Example] = []
    for whole in examples:
        example = shortened(whole, words, random) if random.random() < short else whole
        found.append(example)
        if example.spans and random.random() < denied:
            made = (about_another(example, random), without_answer(example))
            possible = [one for one in made if one is not None]
            if possible:
                found.append(random.choice(possible))
    return found
