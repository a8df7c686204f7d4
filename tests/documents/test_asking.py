"""Lines that ask, and the headings that they make."""

import pytest

from qa.documents.assemble import from_text
from qa.documents.blocks import mark_headings, plain_blocks
from qa.documents.html import main_part
from qa.documents.markdown import markdown_blocks
from qa.documents.questions import FEWEST_QUESTIONS, is_question, questions_apart

ANSWERS = ("By card.", "Total: 3 days = 72 h", "call refund(order)", "- in cash\n- by cheque")


def made(blocks):
    """(level, text) of blocks after headings are marked."""
    return [(block.level, block.text) for block in mark_headings(blocks)]


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("How do I pay?", True),
        ("can i pay by card?", True),
        ("3. Can I pay by card?", True),
        ("Q12: Can I pay by card?", True),
        ("¿Puedo pagar?", True),
        ("支払いは？", True),
        ("I lost my card. What now?", True),
        ("It rains a lot in the hills and in the towns below them. Why does nobody care?", False),
        ("“Where to?”", False),
        ("- Tea?", False),
        ("?", False),
        ("123?", False),
        ("Why " * 31 + "?", False),
        ("One?\nTwo?", False),
    ],
)
def test_a_question_on_a_line_of_its_own(line, asks):
    assert is_question(line) is asks


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("label", ["", "Q: ", "4) "])
def test_a_question_heads_whatever_answers_it(label, answer):
    first, second = f"{label}How do I pay?", f"{label}Who ships?"
    text = f"{first}\n{answer}\n\n{second}\n{answer}"
    assert made(plain_blocks(text)) == [(1, first), (0, answer), (2, second), (0, answer)]


def test_labelled_pairs_need_no_blank_lines():
    text = "Q: Tea?\nA: Yes,\nhot.\nQ: Milk?\nA: No."
    assert [t for _, t in made(plain_blocks(text))] == [
        "Q: Tea?",
        "A: Yes,\nhot.",
        "Q: Milk?",
        "A: No.",
    ]


def test_a_list_of_questions_is_no_heading():
    listed = "1. How do I pay?\n2. Who ships?\n3. What is it?"
    assert made(plain_blocks(listed)) == [(0, listed)]
    assert questions_apart(listed.split("\n")) == [listed.split("\n")]


def test_many_questions_stand_beside_each_other_and_none_is_the_title():
    asked = [f"What is part {n}?" for n in range(FEWEST_QUESTIONS + 1)]
    text = "\n\n".join(f"{each}\nPart of it." for each in asked)
    document = from_text("help", text).document
    assert document is not None
    assert document.title == "help"
    assert [section.path for section in document.sections] == [(each,) for each in asked]
    for section, each in zip(document.sections, asked, strict=True):
        assert document.text[section.start : section.end].startswith(each)


def test_one_question_at_the_top_is_the_title_still():
    document = from_text("help", "What is tea?\n\nTea is a drink made of leaves.").document
    assert document is not None
    assert document.title == "What is tea?"


@pytest.mark.parametrize(("count", "level"), [(FEWEST_QUESTIONS, 3), (FEWEST_QUESTIONS - 1, 0)])
def test_among_marked_headings_only_several_questions_become_some(count, level):
    pairs = "\n\n".join(f"**Is it {n}?**\n\nYes, it is {n}." for n in range(count))
    blocks = made(markdown_blocks(f"# Help\n\n## Numbers\n\n{pairs}\n\n## Other\n\nText."))
    assert [each for each in blocks if each[1].startswith("Is it")] == [
        (level, f"Is it {n}?") for n in range(count)
    ]
    assert (2, "Other") in blocks


def test_a_bold_question_on_the_line_above_its_answer_stands_apart():
    assert [block.text for block in markdown_blocks("**Is it?**\nYes.\nIndeed.")] == [
        "Is it?",
        "Yes.\nIndeed.",
    ]


BUTTONS = """<h1>Help</h1><h2><button aria-expanded="false" aria-controls="a1">Is it hot?</button>
</h2><div id="a1" hidden><p>Yes, very.</p></div><button>Subscribe?</button>
<button aria-expanded="false" aria-controls="menu">More</button><div id="menu" hidden>Menu</div>"""


def test_a_button_that_asks_stays_with_the_answer_it_opens():
    kept, _, removed = main_part(BUTTONS)
    assert "Is it hot?" in kept
    assert '<div id="a1"><p>Yes, very.' in kept
    assert removed == [("Subscribe?", "button"), ("More", "button"), ("Menu", "div")]
