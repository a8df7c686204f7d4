"""The one place where kreuzberg is used: bytes of a known kind → Markdown and title."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa.documents.encodings import clean_text
from qa.errors import DocumentError

_LONGEST_KIND = 30
"""Longer names of kinds tell nobody anything."""


@dataclass(frozen=True)
class Extracted:
    """What the library made of a file."""

    text: str
    title: str


def mime_type(path: Path, data: bytes) -> str:
    """The MIME type of a file, by its content or else its name."""
    import kreuzberg

    try:
        return type_of(data) or str(kreuzberg.detect_mime_type_from_path(str(path)))
    except Exception:  # an odd name
        return "application/octet-stream"


def extract(data: bytes, mime: str) -> Extracted:
    """Text as Markdown, and title.

    Of an old Word file, which the library reads without its structure, each line is a
    paragraph. Raises DocumentError.
    """
    import kreuzberg

    is_doc = mime == "application/msword"
    config = kreuzberg.ExtractionConfig(
        output_format="plain" if is_doc else "markdown",
        use_cache=False,
        enable_quality_processing=False,
        content_filter=kreuzberg.ContentFilterConfig(
            include_headers=False, include_footers=False, strip_repeating_text=False
        ),
    )
    try:
        result = kreuzberg.extract_bytes_sync(data, mime, config=config)
    except Exception as error:  # the library's own errors are not all of one family
        raise DocumentError(_told(mime, _reason(error))) from None
    title = str(result.metadata.get("title") or result.metadata.get("subject") or "")
    content = result.content.replace("\n", "\n\n") if is_doc else result.content
    return Extracted(clean_text(content), " ".join(clean_text(title).split()))


def _told(mime: str, reason: str) -> str:
    """Why a file gave nothing, as a sentence for its owner where the reason is a common one."""
    low = reason.lower()
    if "password" in low or "encrypted" in low:
        return "It is locked with a password; save a copy without one."
    if "size" in low and "limit" in low:
        return f"It unpacks to more than is allowed: {reason}."
    if "zip" in low and ("invalid" in low or "eocd" in low):
        return "It is damaged or cut short: it cannot be unpacked."
    if "invalid pdf" in low or "formaterror" in low:
        return "It is damaged, or no PDF although its name says so."
    kind = mime if len(mime) <= _LONGEST_KIND else "what its name says"
    return f"It cannot be read as {kind}: {reason}."


def _reason(error: Exception) -> str:
    """The library's reason, without the kind of error before it."""
    reason = [*str(error).split(": ", 1), ""][1].strip().rstrip(".") or type(error).__name__
    return " ".join(reason.split())[:300]


def picture_of_page(path: Path, number: int) -> bytes:
    """A page of a PDF, counted from 1, as a PNG at 200 dots an inch. Raises DocumentError."""
    import kreuzberg

    try:
        return bytes(kreuzberg.render_pdf_page(path, number - 1, dpi=200))
    except Exception as error:
        raise DocumentError(f"Its page {number} cannot be drawn: {_reason(error)}.") from None


def read_picture(png: bytes, languages: str) -> str:
    """What Tesseract reads on a picture, as Markdown. Raises DocumentError."""
    import kreuzberg

    config = kreuzberg.ExtractionConfig(
        output_format="markdown",
        use_cache=False,
        ocr=kreuzberg.OcrConfig(
            backend="tesseract",
            language=languages,
            # It takes a few lines of prose for a table with a word in each cell.
            tesseract_config=kreuzberg.TesseractConfig(
                language=languages, enable_table_detection=False
            ),
        ),
    )
    try:
        result = kreuzberg.extract_bytes_sync(png, "image/png", config=config)
    except Exception as error:
        raise DocumentError(f"Tesseract cannot read it: {_reason(error)}.") from None
    return clean_text(result.content)


def type_of(data: bytes) -> str:
    """The MIME type of a file's content; "" where it is not known."""
    import kreuzberg

    try:
        return str(kreuzberg.detect_mime_type(data))
    except Exception:  # of any kind
        return ""
