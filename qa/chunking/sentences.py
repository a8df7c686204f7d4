"""Sentence ends, found by sentencex within lines, list items and table rows. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qa.chunking.packing import Span, between, breakable
from qa.documents.blocks import states, words

_ITEM = re.compile(r"\s*(?:[-*+•▪◦‣·–—]|\(?(?:\d{1,3}|[A-Za-z])[.)]|\||#{1,6})\s+\S|\s*\|")


_MARKER = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z])[.)]\s*")


_KEY_VALUE = re.compile(r"\s*([^\s:：.!?][^:：.!?\n\t]{0,40})(?:：\s*|:\s+|\t\s*)\S")


_LABEL = re.compile(r"\s*[^\s:：.!?][^:：.!?\n\t]{0,40}[:：]\s*")


RECORD_WORDS = 25
"""A record of fewer words is one unit even where it is the only one of its kind; from so many
words on a text counts as running text (`qa.documents.blocks.is_prose`)."""


def split_sentences(text: str, start: int, end: int, language: str) -> list[Span]:
    """Sentence spans of `text[start:end]`, in order, without the whitespace around them.

    Nothing but whitespace lies between them. None crosses a blank line, a Markdown heading,
    a table row or the beginning of a list item; lines that were only wrapped are joined, as is
    a label ("Name:") with the line below it.

    >>> text = "Dr. Ode left. He came back!\\n\\n- first item\\n- second item"
    >>> [text[a:b] for a, b in split_sentences(text, 0, len(text), "en")]
    ['Dr. Ode left.', 'He came back!', '- first item', '- second item']
    """
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    spans: list[Span] = []
    for block_start, block_end in _line_groups(text, start, end):
        block = text[block_start:block_end]
        cuts = {block_start, block_end}
        for boundary in get_sentence_boundaries(language, block):
            cut = block_start + int(boundary["start_index"])
            while cut < block_end and not breakable(text, cut):
                cut += 1
            in_code = _in_code(text, block_start, cut, block_end)
            if not in_code and not _MARKER.fullmatch(text, block_start, cut):
                cuts.add(cut)
        spans.extend(between(text, sorted(cuts)))
    return _merge_wordless(text, spans)


_CODE_POINT = re.compile(r"[^\W\u2e80-\uffff]\.(?=[^\W\u2e80-\uffff])")
_NEAR = 60


def _in_code(text: str, start: int, cut: int, end: int) -> bool:
    """Whether `cut` lies behind a point within a code: without a blank, and with a digit.

    >>> _in_code("the GF.LL.443 fits", 0, 7, 18), _in_code("the end.Then 443", 0, 8, 16)
    (True, False)
    """
    if cut - start < 2 or not _CODE_POINT.match(text, cut - 2, end):
        return False
    before, after = text[max(start, cut - _NEAR) : cut], text[cut : min(end, cut + _NEAR)]
    return any(character.isdigit() for character in before.split()[-1] + after.split()[0])


def _line_groups(text: str, start: int, end: int) -> Iterator[Span]:
    """Runs of lines that belong together: wrapped lines of a paragraph, or one list item."""
    group: list[Span] = []
    for line in _lines(text, start, end):
        stripped = text[line[0] : line[1]].strip()
        if not stripped:
            yield from _joined(text, group)
            group = []
        else:
            group.append(line)
    yield from _joined(text, group)


def _joined(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Joins the lines of a paragraph where a line is followed by its continuation."""
    width = max((b - a for a, b in lines), default=0)
    begin = None
    for number, (a, b) in enumerate(lines):
        begin = a if begin is None else begin
        if number + 1 == len(lines) or not _continues(text, (a, b), lines[number + 1], width):
            yield begin, b
            begin = None


def _continues(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether `following` goes on with the sentence of `line` (a wrapped line)."""
    now, then = text[line[0] : line[1]], text[following[0] : following[1]]
    if _ITEM.match(then) or _KEY_VALUE.match(then) or re.match(r"\s*#{1,6}\s", now):
        return False
    if now.lstrip().startswith("|"):
        return False
    if _LABEL.fullmatch(now):
        return not _LABEL.fullmatch(then)
    length = len(now.rstrip())
    return then.lstrip()[:1].islower() or (length >= 25 and length >= 0.6 * width)


def records(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Index ranges of the `spans` that are lines "label: value" of one record.

    The lines follow each other without a blank one, each with another label. They are a record
    if another one begins with the same label, or if there are few words in them: what is asked
    of one line ("Olav's plot?") is often told by another ("Name: Olav").

    >>> text = "Name: Olav\\nPlot: 14\\n\\nName: Tone\\nPlot: 22"
    >>> list(records(text, split_sentences(text, 0, len(text), "en")))
    [(0, 2), (2, 4)]
    """
    found: list[tuple[int, int, str]] = []
    first, before = 0, 0
    labels: list[str] = []
    for number, (start, end) in enumerate([*spans, (len(text), len(text))]):
        match = _KEY_VALUE.match(text, start, end)
        listed = _ITEM.match(text, start, end) or states(text[start:end], 6)
        label = match[1].casefold() if match and not listed else ""
        if labels and (not label or label in labels or text.count("\n", before, start) != 1):
            found.append((first, number, labels[0]))
            labels = []
        if label:
            first = first if labels else number
            labels.append(label)
        before = end
    names = Counter(name for first, last, name in found if last - first > 1)
    for first, last, name in found:
        short = words(text[spans[first][0] : spans[last - 1][1]]) < RECORD_WORDS
        if last - first > 1 and (short or names[name] > 1):
            yield first, last


def record_lines(sentence: str) -> list[tuple[Span, Span]]:
    """The lines of a sentence that is a record, see `records`, each with its label; none of any
    other.

    >>> record_lines("Name: Olav\\nPlot: 14"), record_lines("It was\\nlate.")
    ([((0, 10), (0, 4)), ((11, 19), (11, 15))], [])
    """
    lines = list(_line_groups(sentence, 0, len(sentence)))
    labels = [match.span(1) for each in lines if (match := _KEY_VALUE.match(sentence, *each))]
    return list(zip(lines, labels, strict=True)) if 1 < len(lines) == len(labels) else []


def label_of(sentence: str) -> tuple[str, str] | None:
    """Label and value of a sentence "label: value"; the value is "" where only a label stands.

    >>> label_of("Item: Rope"), label_of("Name:"), label_of("It was late.")
    (('Item', 'Rope'), ('Name', ''), None)
    """
    if match := _KEY_VALUE.match(sentence):
        return match[1], sentence[match.end() - 1 :]
    return (sentence.strip(" \n:："), "") if _LABEL.fullmatch(sentence) else None


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _merge_wordless(text: str, spans: Iterable[Span]) -> list[Span]:
    """Gives a "sentence" without letter or digit ("!", a smiley) to the one before it."""
    merged: list[Span] = []
    for start, end in spans:
        wordless = not any(character.isalnum() for character in text[start:end])
        if wordless and merged and text.count("\n", merged[-1][1], start) < 2:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
