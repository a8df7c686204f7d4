"""Every word that a person sees in a file comes out once, in reading order, or is named."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from made_files import docx, odf
from read_documents import Read, read_files

from qa.documents.formats.word_count import count_words

PDF = Path(__file__).parents[1] / "data" / "pdf"


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def xlsx(rows: Sequence[Sequence[object]], formats: dict[str, str] | None = None) -> bytes:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place, number_format in (formats or {}).items():
        sheet[place].number_format = number_format
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def read(folder: Path, name: str, data: bytes) -> Read:
    path = folder / name
    path.write_bytes(data)
    return read_files(path)


def text_of(folder: Path, name: str, data: bytes) -> str:
    reading = read(folder, name, data)
    assert reading.skipped == ()
    (document,) = reading.documents
    return document.text


MOVED = paragraph('<w:moveFrom w:author="a">' + run("Sheds are inspected.") + "</w:moveFrom>")
MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
FORMULA = (
    f"<m:oMath {MATHS}><m:f><m:num><m:r><m:t>A</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>2b</m:t></m:r></m:den></m:f></m:oMath>"
)
BOX = (
    "<w:r><w:pict><w:txbxContent>" + paragraph(run("Never open the door.")) + "</w:txbxContent>"
    "</w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            paragraph(run("R&D stays < 5 and > 2, Vector<Pump>")),
            "R&D stays < 5 and > 2, Vector<Pump>",
        ),
        (paragraph(run("The kiln is hot.") + BOX), "The kiln is hot.\n\nNever open the door."),
        (MOVED + MOVED.replace("moveFrom", "moveTo"), "Sheds are inspected."),
        (paragraph(run("The rent is ") + FORMULA + run(" euros.")), "The rent is A/2b euros."),
        (paragraph(run("Non") + "<w:r><w:noBreakHyphen/></w:r>" + run("payment")), "Non-payment"),
        (paragraph(run("co") + "<w:r><w:softHyphen/></w:r>" + run("operate")), "cooperate"),
        (paragraph(run("Key") + "<w:r><w:tab/></w:r>" + run("brass")), "Key\tbrass"),
        (
            paragraph(run("four") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>five</w:t></w:r>"),
            "four",
        ),
        (
            "<w:sdt><w:sdtContent>" + paragraph(run("In a field.")) + "</w:sdtContent></w:sdt>",
            "In a field.",
        ),
    ],
)
def test_word(tmp_path: Path, body: str, expected: str) -> None:
    assert text_of(tmp_path, "a.docx", docx(body)) == expected


def test_open_document_spaces_boxes_and_spans(tmp_path: Path) -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    rows = [
        cell.format("", "Grain") + cell.format("", "Price"),
        cell.format(' table:number-rows-spanned="2"', "Oats") + cell.format("", "22"),
        "<table:covered-table-cell/>" + cell.format("", "24 peeled"),
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body = (
        "<text:p>The <text:span>mill<text:span>stone</text:span></text:span> weighs "
        'much.</text:p><text:p>Key<text:s text:c="3"/>brass</text:p>'
        "<text:p>Before<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box>"
        f"</draw:frame> after.</text:p><table:table>{table}</table:table>"
    )
    assert text_of(tmp_path, "a.odt", odf(body)).split("\n\n") == [
        "The millstone weighs much.",
        "Key   brass",
        "Before after.",
        "Boxed.",
        "Grain: Oats; Price: 22",
        "Grain: Oats; Price: 24 peeled",
    ]


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    rows = [["Product", "Rate", "Price", "Code"], ["Marigold", 0.075, 1234.5, 7]]
    data = xlsx(rows, {"B2": "0.0%", "C2": '"€"#,##0.00', "D2": "000"})
    assert text_of(tmp_path, "a.xlsx", data) == (
        "Product: Marigold; Rate: 7.5%; Price: €1,234.50; Code: 007"
    )


def test_a_formula_without_a_stored_value_is_named(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.xlsx", xlsx([["Item", "Sum"], ["Lamp", 40], ["Rope", "=B2*2"]]))
    assert reading.documents[0].text == "Item: Lamp; Sum: 40\n\nItem: Rope"
    (note,) = reading.skipped
    assert note.source == "a.xlsx"
    assert "(B3)" in note.reason


def test_titles_above_tables_and_several_tables_in_a_sheet(tmp_path: Path) -> None:
    rows = [
        ["Seed list, spring 2031"], [], ["Plant", "Packet", "Price"], ["Salsify", "3 g", 41],
        ["Skirret", "1 g", 66], [], ["Tool", "Deposit"], ["Dibber", 12], ["Hoe", 150],
    ]  # fmt: skip
    assert text_of(tmp_path, "a.xlsx", xlsx(rows)).split("\n\n") == [
        "Seed list, spring 2031",
        "Plant: Salsify; Packet: 3 g; Price: 41",
        "Plant: Skirret; Packet: 1 g; Price: 66",
        "Tool: Dibber; Deposit: 12",
        "Tool: Hoe; Deposit: 150",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"1,Anna Berg,Hamar\n2,Bo Lind,Skien\n", "1; Anna Berg; Hamar\n\n2; Bo Lind; Skien"),
        (b"sep=;\r\nOrder;Sum\r\n7001;12,50\r\n", "Order: 7001; Sum: 12,50"),
        (b"Item,2030,2031\nTea,4,5\n", "Item: Tea; 2030: 4; 2031: 5"),
        (b"Tea,Note\nAssam,\n", "Tea: Assam\n\nNote"),
    ],
)
def test_headers_of_csv_are_found_by_their_shape(
    tmp_path: Path, data: bytes, expected: str
) -> None:
    assert text_of(tmp_path, "a.csv", data) == expected


def test_every_row_of_a_long_table_stands_under_its_headers(tmp_path: Path) -> None:
    rows = [["Pump", "Flow"], *([f"HX-{n}", f"{n} l/min"] for n in range(100, 260))]
    lines = text_of(tmp_path, "a.xlsx", xlsx(rows)).split("\n\n")
    assert len(lines) == 160
    assert "Pump: HX-150; Flow: 150 l/min" in lines


def mail(build: Callable[[EmailMessage], None]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Eva <eva@example.org>", "Boiler"
    build(message)
    return message.as_bytes()


def test_a_stub_does_not_hide_the_text_of_a_mail(tmp_path: Path) -> None:
    def build(message: EmailMessage) -> None:
        message.set_content("Your program shows no HTML. Please open this message elsewhere.")
        message.add_alternative(
            "<p>The assembly is on 9 May.</p><table><tr><th>Post<th>Name<tr><td>Chair<td>Egil"
            "</table><p>Bring your key card and the list of members.</p>",
            subtype="html",
        )

    text = text_of(tmp_path, "a.eml", mail(build))
    assert "The assembly is on 9 May.\n\nPost: Chair; Name: Egil\n\nBring your key" in text
    assert "Please open" not in text


def test_all_inline_texts_invitations_and_forwarded_mails_are_read(tmp_path: Path) -> None:
    event = (
        "BEGIN:VEVENT\nSUMMARY:Visit\nDTSTART:20310309T103000\nLOCATION:Cellar\\, left\nEND:VEVENT"
    )

    def build(message: EmailMessage) -> None:
        inner = EmailMessage()
        inner["From"], inner["Subject"] = "fitter@example.org", "Boiler visit"
        inner.set_content("We come on the ninth.")
        message.set_content("See below.")
        message.add_attachment(inner)
        message.add_attachment("Bring the key.", disposition="inline")
        message.add_attachment(event, subtype="calendar")
        message.add_attachment(b"x", maintype="image", subtype="png", filename="plan.png")

    reading = read(tmp_path, "a.eml", mail(build))
    text = reading.documents[0].text
    for part in ("See below.", "We come on the ninth.", "Bring the key.", "Where: Cellar, left"):
        assert part in text
    assert "From: 2031-03-09 10:30" in text
    assert [note.source for note in reading.skipped] == ["a.eml (plan.png)"]


def test_xml_gives_its_parsed_text(tmp_path: Path) -> None:
    data = (
        b"<rules><rule>Cats &amp; dogs &lt; 5.</rule><rule><![CDATA[Use <b> tags.]]></rule></rules>"
    )
    assert text_of(tmp_path, "a.xml", data) == "Cats & dogs < 5.\n\nUse <b> tags."


def test_yaml_of_several_documents_is_text(tmp_path: Path) -> None:
    text = text_of(tmp_path, "a.yaml", b"schedule: 15\n---\nsecond: doc\n")
    assert "schedule: 15" in text
    assert "second: doc" in text


def test_terms_and_what_they_mean_stay_together(tmp_path: Path) -> None:
    page = b"<h1>Plots</h1><dl><dt>Name</dt><dd>Olav Lie</dd><dt>Plot</dt><dd>17</dd></dl>"
    assert text_of(tmp_path, "a.html", page) == "Plots\n\nName: Olav Lie\n\nPlot: 17"


def test_words_broken_over_lines_are_whole(tmp_path: Path) -> None:
    text = (
        "The commis-\nsion meets every\nMonday. It decides on the lock\u2010\ning of the gates.\n"
    )
    data = text.encode()
    assert "The commission meets" in text_of(tmp_path, "a.txt", data)
    assert "the locking of" in text_of(tmp_path, "a.txt", data)


def test_one_of_several_headings_does_not_name_the_document(tmp_path: Path) -> None:
    recipe = "## {}\n\nBake it.\n\nServes four.\n\n"
    data = (recipe.format("Rye loaf") + recipe.format("Leek pie")).encode()
    reading = read(tmp_path, "our-recipes.md", data)
    assert reading.documents[0].title == "our recipes"
    assert reading.documents[0].text.count("Serves four.") == 2


PDFS = {
    "chrome-print": ["moved to Ferring in 1702", "officers filed five", "Beds: two; Price: 31"],
    "two-columns": ["The cooper buys staves of white oak in the autumn and dries them for three"],
    "tables": ["Room: Print room; Weekdays: 9-18; Saturday: 10-13; Seats: 22"],
    "form-values": ["Name of the boat: Sea Thistle", "Length in metres: 8.35", "Insured: ☒"],
    "rotated": [
        "The lamp is turned every second night",
        "The second page tells about the horn",
        "Sideways: the fog horn sounds every forty seconds in thick weather.",
    ],
    "rtl": ["הספרייה פתוחה בימי ראשון", "المكتبة مفتوحة يوم الأحد. رسوم التسجيل 45 شيكل."],
}


@pytest.mark.parametrize("name", PDFS)
def test_pdf_in_reading_order(name: str) -> None:
    reading = read_files(PDF / f"{name}.pdf")
    assert reading.skipped == ()
    text = " ".join(reading.documents[0].text.split())
    for part in PDFS[name]:
        assert part in text


def test_json_loses_no_nested_value(tmp_path: Path) -> None:
    data = (
        b'{"made": 1.50, "list": [{"title": "Tea", "text": "Hot.", "by": {"name": "Bo"}, '
        b'"tags": ["a", "b"]}, {"note": "Closed in May."}]}'
    )
    assert text_of(tmp_path, "a.json", data).split("\n\n") == [
        "made: 1.50", "Tea", "Hot.", "tags: a, b", "by name: Bo", "list note: Closed in May.",
    ]  # fmt: skip


def test_a_column_of_sentences_has_no_header(tmp_path: Path) -> None:
    rows = [["Our notes"], ["The well is deep."], ["The rope is new."]]
    assert text_of(tmp_path, "a.xlsx", xlsx(rows)).count("Our notes") == 1


def test_words_left_out_of_a_page_are_whole(tmp_path: Path) -> None:
    page = b"<p>The mill stands by the river all year.</p><nav>Mill<b>stone</b> shop</nav>"
    reading = read(tmp_path, "a.html", page)
    assert [piece.text for piece in reading.dropped] == ["Millstone shop"]
    assert reading.skipped == ()


def test_the_second_count_finds_what_a_reader_passes_over() -> None:
    data = docx(paragraph(run("The lid is closed.")) + paragraph(run("The latch is brass.")))
    counted = count_words(data, ".docx", ["The lid is closed."])
    assert counted is not None
    assert counted.total == 8
    assert counted.missing == ("latch", "brass", "the", "is")
    assert counted.read == 4
    assert counted.told() == (
        "4 words of the file did not come out, among them “latch”, “brass”, “the”, “is”."
    )
