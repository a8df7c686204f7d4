"""Makes the files of this folder anew: `python tests/data/formats/make.py`.

Needs LibreOffice (`soffice`) and pandoc, as in Debian's packages libreoffice-writer,
libreoffice-calc, libreoffice-impress and pandoc. The tests only read the files.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).parent
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "presentation": "presentation",
    }.items()
)
NAMES += (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)

BREWING = (
    "Water for green tea should be about eighty degrees hot.",
    "Boiling water makes the leaves bitter within a minute.",
)
STORING = "Tea keeps its taste for a year in a dark and dry tin."
ORIGIN = "The first plants were grown on the slopes of the Himalaya."
SCANNED = "The lighthouse keeper winds the clock every evening."
LEFT = (
    "The left column tells of rivers. A river begins at a spring in the hills and gathers the "
    "water of many brooks. It ends in a lake or in the sea, often after a long way through flat "
    "land. Ships use the lower part of it."
)
RIGHT = (
    "The right column tells of deserts. A desert has less rain than twenty five centimetres in a "
    "year. Some deserts are hot and some are cold. Few plants grow there, and animals come out "
    "at night only."
)
TABLE = (("Tea", "Minutes", "Origin"), ("Sencha", "2", "Japan"), ("Assam", "4", "India"))


def text_file(body: str, *, title: str = "Tea Handbook", running: bool = False) -> str:
    """A flat OpenDocument text; `running` gives every page a header and a footer."""
    lines = ""
    if running:
        lines = (
            "<style:header><text:p>Tea Handbook, edition of the Harbour Company</text:p>"
            "</style:header><style:footer><text:p>Confidential draft, page "
            "<text:page-number>1</text:page-number></text:p></style:footer>"
        )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMES} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{title}</dc:title></office:meta>
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'DejaVu Serif'"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="F"
 fo:font-size="11pt" fo:language="en" fo:country="GB"/></style:default-style>
<style:style style:name="Heading" style:family="paragraph">
<style:text-properties fo:font-size="20pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Heading" style:default-outline-level="1">
<style:text-properties fo:font-size="22pt"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"
 style:parent-style-name="Heading" style:default-outline-level="2">
<style:text-properties fo:font-size="16pt"/></style:style>
</office:styles>
<office:automatic-styles>
<style:style style:name="New" style:family="paragraph" style:parent-style-name="Heading_20_2">
<style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="Break" style:family="paragraph">
<style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="Narrow" style:family="paragraph">
<style:paragraph-properties fo:margin-right="11cm"/></style:style>
<style:style style:name="Two" style:family="section"><style:section-properties
 text:dont-balance-text-columns="false"><style:columns fo:column-count="2" fo:column-gap="1cm">
<style:column style:rel-width="1*" fo:start-indent="0cm" fo:end-indent="0.5cm"/>
<style:column style:rel-width="1*" fo:start-indent="0.5cm" fo:end-indent="0cm"/>
</style:columns></style:section-properties></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm"
 fo:margin-right="2cm"/><style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
{lines}</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def heading(text: str, level: int, style: str = "") -> str:
    name = style or f"Heading_20_{level}"
    return f'<text:h text:style-name="{name}" text:outline-level="{level}">{text}</text:h>'


def paragraph(text: str, style: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{text}</text:p>"


def rows() -> str:
    cells = [
        "<table:table-row>"
        + "".join(f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in TABLE
    ]
    return (
        '<table:table><table:table-column table:number-columns-repeated="3"/>'
        + "".join(cells)
        + "</table:table>"
    )


def handbook(*, table: bool = True) -> str:
    body = heading("Tea Handbook", 1) + heading("Brewing", 2)
    body += "".join(paragraph(text) for text in BREWING)
    body += heading("Storing", 2, "New") + paragraph(STORING) + (rows() if table else "")
    return body + heading("Origin", 2, "New") + paragraph(ORIGIN)


def picture(folder: Path) -> str:
    """A scanned page: the picture of a page with one paragraph."""
    import kreuzberg

    office(text_file(paragraph(SCANNED)), "fodt", "pdf", "page.pdf", folder, folder)
    data = base64.b64encode(kreuzberg.render_pdf_page(folder / "page.pdf", 0, dpi=100)).decode()
    return (
        '<draw:frame svg:width="17cm" svg:height="24cm" text:anchor-type="as-char"><draw:image>'
        f"<office:binary-data>{data}</office:binary-data></draw:image></draw:frame>"
    )


def slides() -> str:
    pages = [
        ("Harbour Tour", "The ferry leaves every forty minutes."),
        ("Tickets", "A day ticket costs eleven euros."),
    ]
    shown = "".join(
        f'<draw:page draw:name="p{n}" draw:master-page-name="M">'
        f'<draw:frame presentation:class="title" svg:width="20cm" svg:height="3cm" svg:x="2cm"'
        f' svg:y="1cm"><draw:text-box>{paragraph(title)}</draw:text-box></draw:frame>'
        f'<draw:frame presentation:class="outline" svg:width="20cm" svg:height="8cm" svg:x="2cm"'
        f' svg:y="5cm"><draw:text-box>{paragraph(text)}</draw:text-box></draw:frame></draw:page>'
        for n, (title, text) in enumerate(pages, 1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMES} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties
 fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="M" style:page-layout-name="L"/>
</office:master-styles>
<office:body><office:presentation>{shown}</office:presentation></office:body></office:document>"""


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Ada Smith <ada@example.org>"
    message["To"] = "bo@example.org"
    message["Date"] = "Tue, 05 Mar 2024 09:30:00 +0000"
    message["Subject"] = "Delivery of the größe samples"
    message.set_content("Dear Bo,\n\nthe samples arrive on Thursday at noon.\n\nBest wishes\nAda\n")
    message.add_alternative(
        "<html><body><p>Dear Bo,</p><p>the samples arrive on Thursday at noon.</p></body></html>",
        subtype="html",
    )
    return bytes(message)


def office(
    source: str, suffix: str, kind: str, name: str, folder: Path, target: Path = HERE
) -> None:
    """Let LibreOffice convert a text to `target`/`name`."""
    place = folder / f"{Path(name).stem}.{suffix}"
    place.write_text(source, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder / "out"), str(place)]
    subprocess.run(command, check=True, capture_output=True)
    shutil.copy(
        folder / "out" / f"{Path(name).stem}.{kind.split(':', maxsplit=1)[0]}", target / name
    )


def main() -> None:
    """Write every file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("docx", "odt", "rtf", "doc"):
            office(text_file(handbook(), running=True), "fodt", kind, f"handbook.{kind}", folder)
        body = handbook(table=False)
        office(text_file(body, running=True), "fodt", "pdf", "handbook.pdf", folder)
        columns = (
            '<text:section text:style-name="Two" text:name="S">'
            + paragraph(LEFT)
            + paragraph(RIGHT)
            + "</text:section>"
        )
        head = heading("Landscapes", 1)
        office(text_file(head + columns, title=""), "fodt", "pdf", "columns.pdf", folder)
        soft = "The photo\u00adsyn\u00adthesis of under\u00adwater plants "
        soft += "is a well-\u200bknown process. "
        health = head + paragraph(soft * 3, "Narrow") + paragraph("The ﬁrst oﬃce ﬂoor is closed.")
        office(text_file(health, title=""), "fodt", "pdf", "hyphens.pdf", folder)
        scan = paragraph("The first page has text on it.") + paragraph(picture(folder), "Break")
        office(text_file(scan, title="Scan"), "fodt", "pdf", "half_scanned.pdf", folder)
        office(text_file(paragraph(picture(folder))), "fodt", "pdf", "scanned.pdf", folder)
        office(slides(), "fodp", "pptx", "tour.pptx", folder)
        sheet = "\n".join(",".join(row) for row in TABLE) + "\n"
        (HERE / "teas.csv").write_text(sheet, encoding="utf-8")
        for kind in ("xlsx", "ods", "xls"):
            office(sheet, "csv", kind, f"teas.{kind}", folder)
        book = folder / "book.md"
        book.write_text(
            "---\ntitle: Tea Handbook\n---\n\n# Brewing\n\n"
            + " ".join(BREWING)
            + f"\n\n## Storing\n\n{STORING}\n\n# Origin\n\n{ORIGIN}\n",
            encoding="utf-8",
        )
        subprocess.run(["pandoc", str(book), "-o", str(HERE / "handbook.epub")], check=True)
        web = ["pandoc", "--standalone", str(book), "-o", str(HERE / "handbook.html")]
        subprocess.run(web, check=True)
    (HERE / "letter.eml").write_bytes(mail())


if __name__ == "__main__":
    main()
