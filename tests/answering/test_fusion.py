"""The arithmetic of the ranking, worked out by hand."""

import numpy as np
import pytest

from qa.answering.fusion import (
    SignalArrays,
    Weights,
    best_first,
    fold_duplicates,
    fuse,
    sentence_gain,
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


def test_best_first_keeps_the_order_of_many_equals():
    # An unstable sort keeps that of a few by luck only.
    halves = np.array([0.5, 0.9] * 50, np.float32)
    assert best_first(halves) == [*range(1, 100, 2), *range(0, 100, 2)]


@pytest.mark.parametrize(
    ("overlap", "terms", "gain"),
    [
        (0.5, 3, 0.2 * 0.5),
        (0.998, 3, 0.2 * 0.998),
        (0.999, 3, 0.2 * 0.999 + 0.4),  # all words, but for rounding
        (1.0, 4, 0.2 + 0.4),
        (1.0, 2, 0.2),  # nearly any sentence holds both words of a short question
        (0.0, 5, 0.0),
    ],
)
def test_what_a_sentence_gains_by_the_words_it_holds(overlap, terms, gain):
    weights = Weights(sentence_coverage=0.2, complete=0.4)
    assert sentence_gain(overlap, terms, weights) == pytest.approx(gain)


def test_empty_candidates_stay_empty():
    assert best_first(fuse(arrays([], [], [], [], []), Weights())) == []


def test_duplicates_fold_under_the_best():
    words = [frozenset(text.split()) for text in ("a b c d e f g", "x y", "a b c d e f h", "x y")]
    # 6 words shared of 8 in all = 0.75
    assert word_overlap(words[0], words[2]) == 0.75
    assert fold_duplicates(words, alike=0.75) == [[0, 2], [1, 3]]
    assert fold_duplicates(words, alike=0.76) == [[0], [1, 3], [2]]


def test_a_part_of_a_passage_folds_whichever_comes_first():
    twenty = frozenset(map(str, range(20)))
    # 17 of 20 words = 0.85, which is just enough unless said otherwise; 16 of 20 = 0.8
    for part, folded in ((17, [[0, 1]]), (16, [[0], [1]])):
        less = frozenset(map(str, range(part)))
        assert fold_duplicates([twenty, less]) == folded
        assert fold_duplicates([less, twenty]) == folded


def test_passages_without_words_are_alike():
    nothing = frozenset()
    assert word_overlap(nothing, nothing) == 1.0
    assert word_overlap(nothing, frozenset({"a"})) == 0.0
    assert fold_duplicates([nothing, frozenset({"a"}), nothing]) == [[0, 2], [1]]
