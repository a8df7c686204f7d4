"""Boilerplate of the page goes, content stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from read_documents import read_files

from qa.documents.blocks import Block, mark_headings, plain_blocks
from qa.documents.boilerplate import RepeatedTexts, remove_boilerplate
from qa.documents.markdown import markdown_blocks

PROSE = "The refund is paid to your account within a week of the return."
MORE = "Parcels leave the warehouse on the next working day without exception."


def kept(*texts: str, repeated: frozenset[str] = frozenset()) -> list[str]:
    blocks = plain_blocks("\n\n".join(texts))
    return [block.text for block in remove_boilerplate(blocks, "a.txt", repeated)[0]]


def rules(*texts: str) -> dict[str, str]:
    dropped = remove_boilerplate(plain_blocks("\n\n".join(texts)), "a.txt")[1]
    assert {each.source for each in dropped} <= {"a.txt"}
    return {each.text: each.rule for each in dropped}


def repeated_texts(documents: Sequence[Sequence[Block]]) -> frozenset[str]:
    counted = RepeatedTexts()
    for blocks in documents:
        counted.add(blocks)
    return counted.texts()


def headings(*texts: str) -> list[tuple[int, str]]:
    return [(b.level, b.text) for b in mark_headings(plain_blocks("\n\n".join(texts))) if b.level]


@pytest.mark.parametrize(
    "furniture",
    [
        "46 votes",
        "1.2k views",
        "5 min read",
        "Loading, please wait...",
        "Loading…",
        "Did you like how we did? Rate your experience!",
        "Subscribe now!",
        "★★★★★",
        "Home > Help > Refunds",
        "© 2024 Example Ltd",
    ],
)
def test_at_either_edge(furniture: str) -> None:
    assert kept(furniture, "How refunds work", PROSE) == ["How refunds work", PROSE]
    assert kept("How refunds work", PROSE, furniture) == ["How refunds work", PROSE]


def test_a_heading_with_nothing_below_at_the_end() -> None:
    assert rules("Refunds", PROSE, "More questions about refunds") == {
        "More questions about refunds": "pointer elsewhere"
    }


def test_a_question_to_the_reader_above_the_title() -> None:
    assert kept("Was this helpful?", "Refunds", PROSE) == ["Refunds", PROSE]


def test_a_title_above_a_section_title() -> None:
    texts = ("Guide for Buyers", "Refunds", PROSE, "Shipping", MORE)
    assert kept(*texts) == list(texts)
    assert headings(*texts) == [(1, "Guide for Buyers"), (2, "Refunds"), (2, "Shipping")]


SHORT_FACTS = [
    ("Delivery time", "2 weeks"),
    ("How long is the warranty?", "2 years"),
    ("Price:", "30 euros"),
    ("Where is the key?", "Under the mat"),
    ("Votes for the motion", "46 votes"),
    ("Rating", "★★★★★"),
    ("Sizes", "Small | Medium | Large"),
    ("Opening hours", "Closed on Mondays"),
    ("Caution", "Never use bleach!"),
    ("In short", "Keep out of reach of children!"),
    ("Das Wichtigste", "Lieferzeit", "2 Wochen"),
    ("Serves four.",),
    ("2 weeks",),
    ("Closed on Mondays",),
    ("Never use bleach!",),
    ("And then, silence...",),
]


@pytest.mark.parametrize("fact", SHORT_FACTS, ids=" / ".join)
def test_a_short_fact_is_kept_wherever_it_stands(fact: tuple[str, ...]) -> None:
    assert kept("Refunds", PROSE, *fact) == ["Refunds", PROSE, *fact]
    assert kept("Refunds", PROSE, *fact, MORE) == ["Refunds", PROSE, *fact, MORE]
    assert kept(*fact, "Refunds", PROSE) == [*fact, "Refunds", PROSE]
    again = ["Refunds", *3 * (PROSE, *fact)]
    assert kept(*again) == again


@pytest.mark.parametrize("fact", SHORT_FACTS, ids=" / ".join)
def test_a_short_fact_of_every_document_is_kept(fact: tuple[str, ...]) -> None:
    pages = [[f"Title {n}", f"{PROSE} {n}.", *fact] for n in range(4)]
    repeated = repeated_texts([plain_blocks("\n\n".join(page)) for page in pages])
    assert all(kept(*page, repeated=repeated) == page for page in pages)


@pytest.mark.parametrize("name", ["recipes.md", "recipes.txt", "recipes.html"])
def test_a_line_under_each_heading_is_read(tmp_path: Path, name: str) -> None:
    heading, line = {
        "recipes.md": ("## {}", "{}"),
        "recipes.txt": ("{}", "{}"),
        "recipes.html": ("<h2>{}</h2>", "<p>{}</p>"),
    }[name]
    lines = []
    for dish in ("Rye loaf", "Oat cake", "Plum tart", "Leek pie"):
        bake = f"Bake the {dish.lower()} at 180 degrees for forty minutes."
        lines += [heading.format(dish), line.format(bake), line.format("Serves four.")]
    (tmp_path / name).write_text("\n\n".join(lines), encoding="utf-8")
    (document,) = read_files(tmp_path).documents
    assert document.text.count("Serves four.") == 4


def test_short_answers_above_the_text_stay() -> None:
    texts = ("Is it free?", "Yes", "How long does it take?", "30 days", "Refunds", PROSE)
    assert kept(*texts) == list(texts)


@pytest.mark.parametrize(
    "content",
    [
        "Refund period: 30 days",
        "KPO - knowledge process outsourcing",
        "- one egg",
        "1. Open the box",
        "| 1 | 2 |",
        "    x = compute(1)",
        "It costs ten euros.",
        "Price in 2024 was 42 EUR",
        "12 High Street\nLondon",
    ],
)
def test_content_at_the_edges_stays(content: str) -> None:
    assert kept("Refunds", PROSE, content) == ["Refunds", PROSE, content]
    assert content in kept(content, "Refunds", PROSE)


def test_a_letter_keeps_its_signature() -> None:
    assert kept("Dear Ann,\nhello.", PROSE, "Yours sincerely,", "Jane Doe")[-2:] == [
        "Yours sincerely,",
        "Jane Doe",
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("What does it cost?", "Ten euros", "Who pays?", "The buyer"),
        ("Roses are red,\nviolets are blue,", "sugar is sweet!", "And so are you..."),
        ("- milk", "- bread", "eggs"),
        ("KPO - knowledge process outsourcing", "BPO - business process outsourcing"),
        ("def f(x):\n    return x + 1", "print(f(1))"),
        ("Name | Age", "Ann | 40", "Bob | 50"),
        ("46 votes",),
    ],
)
def test_a_document_without_prose_is_left_alone(texts: tuple[str, ...]) -> None:
    assert kept(*texts) == list(texts)
    assert rules(*texts) == {}


def test_short_answers_of_an_faq_stay() -> None:
    texts = ("Help", PROSE, "Is it free?", "Yes", "How long does it take?", "30 days")
    assert kept(*texts) == list(texts)


def test_a_list_of_links_under_a_heading_stays() -> None:
    links = "- [Manual](a.pdf)\n- [Drawings](b.pdf)"
    under = markdown_blocks(f"# Pump\n\n{PROSE}\n\n## Downloads\n\n{links}")
    assert remove_boilerplate(under, "a.html") == (under, [])
    alone = markdown_blocks(f"{links}\n\n# Pump\n\n{PROSE}\n\n{links}")
    assert [block.text for block in remove_boilerplate(alone, "a.html")[0]] == ["Pump", PROSE]


def test_many_short_lines_at_the_end_are_content() -> None:
    names = [f"{name} Street" for name in ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch"]]
    assert kept("Streets", PROSE, *names) == ["Streets", PROSE, *names]


@pytest.mark.parametrize("line", ["Advertisement", "Back to top", "Anzeige"])
def test_interruptions_that_return(line: str) -> None:
    texts = [PROSE, line, MORE, line, f"{PROSE} Again.", line]
    assert kept(*texts, MORE) == [PROSE, MORE, f"{PROSE} Again.", MORE]
    assert line in kept(PROSE, line, MORE, line, PROSE)


def test_an_answer_that_returns_stays() -> None:
    texts = (PROSE, "Is it free?", "Yes", "Is it fast?", "Yes", "Is it good?", "Yes", MORE)
    assert kept(*texts) == list(texts)


def test_texts_on_most_documents() -> None:
    pages = [plain_blocks(f"Acme Help Centre\n\nTitle {n}\n\n{PROSE} {n}.") for n in range(3)]
    repeated = repeated_texts(pages)
    assert repeated == {"acme help centre"}
    assert repeated_texts(pages[:2]) == frozenset()
    assert kept("Acme Help Centre", "Title 1", PROSE, repeated=repeated) == ["Title 1", PROSE]


def test_copies_of_a_document_keep_their_title() -> None:
    pages = [plain_blocks(f"Refunds\n\n{PROSE}")] * 3
    assert kept("Refunds", PROSE, repeated=repeated_texts(pages)) == ["Refunds", PROSE]


@pytest.mark.parametrize(
    "bar",
    [
        ["We use cookies to make this site better for you. Accept all"],
        ["We use cookies to make this site better for you.", "Accept all", "Manage settings"],
        ["We use cookies to make this site better for you.", "Settings", "Reject"],
    ],
)
def test_cookie_bars(bar: list[str]) -> None:
    assert kept("Refunds", PROSE, *bar, MORE) == ["Refunds", PROSE, MORE]


@pytest.mark.parametrize(
    "texts",
    [
        ("Bake the cookies for ten minutes. You can accept all shapes of them.",),
        ("Use this programme for cookies.", "Settings", "180 degrees"),
    ],
)
def test_a_text_about_cookies_stays(texts: tuple[str, ...]) -> None:
    assert kept("Cookies", *texts, PROSE) == ["Cookies", *texts, PROSE]


def test_marked_headings_and_what_is_under_them_stay() -> None:
    blocks = markdown_blocks(f"# Shop\n\n{PROSE}\n\n## Price\n\n42 euros\n\n## Wow!")
    assert remove_boilerplate(blocks, "a.md") == (blocks, [])


def test_page_numbers_of_a_paged_document() -> None:
    blocks = [Block(text, page=n) for n in (1, 2, 3) for text in (f"{PROSE} {n}.", f"- {n} -")]
    assert [b.text for b in remove_boilerplate(blocks, "a.pdf")[0]] == [
        f"{PROSE} {n}." for n in (1, 2, 3)
    ]


def test_figures_that_stand_alone_on_pages_stay() -> None:
    figures = {1: "40", 2: "75", 3: "12"}
    blocks = [Block(text, page=n) for n, figure in figures.items() for text in (MORE, figure)]
    assert remove_boilerplate(blocks, "slides.pptx") == (blocks, [])


def test_steps_of_a_paged_document_stay() -> None:
    blocks = [Block(text, page=n) for n in (1, 2, 3) for text in (f"Step {n}", f"{PROSE} {n}.")]
    assert remove_boilerplate(blocks, "a.pdf") == (blocks, [])


def test_among_very_many_texts_the_frequent_ones_are_still_counted() -> None:
    counted = RepeatedTexts(room=50)
    for number in range(300):
        counted.add([Block("Home page"), Block(f"Title {number}"), Block(f"Author {number}")])
    assert counted.texts() == {"home page"}
