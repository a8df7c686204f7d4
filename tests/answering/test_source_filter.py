"""Asking only some documents: which they are, and that both searches keep to them."""

import string
from contextlib import suppress

import numpy as np
import pytest
from conftest import build_toy
from hypothesis import given
from hypothesis import strategies as st
from toy_encoder import ToyEncoder

from qa import Service
from qa.answering.source_filter import folders, within
from qa.errors import InputError
from qa.index.dense import DenseIndex
from qa.index.keywords import KeywordIndex

TEXTS = [
    ("law/lease.txt", "The rent is due on Monday. Keys are returned on Friday."),
    ("law/old/lease.txt", "The rent was due on Tuesday. Keys were lost."),
    ("food/tea.txt", "Tea is picked by hand. The rent of a tea house is high."),
]


@pytest.fixture
def service(settings):
    build_toy(settings, TEXTS)
    return Service(settings, encoder=ToyEncoder())


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("law", ["a", "b"]),
        ("law/", ["a", "b"]),
        ("law/old", ["b"]),
        ("LAW\\lease.txt", ["a"]),
        ("*.txt", ["a", "b", "c"]),
        ("*/old/*", ["b"]),
        ("food/tea.txt", ["c"]),
    ],
)
def test_a_place_is_a_source_a_folder_or_a_pattern(place, expected):
    documents = list(zip("abc", [source for source, _ in TEXTS], strict=True))
    assert within(documents, [place]) == expected


def test_several_places_together_hold_each_document_once():
    documents = list(zip("abc", [source for source, _ in TEXTS], strict=True))
    assert within(documents, ["law/old", "law"]) == ["b", "a"]


def test_a_place_without_documents_is_an_error_that_names_it():
    with pytest.raises(InputError, match="No document lies in “nowhere”"):
        within([("a", "law/lease.txt")], ["law", "nowhere"])


def test_folders_of_paths_with_odd_slashes():
    assert folders(["/root/x.txt", "x.txt"]) == ["/root"]


@given(st.text(), st.text())
def test_every_document_lies_in_itself_and_no_place_breaks_the_comparison(source, place):
    if source.strip(string.whitespace + "/\\"):
        assert within([("a", source.strip())], [source]) == ["a"]
    with suppress(InputError):
        assert within([("a", source)], [place]) == ["a"]


def test_the_name_of_a_document_is_no_pattern():
    names = [("a", "lease.txt"), ("b", "old/lease.txt"), ("c", "[l]ease.txt")]
    assert within(names, ["lease.txt"]) == ["a"]
    assert within(names, ["[l]ease.txt"]) == ["c"]
    assert within(names, ["leas?.txt"]) == ["a", "b"]


def test_only_the_wanted_documents_are_found(service):
    everywhere = {hit.document.source for hit in service.ask("rent", top_k=9).hits}
    assert everywhere == {source for source, _ in TEXTS}
    for places, expected in (
        (["law"], {"law/lease.txt", "law/old/lease.txt"}),
        (["law/old"], {"law/old/lease.txt"}),
        (["food", "law/old"], {"food/tea.txt", "law/old/lease.txt"}),
        (["*.txt"], everywhere),
    ):
        found = {hit.document.source for hit in service.ask("rent", top_k=9, sources=places).hits}
        assert found == expected


def test_one_place_may_be_given_as_plain_text(service):
    (hit,) = service.ask("rent", top_k=9, sources="law/old").hits
    assert hit.document.source == "law/old/lease.txt"


def test_a_filtered_question_still_gets_full_results(settings):
    # 60 passages elsewhere fit better than the 5 wanted ones; with 10 candidates none is left.
    crowd = [(f"crowd/{n}.txt", "Rent rent rent is due.") for n in range(60)]
    wanted = [(f"few/{n}.txt", f"House number {n} has a garden and some rent.") for n in range(5)]
    narrow = type(settings)(
        corpus=settings.corpus, index=settings.index, candidates=10, passage_tokens=40
    )
    build_toy(narrow, crowd + wanted)
    service = Service(narrow, encoder=ToyEncoder())
    hits = service.ask("rent due", top_k=5, sources=["few"]).hits
    assert len(hits) + sum(len(hit.duplicates) for hit in hits) == 5
    assert all(hit.document.source.startswith("few/") for hit in hits)


def test_a_filtered_vector_search_is_the_exact_one_among_its_rows(tmp_path):
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(40, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = np.arange(3, 40, 4)
    best = rows[np.argsort(-(vectors[rows] @ vectors[0]))][:5]
    for kind in ("Flat", "SQfp16", "HNSW32_SQfp16"):
        DenseIndex.write(vectors, tmp_path / kind, kind)
        found, scores = DenseIndex.open(tmp_path / kind).search(vectors[0], 5, rows)
        assert found.tolist() == best.tolist()
        assert np.allclose(scores, vectors[best] @ vectors[0], atol=1e-3)
        none, _ = DenseIndex.open(tmp_path / kind).search(vectors[0], 5, rows[:0])
        assert none.tolist() == []


def test_a_filtered_keyword_search_scores_as_the_unfiltered_one(tmp_path):
    texts = [f"tea number {n} " + "tea " * n for n in range(12)]
    KeywordIndex.write(texts, tmp_path / "words")
    index = KeywordIndex.open(tmp_path / "words")
    everywhere = dict(zip(*(part.tolist() for part in index.search({"tea": 1.0}, 12)), strict=True))
    rows, scores = index.search({"tea": 1.0}, 3, np.array([1, 4, 7, 8]))
    assert rows.tolist() == sorted([1, 4, 7, 8], key=lambda row: -everywhere[row])[:3]
    assert scores.tolist() == pytest.approx([everywhere[row] for row in rows.tolist()])


@pytest.mark.parametrize("place", ["*" * 60 + "x", "a*" * 60 + "b", "**/" * 60 + "x", "?*" * 60])
def test_a_pattern_of_many_wildcards_takes_no_time(place: str) -> None:
    """Comparing it would take hours: it is shortened, or refused."""
    with pytest.raises(InputError):
        within([("a", "a" * 200 + "/" + "a" * 200)], [place])


def test_places_are_counted_once_and_have_an_end() -> None:
    tea = [("a", "tea.txt")]
    assert within(tea, ["tea.txt"] * 5000) == ["a"]
    with pytest.raises(InputError, match="100 places"):
        within(tea, [f"*{number}" for number in range(101)])
