"""A link gives back the question it was made of, whatever the question holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import InputError
from qa.page.permalink import MAX_PASSAGES, Link, read_link

TEXT = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)


@given(TEXT, st.integers(1, MAX_PASSAGES), st.lists(TEXT, max_size=3), st.text("abc-09"))
def test_a_link_comes_back_as_it_was(question, top_k, sources, generation):
    link = Link(question, top_k, tuple(sources), generation)
    assert read_link(link.query()) == link


@pytest.mark.parametrize("query", ["", "?", "?__theme=dark", "?q=", "?q=%20%0A", "?k=x"])
def test_an_address_without_a_question_asks_nothing(query):
    assert read_link(query) is None


@pytest.mark.parametrize("number", ["0", "-1", "51", "many", "1e3"])
def test_a_number_of_passages_that_cannot_be_shown(number):
    with pytest.raises(InputError, match="ask for 1 to 50"):
        read_link(f"?q=tea&k={number}")


def test_broken_escapes_are_read_as_well_as_can_be():
    link = read_link("?q=%ff%zz&g=g1&__theme=dark")
    assert link == Link("\ufffd%zz", 5, (), "g1")
