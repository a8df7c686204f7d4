"""Random documents printed to PDF: by reportlab, and by Chromium where a browser is there."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from random_documents import SCRIPTS, WESTERN, Paragraph, RandomDocument, judge
from read_documents import read_files
from written_documents import html_body, open_text

FONT = "Vera"
"""It comes with reportlab, and has the letters of Western languages."""
PRINTED = WESTERN[:1]


def _markup(paragraph: Paragraph) -> str:
    text = paragraph.text.replace("\u00ad", "").replace("\u2011", "-").replace("\t", "    ")
    return escape(text).replace("\n", "<br/>")


def by_reportlab(document: RandomDocument, columns: int = 1) -> bytes:
    """Paragraphs with headings and lists, and ruled tables with spans, in one or more columns."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Spacer, Table
    from reportlab.platypus import Paragraph as Flowing

    pdfmetrics.registerFont(TTFont(FONT, "Vera.ttf"))
    text = ParagraphStyle("text", fontName=FONT, fontSize=10, leading=13, spaceAfter=7)
    heads = {
        level: ParagraphStyle(f"h{level}", text, fontSize=20 - 4 * level, leading=24, spaceBefore=9)
        for level in (1, 2)
    }
    story: list[Any] = []
    for part in document.parts:
        if isinstance(part, Paragraph):
            mark = "• " if part.listed else ""
            story.append(Flowing(mark + _markup(part), heads.get(part.level, text)))
            continue
        width = sum(cell.columns for cell in part.rows[0])
        grid: list[list[Any]] = [[""] * width for _ in part.rows]
        style: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))]
        style.append(("VALIGN", (0, 0), (-1, -1), "TOP"))
        covered: set[tuple[int, int]] = set()
        for y, row in enumerate(part.rows):
            x = 0
            for cell in row:
                while (x, y) in covered:
                    x += 1
                grid[y][x] = Flowing(_markup(cell.content), text)
                end = x + cell.columns - 1, y + cell.rows - 1
                style.append(("SPAN", (x, y), end))
                covered |= {(i, j) for i in range(x, end[0] + 1) for j in range(y, end[1] + 1)}
        story += [
            Table(
                grid,
                [(480 / columns - 20 * (columns - 1)) / width] * width,
                style=style,
                splitByRow=0,
            ),
            Spacer(1, 12),
        ]
    out = io.BytesIO()
    room = 482 / columns
    frames = [Frame(56 + room * at, 56, room, A4[1] - 112) for at in range(columns)]
    template = BaseDocTemplate(out, pagesize=A4, invariant=1)
    template.addPageTemplates(PageTemplate(frames=frames))
    template.build(story)
    return out.getvalue()


def by_chromium(document: RandomDocument, page: Any) -> bytes:
    """The document's web page, printed. `page`: of Playwright.

    Hyphens are such at which no line ends: whether one there belongs to its word, no file says.
    """
    style = (
        "table{border-collapse:collapse;break-inside:avoid}td,th{border:1px solid;padding:3px}"
        "i,b,em,a{font:inherit;font-variant-ligatures:none}"
    )
    inner = html_body(document).replace("-", "\u2011")
    is_right_to_left = any(SCRIPTS[script][0] in inner for script in ("Arabic", "Hebrew"))
    direction = "rtl" if is_right_to_left else "ltr"
    head = f"<meta charset='utf-8'><style>{style}</style>"
    page.set_content(f"{head}<body dir={direction}>{inner}</body>")
    return bytes(page.pdf(format="A4"))


def by_libreoffice(documents: Sequence[RandomDocument], folder: Path) -> None:
    """`folder`/0.pdf, 1.pdf, …: OpenDocument texts of the documents, printed."""
    with TemporaryDirectory() as name:
        sources = Path(name)
        for number, document in enumerate(documents):
            (sources / f"{number}.odt").write_bytes(open_text(document))
        command = ["soffice", f"-env:UserInstallation={(sources / 'profile').as_uri()}"]
        command += ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        files = [str(sources / f"{number}.odt") for number in range(len(documents))]
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)


def judge_prints(
    folder: Path, documents: Sequence[RandomDocument], *, ordered: bool = True
) -> None:
    """Compare `folder`/0.pdf, 1.pdf, … word by word with the documents that they show."""
    reading = read_files(folder)
    assert reading.skipped == ()
    texts = {document.source: document.text for document in reading.documents}
    for number, document in enumerate(documents):
        name = f"{number}.pdf"
        named = " ".join(piece.text for piece in reading.dropped if piece.source == name)
        verdict = judge(document, texts[name], named)
        assert verdict.words > 50
        faults = verdict.faults if ordered else verdict.faults - verdict.disordered
        assert faults == 0, (name, verdict)
