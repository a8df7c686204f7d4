"""JSON and JSON lines → one section a record, under its title or id. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from qa.datatypes import Dropped
from qa.documents.blocks import Block, plain_blocks
from qa.documents.encodings import one_line
from qa.documents.formats.table_model import row_text
from qa.errors import DocumentError

TEXT_FIELDS = ("text", "content", "contents", "body", "passage", "answer", "description")
TITLE_FIELDS = ("title", "headline", "question", "subject", "name", "id", "_id", "docid")
SPEAKER_FIELDS = ("from", "speaker", "author", "sender", "user", "username", "role")
_SHOWN = 200


def record_blocks(text: str, source: str, *, lines: bool) -> tuple[list[Block], list[Dropped]]:
    """Blocks of the records, and lines that were no JSON.

    Each record with a text field begins with a heading: its title, or else its id. What else it
    holds in numbers and short texts follows as "name: value; …", then lists and objects in it.
    JSON without such records becomes such lines altogether. Raises DocumentError for what is no
    JSON at all.

    >>> text = '[{"id": 7, "title": "Tea", "text": "Tea is hot."}]'
    >>> [(block.level, block.text) for block in record_blocks(text, "a.json", lines=False)[0]]
    [(2, 'Tea'), (0, 'Tea is hot.'), (0, 'id: 7')]
    """
    dropped: list[Dropped] = []
    whole = list(_lines(text, source, dropped)) if lines else _loaded(text)
    values = whole if lines else _records(whole)
    records = [value for value in values if isinstance(value, dict) and _text_field(value)]
    if lines and dropped and not values:
        raise DocumentError(f"It cannot be read as JSON lines: {dropped[0].rule}.")
    return _facts(whole, records=frozenset(map(id, records))), dropped


def _facts(value: Any, name: str = "", records: frozenset[int] = frozenset()) -> list[Block]:
    """JSON of any shape as lines "name: value"; objects in a list get a block each, and those
    whose ids are in `records` are read as such."""
    if id(value) in records:
        return list(_blocks(value))
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        return [block for each in value for block in _facts(each, name, records)]
    if not isinstance(value, dict):
        shown = _shown(value)
        return [Block(f"{name}: {shown}" if name else shown, fixed=True)] if shown else []
    plain = {key: _shown(each) for key, each in value.items() if not _is_nested(each)}
    lines = [f"{name} {key}: {shown}".strip() for key, shown in plain.items() if shown]
    blocks = [Block("\n".join(lines), fixed=True)] if lines else []
    for key, each in value.items():
        if _is_nested(each):
            blocks += _facts(each, f"{name} {key}".strip(), records)
    return blocks


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(each, dict | list) for each in value)
    )


def _shown(value: Any) -> str:
    """A number, text, truth or list of them as a line; "" for nothing."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_shown, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else " ".join(str(value).split())


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, parse_float=str)
    except RecursionError:
        raise DocumentError("It cannot be read as JSON: it is nested too deeply.") from None
    except ValueError as error:
        raise DocumentError(f"It cannot be read as JSON: {error}.") from None


def _lines(text: str, source: str, dropped: list[Dropped]) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line, parse_float=str)
            except (RecursionError, ValueError):
                dropped.append(Dropped(source, line, f"line {number} is no JSON"))


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


def _speaker_field(record: dict[str, Any], title: str) -> str:
    """The name of the field that tells who says the text, or ""."""
    for name in SPEAKER_FIELDS:
        value = record.get(name)
        if name != title and isinstance(value, str) and value.strip() and _is_short(value):
            return name
    return ""


def _is_short(value: Any) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) <= _SHOWN)


def _is_fact(value: Any) -> bool:
    return _is_short(value) or (isinstance(value, list) and not _is_nested(value))


def _blocks(record: dict[str, Any]) -> Iterator[Block]:
    text, title = _text_field(record), _title_field(record)
    if title:
        yield Block(" ".join(str(record[title]).split()), level=2)
    speaker = _speaker_field(record, title)
    said = plain_blocks(record[text])
    if speaker and said:
        said[0] = replace(said[0], text=f"{one_line(record[speaker])}: {said[0].text}")
    yield from said
    for name, value in record.items():
        if name not in (text, title) and isinstance(value, str) and not _is_short(value):
            yield from plain_blocks(value)
    rest = [n for n in record if n not in (text, title, speaker) and _is_fact(record[n])]
    facts = row_text(rest, [_shown(record[name]) for name in rest])
    if facts:
        yield Block(facts, fixed=True)
    for name, value in record.items():
        if _is_nested(value):
            yield from _facts(value, name)
