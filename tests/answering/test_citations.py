"""Citations: written, read, and told what has become of their text."""

import dataclasses

import pytest
from conftest import TEXTS, build_toy
from hypothesis import given
from hypothesis import strategies as st

from qa.answering.citations import cite, parse
from qa.datatypes import Citation
from qa.errors import InputError
from qa.service import Service


@pytest.fixture
def cited(toy_service):
    """The service and the citation of the warranty's passage."""
    return toy_service, toy_service.ask("kettle warranty years").hits[0].citation


def test_each_hit_carries_a_citation_of_its_passage(toy_service):
    answer = toy_service.ask("kettle warranty years", top_k=3)
    for hit in answer.hits:
        word = hit.citation
        assert (word.document, word.source) == (hit.document.id, hit.document.source)
        assert (word.start, word.end) == (hit.passage.start, hit.passage.end)
        assert word.generation == answer.generation
        assert parse(str(word)) == word
        assert toy_service.resolve(word).text == hit.passage.text


def test_the_same_text_stands_there_after_a_rebuild(settings, cited):
    service, word = cited
    build_toy(settings, [*TEXTS, ("hours", "The shop opens at nine.")])
    resolved = service.resolve(str(word))
    assert (resolved.state, resolved.text) == ("same", TEXTS[2][1])


def test_a_changed_document_that_still_has_the_text_says_where(settings, cited):
    service, word = cited
    build_toy(settings, [*TEXTS[:2], ("warranty", f"News first. {TEXTS[2][1]}")])
    resolved = service.resolve(word)
    assert (resolved.state, resolved.text) == ("moved", TEXTS[2][1])
    assert [(place.source, place.start) for place in resolved.now] == [("warranty", 12)]
    assert "has changed; the same text now stands in warranty, characters 12–" in resolved.message
    assert service.resolve(resolved.now[0]).state == "same"


def test_a_renamed_document_is_found_even_when_the_old_generation_is_gone(settings, cited):
    service, word = cited
    build_toy(settings, [*TEXTS[:2], ("guarantee", TEXTS[2][1])])
    service.generations.prune(1)
    resolved = service.resolve(word)
    assert resolved.state == "moved"
    assert [place.source for place in resolved.now] == ["guarantee"]
    assert "The document is gone; the same text now stands in guarantee" in resolved.message


def test_a_text_that_is_nowhere_is_shown_as_long_as_a_generation_has_it(settings, cited):
    service, word = cited
    build_toy(settings, [*TEXTS[:2], ("warranty", "The kettle has no warranty.")])
    resolved = service.resolve(word)
    assert (resolved.state, resolved.text) == ("changed", TEXTS[2][1])
    assert "an older generation still has it" in resolved.message
    service.generations.prune(1)
    assert service.resolve(word).text is None
    build_toy(settings, TEXTS[:2])
    resolved = service.resolve(word)
    assert (resolved.state, resolved.text, resolved.now) == ("gone", None, ())
    assert "no longer in the index" in resolved.message


def test_a_citation_that_was_altered_is_refused(cited):
    service, word = cited
    for altered in (
        dataclasses.replace(word, end=word.end - 1),
        dataclasses.replace(word, digest="0" * 16),
    ):
        with pytest.raises(InputError, match="contradicts itself"):
            service.resolve(altered)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "x",
        "qa1:::::",
        "qa2:5b40eff70d9edf70:0-5:0123456789abcdef:g:a",
        "qa1:5b40eff70d9edf70:9-5:0123456789abcdef:g:a",
    ],
)
def test_what_is_no_citation_is_refused(toy_service: Service, word):
    with pytest.raises(InputError, match="is no citation"):
        toy_service.resolve(word)


@given(source=st.text(min_size=1), start=st.integers(0, 9), length=st.integers(0, 9))
def test_any_source_survives_the_word_form(source, start, length):
    encodable = source.encode("utf-8", "replace").decode()
    word = Citation("0" * 16, start, start + length, "f" * 16, "20260101T0-a", encodable)
    assert parse(str(word)) == word
    assert " " not in str(word)


def test_cite_counts_characters(toy_service):
    document = toy_service.document(toy_service.documents()[0].id)
    word = cite(document, 0, 7, "g")
    assert toy_service.resolve(word).text == "Refunds"
