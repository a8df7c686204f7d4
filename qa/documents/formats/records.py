"""JSON and JSON lines → one section a record, under its title or id. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from qa.datatypes import Dropped
from qa.documents.blocks import Block, plain_blocks
from qa.documents.formats.tables import row_text
from qa.errors import DocumentError

TEXT_FIELDS = ("text", "content", "contents", "body", "passage", "answer", "description")
TITLE_FIELDS = ("title", "headline", "question", "subject", "name", "id", "_id", "docid")
_SHOWN = 200


def record_blocks(
    text: str, source: str, *, lines: bool
) -> tuple[list[Block], list[Dropped]] | None:
    """Blocks of the records with a text field, and lines that were no JSON.

    Each record begins with a heading: its title, or else its id. What else it holds in
    numbers and short texts follows as "name: value; …". None where the JSON holds no such
    records. Raises DocumentError for what is no JSON at all.

    >>> text = '[{"id": 7, "title": "Tea", "text": "Tea is hot."}]'
    >>> [(block.level, block.text) for block in record_blocks(text, "a.json", lines=False)[0]]
    [(2, 'Tea'), (0, 'Tea is hot.'), (0, 'id: 7')]
    """
    dropped: list[Dropped] = []
    values = list(_lines(text, source, dropped)) if lines else _records(_loaded(text))
    records = [value for value in values if isinstance(value, dict) and _text_field(value)]
    if lines and dropped and not values:
        raise DocumentError(f"It cannot be read as JSON lines: {dropped[0].rule}.")
    if not records:
        return None
    return [block for record in records for block in _blocks(record)], dropped


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise DocumentError("It cannot be read as JSON: it is nested too deeply.") from None
    except ValueError as error:
        raise DocumentError(f"It cannot be read as JSON: {error}.") from None


def _lines(text: str, source: str, dropped: list[Dropped]) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except (RecursionError, ValueError):
                dropped.append(Dropped(source, line[:_SHOWN], f"line {number} is no JSON"))


def _records(value: Any) -> list[Any]:
    """A list of records, the longest such list in an object, or the one record."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and not _text_field(value):
        inner = [each for each in value.values() if isinstance(each, list)]
        return max(inner, key=len, default=[])
    return [value]


def _text_field(record: dict[str, Any]) -> str:
    """The name of the field that holds the record's text, or ""."""
    for name in TEXT_FIELDS:
        for field, value in record.items():
            if field.lower() == name and isinstance(value, str) and value.strip():
                return field
    return ""


def _title_field(record: dict[str, Any]) -> str:
    for name in TITLE_FIELDS:
        for field, value in record.items():
            if field.lower() == name and _is_short(value) and str(value).strip():
                return field
    return ""


def _is_short(value: Any) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) <= _SHOWN)


def _blocks(record: dict[str, Any]) -> Iterator[Block]:
    text, title = _text_field(record), _title_field(record)
    if title:
        yield Block(" ".join(str(record[title]).split()), level=2)
    yield from plain_blocks(record[text])
    for name, value in record.items():
        if name not in (text, title) and isinstance(value, str) and not _is_short(value):
            yield from plain_blocks(value)
    rest = [n for n in record if n not in (text, title) and _is_short(record[n])]
    facts = row_text(rest, [str(record[name]) for name in rest])
    if facts:
        yield Block(facts, fixed=True)
