"""Pages of a PDF whose text cannot be trusted, each with the reason. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qa.datatypes import Skipped
from qa.documents.formats.pdf_characters import PageText
from qa.documents.formats.pdf_layout import Region
from qa.documents.formats.pdf_lines import follows
from qa.languages import described

UNKNOWN_SHARE = 0.1
"""Share of a page's signs without a letter from which on the page is named."""
LONG_WORD, FEWEST_LONG, GLUED_SHARE = 30, 3, 0.2
"""A page is named that has so many words of so many letters or more, and such a share of all its
letters in them; German paragraphs hold 0.14 at most, English ones none."""
FEWEST_MIRRORED, MIRRORED_SHARE = 4, 0.1
"""So many words, and such a share of all, are common ones from right to left, and far more than
from left to right. Of 11,600 paragraphs in a dozen languages (SQuAD 2.0 dev, XQuAD, MLQA, FQuAD and
others) both rules name one wrongly; mirrored, they name 95 % of the German and French ones."""
WOVEN_LETTERS, FEWEST_TURNS, TURNING_SHARE = 12, 4, 0.3
"""A page is named on which so many stretches of so many letters, and such a share of all, go on
behind the next one; `tests/documents/test_pdf_order.py` holds such a page and others."""

_LETTERS = re.compile(r"[^\W\d_]+")
_UNBROKEN_SCRIPT = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)


def doubtful_pages(
    pages: Sequence[PageText],
    texts: Mapping[int, str],
    layout: Mapping[int, Sequence[Region]],
    source: str,
) -> Iterator[Skipped]:
    """What speaks against the text of each page; `texts`, `layout`: what was read, by number."""
    for page in pages:
        read = doubt_of(texts.get(page.number, "")), _woven(layout.get(page.number, ()))
        reasons = [*page.notes, _unknown_signs(page), *read]
        for reason in filter(None, reasons):
            yield Skipped(f"{source} (page {page.number})", reason)


def doubt_of(text: str) -> str:
    """Why the words of a text look wrong: glued together or mirrored; "" where they do not.

    >>> doubt_of("Thewholepageiswrittenwithoutanyblanksatall. " * 3)
    'Its words stand without blanks between them, so single words are not found in it.'
    >>> doubt_of("eht gnik fo eht dnal dna eht neeuq fo eht aes erew ni eht llah")
    'Its words run backwards, as in a mirror.'
    >>> doubt_of("The king of the land and the queen of the sea were in the hall.")
    ''
    """
    words = _LETTERS.findall(text.casefold())
    letters = sum(map(len, words))
    long = [w for w in words if len(w) >= LONG_WORD and not _UNBROKEN_SCRIPT.search(w)]
    if len(long) >= FEWEST_LONG and sum(map(len, long)) >= GLUED_SHARE * letters:
        return "Its words stand without blanks between them, so single words are not found in it."
    forward, backward = (max(held) for held in _common_words(words))
    least = max(FEWEST_MIRRORED, MIRRORED_SHARE * len(words), 2 * forward + 1)
    if backward >= least:
        return "Its words run backwards, as in a mirror."
    return ""


def _common_words(words: Sequence[str]) -> tuple[list[int], list[int]]:
    """How many words are function words of each described language as they stand, and how many
    from right to left; words that are both are passed over."""
    lists = [language.function_words for language in described()]
    every = frozenset().union(*lists)
    told = [word for word in words if len(word) > 2 and not {word, word[::-1]} <= every]
    forward = [sum(word in common for word in told) for common in lists]
    return forward, [sum(word[::-1] in common for word in told) for common in lists]


def _unknown_signs(page: PageText) -> str:
    signs = sum(bool(character.text.strip()) for character in page.characters)
    if page.unknown <= UNKNOWN_SHARE * max(1, signs):
        return ""
    return (
        f"{page.unknown:,} of its {signs:,} signs cannot be told: the file does not say which "
        "letters they are. Print it to a new PDF, or have it read as a picture."
    )


def _woven(found: Sequence[Region]) -> str:
    """Whether lines are read by turns of which the file writes each after the one before the last:
    two columns that could not be told apart."""
    runs = [run for region in found for line in region.lines for run in line.runs]
    long = [(first, last) for first, last in runs if last - first >= WOVEN_LETTERS]
    turns = sum(
        follows(before[1], after[0]) and not follows(before[1], between[0])
        for before, between, after in zip(long, long[1:], long[2:], strict=False)
    )
    if turns < max(FEWEST_TURNS, TURNING_SHARE * len(long)):
        return ""
    return "Its lines seem to be woven of two columns, so that its sentences are torn apart."
