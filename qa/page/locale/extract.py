"""Finds the page's texts in its source, for Babel (see docs/README.md).

Babel's own reader does not look into f-strings, in which most of them stand.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import IO, Any


def messages(
    file: IO[bytes], keywords: Collection[str], comment_tags: object, options: object
) -> Iterator[tuple[int, str, tuple[Any, ...], list[str]]]:
    """Line, function and texts of each call of one of `keywords`; None for what is no literal."""
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "id", "")
        if name in keywords:
            texts = [getattr(argument, "value", None) for argument in call.args]
            literals = tuple(text if isinstance(text, str) else None for text in texts)
            yield call.lineno, name, literals, []
