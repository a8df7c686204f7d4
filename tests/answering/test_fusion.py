"""The arithmetic of the ranking, worked out by hand."""

import numpy as np
import pytest

from qa.answering.fusion import (
    SignalArrays,
    Weights,
    best_first,
    fold_duplicates,
    fuse,
    word_overlap,
)


def arrays(*rows):
    return SignalArrays(*(np.array(row, np.float32) for row in rows))


def test_fuse_is_the_weighted_sum():
    signals = arrays([0.5, 0.2], [0.4, 0.8], [0.1, 0.0], [0.0, 0.5], [0.3, 1.0])
    weights = Weights(dense=1.0, max_sentence=0.5, heading=2.0, bm25=3.0, idf_coverage=0.1)
    fused = fuse(signals, weights)
    assert fused[0] == pytest.approx(0.5 + 0.5 * 0.4 + 2 * 0.1 + 3 * 0.0 + 0.1 * 0.3)
    assert fused[1] == pytest.approx(0.2 + 0.5 * 0.8 + 2 * 0.0 + 3 * 0.5 + 0.1 * 1.0)
    assert fused.dtype == np.float32


def test_signals_can_be_reordered():
    signals = arrays([1, 2], [3, 4], [5, 6], [7, 8], [9, 10]).at([1, 0])
    assert signals.dense.tolist() == [2, 1]
    assert signals.idf_coverage.tolist() == [10, 9]


def test_best_first_keeps_the_order_of_equals():
    assert best_first(np.array([1.0, 3.0, 1.0, 3.0], np.float32)) == [1, 3, 0, 2]


def test_empty_candidates_stay_empty():
    assert best_first(fuse(arrays([], [], [], [], []), Weights())) == []


def test_duplicates_fold_under_the_best():
    words = [frozenset(text.split()) for text in ("a b c d e f g", "x y", "a b c d e f h", "x y")]
    # 6 words shared of 8 in all = 0.75
    assert word_overlap(words[0], words[2]) == 0.75
    assert fold_duplicates(words, alike=0.75) == [[0, 2], [1, 3]]
    assert fold_duplicates(words, alike=0.76) == [[0], [1, 3], [2]]
