"""Jupyter notebooks → their texts, code and what it printed, in order. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from qa.documents.blocks import Block, plain_blocks
from qa.documents.encodings import clean_text
from qa.documents.formats.page_blocks import page_blocks
from qa.documents.formats.plain_text import code_blocks
from qa.documents.markdown import markdown_blocks
from qa.errors import DocumentError

_ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\[[0-9;]+m")
"""Colours of a terminal; `clean_text` may have taken the sign before them."""

_OBJECT = re.compile(r"<[\w.]+ object(?: at \w+)?>")
"""What stands as text for an object that is shown as HTML only."""


def notebook_blocks(text: str) -> list[Block]:
    """Blocks of the cells and of their outputs in text. Raises DocumentError for no notebook.

    >>> cell = {"cell_type": "markdown", "source": ["# Kiln\\n", "It is *hot*."]}
    >>> [block.text for block in notebook_blocks(json.dumps({"cells": [cell]}))]
    ['Kiln', 'It is hot.']
    """
    try:
        notebook = json.loads(text)
        sheets = [notebook, *notebook.get("worksheets", ())]  # the latter before version 4
        cells = [cell for sheet in sheets for cell in sheet.get("cells", ())]
        return [block for cell in cells for block in _cell(cell)]
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise DocumentError(
            "It cannot be read as a notebook: it is damaged or cut short."
        ) from None


def _cell(cell: dict[str, Any]) -> Iterator[Block]:
    source = _text(cell.get("source", cell.get("input")))
    kind = cell.get("cell_type")
    if kind == "markdown":
        yield from markdown_blocks(source)
    elif kind == "heading":
        yield Block(" ".join(source.split()), level=int(cell.get("level", 1)))
    elif kind == "code":
        yield from code_blocks(source)
        for output in cell.get("outputs", ()):
            yield from _output(output)
    else:
        yield from plain_blocks(source)


def _output(output: dict[str, Any]) -> Iterator[Block]:
    """What an output shows as text; nothing of pictures and the like."""
    data = output.get("data", output)
    if output.get("output_type") in ("error", "pyerr"):
        named = f"{output.get('ename', '')}: {output.get('evalue', '')}"
        traced = "\n".join(map(_text, output.get("traceback", ())))
        yield from code_blocks(traced if named in traced else f"{traced}\n{named}")
        return
    shown = _text(output.get("text")) or _text(data.get("text/plain")) or _text(data.get("text"))
    if "text/markdown" in data:
        yield from markdown_blocks(_text(data["text/markdown"]))
    elif "text/html" in data and (not shown or _OBJECT.fullmatch(shown)):
        yield from page_blocks(_text(data["text/html"]))
    else:
        yield from code_blocks(shown)


def _text(value: Any) -> str:
    joined = "".join(value) if isinstance(value, list) else str(value or "")
    return clean_text(_ESCAPE.sub("", joined))
