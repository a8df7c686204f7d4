"""Files, folders and pasted text become documents."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import docx, pdf
from read_documents import read_files

from qa.datatypes import Document
from qa.documents.assemble import from_text
from qa.documents.encodings import clean_text, decode
from qa.documents.identity import document_id
from qa.errors import DocumentError, InputError
from qa.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
SETTINGS = Settings()
PROSE = "The refund is paid to your account within a week of the return."


def one(folder: Path, name: str, data: bytes | str) -> Document:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    reading = read_files(path, settings=SETTINGS)
    assert reading.skipped == ()
    (document,) = reading.documents
    return document


def reason(folder: Path, name: str, data: bytes, **given: int) -> str:
    path = folder / name
    path.write_bytes(data)
    reading = read_files(path, settings=Settings(**given))  # type: ignore[arg-type]
    assert reading.documents == ()
    (skipped,) = reading.skipped
    assert skipped.source == name
    return skipped.reason


def headings(document: Document) -> list[tuple[str, ...]]:
    for section in document.sections:
        assert document.text[section.start :].startswith(section.path[-1])
    return [section.path for section in document.sections]


def test_the_corpus() -> None:
    reading = read_files(CORPUS, settings=SETTINGS)
    (document,) = [d for d in reading.documents if d.source == "what-are-kpo-and-bpo.txt"]
    assert "README.md" not in reading.names
    assert document.title == "What are KPO and BPO?"
    assert headings(document) == [("What are KPO and BPO?",)]
    title, text = document.text.split("\n\n")
    assert title == "What are KPO and BPO?"
    assert text.startswith("The technical definition of the BPO is defined as ,")
    assert text.endswith("to become publicly traded enterprises")
    dropped = [each.text for each in reading.dropped if each.source == document.source]
    assert dropped == [
        "Did you like how we did? Rate your experience!",
        "46 votes",
        "More Questions about Bpo Forms",
        "Loading, please wait...",
    ]


# Folders


def test_a_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "secret.txt"
    (folder / "sub").mkdir(parents=True)
    outside.write_text(PROSE)
    for name in ("b.txt", "a b'ü.txt", "sub/c.txt", "sub/README.md", "README.md", ".hidden.txt"):
        (folder / name).write_text(f"{PROSE} {name}")
    (folder / "link.txt").symlink_to(outside)
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "photo.png").write_bytes(b"\x89PNG")
    seen: list[tuple[int, int, str]] = []
    reading = read_files(folder, settings=SETTINGS, on_file=lambda *done: seen.append(done))
    assert reading.names == ("a b'ü.txt", "b.txt", "sub/README.md", "sub/c.txt")
    assert [(each.source, each.reason) for each in reading.skipped] == [
        ("link.txt", "It is a link that leads outside the folder; it was not followed."),
        ("photo.png", "Files ending in .png are not supported."),
    ]
    assert seen[0] == (1, 5, "a b'ü.txt")
    assert [done for done, _, _ in seen] == [1, 2, 3, 4, 5]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    assert read_files(tmp_path, tmp_path / "a.txt", settings=SETTINGS).names == ("a.txt",)


def test_equal_names_stay_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(PROSE)
    reading = read_files(tmp_path / "one", tmp_path / "two", settings=SETTINGS)
    assert len(set(reading.names)) == len({d.id for d in reading.documents}) == 2


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    reading = read_files(tmp_path, settings=SETTINGS)
    assert reading.names == ("a.txt",)
    assert [each.source for each in reading.skipped] == ["circle", "gone.txt"]


def test_a_pasted_name_that_is_no_text() -> None:
    document = from_text("a\ud800", PROSE + "\ud800").document
    assert document is not None
    assert (document.source, document.text) == ("a\ufffd", PROSE + "\ufffd")


def test_a_missing_path() -> None:
    with pytest.raises(InputError, match=r"no/such/place"):
        read_files(Path("no/such/place"), settings=SETTINGS)


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t ", "empty"),
        ("a.txt", bytes(range(32)) * 20, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "binary"),
        ("a.txt", b"\xff\xfe\x00\xd8", "utf-16"),
        ("a.pdf", b"no pdf at all", "damaged, or no PDF"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged or cut short"),
        ("a.json", b"{bad", "cannot be read"),
        ("a.exe", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff", "not supported"),
    ],
)
def test_skipped(tmp_path: Path, name: str, data: bytes, part: str) -> None:
    told = reason(tmp_path, name, data)
    assert part in told
    assert told.endswith(".")
    assert "\n" not in told


def test_too_large(tmp_path: Path) -> None:
    assert "1 MB" in reason(tmp_path, "a.txt", b"word " * 200_001, max_file_mb=1)


# Text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Größe, 你好 und 🙂."),
        ("utf-8-sig", "Größe, 你好 und 🙂."),
        ("utf-16", "Größe, 你好 und 🙂."),
        ("utf-16-le", "A plain English sentence, with ö."),
        ("utf-16-be", "A plain English sentence, with ö."),
        ("utf-32", "Größe, 你好."),
        ("cp1252", "Größe “quoted” – 5 €, naïve café."),
        ("cp1251", "Большая часть текста написана по-русски, и это хорошо."),
        ("cp1250", "Źródło rzeki leży w górach. Łódka płynie powoli, a dzieci się śmieją."),
        ("koi8_r", "Большая часть текста написана по-русски, и это хорошо."),
        ("big5", "這是一個中文句子，我們用它來測試編碼。河流從山上流下來。"),
        ("cp437", "Die Größe der Tür ist über zwei Meter. Früher war sie größer."),
        ("latin_1", "Le café est très bon et la forêt où nous étions était déjà fermée."),
        ("mac_roman", "Die Größe der Tür ist über zwei Meter. Früher war sie größer."),
        ("shift_jis", "これは日本語の文章です。とても短いです。"),
        ("euc_kr", "이것은 한국어 문장입니다. 아주 짧습니다."),
        ("gb18030", "这是一个中文句子，我们用它来测试编码。"),
    ],
)
def test_encodings(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text.lstrip("\ufeff") == text


def test_an_encoding_is_told_from_whole_lines() -> None:
    text = "這是一個中文句子，我們用它來測試編碼。河流從山上流下來。\n" * 2_000
    for encoding in ("big5", "gb18030"):
        assert decode(text.encode(encoding)).text == text
        assert decode(b" " + text.encode(encoding)).text == f" {text}"


def test_binary_is_no_text() -> None:
    with pytest.raises(DocumentError):
        decode(b"\x00\x01\x02\x03" * 50)


def test_cleaning() -> None:
    dirty = "\ufeffA\r\nB\rC\x0cD\x00\x07 e\u0301 so\u00adft 👩\u200d🚀\ttab  \nend\u00a0x"
    assert clean_text(dirty) == "A\nB\nC\nD é soft 👩\u200d🚀\ttab\nend x"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_pasted_text(text: str) -> None:
    document = from_text("note", text).document
    if document is None:
        assert not clean_text(text).strip()
        return
    assert document.text.strip()
    assert "\r" not in document.text
    assert "\x00" not in document.text
    assert clean_text(document.text) == document.text.strip("\n")
    assert document.id == document_id("note", document.title, document.text)
    for before, after in zip(document.sections, document.sections[1:], strict=False):
        assert before.end == after.start


def test_one_short_sentence_is_enough() -> None:
    note = from_text("", "The Zorblax runs at 42 volts.\r\n")
    document = note.document
    assert document is not None
    assert (document.text, document.source) == ("The Zorblax runs at 42 volts.", "pasted text")
    assert note.dropped == ()
    assert from_text("x", " \n ").document is None


def test_sections_of_plain_text() -> None:
    text = f"Shop Rules\n\nRefunds\n\n{PROSE}\n\nWho pays?\nThe buyer.\n\nFee: 2 euros"
    document = from_text("note", text).document
    assert document is not None
    assert headings(document) == [
        ("Shop Rules",),
        ("Shop Rules", "Refunds"),
        ("Shop Rules", "Who pays?"),
    ]
    assert document.sections[-1].end == len(document.text)
    assert document.text.endswith("Who pays?\n\nThe buyer.\n\nFee: 2 euros")


def test_a_file_name_becomes_a_title(tmp_path: Path) -> None:
    assert one(tmp_path, "how-refunds_work.txt", PROSE).title == "how refunds work"


# Formats


def test_markdown(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Front\n---\n# Head *One*\n\nSome **bold** and [link](http://a.b) `a_b*c`.\n"
        "\nSetext\n------\n\n- item *a*\n- snake_case_name\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "```python\nx = 1  # not a heading\n```\n\n![logo](x.png)\n"
    )
    document = one(tmp_path, "a.md", text)
    assert document.title == "Front"
    assert headings(document) == [("Head One",), ("Head One", "Setext")]
    assert document.text.split("\n\n") == [
        "Head One",
        "Some bold and link a_b*c.",
        "Setext",
        "- item a\n- snake_case_name",
        "a: 1; b: 2",
        "x = 1  # not a heading",
        "logo",
    ]


def test_html(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="iso-8859-1"><title>Gr\u00f6\u00dfe &amp; more</title></head>'
        "<body><header><nav><a href=/>Home</a></nav></header>"
        '<div class="cookie-banner">We use cookies. <button>Accept</button></div>'
        f"<main><header><h1>Sizes</h1></header><p>{PROSE} <b>Gr\u00f6\u00dfe</b> 1 &lt; 2.</p>"
        "<h2>Small</h2><ul><li>one</li><li>two</li></ul></main><aside>Ads</aside>"
        "<script>var x = 1;</script><footer>Imprint</footer></body></html>"
    )
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("latin-1"))
    reading = read_files(path, settings=SETTINGS)
    (document,) = reading.documents
    assert document.title == "Größe & more"
    assert headings(document) == [("Sizes",), ("Sizes", "Small")]
    expected = f"Sizes\n\n{PROSE} Größe 1 < 2.\n\nSmall\n\n- one\n- two"
    assert document.text == expected
    assert {each.text for each in reading.dropped} == {
        "Home",
        "We use cookies. Accept",
        "Ads",
        "Imprint",
    }


def test_pdf_pages(tmp_path: Path) -> None:
    first = ["The first page is about apples and pears.", "They grow on trees."]
    document = one(tmp_path, "fruit.pdf", pdf([first, ["The second page is about plums."]]))
    assert document.title == "fruit"
    texts = [(p.number, document.text[p.start : p.end].strip()) for p in document.pages]
    assert texts == [(1, " ".join(first)), (2, "The second page is about plums.")]


def test_word(tmp_path: Path) -> None:
    document = one(tmp_path, "a.docx", docx(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"))
    assert document.text == PROSE


def test_csv_in_an_old_encoding(tmp_path: Path) -> None:
    document = one(tmp_path, "sizes.csv", "name,size\nGröße,42\n".encode("cp1252"))
    assert document.text == "name: Größe; size: 42"


def test_mail(tmp_path: Path) -> None:
    mail = f"From: a@b.c\nTo: d@e.f\nSubject: Lunch plan\nContent-Type: text/plain\n\n{PROSE}\n"
    document = one(tmp_path, "a.eml", mail)
    assert document.title == "Lunch plan"
    assert document.text.endswith(PROSE)


def test_importing_is_cheap() -> None:
    code = (
        "import sys, qa.documents.assemble, qa.chunking.passages;"
        "print([m for m in ('kreuzberg', 'sentencex', 'numpy', 'torch') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CORPUS.parent
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name:\n\nOlav Lie\n\nPlot:\n\n14", ["Name:\nOlav Lie", "Plot:\n14"]),
        ("Name:\n\nPlot:\n\n14", ["Name:", "Plot:\n14"]),
        ("Bring:\n\n- a key\n- a lamp", ["Bring:", "- a key\n- a lamp"]),
        (
            "Notice:\n\nThe gate of the yard is closed at nine.",
            ["Notice:", "The gate of the yard is closed at nine."],
        ),
    ],
)
def test_a_label_and_its_value_stand_together(text: str, expected: list[str]) -> None:
    document = from_text("form", text).document
    assert document is not None
    assert document.text.split("\n\n") == expected
