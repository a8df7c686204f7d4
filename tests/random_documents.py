"""Random documents whose every word is known, and what became of those words in a reader's text.

A document is made of a seed alone, so that a failure can be made again. Each word is there once;
`tests/written_documents.py` writes the documents as files of every kind.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

SCRIPTS = {
    "Latin": "abdefgiklmnoprstuvzäöüßéñçøå",
    "Cyrillic": "абвгдежзиклмнопрстуфцчшя",
    "Greek": "αβγδεζηθκλμνξπρτυφχψω",
    "Arabic": "ابتثجحخدرزسشصطعغفقكلمن",
    "Hebrew": "אבגדהוזחטילמנספצקרשת",
    "Han": "山川日月火水木金土人口手目田車門雨雪花草鳥魚馬米竹",
    "Devanagari": "कखगघचजटडतदनपबमयरलवसह",
}
WESTERN = ("Latin", "Cyrillic", "Greek")
SIGNS = (
    "{}&{}", "<{}{}", "{}>{}", '"{}{}"', "{}{}°", "§{}{}", "€{}{}", "{}–{}", "{}<{}>", "{}'{}",
    "{}\u00ad{}", "{}\u2011{}", "{}-{}", "{}/{}", "({}{})", "{}{},",
)  # fmt: skip
"""How the two halves of a word stand with signs; a plain word is the most frequent."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Paragraph:
    """Words as they are written, and what stands after each: blanks, tabs, line breaks.

    `cuts`: shares of the text at which another run begins. `box`, `note`: what hangs on the end.
    """

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    cuts: tuple[float, ...] = ()
    level: int = 0
    listed: bool = False
    control: bool = False
    box: Paragraph | None = None
    note: Paragraph | None = None

    @property
    def text(self) -> str:
        """The words with what stands between them."""
        return "".join(word + gap for word, gap in zip(self.words, self.gaps, strict=True))

    @property
    def runs(self) -> list[str]:
        """The text cut into runs, also within words."""
        text = self.text
        at = [0, *sorted({int(cut * len(text)) for cut in self.cuts}), len(text)]
        return [text[a:b] for a, b in pairwise(at) if a < b]


@dataclass(frozen=True)
class Place:
    """A cell of a table, which may span columns and rows."""

    content: Paragraph
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells; what a spanning cell covers is left out, as in HTML."""

    rows: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True)
class RandomDocument:
    """Paragraphs and tables in reading order."""

    parts: tuple[Paragraph | Table, ...]

    def without(self, *, spans: bool = True, hanging: bool = True) -> RandomDocument:
        """The document for a kind of file that has no text boxes and notes, or no spans."""
        parts: list[Paragraph | Table] = []
        for part in self.parts:
            if isinstance(part, Paragraph):
                parts.append(part if hanging else replace(part, box=None, note=None))
            elif spans:
                parts.append(part)
            else:
                rows = (tuple(Place(cell.content) for cell in row) for row in part.rows)
                parts.append(Table(tuple(rows)))
        return RandomDocument(tuple(parts))

    def printable(self, blanks: str = "\t") -> RandomDocument:
        """Without what only a file of structure can tell: spans, where a row of a table ends whose
        cells have several lines, and that a gap in a line is one of certain `blanks`."""
        parts: list[Paragraph | Table] = []
        for part in self.without(spans=False, hanging=False).parts:
            if isinstance(part, Table):
                whole = [row for row in part.rows if len(row) == len(part.rows[0])]
                rows = (tuple(Place(_first_word(cell.content)) for cell in row) for row in whole)
                parts.append(Table(tuple(rows)))
            else:
                gaps = tuple(" " if gap and gap in blanks else gap for gap in part.gaps)
                parts.append(replace(part, gaps=gaps))
        return RandomDocument(tuple(parts))


def _first_word(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, words=paragraph.words[:1], gaps=("",))


class Maker:
    """Makes random documents. `scripts`: the alphabets of its words."""

    def __init__(self, seed: int, scripts: Sequence[str] = tuple(SCRIPTS)) -> None:
        self._random = Random(seed)
        self._scripts = scripts
        self._used: set[str] = set()

    def document(self) -> RandomDocument:
        """Headings, paragraphs, a list and two tables."""
        parts: list[Paragraph | Table] = [self._paragraph(2, 5, level=1, plain=True)]
        for _ in range(3):
            parts.append(self._paragraph(2, 4, level=2, plain=True))
            parts += [self._body() for _ in range(self._random.randint(1, 3))]
            if self._random.random() < 0.5:
                parts += [self._paragraph(2, 6, listed=True) for _ in range(3)]
                parts.append(self._body())
            if self._random.random() < 0.6:
                parts += [self._table(), self._body()]
        return RandomDocument(tuple(parts))

    def _body(self) -> Paragraph:
        body = self._paragraph(7, 20, end=".")
        chance = self._random.random()
        if chance < 0.2:
            return replace(body, box=self._paragraph(3, 8, end="."))
        if chance < 0.4:
            return replace(body, note=self._paragraph(3, 8, end="."))
        return replace(body, control=chance < 0.6)

    def _paragraph(
        self, least: int, most: int, *, level: int = 0, listed: bool = False, end: str = "",
        plain: bool = False,
    ) -> Paragraph:  # fmt: skip
        alphabet = SCRIPTS[self._random.choice(self._scripts)]
        words = [self._word(alphabet, plain) for _ in range(self._random.randint(least, most))]
        words[-1] += end
        spaces = [" "] * 12 + ([] if plain else ["\u00a0", "\t", "\n"])
        if alphabet is SCRIPTS["Han"]:
            spaces = ["，"]
        gaps = [self._random.choice(spaces) for _ in words[1:]]
        cuts = tuple(self._random.random() for _ in range(self._random.randint(0, 4)))
        return Paragraph(tuple(words), (*gaps, ""), cuts, level, listed)

    def _word(self, alphabet: str, plain: bool) -> str:
        while True:
            halves = ["".join(self._random.choices(alphabet, k=3)) for _ in range(2)]
            core = "".join(halves)
            if core not in self._used:
                break
        self._used.add(core)
        sign = self._random.choice(SIGNS) if not plain and self._random.random() < 0.3 else "{}{}"
        return unicodedata.normalize("NFC", sign.format(*halves))

    def _table(self) -> Table:
        width, height = self._random.randint(2, 4), self._random.randint(2, 5)
        covered: set[tuple[int, int]] = set()
        rows = []
        for y in range(height):
            row = []
            for x in range(width):
                if (x, y) in covered:
                    continue
                columns, down = 1, 1
                if y and self._random.random() < 0.15:
                    if self._random.random() < 0.5 and x + 1 < width and (x + 1, y) not in covered:
                        columns = 2
                    elif y + 1 < height:
                        down = 2
                covered |= {(x + i, y + j) for i in range(columns) for j in range(down)}
                row.append(Place(self._paragraph(1, 3, plain=not y), columns, down))
            rows.append(tuple(row))
        return Table(tuple(rows))


@dataclass(frozen=True)
class Expected:
    """A word as it is shown, how often it may come, and the lines of order that it stands in."""

    word: str
    most: int = 1
    orders: frozenset[str] = frozenset(("body", "heads"))


def shown(text: str) -> str:
    """A text as people see it: no soft hyphens, hyphens and blanks of one kind, composed."""
    text = (
        text.replace("\u00ad", "")
        .replace("\u2011", "-")
        .replace("\u2010", "-")
        .replace("\u00a0", " ")
    )
    return unicodedata.normalize("NFC", text)


def expected_words(document: RandomDocument) -> Iterator[Expected]:
    """Every word of a document in reading order. Names of columns may come with each row, and a
    spanning cell in each place that it spans."""
    for part in document.parts:
        if isinstance(part, Paragraph):
            yield from (Expected(shown(word)) for word in part.words)
            for hanging in (part.box, part.note):
                for word in () if hanging is None else hanging.words:
                    yield Expected(shown(word), orders=frozenset(("hanging",)))
            continue
        for number, row in enumerate(part.rows):
            orders = frozenset(("body",) if number else ("heads",))
            for cell in row:
                most = len(part.rows) if number < 2 else cell.columns * cell.rows
                most *= cell.columns
                yield from (Expected(shown(word), most, orders) for word in cell.content.words)


@dataclass(frozen=True)
class Verdict:
    """What became of the words of a document."""

    words: int
    lost: tuple[str, ...]
    glued: tuple[str, ...]
    extra: tuple[str, ...]
    disordered: int

    @property
    def faults(self) -> int:
        """How many words did not come out as they should."""
        return len(self.lost) + len(self.glued) + len(self.extra) + self.disordered


def judge(
    document: RandomDocument, text: str, named: str = "", marks: Collection[str] = ()
) -> Verdict:
    """Compare the words of a document with the text that was read, and what else is `named`.

    `marks`: words that the kind of file adds, for instance the names of a mail's head.

    >>> paragraph = Paragraph(("tea", "is", "hot"), (" ", " ", ""))
    >>> found = judge(RandomDocument((paragraph,)), "teais cold")
    >>> found.lost, found.glued, found.extra
    (('hot',), ('tea', 'is'), ('cold',))
    """
    text, named = shown(text), shown(named)
    lost, glued, extra = [], [], []
    places: dict[str, list[int]] = {"body": [], "heads": [], "hanging": []}
    wanted = list(expected_words(document))
    for each in wanted:
        found = [match.start() for match in re.finditer(re.escape(each.word), text)]
        whole = [at for at in found if _stands_alone(text, at, len(each.word))]
        if not found:
            lost += [] if each.word in named else [each.word]
            continue
        if not whole:
            glued.append(each.word)
        if len(whole) > each.most:
            extra.append(each.word)
        for order in each.orders:
            places[order].append(found[0])
    known = {*marks, *(word for each in wanted for word in _WORD.findall(each.word))}
    glue = " ".join(glued)
    for word in _WORD.findall(text):
        if word not in known and not _NUMBER.fullmatch(word):
            extra += [] if any(part in word for part in glue.split()) else [word]
    disordered = sum(len(order) - _longest_rise(order) for order in places.values())
    return Verdict(len(wanted), tuple(lost), tuple(glued), tuple(extra), disordered)


def _stands_alone(text: str, at: int, length: int) -> bool:
    before, after = text[max(0, at - 1) : at], text[at + length : at + length + 1]
    return not (_WORD.match(before) or _WORD.match(after))


def _longest_rise(places: Sequence[int]) -> int:
    """The most words that stand in order.

    >>> _longest_rise([1, 5, 2, 3])
    3
    """
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
