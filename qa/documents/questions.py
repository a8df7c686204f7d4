"""Lines that ask something, as the questions in a list of frequently asked ones do. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from qa.languages import any_of

QUESTION_MARKS = ("?", "\uff1f", "\u061f")
"""Latin, full-width and Arabic."""

FEWEST_QUESTIONS = 3
"""So many questions above answers make headings of them where other headings are marked."""

_NUMBER = re.compile(r"\s*\(?\d{1,3}[.)]\s+\S")
_INNER_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019\u00bb)\]]{0,3}\s")

LONGEST, MOST_WORDS = 200, 30
FEW_WORDS = 14
"""Several sentences of so many words may still be one question: "I lost it. What now?"."""


@cache
def _label() -> re.Pattern[str]:
    """What names a question in a list, in any language: "Q:", "Question 3.", "Q12". Made at first
    use, for it loads all languages, and answering asks for question marks only."""
    labels = any_of(lambda language: language.question_labels)
    return re.compile(rf"\s*(?:{labels}\s*\d{{0,3}}\s*[:.)]|Q\d{{1,3}})\s+\S", re.I)


def ends_asking(text: str) -> bool:
    """Whether a text ends in a question mark.

    >>> ends_asking("Why? "), ends_asking("Why? Because.")
    (True, False)
    """
    return text.rstrip().endswith(QUESTION_MARKS)


def is_labelled(line: str) -> bool:
    """Whether a line says of itself that it is a question: "Q: …", "Question 3. …".

    >>> is_labelled("Q: Does it float?"), is_labelled("Quiet: yes")
    (True, False)
    """
    return _label().match(line) is not None


def is_question(text: str) -> bool:
    """A question on a line of its own, with a number or a label before it or without.

    >>> [is_question(text) for text in ("how do i pay?", "2) How do I pay?", "Q1: Pay how?")]
    [True, True, True]
    >>> [is_question(text) for text in ("How to pay", "??", "- Tea?")]
    [False, False, False]
    """
    line = text.strip()
    if not ends_asking(line) or "\n" in line or len(line) > LONGEST:
        return False
    count = len(line.split())
    begins = line[:1].isalnum() or line[:1] == "¿" or _label().match(line) or _NUMBER.match(line)
    one = count <= MOST_WORDS and not _INNER_END.search(_without_number(line))
    letters = any(character.isalpha() for character in line)
    return bool(begins) and letters and (one or count <= FEW_WORDS)


def _without_number(line: str) -> str:
    return re.sub(r"^\s*(?:\w{1,9}\s*)?\(?\d{0,3}[.:)]\s+", "", line)


def questions_apart(lines: Sequence[str]) -> list[list[str]]:
    """Lines of one paragraph, a question that stands above its answer apart from it.

    Labelled questions are found anywhere, others on the first line only; a line above another
    question is left where it is, for it belongs to a list of questions.

    >>> questions_apart(["Q: Tea?", "A: Yes.", "Q: Milk?", "A: No."])
    [['Q: Tea?'], ['A: Yes.'], ['Q: Milk?'], ['A: No.']]
    >>> questions_apart(["How do I pay?", "By card,", "or in cash."])
    [['How do I pay?'], ['By card,', 'or in cash.']]
    >>> questions_apart(["How do I pay?", "Who ships?"]), questions_apart(["Why not?"])
    ([['How do I pay?', 'Who ships?']], [['Why not?']])
    """
    parts: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        answered = bool(below.strip()) and not is_question(below)
        if answered and is_question(line) and (number == 0 or is_labelled(line)):
            parts += [[line], []]
        else:
            parts[-1].append(line)
    return [part for part in parts if part]
