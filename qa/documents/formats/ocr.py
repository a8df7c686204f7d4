"""Text of scanned pages, where Tesseract is installed and the setting `ocr` asks for it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from qa.documents.formats.library import picture_of_page, read_picture
from qa.errors import DocumentError

WHILE_OFF = "Set ocr (for instance QA_OCR=eng) to have Tesseract read such pages."
NONE = "Tesseract found none either."


def problem(languages: str) -> str:
    """Why scanned pages cannot be read in these languages ("eng+deu"), or ""."""
    if not languages:
        return WHILE_OFF
    program = shutil.which("tesseract")
    if program is None:
        return "Install Tesseract to have such pages read; the setting ocr asks for it."
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    missing = set(languages.split("+")) - set(told.stdout.split())
    if missing:
        names = ", ".join(sorted(missing))
        return f"Tesseract's data for {names} is not installed; the setting ocr asks for it."
    return ""


def read_pages(path: Path, numbers: Sequence[int], languages: str) -> dict[int, str]:
    """The text, as Markdown, of those pages of a PDF on which Tesseract finds some."""
    found: dict[int, str] = {}
    for number in numbers:
        with suppress(DocumentError):  # without text, as it is reported then
            text = read_picture(picture_of_page(path, number), languages)
            if text.strip():
                found[number] = text
    return found
