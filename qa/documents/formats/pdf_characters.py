"""PDF → the characters of each page with their places. The only file that imports pypdfium2.

PDFium tells where each character stands; the order in which it gives them is that of the file,
which need not be the order in which people read. `pdf_layout` finds that one.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from qa.errors import DocumentError

_WIDGET, _FREE_TEXT = 20, 3
_TEXT_FIELD, _CHECK_BOX, _RADIO, _CHOICES = 6, 2, 3, (4, 5)
SLANT = 5
"""Degrees; lines that lean less are read as straight ones."""
HALF = 0.5
"""Share of the font's size that a letter of a slanting line is taken to be wide at most."""
BOLD = 600
"""The weight of a font from which on it is bold."""
_RADICALS = range(0x2F00, 0x2FD6)
"""Numbers of radicals in dictionaries, by which many fonts call the ideographs of that shape."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character: where its baseline begins, its width and the size of its font, in points.

    y grows upwards. `angle`: 0 … 359 degrees, counter-clockwise, in which its line runs as the
    page is shown. `order`: its number in the file. `filled_in`: whether it was typed into a form.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    bold: bool = False
    angle: int = 0
    order: int = 0
    filled_in: bool = False

    @property
    def left(self) -> float:
        """Where it begins on an upright line."""
        return self.x

    @property
    def right(self) -> float:
        """Where it ends on an upright line."""
        return self.x + self.width


@dataclass
class PageText:
    """A page as it is shown: its size in points, its characters, and how many have no letter."""

    number: int
    width: float
    height: float
    characters: list[Character] = field(default_factory=list)
    unknown: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PdfText:
    """The title that a PDF gives itself, and its pages."""

    title: str
    pages: list[PageText]


def read_pdf(data: bytes) -> PdfText:
    """All characters of a PDF. Raises DocumentError for one that is locked, damaged or none."""
    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError("It is locked with a password; save a copy without one.") from None
        raise DocumentError("It is damaged, or no PDF although its name says so.") from None
    with document:
        if document.get_formtype() not in (None, 0):
            document.init_forms()
        title = " ".join(str(document.get_metadata_dict().get("Title") or "").split())
        pages = [_page(document, number, pdfium) for number in range(len(document))]
    return PdfText(title, pages)


def plain_texts(data: bytes) -> Iterator[str]:
    """The text of each page as PDFium itself puts it together, for counting its words; nothing of
    a PDF that cannot be opened."""
    import pypdfium2

    with suppress(pypdfium2.PdfiumError), pypdfium2.PdfDocument(data) as document:
        for page in document:
            yield page.get_textpage().get_text_range()


def _page(document: Any, number: int, pdfium: Any) -> PageText:
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return PageText(number + 1, 0, 0, notes=["The page is damaged and cannot be opened."])
    turned = page.get_rotation() % 360
    left, bottom, right, top = page.get_bbox()
    upright = _Turn(turned, left, bottom, right, top)
    result = PageText(number + 1, *upright.size)
    for character in _characters(text, pdfium, result):
        result.characters.append(upright.turned(character))
    for character in _fields(document, page, pdfium, result):
        result.characters.append(upright.turned(character))
    text.close()
    page.close()
    return result


@dataclass(frozen=True)
class _Turn:
    """From the coordinates of the file to those of the page as it is shown."""

    degrees: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.degrees in (90, 270) else (width, height)

    def turned(self, c: Character) -> Character:
        """`c` as it is shown; its width runs along its own line, so it stays."""
        x, y = c.x - self.left, c.y - self.bottom
        width, height = self.right - self.left, self.top - self.bottom
        places = {0: (x, y), 90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}
        x, y = places[self.degrees]
        return replace(c, x=x, y=y, angle=(c.angle - self.degrees) % 360)


def _characters(text: Any, pdfium: Any, result: PageText) -> Iterator[Character]:
    """The characters that the file holds, spaces too."""
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    waiting = 0
    for number in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, number)
        if 0xD800 <= code < 0xDC00:
            waiting = code
            continue
        if waiting and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((waiting - 0xD800) << 10) + code - 0xDC00
        waiting = 0
        if pdfium.FPDFText_IsGenerated(text, number):
            continue
        if pdfium.FPDFText_HasUnicodeMapError(text, number) or _is_private(code):
            result.unknown += 1
            code = code if _in_word(text, pdfium, number) else 0xFFFD
        elif code in _RADICALS:
            code = ord(unicodedata.normalize("NFKC", chr(code)))
        pdfium.FPDFText_GetCharOrigin(text, number, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, number, box)
        pdfium.FPDFText_GetMatrix(text, number, matrix)
        turn = _turn(math.degrees(math.atan2(matrix.b, matrix.a)))
        size = pdfium.FPDFText_GetFontSize(text, number) * math.hypot(matrix.c, matrix.d)
        across = box.right - box.left if turn in (0, 180) else box.top - box.bottom
        if turn % 90:  # the box of a slanting letter is wider than the letter
            across = min(across, size * HALF)
        bold = pdfium.FPDFText_GetFontWeight(text, number) >= BOLD
        yield Character(chr(code), x.value, y.value, abs(across), size, bold, turn, number)


def _turn(degrees: float) -> int:
    """An angle in whole degrees; a line that is only scanned a little askew is straight.

    >>> _turn(88.6), _turn(-45.2)
    (90, 315)
    """
    straight = round(degrees / 90) * 90
    return round(straight if abs(degrees - straight) < SLANT else degrees) % 360


def _in_word(text: Any, pdfium: Any, number: int) -> bool:
    """Whether a sign without a letter of its own has the number of one in ASCII, and so has one
    beside it: fonts of pictures, as TeX made them, number their letters so."""

    def is_letter(at: int) -> bool:
        code = pdfium.FPDFText_GetUnicode(text, at) if 0 <= at < text.count_chars() else 0
        known = code and not pdfium.FPDFText_HasUnicodeMapError(text, at)
        return not known and code < 0x80 and (chr(code).isalnum() or chr(code) == "-")

    return is_letter(number) and (is_letter(number - 1) or is_letter(number + 1))


def _is_private(code: int) -> bool:
    """Whether a number is no letter: a control, or a sign that only the font knows."""
    return (code < 0x20 and code not in (0x02, 0x09, 0x0A, 0x0D)) or 0xE000 <= code < 0xF900


def _fields(document: Any, page: Any, pdfium: Any, result: PageText) -> Iterator[Character]:
    """The values of form fields and free notes as characters that stand in their boxes."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            value = ""
            if kind == _WIDGET and document.formenv is not None:
                value = _value(document.formenv, annotation, pdfium)
            elif kind == _FREE_TEXT:
                value = _string(partial(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"))
            box = pdfium.FS_RECTF()
            if value and pdfium.FPDFAnnot_GetRect(annotation, box):
                yield from _written(value, box)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _value(form: Any, annotation: Any, pdfium: Any) -> str:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (_CHECK_BOX, _RADIO):
        return "☒" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if kind == _TEXT_FIELD or kind in _CHOICES:
        return _string(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation))
    return ""


def _string(read: Any) -> str:
    length = read(None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    read(buffer, length)
    return bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace").strip()


def _written(value: str, box: Any) -> Iterator[Character]:
    """A value set line by line into its box."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    height = min((box.top - box.bottom) / len(lines), 24.0)  # in a high box, from the top
    size = max(4.0, min(12.0, height * 0.7))
    for number, line in enumerate(lines):
        step = min(size * 0.5, (box.right - box.left) / max(1, len(line)))
        y = box.top - height * (number + 1) + height * 0.25
        for at, letter in enumerate(line):
            x = box.left + 2 + at * step
            yield Character(letter, x, y, step, size, filled_in=True)
