"""Tables that go on over the pages of a PDF, under the header of their first page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.documents.formats.pdf_layout import Region
from qa.documents.formats.running_lines import EDGE_LINES
from qa.documents.formats.table_model import header_above


def with_headers(layout: Mapping[int, Sequence[Region]]) -> dict[int, list[Region]]:
    """The regions of each page, a table that goes on knowing its header.

    It is the first of its page, has as many columns as the last table of the page before, and
    between the two stand no more lines than a running footer and header have.
    """
    result: dict[int, list[Region]] = {}
    table: list[list[str]] = []
    header: list[list[str]] = []
    for number, found in layout.items():
        regions = list(found)
        first = _first_table(regions, len(table[0]) if table else 0)
        if first is not None and table:
            region = regions[first]
            rows = region.rows or [region.row]
            header = header or [list(row) for row in header_above(table, rows)]
            if header and len(header[0]) == len(rows[0]):
                own = rows[len(header) :] if rows[: len(header)] == header else rows
                regions[first] = Region(rows=own, header=header)
        result[number] = regions
        last = next((n for n in reversed(range(len(regions))) if regions[n].rows), None)
        goes_on = last is not None and _lines(regions[last + 1 :]) <= EDGE_LINES
        if last is None or not goes_on:
            table, header = [], []
        elif last != first or not regions[last].header:
            table, header = regions[last].rows, []
    return result


def _first_table(regions: Sequence[Region], columns: int) -> int | None:
    """The first table of a page, if hardly anything stands above it; a line of as many pieces
    as the table before has `columns` is one."""
    for number, region in enumerate(regions):
        if region.rows or (columns and len(region.row) == columns):
            return number if _lines(regions[:number]) <= EDGE_LINES else None
    return None


def _lines(regions: Sequence[Region]) -> int:
    return sum(len(region.lines) or len(region.rows) for region in regions)
