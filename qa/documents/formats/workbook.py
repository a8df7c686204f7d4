"""Excel workbooks (.xlsx) → blocks, each cell as the sheet shows it. Only here is openpyxl used."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qa.documents.blocks import Block
from qa.documents.encodings import isolated
from qa.documents.formats.number_formats import shown_value
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.table_model import Cell, table_blocks
from qa.errors import DocumentError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LISTED = 5
_LISTED_TEXTS = re.compile(rb"<Override\b[^>]*sharedStrings\+xml[^>]*>(?:</Override>)?")
_SHARED = (
    b'<Override PartName="/%s" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def workbook_text(data: bytes) -> OfficeText:
    """Read a workbook. Raises DocumentError where it is none, or damaged."""
    try:
        try:
            values, formulas = _opened(data)
        except (KeyError, IndexError):
            values, formulas = _opened(_with_true_list(data))
    except IndexError:
        raise DocumentError("It is damaged: its cells name texts that it does not hold.") from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise DocumentError(f"It is damaged, or no Excel workbook: {error}.") from None
    result = OfficeText()
    sheets = [sheet for sheet in values.worksheets if sheet.max_row]
    for sheet in sheets:
        blocks = table_blocks(_rows(sheet, formulas[sheet.title], result))
        if not blocks:
            continue
        if len(sheets) > 1:
            result.blocks.append(Block(sheet.title, level=2))
        result.blocks += blocks
    for chart in values.chartsheets:
        result.leave_out(chart.title, "chart on a sheet of its own")
    return result


def _opened(data: bytes) -> tuple[Workbook, Workbook]:
    """The workbook with the stored values of its formulas, and with the formulas themselves."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that do not touch the cells
        return (
            openpyxl.load_workbook(io.BytesIO(data), data_only=True),
            openpyxl.load_workbook(io.BytesIO(data)),
        )


def _with_true_list(data: bytes) -> bytes:
    """The archive with its list of parts naming the texts of its cells where they really lie, if
    anywhere: some programs list a part that they did not write, or write its name another way."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as mended:
        parts = {
            entry.filename.replace("\\", "/"): archive.read(entry) for entry in archive.infolist()
        }
        texts = [name for name in parts if name.lower().endswith("/sharedstrings.xml")]
        listed = b"".join(_SHARED % name.encode() for name in texts[:1])
        types = _LISTED_TEXTS.sub(b"", parts["[Content_Types].xml"])
        parts["[Content_Types].xml"] = types.replace(b"</Types>", listed + b"</Types>")
        for name, content in parts.items():
            mended.writestr(name, content)
    return buffer.getvalue()


def _rows(sheet: Worksheet, formulas: Worksheet, result: OfficeText) -> Iterator[list[Cell]]:
    """The rows of a sheet down to the last with content; merged cells span."""
    spans = {
        (area.min_row, area.min_col): (area.size["columns"], area.size["rows"])
        for area in sheet.merged_cells.ranges
    }
    covered = {
        (row, column)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    } - set(spans)
    without_value: list[str] = []
    cells: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():  # those in the file, however far apart
        formula = formulas._cells.get((row, column))
        if cell.value is not None or (formula is not None and formula.value is not None):
            cells.setdefault(row, {})[column] = cell
    width = max((max(row) for row in cells.values()), default=0)
    last = 0
    for number in sorted(cells):
        if number > last + 1:
            yield []
        last = number
        line = []
        for column in range(1, width + 1):
            if (number, column) in covered:
                continue
            shown = cells[number].get(column)
            text = "" if shown is None else _text(shown, without_value)
            columns, rows = spans.get((number, column), (1, 1))
            line.append(Cell(text, columns, rows))
        yield line
    _tell(sheet, without_value, result)


def _text(cell: Any, without_value: list[str]) -> str:
    """What a cell shows; one without a stored value is noted."""
    if cell.value is None:
        without_value.append(cell.coordinate)
        return ""
    return shown_value(cell.value, cell.number_format)


def _tell(sheet: Worksheet, without_value: list[str], result: OfficeText) -> None:
    """What of a sheet is not in its blocks."""
    if without_value:
        more = ", …" if len(without_value) > _LISTED else ""
        named = ", ".join(without_value[:_LISTED])
        count = len(without_value)
        result.unread.append(
            f"A formula of the sheet “{isolated(sheet.title)}” has no stored value ({named}); open "
            "the file in a spreadsheet program and save it."
            if count == 1
            else f"{count:,} formulas of the sheet “{isolated(sheet.title)}” have no stored value "
            f"({named}{more}); open the file in a spreadsheet program and save it."
        )
    for cell in sheet._cells.values():
        if cell.comment is not None:
            what = f"comment on {isolated(sheet.title)}, {cell.coordinate}"
            result.leave_out(str(cell.comment.text), what)
