"""Plain text → blocks: paragraphs, headings, lists, tables, code. Pure.

Also what can be said of a block by its shape alone: whether it is prose, structured
(a list, a table, key and value, several lines) or could be a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.documents.questions import FEWEST_QUESTIONS, ends_asking, is_question, questions_apart


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a table that a block is: the names of the table's columns ("" where one has none)
    and the length of each cell's text, 0 for an empty one; no lengths: a line across the table."""

    names: tuple[str, ...]
    lengths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document between blank lines, its markup removed.

    `level`: 1 … 6 for a heading, 0 for anything else. `fixed`: marked as code or a table.
    `links`: nothing but links. `page`: number of its page, for paged documents. `turn`: where
    it goes on on another page, (first character there, number of that page). `row`: the row of a
    table that its text is.
    """

    text: str
    level: int = 0
    fixed: bool = False
    links: bool = False
    page: int | None = None
    turn: tuple[int, int] | None = None
    row: Row | None = None


_ITEM = re.compile(r"\s*(?:[-*+•▪◦‣·–—]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s+\S")
_PAIR = re.compile(r"\s*[^\s:.!?…][^:.!?…\n]{0,60}(?::\s+|\s+[-–—=→]\s+|\t)\S")
_CODE = re.compile(
    r"^(?: {4}|\t)\S|[{};]$|^[ \t]*(?:#|//|\$ |>>> )|\w\([^()\n]*\)[ \t]*$|\w = \S", re.M
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]{0,3}\s|(?<=[。！？])")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LABEL = re.compile(r"\s*[^\s:：.!?][^:：.!?\n]{0,40}[:：]\s*")
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010][ \t]*\n[ \t]*(?=([^\W\d_]{2,}))")
_UNDERLINE = re.compile(r"\s*(=+|-{3,})\s*")
_SETEXT_LEVEL = {"=": 1, "-": 2}


def words(text: str) -> int:
    """How many words; where none are separated by spaces, two characters count as one.

    >>> words("Two words"), words("你好世界")
    (2, 2)
    """
    wide = len(_WIDE.findall(text))
    return wide // 2 if wide * 2 > len(text) else len(text.split())


def states(text: str, least: int) -> bool:
    """Whether a sentence of at least `least` words ends in a full stop.

    >>> states("It rained all day long.", 4), states("Rate your stay with us!", 4)
    (True, False)
    """
    sentences = (part.strip().rstrip("\"'”’»)]") for part in _SENTENCE_END.split(text))
    return any(
        sentence.endswith((".", "。")) and not sentence.endswith("...") and words(sentence) >= least
        for sentence in sentences
    )


def is_prose(text: str) -> bool:
    """Running text: a statement of six words or more, or simply a lot of words.

    >>> is_prose("The refund is paid within a week."), is_prose("46 votes")
    (True, False)
    """
    return words(text) >= 25 or states(text, 6)


def is_structured(block: Block) -> bool:
    """A list, a table, code, key and value, a glossary entry, or several lines."""
    text = block.text
    return (
        block.fixed
        or "\n" in text
        or text.lstrip().startswith("|")
        or bool(_ITEM.match(text) or _PAIR.match(text) or _CODE.search(text))
    )


def is_title_like(text: str) -> bool:
    """A short line that could stand above a text.

    >>> [is_title_like(text) for text in ("What are KPO and BPO?", "46 votes", "Rate it!")]
    [True, False, False]
    """
    text = text.strip()
    first = text[:1]
    return (
        0 < len(text) <= 120
        and words(text) <= 14
        and "\n" not in text
        and not text.endswith((".", "!", "…", ",", ":", ";", "。", "！"))
        and any(character.isalpha() for character in text)
        and (first.isdigit() or not first.islower())
        and not is_quantity(text)
    )


def is_quantity(text: str) -> bool:
    """A number of something, for instance "46 votes", "1.2k views", "5 min read"; no year.

    >>> [is_quantity(text) for text in ("46 votes", "2024 report", "10 ways to save money")]
    [True, False, False]
    """
    match = re.fullmatch(r"([\d.,]+)[kKmM]?\+?(?:\s+[^\W\d]+){1,2}", text.strip())
    return match is not None and not re.fullmatch(r"(?:1[89]|20)\d\d", match.group(1))


def plain_blocks(text: str) -> list[Block]:
    """Blocks of a plain text: what stands between blank lines.

    A first line that looks like a heading of the line below it becomes a block of its own,
    as does a line underlined with `===` or `---`, and a question above its answer.

    >>> [block.text for block in plain_blocks("What is it?\\nIt is a test.\\n\\nMore.")]
    ['What is it?', 'It is a test.', 'More.']
    """
    blocks: list[Block] = []
    for chunk in re.split(r"\n(?:[ \t]*\n)+", _with_broken_words_joined(text)):
        lines = chunk.strip("\n").split("\n")
        if len(lines) > 1 and lines[0].strip() and _UNDERLINE.fullmatch(lines[1]):
            level = _SETEXT_LEVEL[lines[1].strip()[0]]
            blocks.append(Block(lines[0].strip(), level))
            lines = lines[2:]
        elif _heads_next_line(lines):
            blocks.append(Block(lines[0].strip()))
            lines = lines[1:]
        for part in questions_apart(lines):
            rest = "\n".join(part).rstrip()
            if rest.strip():
                blocks.append(Block(rest))
    return blocks


def words_written(lines: Iterable[str]) -> Counter[str]:
    """How often each word is written within the lines, whole or with hyphens, in small letters."""
    return Counter(word for line in lines for word in re.findall(r"\w+(?:-\w+)*", line.casefold()))


def unbroken(first: str, second: str, written: Mapping[str, int], *, soft: bool = False) -> str:
    """The word whose parts a hyphen at the end of a line breaks, as the text writes it elsewhere
    (`written`). In doubt without the hyphen, unless the second part is a name of its own; a `soft`
    hyphen is never one of the word.

    >>> written = words_written(["A well-known, well-known and wellknown hall."])
    >>> [unbroken(*parts, written) for parts in (("well", "known"), ("com", "ma"), ("Bad", "Ems"))]
    ['well-known', 'comma', 'Bad-Ems']
    """
    whole, hyphened = first + second, f"{first}-{second}"
    often = written.get(hyphened.casefold(), 0) > written.get(whole.casefold(), 0)
    named = second[:1].isupper() and not first.isupper() and not soft
    return hyphened if often or named else whole


def _with_broken_words_joined(text: str) -> str:
    """Words that a hyphen breaks at the end of a line, whole again.

    >>> _with_broken_words_joined("The inter-\\nnatio-\\nnal hall. A well-\\nknown, well-known.")
    'The international hall. A well-known, well-known.'
    """
    if not _BROKEN.search(text):
        return text
    written = words_written([text])

    def whole(match: re.Match[str]) -> str:
        joined = unbroken(match[1], match[2], written)
        return joined.removesuffix(match[2])

    return _BROKEN.sub(whole, text)


def _heads_next_line(lines: Sequence[str]) -> bool:
    if len(lines) != 2 or not is_title_like(lines[0]) or ends_asking(lines[0]):
        return False
    if is_structured(Block(lines[0])) or is_structured(Block(lines[1])):
        return False
    return len(lines[1]) >= 2 * len(lines[0]) and is_prose(lines[1])


def mark_headings(blocks: Sequence[Block]) -> list[Block]:
    """Makes headings of the short lines that stand directly above what they announce.

    That is prose, or for a question anything but another question. A title may stand above
    another heading at the top. Where a document has marked headings, only questions become
    some, one level below the heading above them, and only where there are several.
    """
    result = list(blocks)
    if any(block.level for block in blocks):
        return _mark_questions(result)
    for number in range(len(blocks) - 2, -1, -1):
        block, below = blocks[number], result[number + 1]
        heads = is_prose(below.text) and not below.level
        heads = heads or (number == 0 and below.level > 0)
        heads = heads and is_title_like(block.text) and not is_structured(block)
        if heads or _asks_above(block, below):
            result[number] = replace(block, level=1 if number == 0 else 2)
    if begins_with_questions(result):
        result[0] = replace(result[0], level=2)
    return result


def labels_with_values(blocks: Sequence[Block]) -> list[Block]:
    """A label that stands alone ("Name:") and the short line below it as one block.

    >>> [block.text for block in labels_with_values([Block("Name:"), Block("Olav Lie")])]
    ['Name:\\nOlav Lie']
    """
    result: list[Block] = []
    for block in blocks:
        above = result[-1] if result else None
        if above is not None and _is_label(above) and _is_value(block) and above.page == block.page:
            result[-1] = replace(above, text=f"{above.text.strip()}\n{block.text}")
        else:
            result.append(block)
    return result


def _is_label(block: Block) -> bool:
    plain = not (block.level or block.fixed)
    return plain and _LABEL.fullmatch(block.text) is not None


def _is_value(block: Block) -> bool:
    plain = not (block.level or block.row or block.links or "\n" in block.text)
    return plain and not (is_prose(block.text) or _ITEM.match(block.text) or _is_label(block))


def begins_with_questions(blocks: Sequence[Block]) -> bool:
    """Whether the first heading is one of several questions, and not the title above them."""
    asking = sum(1 for block in blocks if block.level and is_question(block.text))
    return asking > FEWEST_QUESTIONS and bool(blocks[0].level) and is_question(blocks[0].text)


def _asks_above(block: Block, below: Block) -> bool:
    """Whether a block is a question, and the one below it could be the answer."""
    return (
        not (block.level or block.fixed or below.level)
        and is_question(block.text)
        and not ends_asking(below.text)
    )


def _mark_questions(blocks: list[Block]) -> list[Block]:
    asking = {n for n in range(len(blocks) - 1) if _asks_above(blocks[n], blocks[n + 1])}
    marked = sum(1 for block in blocks if block.level and is_question(block.text))
    if len(asking) + marked < FEWEST_QUESTIONS:
        return blocks
    result, level = list(blocks), 0
    for number, block in enumerate(blocks):
        if block.level:  # questions stand side by side, one level below any other heading
            level = block.level - is_question(block.text)
        elif number in asking:
            result[number] = replace(block, level=min(6, level + 1))
    return result
