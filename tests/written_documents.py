"""Random documents as files of every kind, written part by part as the formats say it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from email.message import EmailMessage
from xml.sax.saxutils import escape

from made_files import archive, docx, odf, package_part, relations
from random_documents import Paragraph, RandomDocument, Table


def _joined(document: RandomDocument, write: Callable[[Paragraph | Table], str]) -> str:
    return "".join(map(write, document.parts))


# --- Word


def _word_runs(text: str) -> str:
    """Runs of Word: signs of their own for tabs, breaks and hyphens."""
    marks = {
        "\t": "<w:tab/>", "\n": "<w:br/>", "\u00ad": "<w:softHyphen/>",
        "\u2011": "<w:noBreakHyphen/>",
    }  # fmt: skip
    pieces = re.split("([\t\n\u00ad\u2011])", text)
    inner = "".join(
        marks.get(p) or f'<w:t xml:space="preserve">{escape(p)}</w:t>' for p in pieces if p
    )
    return f"<w:r>{inner}</w:r>"


def _word_paragraph(paragraph: Paragraph, notes: list[Paragraph]) -> str:
    wraps = (
        "{}", "<w:ins>{}</w:ins>", '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        "<w:smartTag><w:smartTag>{}</w:smartTag></w:smartTag>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    )  # fmt: skip
    runs = [_word_runs(run) for run in paragraph.runs]
    inner = "".join(wraps[n % len(wraps)].format(run) for n, run in enumerate(runs))
    if paragraph.box is not None:
        box = f"<w:txbxContent>{_word_paragraph(paragraph.box, notes)}</w:txbxContent>"
        shape = f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
        inner += (
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><a:graphic>"
            f"<a:graphicData>{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape>"
            "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    if paragraph.note is not None:
        notes.append(paragraph.note)
        inner += f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r>'
    style = f'<w:pPr><w:pStyle w:val="Heading{paragraph.level}"/></w:pPr>'
    written = f"<w:p>{style if paragraph.level else ''}{inner}</w:p>"
    control = f"<w:sdt><w:sdtContent>{written}</w:sdtContent></w:sdt>"
    return control if paragraph.control else written


def _word_table(table: Table, notes: list[Paragraph]) -> str:
    rows = []
    hanging: dict[int, tuple[int, int]] = {}  # column → rows left, columns
    for row in table.rows:
        cells, at, column = [], list(row), 0
        while at or column in hanging:
            if column in hanging:
                left, columns = hanging.pop(column)
                if left > 1:
                    hanging[column] = left - 1, columns
                inner, merge = "<w:p/>", "<w:vMerge/>"
            else:
                cell = at.pop(0)
                columns = cell.columns
                merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
                inner = _word_paragraph(cell.content, notes)
                if cell.rows > 1:
                    hanging[column] = cell.rows - 1, columns
            span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inner}</w:tc>")
            column += columns
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    width = sum(cell.columns for cell in table.rows[0])
    return (
        f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def word(document: RandomDocument) -> bytes:
    """.docx: runs, insertions, links, content controls, text boxes, notes, merged cells."""
    notes: list[Paragraph] = []
    body = _joined(
        document,
        lambda part: (
            _word_paragraph(part, notes)
            if isinstance(part, Paragraph)
            else _word_table(part, notes)
        ),
    )
    return docx(body, [_word_paragraph(note, []) for note in notes])


# --- OpenDocument


def _odf_text(text: str) -> str:
    spaced = escape(text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    return re.sub("  +", lambda m: f' <text:s text:c="{len(m[0]) - 1}"/>', spaced)


def _odf_paragraph(paragraph: Paragraph) -> str:
    inner = ""
    for number, run in enumerate(paragraph.runs):
        span = f"<text:span>{_odf_text(run)}</text:span>"
        inner += (_odf_text(run), span, f"<text:span>{span}</text:span>")[number % 3]
    if paragraph.box is not None:
        box = f"<draw:text-box>{_odf_paragraph(paragraph.box)}</draw:text-box>"
        inner += f'<draw:frame svg:width="8cm" svg:height="3cm">{box}</draw:frame>'
    if paragraph.note is not None:
        inner += (
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            f"<text:note-body>{_odf_paragraph(paragraph.note)}</text:note-body></text:note>"
        )
    if paragraph.level:
        return f'<text:h text:outline-level="{paragraph.level}">{inner}</text:h>'
    if paragraph.listed:
        item = f"<text:list-item><text:p>{inner}</text:p></text:list-item>"
        return f"<text:list>{item}</text:list>"
    return f"<text:p>{inner}</text:p>"


def _odf_rows(table: Table) -> str:
    rows = []
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(table.rows):
        cells, at, x = "", list(row), 0
        while at or (x, y) in covered:
            if (x, y) in covered:
                cells += "<table:covered-table-cell/>"
                x += 1
                continue
            cell = at.pop(0)
            across = range(cell.columns)
            covered |= {(x + i, y + j) for i in across for j in range(cell.rows)} - {(x, y)}
            cells += (
                f'<table:table-cell office:value-type="string" table:number-columns-spanned='
                f'"{cell.columns}" table:number-rows-spanned="{cell.rows}">'
                f"{_odf_paragraph(cell.content)}</table:table-cell>"
            )
            x += 1
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    return "".join(rows)


def open_text(document: RandomDocument) -> bytes:
    """.odt: nested spans, frames, notes, lists, spanned cells."""

    def write(part: Paragraph | Table) -> str:
        if isinstance(part, Paragraph):
            return _odf_paragraph(part)
        width = sum(cell.columns for cell in part.rows[0])
        column = f'<table:table-column table:number-columns-repeated="{width}"/>'
        return f'<table:table table:name="T">{column}{_odf_rows(part)}</table:table>'

    return odf(_joined(document, write), "text")


def open_sheet(document: RandomDocument) -> bytes:
    """.ods: a sheet, paragraphs as cells that stand alone."""
    lone = "<table:table-row><table:table-cell>{}</table:table-cell></table:table-row>"
    blank = lone.format("")
    rows = _joined(
        document,
        lambda part: (
            lone.format(_odf_paragraph(part))
            if isinstance(part, Paragraph)
            else blank + _odf_rows(part) + blank
        ),
    )
    return odf(f'<table:table table:name="Sheet">{rows}</table:table>', "spreadsheet")


def open_slides(document: RandomDocument) -> bytes:
    """.odp: a slide for each heading."""
    frame = '<draw:frame svg:width="20cm" svg:height="3cm">{}</draw:frame>'
    pages = [""]
    for part in document.parts:
        if isinstance(part, Table):
            pages[-1] += frame.format(f"<table:table>{_odf_rows(part)}</table:table>")
        elif part.level:
            box = f"<draw:text-box><text:p>{_odf_text(part.text)}</text:p></draw:text-box>"
            pages.append(frame.replace(">", ' presentation:class="title">', 1).format(box))
        else:
            pages[-1] += frame.format(f"<draw:text-box>{_odf_paragraph(part)}</draw:text-box>")
    body = "".join(f"<draw:page>{page}</draw:page>" for page in pages if page)
    return odf(body, "presentation")


# --- Workbooks and presentations of Microsoft


def workbook(document: RandomDocument) -> bytes:
    """.xlsx: a sheet with merged cells, paragraphs as cells that stand alone."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for part in document.parts:
        if isinstance(part, Paragraph):
            sheet.cell(row, 1, part.text)
            row += 1
            continue
        row += 1
        covered: set[tuple[int, int]] = set()
        for y, line in enumerate(part.rows, start=row):
            x = 1
            for cell in line:
                while (x, y) in covered:
                    x += 1
                sheet.cell(y, x, cell.content.text)
                right, bottom = x + cell.columns - 1, y + cell.rows - 1
                if cell.columns * cell.rows > 1:
                    sheet.merge_cells(None, y, x, bottom, right)
                covered |= {(i, j) for i in range(x, right + 1) for j in range(y, bottom + 1)}
        row += len(part.rows) + 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _slide_paragraph(paragraph: Paragraph) -> str:
    inner = ""
    for run in paragraph.runs:
        lines = [f"<a:r><a:t>{escape(line)}</a:t></a:r>" for line in run.split("\n")]
        inner += "<a:br/>".join(lines)
    return f"<a:p>{inner}</a:p>"


def _slide_table(table: Table) -> str:
    width = sum(cell.columns for cell in table.rows[0])
    rows = ""
    hanging: dict[tuple[int, int], str] = {}
    for y, row in enumerate(table.rows):
        cells, at = "", list(row)
        for x in range(width):
            if (x, y) in hanging:
                cells += f'<a:tc {hanging[x, y]}="1"><a:txBody><a:p/></a:txBody></a:tc>'
                continue
            cell = at.pop(0)
            for i in range(cell.columns):
                for j in range(cell.rows):
                    hanging[x + i, y + j] = "hMerge" if i else "vMerge"
            spans = f'gridSpan="{cell.columns}" rowSpan="{cell.rows}"'
            body = f"<a:txBody><a:bodyPr/>{_slide_paragraph(cell.content)}</a:txBody>"
            cells += f"<a:tc {spans}>{body}</a:tc>"
        rows += f"<a:tr>{cells}</a:tr>"
    columns = '<a:gridCol w="9"/>' * width
    grid = f"<a:tblGrid>{columns}</a:tblGrid>"
    kind = "http://schemas.openxmlformats.org/drawingml/2006/table"
    return (
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='9' name='t'/><p:cNvGraphicFramePr/>"
        "<p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic>"
        f'<a:graphicData uri="{kind}"><a:tbl>{grid}{rows}</a:tbl></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )


def presentation(document: RandomDocument) -> bytes:
    """.pptx: a slide for each heading, a shape for each paragraph, tables with merged cells."""
    shape = (
        "<p:sp><p:nvSpPr><p:cNvPr id='2' name='s'/><p:cNvSpPr/><p:nvPr>{}</p:nvPr></p:nvSpPr>"
        "<p:spPr/><p:txBody><a:bodyPr/>{}</p:txBody></p:sp>"
    )
    slides: list[str] = []
    for part in document.parts:
        if isinstance(part, Table):
            slides[-1] += _slide_table(part)
        elif part.level:
            slides.append(shape.format('<p:ph type="title"/>', _slide_paragraph(part)))
        else:
            slides[-1] += shape.format("", _slide_paragraph(part))
    names = [f"slides/slide{number}.xml" for number in range(1, len(slides) + 1)]
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in range(1, len(slides) + 1))
    listed = f"<p:sldIdLst>{ids}</p:sldIdLst>"
    parts = {"ppt/presentation.xml": package_part("p:presentation", listed)}
    group = "<p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/>"
    for name, inner in zip(names, slides, strict=True):
        tree = f"<p:spTree><p:nvGrpSpPr>{group}</p:nvGrpSpPr><p:grpSpPr/>{inner}</p:spTree>"
        parts[f"ppt/{name}"] = package_part("p:sld", f"<p:cSld>{tree}</p:cSld>")
    parts["ppt/_rels/presentation.xml.rels"] = relations([("slide", name) for name in names])
    parts["_rels/.rels"] = relations([("officeDocument", "ppt/presentation.xml")])
    return archive(parts, kind="presentationml")


# --- Pages, books, mails


def _html_inline(paragraph: Paragraph) -> str:
    tags = ("{}", "<b>{}</b>", "<span><i>{}</i></span>", '<a href="#x">{}</a>', "<em>{}</em>")
    marks = {"\u00a0": "&nbsp;", "\u00ad": "&shy;", "\n": "<br/>", "\t": "\t"}
    inner = ""
    for number, run in enumerate(paragraph.runs):
        shown = "".join(marks.get(sign) or html.escape(sign) for sign in run)
        inner += tags[number % len(tags)].format(shown)
    return inner


def _html_part(part: Paragraph | Table) -> str:
    if isinstance(part, Table):
        rows = ""
        for number, row in enumerate(part.rows):
            tag = "td" if number else "th"
            for cell in row:
                spans = f'colspan="{cell.columns}" rowspan="{cell.rows}"'
                rows += "" if cell is not row[0] else "<tr>"
                rows += f'<{tag} dir="auto" {spans}>{_html_inline(cell.content)}</{tag}>'
            rows += "</tr>"
        return f"<table>{rows}</table>"
    tag = f"h{part.level}" if part.level else "p"
    if part.listed:
        return f'<ul><li dir="auto">{_html_inline(part)}</li></ul>'
    aside = "".join(
        f"<aside><p dir='auto'>{_html_inline(each)}</p></aside>" for each in (part.box,) if each
    )
    notes = "".join(f"<div dir='auto'>{_html_inline(each)}</div>" for each in (part.note,) if each)
    return f'<{tag} dir="auto">{_html_inline(part)}</{tag}>{aside}{notes}'


def html_body(document: RandomDocument) -> str:
    """The inner part of a web page."""
    return _joined(document, _html_part)


def page(document: RandomDocument) -> bytes:
    """.html in UTF-8."""
    return f'<!DOCTYPE html><meta charset="utf-8"><body>{html_body(document)}</body>'.encode()


def book(document: RandomDocument) -> bytes:
    """.epub of one chapter."""
    xhtml = html_body(document).replace("&nbsp;", "&#160;").replace("&shy;", "&#173;")
    chapter = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
        f"<body>{xhtml}</body></html>"
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">1'
        "</dc:identifier><dc:title>Book</dc:title><dc:language>en</dc:language></metadata>"
        '<manifest><item id="a" href="one%20part.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="a"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="OPS/a.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    parts = {
        "META-INF/container.xml": container,
        "OPS/a.opf": package,
        "OPS/one part.xhtml": chapter,
    }
    return archive(parts, mimetype="application/epub+zip")


def mail(document: RandomDocument, *, as_html: bool = False) -> bytes:
    """.eml: the text as it is, or a stub beside HTML."""
    message = EmailMessage()
    message["From"], message["Subject"] = "1@2.3", "0"
    message.set_content("0" if as_html else plain(document).decode())
    if as_html:
        message.add_alternative(html_body(document), subtype="html")
    return bytes(message)


# --- Texts


def _plain_part(part: Paragraph | Table) -> str:
    if isinstance(part, Paragraph):
        return f"- {part.text}" if part.listed else part.text
    return "\n\n".join(cell.content.text for row in part.rows for cell in row)


def plain(document: RandomDocument) -> bytes:
    """.txt in UTF-8."""
    return "\n\n".join(map(_plain_part, document.parts)).encode()


def _markdown_text(paragraph: Paragraph) -> str:
    text = re.sub(r"([\\`*_{}\[\]()#+!|~])", r"\\\1", html.escape(paragraph.text, quote=False))
    return text.replace("\n", "  \n") if not paragraph.level else text.replace("\n", " ")


def _markdown_part(part: Paragraph | Table) -> str:
    if isinstance(part, Paragraph):
        mark = "#" * part.level + " " if part.level else "- " if part.listed else ""
        text = _markdown_text(part)
        return mark + (text.replace("\n", "\n  ") if part.listed else text)
    lines = []
    for row in part.rows:
        cells = [_markdown_text(cell.content).replace("  \n", "<br>") for cell in row]
        lines.append(f"| {' | '.join(cells)} |")
    lines.insert(1, "|" + "---|" * len(part.rows[0]))
    return "\n".join(lines)


def markdown(document: RandomDocument) -> bytes:
    """.md with signs escaped and tables."""
    return "\n\n".join(map(_markdown_part, document.parts)).encode()


def comma_separated(document: RandomDocument) -> bytes:
    """.csv: cells as they are, paragraphs as cells that stand alone."""
    out = io.StringIO()
    writer = csv.writer(out)
    for part in document.parts:
        if isinstance(part, Paragraph):
            writer.writerow([part.text])
        else:
            writer.writerows([[], *([c.content.text for c in row] for row in part.rows), []])
    return out.getvalue().encode()


def tree(document: RandomDocument) -> bytes:
    """.xml: a title and mixed content; tables as records."""

    def write(part: Paragraph | Table) -> str:
        if isinstance(part, Table):
            cells = [
                "".join(f"<c{n}>{escape(cell.content.text)}</c{n}>" for n, cell in enumerate(row))
                for row in part.rows
            ]
            return "<list>" + "".join(f"<record>{row}</record>" for row in cells) + "</list>"
        runs = [escape(run) for run in part.runs]
        return "<p>{}</p>".format(
            "".join(f"<b>{r}</b>" if n % 2 else r for n, r in enumerate(runs))
        )

    return f'<?xml version="1.0"?><all>{_joined(document, write)}</all>'.encode()


def records(document: RandomDocument, *, lines: bool = False) -> bytes:
    """.json or .jsonl: records with a title and a text, and between them those of tables."""
    found: list[dict[str, object]] = []
    for part in document.parts:
        if isinstance(part, Table):
            found.append({"0": [[cell.content.text for cell in row] for row in part.rows]})
        elif part.level or "text" not in found[-1]:
            found.append({"title": part.text, "text": ""} if part.level else {"text": part.text})
        else:
            found[-1]["text"] = f"{found[-1]['text']}\n\n{part.text}"
    if lines:
        return "\n".join(json.dumps(each) for each in found).encode()
    return json.dumps({"2": found}, ensure_ascii=False).encode()


def _rtf_text(text: str) -> str:
    marks = {"\t": "\\tab ", "\n": "\\line ", "\u00a0": "\\~", "\u00ad": "\\-", "\u2011": "\\_"}
    shown = ""
    for sign in text:
        if sign in marks:
            shown += marks[sign]
        elif sign in "\\{}":
            shown += "\\" + sign
        elif ord(sign) < 128:
            shown += sign
        else:
            shown += f"\\u{ord(sign) - 65536 if ord(sign) > 32767 else ord(sign)}?"
    return shown


def rich_text(document: RandomDocument) -> bytes:
    """.rtf: runs in groups, tables, notes."""

    def write(part: Paragraph | Table) -> str:
        if isinstance(part, Paragraph):
            inner = "".join(
                f"{{\\b {_rtf_text(run)}}}" if n % 2 else _rtf_text(run)
                for n, run in enumerate(part.runs)
            )
            if part.note is not None:
                inner += f"{{\\super\\chftn}}{{\\footnote\\pard {_rtf_text(part.note.text)}}}"
            level = f"\\outlinelevel{part.level - 1}" if part.level else ""
            return f"\\pard{level} {inner}\\par\n"
        rows = ""
        for row in part.rows:
            ends = "".join(f"\\cellx{2000 * (n + 1)}" for n in range(len(row)))
            cells = "".join(f"\\intbl {_rtf_text(c.content.text)}\\cell " for c in row)
            rows += f"\\trowd{ends} {cells}\\row\n"
        return rows

    font = "{\\fonttbl{\\f0 Arial;}}"
    return f"{{\\rtf1\\ansi\\deff0{font}\n{_joined(document, write)}}}".encode()


WRITERS: dict[str, Callable[[RandomDocument], bytes]] = {
    "docx": word, "odt": open_text, "ods": open_sheet, "odp": open_slides, "xlsx": workbook,
    "pptx": presentation, "html": page, "epub": book, "eml": mail, "txt": plain, "md": markdown,
    "csv": comma_separated, "xml": tree, "json": records, "rtf": rich_text,
    "html.eml": lambda document: mail(document, as_html=True),
    "jsonl": lambda document: records(document, lines=True),
}  # fmt: skip
"""Ending of a file → what writes a document so."""

HANGING = ("docx", "odt", "html", "epub", "html.eml")
MARKS = {
    "eml": ("From",),
    "html.eml": ("From",),
    "xml": ("c0", "c1", "c2", "c3"),
    "json": ("title",),
    "jsonl": ("title",),
}
"""Words that are in a file of a kind beside the document's."""
SPANS = (*HANGING, "ods", "odp", "xlsx", "pptx")


def written(document: RandomDocument, kind: str) -> tuple[RandomDocument, bytes]:
    """What of a document a kind of file can hold, and the file."""
    held = document.without(spans=kind in SPANS, hanging=kind in HANGING)
    return held, WRITERS[kind](held)
