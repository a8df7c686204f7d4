"""Reads files with a library other than this project's readers: run by `run.py`, in any Python.

`python candidates.py LIBRARY ENDING FILE …` prints JSON: the library's version, the size of its
installation with all that it needs, the seconds that reading took, and the text of each file.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any


def _kreuzberg(path: Path) -> str:
    import kreuzberg

    config = kreuzberg.ExtractionConfig(output_format="plain", use_cache=False)
    return str(kreuzberg.extract_file_sync(path, config=config).content)


def _python_docx(path: Path) -> str:
    import docx

    def texts(container: Any) -> Iterator[str]:
        for part in container.iter_inner_content():
            if hasattr(part, "rows"):
                for row in part.rows:
                    for cell in dict.fromkeys(row.cells):
                        yield from texts(cell)
            else:
                yield part.text

    return "\n".join(texts(docx.Document(str(path))))


def _mammoth(path: Path) -> str:
    import mammoth

    with path.open("rb") as file:
        return str(mammoth.extract_raw_text(file).value)


def _docx2txt(path: Path) -> str:
    import docx2txt

    return str(docx2txt.process(str(path)))


def _docx2python(path: Path) -> str:
    from docx2python import docx2python

    with docx2python(path) as found:
        return str(found.text)


def _odfpy(path: Path) -> str:
    from odf import teletype, text
    from odf.opendocument import load

    document = load(str(path))
    found = [*document.getElementsByType(text.H), *document.getElementsByType(text.P)]
    return "\n".join(teletype.extractText(each) for each in found)


def _odfdo(path: Path) -> str:
    import odfdo

    return str(odfdo.Document(str(path)).get_formatted_text())


def _openpyxl(path: Path) -> str:
    import openpyxl

    sheets = openpyxl.load_workbook(path, data_only=True).worksheets
    rows = (row for sheet in sheets for row in sheet.iter_rows(values_only=True))
    return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)


def _calamine(path: Path) -> str:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return "\n".join("\t".join(map(str, row)) for row in rows)


def _python_pptx(path: Path) -> str:
    import pptx

    texts = []
    for slide in pptx.Presentation(str(path)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            elif shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def _selectolax(path: Path) -> str:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(path.read_text(encoding="utf-8")).body
    return str(body.text(separator="\n")) if body else ""


def _trafilatura(path: Path) -> str:
    import trafilatura

    return trafilatura.extract(path.read_text(encoding="utf-8"), include_tables=True) or ""


def _html2text(path: Path) -> str:
    import html2text

    reader = html2text.HTML2Text(bodywidth=0)
    reader.ignore_links = reader.ignore_emphasis = True
    return str(reader.handle(path.read_text(encoding="utf-8")))


def _beautifulsoup(path: Path) -> str:
    from bs4 import BeautifulSoup

    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").get_text("\n")


def _ebooklib(path: Path) -> str:
    import ebooklib
    from bs4 import BeautifulSoup
    from ebooklib import epub

    chapters = epub.read_epub(str(path)).get_items_of_type(ebooklib.ITEM_DOCUMENT)
    return "\n".join(BeautifulSoup(c.get_content(), "html.parser").get_text("\n") for c in chapters)


def _email(path: Path) -> str:
    from email import message_from_bytes, policy

    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain", "html"))
    return f"{message['Subject']}\n{body.get_content() if body else ''}"


def _markdown_it(path: Path) -> str:
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark").enable("table").render(path.read_text(encoding="utf-8"))
    return _without_tags(str(page))


def _without_tags(markup: str) -> str:
    import html

    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def _striprtf(path: Path) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(path.read_text(encoding="latin-1"), errors="replace"))


def _csv(path: Path) -> str:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return "\n".join("\t".join(row) for row in csv.reader(file))


def _element_tree(path: Path) -> str:
    from xml.etree import ElementTree

    return "\n".join(ElementTree.parse(path).getroot().itertext())


def _pypdfium2(path: Path) -> str:
    import pypdfium2

    pages = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def _pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def _pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(path))


Read = Callable[[Path], str]
CANDIDATES: dict[str, tuple[str, Read]] = {
    "kreuzberg": (
        "docx odt ods odp xlsx pptx html epub eml txt md csv xml json jsonl rtf pdf",
        _kreuzberg,
    ),
    "python-docx": ("docx", _python_docx),
    "mammoth": ("docx", _mammoth),
    "docx2txt": ("docx", _docx2txt),
    "docx2python": ("docx", _docx2python),
    "odfpy": ("odt ods odp", _odfpy),
    "odfdo": ("odt ods odp", _odfdo),
    "openpyxl": ("xlsx", _openpyxl),
    "python-calamine": ("xlsx ods", _calamine),
    "python-pptx": ("pptx", _python_pptx),
    "selectolax": ("html", _selectolax),
    "trafilatura": ("html", _trafilatura),
    "html2text": ("html", _html2text),
    "beautifulsoup4": ("html", _beautifulsoup),
    "ebooklib": ("epub", _ebooklib),
    "email (Python)": ("eml", _email),
    "markdown-it-py": ("md", _markdown_it),
    "striprtf": ("rtf", _striprtf),
    "csv (Python)": ("csv", _csv),
    "ElementTree (Python)": ("xml", _element_tree),
    "pypdfium2": ("pdf", _pypdfium2),
    "pdfplumber": ("pdf", _pdfplumber),
    "pypdf": ("pdf", _pypdf),
    "pdfminer.six": ("pdf", _pdfminer),
}  # fmt: skip
"""Library → the endings that it reads, and how its documentation says to get the text."""


def installed_mb(library: str) -> float:
    """Size of a package and of all that it needs, in megabytes; 0 for a part of Python."""
    sizes: dict[str, int] = {}
    waiting = [] if "(" in library else [library]
    while waiting:
        name = waiting.pop()
        if name in sizes:
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        files = [Path(str(file.locate())) for file in package.files or ()]
        sizes[name] = sum(file.stat().st_size for file in files if file.exists())
        for need in package.requires or ():
            if "extra ==" not in need:
                waiting.append(re.split(r"[^\w.-]", need)[0].lower())
    return sum(sizes.values()) / 1e6


def main() -> None:
    """Read the files named on the command line."""
    library, paths = sys.argv[1], sys.argv[2:]
    read = CANDIDATES[library][1]
    version = "" if "(" in library else metadata.version(library)
    texts: dict[str, str] = {}
    failed = 0
    read(Path(paths[0]))  # imports what it needs
    start = time.perf_counter()
    for path in paths:
        try:
            texts[path] = read(Path(path))
        except Exception:  # whatever a library raises, its text is lost
            failed += 1
            texts[path] = ""
    seconds = time.perf_counter() - start
    found = {"version": version, "mb": installed_mb(library), "seconds": seconds}
    json.dump({**found, "failed": failed, "texts": texts}, sys.stdout)


if __name__ == "__main__":
    main()
