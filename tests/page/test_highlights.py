"""A document cut into pieces is the whole document, with the passages where they belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.datatypes import Document, Page, Section
from qa.errors import InputError
from qa.page.highlights import Highlight, TextRun, text_runs

#       0         10        20
TEXT = "Tea\nIt is hot. Drink it now."


def test_pages_headings_passage_and_sentence():
    document = Document(
        "d", "Tea", TEXT, "tea.pdf", (Section(0, 28, ("Tea",)),), (Page(7, 0, 15), Page(8, 15, 28))
    )
    assert text_runs(document, [Highlight(1, 4, 28, 4, 14)]) == [
        TextRun("Tea", page=7, heading=True),
        TextRun("\n"),
        TextRun("It is hot.", 1, True, opens=True),
        TextRun(" ", 1),
        TextRun("Drink it now.", 1, page=8),
    ]


def test_where_passages_overlap_the_better_one_has_the_text():
    found = text_runs(
        Document("d", "", TEXT, "s"), [Highlight(2, 4, 28, 15, 28), Highlight(1, 0, 14, 4, 14)]
    )
    assert [(piece.text, piece.hit) for piece in found] == [
        ("Tea\n", 1),
        ("It is hot.", 1),
        (" ", 2),
        ("Drink it now.", 2),
    ]
    assert [piece.opens for piece in found] == [True, False, True, False]


@pytest.mark.parametrize("span", [(-1, 5, 0, 2), (0, 99, 0, 5), (5, 4, 4, 4), (0, 9, 3, 10)])
def test_a_passage_outside_the_document_is_refused(span):
    with pytest.raises(InputError, match="does not lie in"):
        text_runs(Document("d", "", TEXT, "tea.txt"), [Highlight(1, *span)])


@given(
    st.text("ab \n", max_size=60),
    st.lists(st.lists(st.integers(0, 60), min_size=4, max_size=4), max_size=4),
)
def test_joined_pieces_are_the_text(text, spans):
    marked = []
    for number, cuts in enumerate(spans, start=1):
        a, b, c, d = sorted(min(cut, len(text)) for cut in cuts)
        marked.append(Highlight(number, a, d, b, c))
    found = text_runs(Document("d", "", text, "s"), marked)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.hit for piece in found if piece.in_sentence)
