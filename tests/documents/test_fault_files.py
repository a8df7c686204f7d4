"""Files of every format that readers are known to get wrong: the whole of what each must give."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

import pytest
from made_files import docx
from read_documents import Read, read_files

from qa import Service, Settings

PDF = Path(__file__).parents[1] / "data" / "pdf"
MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
DRAWN = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def heading(text: str) -> str:
    return p(f'<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{r(text)}')


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def docx_signs() -> bytes:
    return docx(
        heading("Bench tolerances")
        + p(r("The gap of the R&amp;D bench must stay &lt; 5 mm and &gt; 2 mm at all times."))
        + p(r("Call the template as Vector&lt;Pump&gt; in the control program."))
        + p(r("Smith &amp; Weller deliver the spare hinges within nine days."))
    )


def docx_textbox() -> bytes:
    def box(text: str) -> str:
        return f"<w:txbxContent>{p(r(text))}</w:txbxContent>"

    def shape(text: str) -> str:
        return f"<w:pict><v:shape {DRAWN}><v:textbox>{box(text)}</v:textbox></v:shape></w:pict>"

    never = "Never open the kiln door above 120 degrees, the glaze will crack."
    drawing = f"<w:drawing><wps:wsp><wps:txbx>{box(never)}</wps:txbx></wps:wsp></w:drawing>"
    return docx(
        heading("Kiln safety")
        + p(
            r("The kiln is opened only by members who took the evening course.")
            + f"<w:r><mc:AlternateContent {DRAWN}><mc:Choice>{drawing}</mc:Choice>"
            f"<mc:Fallback>{shape(never)}</mc:Fallback></mc:AlternateContent></w:r>"
        )
        + p(r("Shelves are washed with alumina after every third firing."))
        + p(f"<w:r>{shape('Emergency stop: the red lever behind the left pillar.')}</w:r>")
    )


def docx_moved_and_formula() -> bytes:
    sheds = r("Sheds are inspected in May.")
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return docx(
        heading("Notice period")
        + p(
            r("The notice period is ")
            + '<w:del w:author="a"><w:r><w:delText>four weeks</w:delText></w:r></w:del>'
            + f'<w:ins w:author="a">{r("six weeks")}</w:ins>'
            + r(" to the end of a quarter.")
        )
        + p(
            f'<w:hyperlink w:anchor="x">{r("The allotment office")}</w:hyperlink>'
            + r(" confirms each notice in writing.")
        )
        + p(f'<w:moveFrom w:author="a">{sheds}</w:moveFrom>')
        + p(f'<w:moveTo w:author="a">{sheds}</w:moveTo>')
        + p(
            r("The formula for the yearly rent is ")
            + f"<m:oMath {MATHS}><m:r><m:t>A×0.35+12</m:t></m:r></m:oMath>"
            + r(" euros.")
        )
        + p(r("Non") + "<w:r><w:noBreakHyphen/></w:r>" + r("payment for two years ends the lease."))
        + p(
            r("First line")
            + "<w:r><w:br/></w:r>"
            + r("second line")
            + "<w:r><w:tab/></w:r>"
            + r("tabbed.")
        )
        + p(
            f'<w:smartTag w:element="place">{r("Lower Millfield")}</w:smartTag>'
            + r(" is closed to dogs.")
        )
        + p(
            f'<w:fldSimple w:instr="DATE">{r("14 March 2031")}</w:fldSimple>'
            + r(" is the day of the next draw.")
        )
        + p(
            field.format("begin")
            + "<w:r><w:instrText>REF x</w:instrText></w:r>"
            + field.format("separate")
            + r("Plot 17")
            + field.format("end")
            + r(" has no water tap.")
        )
    )


def odt_rowspan_and_spaces() -> bytes:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    names = {"office": "office", "text": "text", "table": "table", "draw": "drawing"}
    spaces = " ".join(f'xmlns:{short}="{urn}:{name}:1.0"' for short, name in names.items())

    def para(inner: str) -> str:
        return f"<text:p>{inner}</text:p>"

    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell{more}>{para(text)}</table:table-cell>"

    body = (
        '<text:h text:outline-level="1">Mill &amp; pond</text:h>'
        + para("The pond of A&amp;B holds &lt; 900 cubic metres.")
        + para('Deposit<text:tab/>60 crowns<text:line-break/>Key<text:s text:c="3"/>brass')
        + para(
            "The <text:span>mill<text:span>stone</text:span></text:span> weighs "
            "<text:a>two tons</text:a> in all."
        )
        + para(
            "Before box<draw:frame><draw:text-box>"
            + para("Boxed: the sluice key hangs in the porch.")
            + "</draw:text-box></draw:frame> after box the text goes on."
        )
        + "<text:list><text:list-item>"
        + para("Grind rye on Mondays.")
        + f"<text:list><text:list-item>{para('Sieve it twice.')}</text:list-item></text:list>"
        + "</text:list-item></text:list>"
        + f"<text:section>{para('In a section: the wheel has forty paddles.')}</text:section>"
        + "<table:table><table:table-header-rows>"
        + row(cell("Grain"), cell("Price"))
        + "</table:table-header-rows>"
        + row(cell("Spelt"), cell("31"))
        + row(cell("Oats", ' table:number-rows-spanned="2"'), cell("22"))
        + row("<table:covered-table-cell/>", cell("24 peeled"))
        + "</table:table>"
        + para(
            'Sum<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            f"<text:note-body>{para('Without the toll for carts.')}</text:note-body></text:note>"
            " is due at Easter."
        )
    )
    return zipped(
        {
            "content.xml": f"<office:document-content {spaces}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>"
        }
    )


def xlsx(
    rows: Sequence[Sequence[object]],
    formats: dict[str, str],
    merged: str = "",
    comments: dict[str, str] | None = None,
) -> bytes:
    import openpyxl
    from openpyxl.comments import Comment

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place, shown in formats.items():
        for cells in sheet[place]:
            for cell in cells:
                cell.number_format = shown
    if merged:
        sheet.merge_cells(merged)
    for place, text in (comments or {}).items():
        sheet[place].comment = Comment(text, "a")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def xlsx_number_formats() -> bytes:
    return xlsx(
        [
            ["Product", "Interest", "Price", "Valid from", "Opens", "Share", "Code"],
            ["Marigold account", 0.075, 1234.5, date(2031, 3, 15), time(8, 30), 1 / 3, "007"],
            ["Juniper account", 0.0125, -99, date(2030, 12, 1), time(17, 5), 0.5, 7],
            [],
            ["Total", None, "=SUM(C2:C3)"],
            ["Ann & Bo <Ltd>", True],
        ],
        {
            "B2:B3": "0.00%",
            "C2:C3": '"€"#,##0.00',
            "D2:D3": "dd/mm/yyyy",
            "E2:E3": "h:mm:ss",
            "F2:F3": "0%",
            "G3:G3": "000",
        },
    )


def xlsx_formula_without_value() -> bytes:
    return xlsx(
        [["Item", "Sum"], ["Lamp", 40], ["Rope", "=B2*2"], [], ["Link"]],
        {},
        comments={"A2": "Lamp is broken since May"},
    )


def xlsx_title_rows() -> bytes:
    return xlsx(
        [
            ["Seed list of the Alder Lane garden, spring 2031"],
            ["All prices in crowns"],
            [],
            ["Plant", "Packet", "Price"],
            ["Salsify", "3 g", 41],
            ["Skirret", "1 g", 66],
            ["Orache", "5 g", 38],
            [],
            ["Tool", "Deposit"],
            ["Dibber", 12],
            ["Wheel hoe", 150],
        ],
        {},
        merged="A1:C1",
    )


def epub_percent_href() -> bytes:
    opf = "http://www.idpf.org/2007/opf"
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(("a.xhtml", "b%20two.xhtml"))
    )

    def chapter(inner: str) -> str:
        return (
            '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title>'
            f"<style>p{{}}</style></head><body>{inner}</body></html>"
        )

    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container version="1.0" '
            'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
            "OEBPS/content.opf": f'<package xmlns="{opf}"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The ferry book</dc:title>'
            f"</metadata><manifest>{items}</manifest><spine>"
            '<itemref idref="i0"/><itemref idref="i1"/></spine></package>',
            "OEBPS/a.xhtml": chapter(
                "<h1>Oars</h1><p>The oars&nbsp;are made of ash &mdash; never of pine.</p>"
            ),
            "OEBPS/b two.xhtml": chapter(
                "<h1>Bells</h1><p>The ferry bell is rung four times in fog &amp; snow.</p>"
                "<aside><p>Bell founder: Ottar.</p></aside>"
            ),
        }
    )


EML_STUB = b"""From: Verein Nordlicht <verein@example.org>
To: members@example.org
Subject: =?utf-8?Q?Hauptversammlung_=E2=80=93_Einladung?=
Date: Tue, 4 Feb 2031 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset="utf-8"

Your mail program does not show HTML. Please open this message in another program.
--b1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><p>The assembly takes place on 9 May in the boathouse.</p><table><tr><td>\
<table><tr><th>Post</th><th>Candidate</th></tr><tr><td>Treasurer</td><td>Runa Solheim</td>\
</tr><tr><td>Chair</td><td>Egil Dahl</td></tr></table></td></tr></table><p>Bring your key ca=
rd.</p><img src=3D"cid:x"></body></html>
--b1--
"""
EML_SECOND_TEXT = b"""From: Eva <eva@example.org>
To: Jon <jon@example.org>
Subject: Fwd: Boiler visit
Date: Wed, 5 Feb 2031 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b4"

--b4
Content-Type: text/plain; charset="utf-8"

See below.
--b4
Content-Type: message/rfc822

From: Fitter <fitter@example.org>
To: Eva <eva@example.org>
Subject: Boiler visit
Content-Type: text/plain; charset="utf-8"

We come on the ninth of March at half past ten.
--b4
Content-Type: text/plain; charset="utf-8"

The second text part: bring the cellar key.
--b4--
"""
RECIPES = [
    ("Rye loaf", "Knead the rye flour with buttermilk and let it rest overnight in a bowl."),
    ("Oat cake", "Mix the oats with treacle and butter and press them into a tin."),
    ("Plum tart", "Lay the plums on the dough and sprinkle them with brown sugar."),
    ("Leek pie", "Fry the leeks in butter and fill the pastry with them and cheese."),
]
BAKED = "Bake at 180 degrees for forty minutes.\n\nServes four."
SALT = (
    "Skład soli przy ulicy Żeglarskiej jest czynny od ósmej. Klucz wisi za szafą. "
    "Opłata wynosi dwadzieścia złotych."
)
FILES: dict[str, bytes] = {
    "docx-signs.docx": docx_signs(),
    "docx-textbox.docx": docx_textbox(),
    "docx-moved-and-formula.docx": docx_moved_and_formula(),
    "odt-rowspan-and-spaces.odt": odt_rowspan_and_spaces(),
    "xlsx-number-formats.xlsx": xlsx_number_formats(),
    "xlsx-formula-without-value.xlsx": xlsx_formula_without_value(),
    "xlsx-title-rows.xlsx": xlsx_title_rows(),
    "csv-sep-line.csv": 'sep=;\r\nOrder;Customer;Note;Sum\r\n7001;Brandt;"two lines\r\nof note; '
    'with semicolon";12,50\r\n7002;Öztürk;"he said ""soon""";7,10\r\n'.encode(),
    "csv-no-header.csv": b"1,Anna Berg,Hamar\n2,Bo Lind,Skien\n3,Cato Vik,Moss\n",
    "eml-stub-beside-html.eml": EML_STUB,
    "eml-second-text-part.eml": EML_SECOND_TEXT,
    "epub-percent-href.epub": epub_percent_href(),
    "xml-signs.xml": b'<?xml version="1.0"?><rules><rule id="7">Cats &amp; dogs stay out if '
    b'temperature &lt; 5 and &gt; 2.</rule><rule id="8"><![CDATA[Use <b> tags & more.]]></rule>'
    b"</rules>",
    "yaml-two-documents.yaml": b'# nightly backup\nschedule: "15 2 * * *"\nretention_days: 21\n'
    b"---\nsecond: doc\n",
    "md-no-h1-and-repeats.md": "\n\n".join(
        f"## {name}\n\n{steps}\n\n{BAKED}" for name, steps in RECIPES
    ).encode(),
    "csv-shift-jis.csv": "名前,年齢,住所\n山田一郎,41,札幌\n森良子,29,仙台\n".encode("shift_jis"),
    "text-cp1250.txt": f"{SALT}\n".encode("cp1250"),
    "html-in-txt.txt": b"<html><body><p>The web page in a text file says the kiln "
    b"holds &amp; fires 90 pots.</p></body></html>\n",
    "text-koi8r.txt": "Библиотека открыта с девяти утра. Взнос стоит двенадцать рублей.".encode(
        "koi8-r"
    ),
    "text-hyphen-wrapped.txt": b"The commis-\nsion meets in the tower every\nMonday. It decides "
    b"on the lock-\ning of the gates.\n",
    "text-label-lines.txt": b"Name: Olav Lie\nPlot: 14\nWater: yes\n\n"
    b"Name: Tone Dahl\nPlot: 22\nWater: no\n",
    **{
        f"pdf-{name}.pdf": (PDF / f"{name}.pdf").read_bytes()
        for name in ("chrome-print", "two-columns", "tables", "form-values", "rotated", "rtl")
    },
}
TEXTS = {
    "csv-shift-jis.csv": "名前: 山田一郎; 年齢: 41; 住所: 札幌\n\n"
    "名前: 森良子; 年齢: 29; 住所: 仙台",
    "text-cp1250.txt": SALT,
    "html-in-txt.txt": "The web page in a text file says the kiln holds & fires 90 pots.",
    "docx-signs.docx": """Bench tolerances

The gap of the R&D bench must stay < 5 mm and > 2 mm at all times.

Call the template as Vector<Pump> in the control program.

Smith & Weller deliver the spare hinges within nine days.""",
    "docx-textbox.docx": """Kiln safety

The kiln is opened only by members who took the evening course.

Never open the kiln door above 120 degrees, the glaze will crack.

Shelves are washed with alumina after every third firing.

Emergency stop: the red lever behind the left pillar.""",
    "docx-moved-and-formula.docx": """Notice period

The notice period is six weeks to the end of a quarter.

The allotment office confirms each notice in writing.

Sheds are inspected in May.

The formula for the yearly rent is A×0.35+12 euros.

Non-payment for two years ends the lease.

First line
second line\ttabbed.

Lower Millfield is closed to dogs.

14 March 2031 is the day of the next draw.

Plot 17 has no water tap.""",
    "odt-rowspan-and-spaces.odt": """Mill & pond

The pond of A&B holds < 900 cubic metres.

Deposit\t60 crowns
Key   brass

The millstone weighs two tons in all.

Before box after box the text goes on.

Boxed: the sluice key hangs in the porch.

- Grind rye on Mondays.
- Sieve it twice.

In a section: the wheel has forty paddles.

Grain: Spelt; Price: 31

Grain: Oats; Price: 22

Grain: Oats; Price: 24 peeled

Sum is due at Easter.

Without the toll for carts.""",
    "xlsx-number-formats.xlsx": "Product: Marigold account; Interest: 7.50%; Price: €1,234.50; "
    "Valid from: 15/03/2031; Opens: 8:30:00; Share: 33%; Code: 007\n\n"
    "Product: Juniper account; Interest: 1.25%; Price: -€99.00; Valid from: 01/12/2030; "
    "Opens: 17:05:00; Share: 50%; Code: 007\n\nTotal\n\nAnn & Bo <Ltd>; TRUE",
    "xlsx-formula-without-value.xlsx": "Item: Lamp; Sum: 40\n\nItem: Rope\n\nLink",
    "xlsx-title-rows.xlsx": """Seed list of the Alder Lane garden, spring 2031

All prices in crowns

Plant: Salsify; Packet: 3 g; Price: 41

Plant: Skirret; Packet: 1 g; Price: 66

Plant: Orache; Packet: 5 g; Price: 38

Tool: Dibber; Deposit: 12

Tool: Wheel hoe; Deposit: 150""",
    "csv-sep-line.csv": """Order: 7001; Customer: Brandt; Note: two lines of note; with semicolon; \
Sum: 12,50

Order: 7002; Customer: Öztürk; Note: he said "soon"; Sum: 7,10""",
    "csv-no-header.csv": "1; Anna Berg; Hamar\n\n2; Bo Lind; Skien\n\n3; Cato Vik; Moss",
    "eml-stub-beside-html.eml": """From: Verein Nordlicht <verein@example.org>
To: members@example.org
Date: Tue, 04 Feb 2031 10:00:00 +0100

The assembly takes place on 9 May in the boathouse.

Post: Treasurer; Candidate: Runa Solheim

Post: Chair; Candidate: Egil Dahl

Bring your key card.""",
    "eml-second-text-part.eml": """From: Eva <eva@example.org>
To: Jon <jon@example.org>
Date: Wed, 05 Feb 2031 09:00:00 +0000

See below.

Boiler visit

From: Fitter <fitter@example.org>
To: Eva <eva@example.org>

We come on the ninth of March at half past ten.

The second text part: bring the cellar key.""",
    "epub-percent-href.epub": """Oars

The oars are made of ash — never of pine.

Bells

The ferry bell is rung four times in fog & snow.

Bell founder: Ottar.""",
    "xml-signs.xml": "Cats & dogs stay out if temperature < 5 and > 2.\n\nUse <b> tags & more.",
    "yaml-two-documents.yaml": '# nightly backup\nschedule: "15 2 * * *"\nretention_days: 21\n'
    "---\nsecond: doc",
    "md-no-h1-and-repeats.md": "\n\n".join(
        f"{name}\n\n{steps}\n\n{BAKED}" for name, steps in RECIPES
    ),
    "text-koi8r.txt": "Библиотека открыта с девяти утра. Взнос стоит двенадцать рублей.",
    "text-hyphen-wrapped.txt": "The commission meets in the tower every\nMonday. It decides on the "
    "locking of the gates.",
    "text-label-lines.txt": "Name: Olav Lie\nPlot: 14\nWater: yes\n\nName: Tone Dahl\nPlot: 22\n"
    "Water: no",
    "pdf-chrome-print.pdf": """Ferry house rules

The ferry house was moved to Ferring in 1702, after the first flood. Its officers filed five \
reports each year, and the final one was sealed with yellow wax. The traffic of carts fell when \
the canal was finished, and the office closed.

Guests may stay up to three nights when the ice stops the ferry.

Room: Loft; Beds: six; Price: 14 crowns

Room: Parlour; Beds: two; Price: 31 crowns

Boots stay in the porch.

The stove is lit by the keeper only, because the chimney is old and has caught fire twice since \
it was built.

A justified paragraph follows here so that the spaces between the words grow wider than usual on \
each of its lines, as they do in most printed books and in many reports of offices and firms.""",
    "pdf-two-columns.pdf": """Casks and tubs

The cooper buys staves of white oak in the autumn and dries them for three years behind the tithe \
barn. The hoops come from Ystad and cost eleven crowns each.

The brewer rinses each cask with lime water and then with boiling hop tea. Casks older than nine \
years are sold to the gardeners, who saw them in two for tubs.""",
    "pdf-tables.pdf": """Opening hours of the reading rooms

Room: Map room; Weekdays: 10-16; Saturday: closed; Seats: 14

Room: Print room; Weekdays: 9-18; Saturday: 10-13; Seats: 22

Room: Newspaper cellar; Weekdays: 12-20; Saturday: 12-17; Seats: 8

The rooms are closed on the second Monday of every month for cleaning.

Grade: A2; Oil: SAE 30; Interval: 400 h

Grade: B7; Oil: SAE 10W-40; Interval: 250 h""",
    "pdf-form-values.pdf": """Application for a mooring

Name of the boat: Sea Thistle

Length in metres: 8.35

Insured: ☒

North pier""",
    "pdf-rotated.pdf": """The lighthouse log is kept in the lower drawer of the oak desk. The lamp \
is turned every second night by the keeper on watch.

Sideways: the fog horn sounds every forty seconds in thick weather.

The second page tells about the horn and its old compressor.""",
    "pdf-rtl.pdf": """דוח שנתי

הספרייה פתוחה בימי ראשון בין תשע לחמש. דמי ההרשמה הם 45 שקלים.

المكتبة مفتوحة يوم الأحد. رسوم التسجيل 45 شيكل.

The library card costs 45 shekels and lasts one year.""",
}
TITLES = {
    "docx-signs.docx": "Bench tolerances",
    "docx-textbox.docx": "Kiln safety",
    "docx-moved-and-formula.docx": "Notice period",
    "odt-rowspan-and-spaces.odt": "Mill & pond",
    "eml-stub-beside-html.eml": "Hauptversammlung – Einladung",
    "eml-second-text-part.eml": "Fwd: Boiler visit",
    "epub-percent-href.epub": "The ferry book",
    "pdf-chrome-print.pdf": "Ferry house rules",
    "pdf-two-columns.pdf": "Casks and tubs",
    "pdf-rtl.pdf": "דוח שנתי",
}
"""All others go by their files' names."""
UNREAD = {
    "xlsx-number-formats.xlsx": ["C5"],
    "xlsx-formula-without-value.xlsx": ["B3"],
}
"""Cells named in the report of what was not read."""
LEFT_OUT = {
    "docx-moved-and-formula.docx": [("four weeks", "tracked deletion")],
    "xlsx-formula-without-value.xlsx": [("Lamp is broken since May", "comment on Sheet, A2")],
}


def read(folder: Path, name: str, data: bytes) -> Read:
    path = folder / name
    path.write_bytes(data)
    return read_files(path)


@pytest.mark.parametrize("name", FILES)
def test_all_of_a_file_comes_out(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, name, FILES[name])
    (document,) = reading.documents
    assert document.text == TEXTS[name]
    assert document.title == TITLES.get(name, " ".join(name.rsplit(".", 1)[0].split("-")))
    assert len(reading.skipped) == len(UNREAD.get(name, []))
    for note, cell in zip(reading.skipped, UNREAD.get(name, []), strict=True):
        assert note.source == name
        assert f"({cell})" in note.reason
    assert [(each.text, each.rule) for each in reading.dropped] == LEFT_OUT.get(name, [])


def test_the_same_page_printed_says_the_same(tmp_path: Path) -> None:
    """A web page and Chromium's print of it, but for the marks of its list, which are drawn."""
    printed = TEXTS["pdf-chrome-print.pdf"]
    rules = "Boots stay in the porch.\n\nThe stove is"
    paragraphs = printed.split("\n\n")
    rows = "".join(
        f"<tr><td>{row[0]}<td>{row[1]}<td>{row[2]}"
        for row in (("Loft", "six", "14 crowns"), ("Parlour", "two", "31 crowns"))
    )
    page = (
        f"<h1>{paragraphs[0]}</h1><p>{paragraphs[1]}</p><p>{paragraphs[2]}</p><table><tr><th>Room"
        f"<th>Beds<th>Price{rows}</table><ul><li>{paragraphs[5]}</li><li>{paragraphs[6]}</li></ul>"
        f"<p>{paragraphs[7]}</p>"
    )
    (document,) = read(tmp_path, "page.html", page.encode()).documents
    assert document.text == printed.replace(rules, "- Boots stay in the porch.\n- The stove is")


ANSWERS = {
    "How wide must the gap of the R&D bench stay?": "< 5 mm and > 2 mm",
    "Who delivers the spare hinges?": "Smith & Weller",
    "Which members open the kiln?": "members who took the evening course",
    "What must I never do with the kiln door?": "Never open the kiln door above 120",
    "When are sheds inspected?": "in May",
    "What is the formula for the yearly rent?": "A×0.35+12",
    "What ends the lease?": "Non-payment",
    "How much does the millstone weigh?": "two tons",
    "What is the interest of the Marigold account?": "7.50%",
    "What is the code of the Juniper account?": "Code: 007",
    "What is the price of skirret?": "Price: 66",
    "What is the deposit of the wheel hoe?": "Deposit: 150",
    "What is the sum of order 7002?": "7,10",
    "When does the assembly take place?": "9 May",
    "Who is the treasurer?": "Runa Solheim",
    "What shall I bring to the boiler visit?": "cellar key",
    "When is the ferry bell rung?": "four times in fog & snow",
    "At what temperature must cats and dogs stay out?": "< 5 and > 2",
    "How many days is a backup kept, retention days?": "21",
    "How do I make the leek pie?": "Fry the leeks",
    "How many does the oat cake serve?": "Serves four",
    "Where was the ferry house moved to?": "moved to Ferring in 1702",
    "How many beds are in the parlour?": "Beds: two",
    "Where does the cooper dry the staves?": "behind the tithe barn",
    "What does the brewer rinse each cask with?": "lime water",
    "How many seats has the print room?": "Seats: 22",
    "What oil does grade B7 need?": "SAE 10W-40",
    "What is the name of the boat?": "Sea Thistle",
    "How often does the fog horn sound?": "every forty seconds",
    "What does the library card cost?": "45 shekels",
    "When does the commission meet?": "Monday",
    "What is the plot of Olav Lie?": "14",
    "Which plot does Tone Dahl have?": "22",
    "How many pots does the kiln fire?": "90 pots",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("faults")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    service = Service(Settings(corpus=folder, index=tmp_path_factory.mktemp("index") / "index"))
    service.rebuild([folder])
    return service


@pytest.mark.model
@pytest.mark.parametrize(("question", "said"), ANSWERS.items())
def test_what_was_read_is_answered(service: Service, question: str, said: str) -> None:
    assert said in (service.ask(question).text or "")
