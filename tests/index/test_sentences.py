"""Sentence vectors on disk against the float vectors they were made from."""

import numpy as np
import pytest

from qa.errors import IndexDamagedError
from qa.index.sentence_vectors import SentenceVectors, write_sentences


def test_cosines_are_those_of_the_float_vectors(tmp_path):
    vectors = np.random.default_rng(3).normal(size=(9, 48)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_sentences(tmp_path, iter([vectors[:4], vectors[4:]]), [2, 0, 4, 3], 48)
    stored = SentenceVectors(tmp_path)
    query = vectors[5]
    third, second, first = stored.scores(query, np.array([2, 1, 0]))
    np.testing.assert_allclose(third, vectors[2:6] @ query, atol=0.01)
    assert third.argmax() == 3
    assert len(second) == 0
    np.testing.assert_allclose(first, vectors[:2] @ query, atol=0.01)


def test_a_wrong_number_of_vectors_is_refused(tmp_path):
    with pytest.raises(ValueError, match="2 sentence vectors came for 3"):
        write_sentences(tmp_path, iter([np.eye(2, dtype=np.float32)]), [1, 2], 2)


def test_a_truncated_file_is_refused(tmp_path):
    write_sentences(tmp_path, iter([np.eye(4, dtype=np.float32)]), [4], 4)
    path = tmp_path / "sentences.npy"
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(IndexDamagedError, match="Rebuild"):
        SentenceVectors(tmp_path)
