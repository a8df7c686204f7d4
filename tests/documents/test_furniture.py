"""Page furniture goes, content stays."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.documents.blocks import Block, mark_headings, markdown_blocks, plain_blocks
from qa.documents.boilerplate import RepeatedTexts, remove_furniture

PROSE = "The refund is paid to your account within a week of the return."
MORE = "Parcels leave the warehouse on the next working day without exception."


def kept(*texts: str, repeated: frozenset[str] = frozenset()) -> list[str]:
    blocks = plain_blocks("\n\n".join(texts))
    return [block.text for block in remove_furniture(blocks, "a.txt", repeated)[0]]


def rules(*texts: str) -> dict[str, str]:
    dropped = remove_furniture(plain_blocks("\n\n".join(texts)), "a.txt")[1]
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
        "More questions about refunds": "below the last text"
    }


def test_a_question_to_the_reader_above_the_title() -> None:
    assert kept("Was this helpful?", "Refunds", PROSE) == ["Refunds", PROSE]


def test_a_title_above_a_section_title() -> None:
    texts = ("Guide for Buyers", "Refunds", PROSE, "Shipping", MORE)
    assert kept(*texts) == list(texts)
    assert headings(*texts) == [(1, "Guide for Buyers"), (2, "Refunds"), (2, "Shipping")]


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


def test_many_short_lines_at_the_end_are_content() -> None:
    names = [f"{name} Street" for name in ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch"]]
    assert kept("Streets", PROSE, *names) == ["Streets", PROSE, *names]


def test_lines_that_return() -> None:
    texts = [PROSE, "Advertisement", MORE, "Advertisement", PROSE + " Again.", "Advertisement"]
    assert kept(*texts, MORE) == [PROSE, MORE, PROSE + " Again.", MORE]
    assert "Advertisement" in kept(PROSE, "Advertisement", MORE, "Advertisement", PROSE)


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
    ],
)
def test_cookie_bars(bar: list[str]) -> None:
    assert kept("Refunds", PROSE, *bar, MORE) == ["Refunds", PROSE, MORE]


def test_a_text_about_cookies_stays() -> None:
    recipe = "Bake the cookies for ten minutes. You can accept all shapes of them."
    assert kept("Cookies", recipe, PROSE) == ["Cookies", recipe, PROSE]


def test_marked_headings_and_what_is_under_them_stay() -> None:
    blocks = markdown_blocks(f"# Shop\n\n{PROSE}\n\n## Price\n\n42 euros\n\n## Wow!")
    assert remove_furniture(blocks, "a.md") == (blocks, [])


def test_page_numbers_of_a_paged_document() -> None:
    blocks = [Block(text, page=n) for n in (1, 2, 3) for text in (f"{PROSE} {n}.", f"- {n} -")]
    assert [b.text for b in remove_furniture(blocks, "a.pdf")[0]] == [
        f"{PROSE} {n}." for n in (1, 2, 3)
    ]


def test_steps_of_a_paged_document_stay() -> None:
    blocks = [Block(text, page=n) for n in (1, 2, 3) for text in (f"Step {n}", f"{PROSE} {n}.")]
    assert remove_furniture(blocks, "a.pdf") == (blocks, [])


def test_among_very_many_texts_the_frequent_ones_are_still_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("qa.documents.boilerplate.COUNTED_TEXTS", 50)
    counted = RepeatedTexts()
    for number in range(300):
        counted.add([Block("Home page"), Block(f"Title {number}"), Block(f"Author {number}")])
    assert counted.texts() == {"home page"}
