"""Sentence vectors on disk against the float vectors they were made from."""

import os

import numpy as np
import pytest

from qa.errors import IndexDamagedError
from qa.index.sentence_vectors import SentenceVectors, write_sentences


@pytest.mark.parametrize("loaded_bytes", [0, 1_000_000])
def test_cosines_are_those_of_the_float_vectors(tmp_path, loaded_bytes):
    vectors = np.random.default_rng(3).normal(size=(9, 48)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_sentences(tmp_path, iter([vectors[:4], vectors[4:]]), [2, 0, 4, 3], 48)
    stored = SentenceVectors(tmp_path, loaded_bytes)
    assert stored.count == 9
    assert stored.counts == [2, 0, 4, 3]
    np.testing.assert_allclose(stored.vectors(2), vectors[2:6], atol=0.01)
    assert stored.vectors(1).shape == (0, 48)
    assert stored.scores(vectors[5], np.array([], np.int64)) == []
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


def test_a_file_that_is_cut_while_it_is_read(tmp_path):
    write_sentences(tmp_path, iter([np.eye(4, dtype=np.float32)]), [3, 1], 4)
    read, loaded = SentenceVectors(tmp_path, 0), SentenceVectors(tmp_path)
    os.truncate(tmp_path / "sentences.npy", (tmp_path / "sentences.npy").stat().st_size - 4)
    query = np.array([0, 0, 0, 1], np.float32)
    assert read.scores(query, np.array([0]))[0].tolist() == [0, 0, 0]
    with pytest.raises(IndexDamagedError, match="cannot be read"):
        read.scores(query, np.array([0, 1]))
    assert loaded.scores(query, np.array([1]))[0].tolist() == [1]
    read.close()
    with pytest.raises(IndexDamagedError, match="cannot be read"):
        read.scores(query, np.array([0]))


@pytest.mark.parametrize("name", ["sentences.npy", "sentence_scales.npy", "sentence_starts.npy"])
def test_a_file_of_another_shape(tmp_path, name):
    write_sentences(tmp_path, iter([np.eye(4, dtype=np.float32)]), [3, 1], 4)
    for other in (np.zeros((2, 4), np.int8), np.zeros(7, np.float32), np.zeros((4, 4), np.int16)):
        np.save(tmp_path / name, other)
        with pytest.raises(IndexDamagedError, match="cannot be read"):
            SentenceVectors(tmp_path)
