"""The map of the corpus: its plane, its points, where a question falls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from conftest import TEXTS, build_toy
from hypothesis import given
from hypothesis import strategies as st
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.errors import IndexMissingError, InputError
from qa.insight.corpus_map import NAMED, Maps, corpus_map, placed, plane


def vectors(count: int, dim: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)


def grown(settings: Settings, texts: list[tuple[str, str]]) -> Service:
    build_toy(settings, texts)
    return Service(settings, encoder=ToyEncoder())


@given(st.integers(1, 12), st.integers(1, 9), st.integers(0, 99))
def test_all_points_lie_in_the_square_and_the_same_vectors_give_the_same_map(
    count: int, dim: int, seed: int
) -> None:
    given_vectors = vectors(count, dim, seed)
    flat, again = plane(given_vectors), plane(given_vectors.copy())
    places = flat.place(given_vectors)
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert np.abs(places).max() <= 1 + 1e-6
    assert np.array_equal(places, again.place(given_vectors))
    assert 0 <= flat.share <= 1 + 1e-9


def test_the_axes_hold_what_a_full_decomposition_says() -> None:
    given_vectors = vectors(50, 6)
    centred = given_vectors.astype(np.float64) - given_vectors.astype(np.float64).mean(axis=0)
    spread = np.linalg.svd(centred, compute_uv=False) ** 2
    flat = plane(given_vectors)
    assert flat.share == pytest.approx(spread[:2].sum() / spread.sum())
    assert flat.axes.T @ flat.axes == pytest.approx(np.eye(2), abs=1e-9)


@pytest.mark.parametrize("given_vectors", [vectors(1, 5), np.repeat(vectors(1, 384), 40, axis=0)])
def test_passages_that_are_all_the_same_lie_in_the_middle(given_vectors: np.ndarray) -> None:
    flat = plane(given_vectors)
    assert flat.place(given_vectors) == pytest.approx(0, abs=1e-5)
    assert flat.share == 1.0


def test_in_two_dimensions_nothing_is_lost() -> None:
    assert plane(vectors(9, 2)).share == pytest.approx(1.0)


def test_every_passage_is_on_the_map_with_its_document(toy_service: Service) -> None:
    chart = corpus_map(toy_service.retriever())
    assert len(chart.points) == chart.total == len(TEXTS)
    assert sorted(chart.names) == sorted(name for name, _ in TEXTS)
    for point in chart.points:
        assert chart.names[point.colour] == chart.titles[point.passage.document_id]


def test_of_many_passages_evenly_spread_ones_are_shown(settings: Settings) -> None:
    texts = [(f"text {n:02}", f"Text number {n} tells of thing {n}.") for n in range(20)]
    chart = corpus_map(grown(settings, texts).retriever(), most=7)
    assert (len(chart.points), chart.total) == (7, 20)
    assert len(chart.names) == NAMED
    assert {point.colour for point in chart.points} <= set(range(NAMED + 1))


def test_a_question_falls_where_its_words_are(toy_service: Service) -> None:
    maps = Maps(toy_service.retriever)
    chart, answer, where = maps.asked("The kettle has a warranty of three years.")
    assert answer.hits[0].document.source.startswith("warranty")
    assert len(where.hits) == len(answer.hits)
    first = next(
        point for point in chart.points if point.passage.document_id == answer.hits[0].document.id
    )
    assert where.hits[0] == pytest.approx((first.x, first.y), abs=1e-5)
    distances = [float(np.hypot(*np.subtract(where.question, hit))) for hit in where.hits]
    assert distances[0] == min(distances)


def test_a_map_is_made_once_for_each_generation(settings: Settings) -> None:
    service = grown(settings, TEXTS)
    maps = Maps(service.retriever)
    before = maps.current()
    assert maps.current() is before
    build_toy(settings, [*TEXTS, ("office", "The office opens at nine.")])
    after = maps.current()
    assert after.generation != before.generation
    assert after.total == before.total + 1


def test_a_hit_of_another_index_is_told(toy_service: Service) -> None:
    retriever = toy_service.retriever()
    answer = toy_service.ask("Which warranty?")
    hit = answer.hits[0]
    stale = replace(hit, passage=replace(hit.passage, start=hit.passage.start + 1))
    with pytest.raises(InputError, match="There is no passage"):
        placed(retriever, corpus_map(retriever), replace(answer, hits=(stale,)))


def test_without_an_index_there_is_no_map(settings: Settings) -> None:
    maps = Maps(Service(settings, encoder=ToyEncoder()).retriever)
    with pytest.raises(IndexMissingError):
        maps.current()
