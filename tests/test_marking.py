import numpy as np
import pytest

from qa.marking import OVERLAP_WEIGHT, best_sentence, overlap


def test_overlap_is_a_share_of_idf():
    assert overlap({"ipo": 2.0, "share": 1.0, "buy": 1.0}, ["share", "ipo"]) == pytest.approx(3 / 4)
    assert overlap({}, ["ipo"]) == 0.0


def test_words_decide_between_like_cosines():
    cosines = np.array([0.50, 0.45], np.float32)
    sentences = [["bpo"], ["kpo"]]
    # 0.50 + 0 against 0.45 + OVERLAP_WEIGHT · 1
    assert OVERLAP_WEIGHT > 0.05
    assert best_sentence(cosines, {"kpo": 1.0}, sentences) == 1
    assert best_sentence(cosines, {}, sentences) == 0
