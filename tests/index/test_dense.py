"""FAISS against a brute-force search in NumPy."""

import numpy as np
import pytest

from qa.errors import IndexDamagedError
from qa.index.dense import DenseIndex

KINDS = ["Flat", "SQfp16", "HNSW32_SQfp16"]


def unit_vectors(count, dim=32, seed=0):
    vectors = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize("kind", KINDS)
def test_finds_what_brute_force_finds(tmp_path, kind):
    vectors, queries = unit_vectors(500), unit_vectors(20, seed=1)
    assert DenseIndex.write(vectors, tmp_path / "x.faiss", kind) == kind
    index = DenseIndex.open(tmp_path / "x.faiss")
    tolerance = 1e-6 if kind == "Flat" else 2e-3
    agree = 0
    for query in queries:
        rows, scores = index.search(query, 10)
        exact = vectors @ query
        expected = np.argsort(-exact, kind="stable")[:10]
        agree += len(set(rows) & set(expected))
        np.testing.assert_allclose(scores, exact[rows], atol=tolerance)
        assert list(scores) == sorted(scores, reverse=True)
    assert agree == 200 if kind == "Flat" else agree >= 195


@pytest.mark.parametrize("kind", KINDS)
def test_gives_back_the_vectors_of_rows_in_the_asked_order(tmp_path, kind):
    vectors = unit_vectors(40)
    DenseIndex.write(vectors, tmp_path / "x.faiss", kind)
    index = DenseIndex.open(tmp_path / "x.faiss")
    rows = np.array([7, 3, 39])
    np.testing.assert_allclose(index.vectors(rows), vectors[rows], atol=2e-3)
    assert index.vectors(np.empty(0, np.int64)).shape == (0, 32)


def test_asking_for_more_than_there_is_gives_all(tmp_path):
    vectors = np.eye(3, dtype=np.float32)
    DenseIndex.write(vectors, tmp_path / "x.faiss")
    rows, scores = DenseIndex.open(tmp_path / "x.faiss").search(vectors[1], 10)
    assert rows[0] == 1
    assert sorted(rows) == [0, 1, 2]
    assert scores.tolist() == [1.0, 0.0, 0.0]


def test_a_file_that_is_no_index_is_refused(tmp_path):
    path = tmp_path / "x.faiss"
    path.write_bytes(b"not an index at all")
    with pytest.raises(IndexDamagedError, match=r"x\.faiss.*Rebuild"):
        DenseIndex.open(path)
