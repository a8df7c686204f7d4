"""Pages, running lines and broken words of a PDF."""

from __future__ import annotations

import pytest

from qa.documents.blocks import Block
from qa.documents.formats.pdf import join_over_pages, pdf_blocks
from qa.documents.formats.pdf_characters import Character, PageText, PdfText
from qa.documents.formats.running_lines import without_running_lines
from qa.errors import DocumentError

HEAD = "Annual report of the harbour"


def page(number: int, *lines: str) -> PageText:
    """A page with lines of letters that are 5 points wide and 10 high."""
    signs = [
        Character(letter, 50 + 5 * at, 700 - 12 * line, 5, 10, order=100 * line + at)
        for line, text in enumerate(lines)
        for at, letter in enumerate(text)
    ]
    return PageText(number, 600, 800, signs)


def pages(*texts: str) -> list[tuple[int, str]]:
    return list(enumerate(texts, 1))


def test_a_header_joined_to_its_paragraph_is_cut_off() -> None:
    texts = [f"{HEAD}\r\nWater number {n} is cold and\r\nclear {n}{n}.\r\n{n}" for n in (1, 2, 3)]
    blocks = [
        Block(f"{HEAD} Water number {n} is cold and clear {n}{n}.", page=n) for n in (1, 2, 3)
    ]
    kept, dropped = without_running_lines(blocks, pages(*texts), "a.pdf")
    assert [block.text for block in kept] == [
        f"Water number {n} is cold and clear {n}{n}." for n in (1, 2, 3)
    ]
    assert [each.text for each in dropped] == [HEAD] * 3


def test_a_heading_that_counts_stays() -> None:
    texts = pages(*(f"Step {n}\nTurn the wheel." for n in (1, 2, 3)))
    blocks = [Block(f"Step {n}", page=n) for n in (1, 2, 3)]
    assert without_running_lines(blocks, texts, "a.pdf") == (blocks, [])


def test_figures_that_do_not_count_the_pages_stay() -> None:
    texts = pages(*(f"Some text.\nMore text.\nPrice of {n} crates" for n in (5, 9, 2)))
    blocks = [Block(f"Price of {n} crates", page=page) for page, n in enumerate((5, 9, 2), 1)]
    assert without_running_lines(blocks, texts, "a.pdf") == (blocks, [])


def test_left_and_right_pages_have_different_headers() -> None:
    texts = pages(*(f"{'Left' if n % 2 else 'Right'} page header {n}\nText." for n in range(1, 7)))
    content = Block("All that is written on the pages between their headers. " * 10, page=3)
    blocks = [Block(text.split("\n")[0], page=number) for number, text in texts]
    kept, dropped = without_running_lines([*blocks, content], texts, "a.pdf")
    assert (kept, len(dropped)) == ([content], 6)


def test_a_line_on_two_pages_stays() -> None:
    texts = pages(f"{HEAD}\nOne.", f"{HEAD}\nTwo.", "Three.", "Four.")
    blocks = [Block(HEAD, page=1), Block("One.", page=1)]
    assert without_running_lines(blocks, texts, "a.pdf") == (blocks, [])


def test_a_sentence_like_the_header_in_the_middle_of_a_page_stays() -> None:
    texts = pages(*(f"{HEAD}\nA.\nB.\nC.\nD.\nE.\nF." for _ in range(4)))
    middle = Block(f"They call it {HEAD} and so on.", page=2)
    kept, dropped = without_running_lines([Block(HEAD, page=2), middle], texts, "a.pdf")
    assert kept == [middle]
    assert len(dropped) == 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["an exam\x02", "ple of it"], "an example of it"),
        (["an exam-", "ple of it"], "an example of it"),
        (["a well\x02", "known and well-known thing"], "a well-known and well-known thing"),
        (["the North-", "South line"], "the North-South line"),
        (["two", "words"], "two words"),
    ],
)
def test_words_broken_at_a_line_end(lines: list[str], expected: str) -> None:
    (block,), _, _ = pdf_blocks(PdfText("", [page(1, *lines)]), "a.pdf", {}, "")
    assert block.text == expected


def test_a_paragraph_that_goes_on_knows_where_the_page_turns() -> None:
    first = Block("The river gathers the water of the", page=3)
    (joined,) = join_over_pages([first, Block("many brooks. It ends here.", page=4)])
    start, page = joined.turn or (0, 0)
    assert (joined.text[start:], joined.page, page) == ("many brooks. It ends here.", 3, 4)


@pytest.mark.parametrize(
    "second",
    [
        Block("Many brooks.", page=4),
        Block("many brooks.", page=5),
        Block("many brooks", level=2, page=4),
    ],
)
def test_what_does_not_go_on(second: Block) -> None:
    first = Block("The river gathers the water of the", page=3)
    assert join_over_pages([first, second]) == [first, second]


def test_pages_without_text() -> None:
    pdf = PdfText("", [page(1, "Some text."), page(2), page(3, " "), page(4, "More.")])
    kept, _, notes = pdf_blocks(pdf, "a.pdf", {}, "Do this.")
    assert [(block.text, block.page) for block in kept] == [("Some text.", 1), ("More.", 4)]
    assert [note.source for note in notes] == ["a.pdf (pages 2-3)"]
    assert notes[0].reason.endswith("Do this.")
    with pytest.raises(DocumentError, match=r"no text on its 2 pages"):
        pdf_blocks(PdfText("", [page(1), page(2)]), "a.pdf", {}, "Do this.")


def test_scanned_pages_stand_in_their_place() -> None:
    pdf = PdfText("", [page(1, "Before."), page(2), page(3, "After.")])
    kept, _, notes = pdf_blocks(pdf, "a.pdf", {2: [Block("Scanned.")]}, "")
    assert [(b.text, b.page) for b in kept] == [("Before.", 1), ("Scanned.", 2), ("After.", 3)]
    assert notes == []


def test_a_page_of_unknown_signs_is_named() -> None:
    good, bad = page(1, "Some text."), page(2, "Some text.")
    bad.unknown = 5
    _, _, notes = pdf_blocks(PdfText("", [good, bad]), "a.pdf", {}, "")
    assert [note.source for note in notes] == ["a.pdf (page 2)"]
    assert notes[0].reason.startswith("5 of its 9 signs cannot be told")


SENTENCE = "The rent of the flat is due on the third day of each month."


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        (" ".join([SENTENCE.replace(" ", "")] * 3), "without blanks"),
        (SENTENCE[::-1], "run backwards"),
        (SENTENCE, None),
        ("Donaudampfschifffahrtsgesellschaft, the longest of the words in this list.", None),
        ("Noon, level, on, no, was, saw, not, ton, now, won and but, tub are words.", None),
    ],
)
def test_a_page_of_glued_or_mirrored_words_is_named(line: str, doubt: str | None) -> None:
    sound = page(1, SENTENCE, "It is paid by the tenant.")
    _, _, notes = pdf_blocks(PdfText("", (sound, page(2, line))), "a.pdf", {}, "")
    assert [note.source for note in notes] == (["a.pdf (page 2)"] if doubt else [])
    assert all(doubt is not None and doubt in note.reason for note in notes)


def test_a_document_whose_pages_are_all_alike_keeps_its_text() -> None:
    pdf = PdfText("", [page(n, "Certificate of the harbour", f"Number {n}") for n in range(1, 5)])
    kept, dropped, _ = pdf_blocks(pdf, "a.pdf", {}, "")
    assert dropped == []
    assert [block.page for block in kept] == [1, 2, 3, 4]
