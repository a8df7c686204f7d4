"""The one place where kreuzberg is used: bytes of a known kind → Markdown, title, pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa.encodings import clean_text
from qa.errors import DocumentError

PAGE_LINE = "qa-page-{page_num}-qa"
"""Stands alone where a slide begins; kreuzberg would escape an HTML comment."""

_SLIDES = "presentation"


@dataclass(frozen=True)
class Extracted:
    """What a library made of a file. `pages`: (number, its text line by line), of a PDF."""

    text: str
    title: str
    pages: list[tuple[int, str]]


def kind_of(path: Path, data: bytes) -> str:
    """The MIME type of a file, by its name or else its content."""
    import kreuzberg

    try:
        return str(kreuzberg.detect_mime_type_from_path(str(path)))
    except Exception:  # an odd name; the content decides
        return str(kreuzberg.detect_mime_type(data))


def extract(data: bytes, mime: str, *, ocr: str = "") -> Extracted:
    """Text as Markdown, with running headers and footers, and one text for each page.

    `ocr`: languages in which Tesseract reads pages without text, "" for not at all.
    Raises DocumentError.
    """
    import kreuzberg

    config = kreuzberg.ExtractionConfig(
        output_format="markdown",
        use_cache=False,
        enable_quality_processing=False,
        ocr=kreuzberg.OcrConfig(backend="tesseract", language=ocr) if ocr else None,
        content_filter=kreuzberg.ContentFilterConfig(
            include_headers=True, include_footers=True, strip_repeating_text=False
        ),
        pages=kreuzberg.PageConfig(
            extract_pages=mime == "application/pdf",
            insert_page_markers=_SLIDES in mime,
            marker_format=f"\n\n{PAGE_LINE}\n\n",
        ),
    )
    try:
        result = kreuzberg.extract_bytes_sync(data, mime, config=config)
    except Exception as error:  # the library's own errors are not all of one family
        reason = [*str(error).split(": "), ""][1].strip().rstrip(".") or type(error).__name__
        reason = " ".join(reason.split())[:300]
        raise DocumentError(f"It cannot be read as {mime}: {reason}.") from None
    title = str(result.metadata.get("title") or result.metadata.get("subject") or "")
    pages = [(int(p["page_number"]), str(p["content"])) for p in result.pages or ()]
    return Extracted(clean_text(result.content), " ".join(clean_text(title).split()), pages)
