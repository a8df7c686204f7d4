"""An answer as HTML: the sentence, how sure, its passage, the passages after it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_service import (
    EVIL,
    EVIL_ESCAPED,
    answer,
    hit,
)

from qa.datatypes import (
    Answer,
    Hit,
    Passage,
    Sentence,
)
from qa.page.html import answer_card


@pytest.mark.parametrize(
    ("confidence", "words", "percent"),
    [
        (1.0, "Very likely", "99%"),
        (0.9, "Very likely", "90%"),
        (0.8999, "Likely", "90%"),
        (0.7, "Likely", "70%"),
        (0.69, "Possibly", "69%"),
        (0.3, "Possibly", "30%"),
    ],
)
def test_confidence_in_words(confidence: float, words: str, percent: str) -> None:
    card = answer_card.answer_html(answer(hit(), sure=confidence))
    assert f">{words}</span>" in card
    assert f">{percent} probability<" in card
    assert "Not in these documents" not in card


def test_the_answering_sentence_is_marked_in_its_passage() -> None:
    card = answer_card.answer_html(answer(hit()))
    assert '<p class="qa-sentence" dir="auto">It is picked by hand.</p>' in card
    expected = "Tea is grown on hills. <mark>It is picked by hand.</mark> Then it is dried."
    assert expected in card


def test_a_sentence_outside_its_passage_is_not_marked() -> None:
    one = hit()
    broken = Hit(
        one.passage, one.document, 1.0, 1, Sentence(0, 5, "xxxxx"), one.signals, one.duplicates
    )
    assert answer_card.marked(broken) == (
        "Tea is grown on hills. It is picked by hand. Then it is dried."
    )


def test_place_tells_page_characters_and_length() -> None:
    passage = Passage("p", "d", 1000, 2345, "…", page=7)
    assert answer_card.place(passage, 98765) == "page 7, characters 1,000–2,345 of 98,765"
    passage = Passage("p", "d", 0, 12, "…")
    assert answer_card.place(passage, 12) == "characters 0–12 of 12"


def test_the_card_names_title_headings_and_source() -> None:
    card = answer_card.answer_html(answer(hit(headings=("Leaves", "Picking"))))
    assert '<h2 dir="auto">Tea</h2>' in card
    assert '<li dir="auto">Leaves › Picking</li><li>drinks/tea.txt</li>' in card
    assert "<li>characters 10–72 of 72</li>" in card


def test_a_name_from_right_to_left_turns_nothing_around_it() -> None:
    card = answer_card.answer_html(answer(hit(title="\u05ea\u05d4")))
    assert '<h2 dir="auto">\u2068\u05ea\u05d4\u2069</h2>' in card


def test_a_document_without_title_goes_by_its_source_once() -> None:
    card = answer_card.answer_html(answer(hit(title=" ")))
    assert "<li>drinks/tea.txt</li>" not in card
    assert '<h2 dir="auto">drinks/tea.txt</h2>' in card


def test_further_passages_are_folded_with_title_and_best_sentence() -> None:
    second = hit(before="", sentence="Coffee is roasted. ", after="It is ground.", rank=2)
    card = answer_card.answer_html(answer(hit(), second))
    assert card.count("<details") == 1
    assert "Further passages" in card
    folded = card.split("<details", 1)[1]
    assert 'qa-more-line" dir="auto">Coffee is roasted.</span>' in folded
    assert "<mark>Coffee is roasted. </mark>" in folded


def test_not_in_these_documents_comes_first_and_offers_the_closest() -> None:
    card = answer_card.answer_html(answer(hit(), hit(rank=2), text=None, sure=0.123))
    assert '<p class="qa-sentence">Not in these documents</p>' in card
    assert "The 2 passages that come closest" in card
    assert "only 12% probability" in card
    assert "Closest passages" in card
    assert card.count("<details") == 2
    assert "qa-badge" not in card


def test_a_mended_question_is_told() -> None:
    card = answer_card.answer_html(Answer("Waht is <t>ea?", None, 0.1, (), "g", "What is <t>ea?"))
    assert '"qa-searched" dir="auto">Searched for: What is &lt;t&gt;ea?</p>' in card
    assert "qa-searched" not in answer_card.answer_html(answer(hit()))


def test_not_in_these_documents_without_any_passage() -> None:
    card = answer_card.answer_html(answer(text=None, sure=0.0))
    assert "Not in these documents" in card
    assert "<details" not in card


def test_everything_in_an_answer_is_escaped() -> None:
    evil = hit(
        before=EVIL,
        sentence=EVIL,
        after=EVIL,
        title=EVIL,
        source=EVIL + "2",
        headings=(EVIL,),
    )
    for given in (Answer(EVIL, EVIL, 0.9, (evil, evil)), Answer(EVIL, None, 0.1, (evil,))):
        card = answer_card.answer_html(given, {"d1": EVIL})
        assert "<img" not in card
        assert "<script" not in card
        assert EVIL_ESCAPED in card


def test_the_card_says_where_an_earlier_state_answered() -> None:
    card = answer_card.answer_html(replace(answer(hit()), warning="The index is <damaged>."))
    assert card.startswith('<div class="qa-notice qa-warning" role="alert">')
    assert "The index is &lt;damaged&gt;." in card
    assert "qa-warning" not in answer_card.answer_html(answer(hit()))
