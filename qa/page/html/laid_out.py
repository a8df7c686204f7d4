"""A stretch of a document's text as HTML in which the original's tables are tables again. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from qa.documents.blocks import Row
from qa.documents.table_rows import Table, cells
from qa.page.html.elements import esc
from qa.page.locale.translate import t

Shown = Callable[[int, int], str]
"""The HTML of the characters from the first number up to the second."""


def laid_out(
    text: str,
    start: int,
    end: int,
    tables: Sequence[Table],
    shown: Shown,
    breaks: Sequence[int] = (),
) -> str:
    """Characters `start` … `end` of a document's `text`, its rows of `tables` drawn as such.

    The line "Tea: Assam; Price: 4.50" becomes a row with two cells; the names of the columns
    stand once above them. A row that is not wholly within the stretch stays a line. `breaks`:
    where a page begins, ascending; a table is drawn in parts there, `shown(at, at)` between them.
    """
    parts: list[str] = []
    at = start
    for table, rows in _pieces(text, start, end, tables, breaks):
        first, last = rows[0][0], _row_end(text, rows[-1][0])
        parts.append(shown(at, _trimmed(text, at, first)) if at < first else "")
        parts.append(shown(first, first) + _drawn(text, table, rows, shown))
        at = last + len(text[last:end]) - len(text[last:end].lstrip("\n"))
    parts.append(shown(at, end) if at < end else "")
    return "".join(parts)


def _pieces(
    text: str, start: int, end: int, tables: Sequence[Table], breaks: Sequence[int]
) -> Iterator[tuple[Table, list[tuple[int, ...]]]]:
    """Each table's rows within the stretch, page by page."""
    for table in tables:
        piece: list[tuple[int, ...]] = []
        for row in table.rows:
            if row[0] < start or _row_end(text, row[0]) > end:
                continue
            if piece and bisect_left(breaks, row[0] + 1) > bisect_left(breaks, piece[-1][0] + 1):
                yield table, piece
                piece = []
            piece.append(row)
        if piece:
            yield table, piece


def _row_end(text: str, start: int) -> int:
    stop = text.find("\n", start)
    return len(text) if stop < 0 else stop


def _trimmed(text: str, start: int, end: int) -> int:
    """Where a text ends without the blank lines before a table."""
    return start + len(text[start:end].rstrip("\n"))


def _drawn(text: str, table: Table, rows: Sequence[tuple[int, ...]], shown: Shown) -> str:
    width = max(len(table.names), *(len(row) - 1 for row in table.rows))
    filled = {column for row in table.rows for column, size in enumerate(row[1:]) if size}
    columns = [n for n in range(width) if n in filled or (n < len(table.names) and table.names[n])]
    lines = []
    for start, *lengths in rows:
        if not lengths:
            line = shown(start, _row_end(text, start))
            lines.append(f'<tr><td colspan="{len(columns)}">{line}</td></tr>')
            continue
        row = Row(table.names, tuple(lengths))
        held = {column: shown(a, b) for column, a, b in cells(start, row)}
        line = "".join(f"<td>{held.get(n, '')}</td>" for n in columns)
        lines.append(f"<tr>{line}</tr>")
    return (
        f'<div class="qa-grid" tabindex="0" role="group" aria-label="{t("Table")}"><table>'
        f"{_head(table.names, columns)}<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _head(names: Sequence[str], columns: Sequence[int]) -> str:
    if not any(names):
        return ""
    shown = [names[n] if n < len(names) else "" for n in columns]
    head = "".join(f'<th scope="col">{esc(name)}</th>' if name else "<td></td>" for name in shown)
    return f"<thead><tr>{head}</tr></thead>"
