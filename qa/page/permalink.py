"""A question as a link: `?q=…&k=…&in=…&g=…`, and back. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from qa.errors import InputError

MAX_PASSAGES = 50
"""More are not shown on a page; also the most that a link can ask for."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks: the question, how many passages, where, and of which state of the index.

    `generation` is the one that answered when the link was made; "" asks the live one.
    """

    question: str
    top_k: int = 5
    sources: tuple[str, ...] = ()
    generation: str = ""

    def query(self) -> str:
        """The link's query string, with its question mark.

        >>> Link("What is tea?", 3, ("drinks",), "g7").query()
        '?q=What+is+tea%3F&k=3&in=drinks&g=g7'
        """
        parts = [("q", self.question), ("k", str(self.top_k))]
        parts += [("in", place) for place in self.sources]
        parts += [("g", self.generation)] if self.generation else []
        return f"?{urlencode(parts)}"

    def is_outdated(self, generation: str) -> bool:
        """Whether the index has changed since the link was made.

        >>> Link("q", generation="g1").is_outdated("g2"), Link("q").is_outdated("g2")
        (True, False)
        """
        return bool(self.generation) and self.generation != generation


def read_link(query: str) -> Link | None:
    """What a query string asks; None where it holds no question. Other parameters are ignored.

    Raises InputError for a number of passages that cannot be shown.

    >>> read_link("?q=What+is+tea%3F&k=3")
    Link(question='What is tea?', top_k=3, sources=(), generation='')
    >>> read_link("?theme=dark") is None
    True
    """
    fields = parse_qs(query.removeprefix("?"), errors="replace")
    question = fields.get("q", [""])[0]
    if not question.strip():
        return None
    return Link(
        question=question,
        top_k=parse_top_k(fields.get("k", ["5"])[0]),
        sources=tuple(fields.get("in", [])),
        generation=fields.get("g", [""])[0],
    )


def parse_top_k(number: str | int) -> int:
    """A number of passages, from 1 to MAX_PASSAGES. Raises InputError for anything else.

    >>> parse_top_k("7")
    7
    """
    try:
        wanted = int(number)
    except ValueError:
        wanted = 0
    if not 1 <= wanted <= MAX_PASSAGES:
        raise InputError(
            "“{number}” is no number of passages; ask for 1 to {most}.",
            number=str(number),
            most=MAX_PASSAGES,
        )
    return wanted
