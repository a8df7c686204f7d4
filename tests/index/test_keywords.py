"""BM25 as Tantivy computes it, against the formula worked out by hand."""

import math
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from qa.errors import IndexDamagedError
from qa.index.analyzer import Analyzer
from qa.index.keywords import KeywordIndex, inverse_document_frequency

TEXTS = [
    "The KPOs hire specialists.",
    "A BPO answers the telephone.",
    "Shares are sold on the exchange.",
    "The telephone rings; the telephone stops.",
]


@pytest.fixture
def index(tmp_path):
    KeywordIndex.write(TEXTS, tmp_path / "lexical")
    return KeywordIndex.open(tmp_path / "lexical")


def test_row_numbers_are_the_order_of_the_texts(index):
    for question, row in [("kpo", 0), ("bpo", 1), ("shares", 2)]:
        rows, _ = index.search(index.query_terms(question), 5)
        assert rows.tolist() == [row]


def test_share_is_bm25_over_what_the_terms_could_reach(index):
    # "telephon" is in 2 of 4 texts; text 3 has 4 terms (telephon ring telephon stop), 2 of them
    # the term; the texts have 3, 3, 3, 4 terms: "kpo hire specialist", "bpo answer telephon",
    # "share sold exchang"; Tantivy rounds lengths only above 40.
    average = (3 + 3 + 3 + 4) / 4
    tf, k1, b = 2, 1.2, 0.75
    saturation = tf / (tf + k1 * (1 - b + b * 4 / average))
    share = index.share({"telephon": 1.0}, np.array([3, 0]))
    assert share[0] == pytest.approx(saturation, abs=1e-4)
    assert share[1] == 0.0


def test_a_word_that_no_text_holds_lowers_the_share(index):
    known = index.share({"telephon": 1.0}, np.array([3]))[0]
    both = index.share({"telephon": 1.0, "router": 1.0}, np.array([3]))[0]
    held, unknown = inverse_document_frequency(4, 2), inverse_document_frequency(4, 0)
    assert both == pytest.approx(known * held / (held + unknown), rel=1e-4)
    assert unknown == pytest.approx(math.log(1 + 4.5 / 0.5))


def test_coverage_is_the_share_of_idf_that_a_text_holds(index):
    # "telephon" is in texts 1 and 3, "bpo" in 1 only, "router" in none
    rows = np.array([3, 1, 2])
    held = {n: inverse_document_frequency(4, n) for n in (0, 1, 2)}
    whole = held[2] + held[1] + held[0]
    found = index.coverage(dict.fromkeys(["telephon", "bpo", "router"], 1.0), rows)
    assert found.tolist() == pytest.approx([held[2] / whole, (held[2] + held[1]) / whole, 0.0])
    assert index.coverage({}, rows).tolist() == [0, 0, 0]


def test_search_and_share_agree(index):
    terms = index.query_terms("Which telephone specialists hire?")
    rows, shares = index.search(terms, 10)
    np.testing.assert_allclose(index.share(terms, rows), shares, rtol=1e-6)
    assert list(shares) == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    "question", ["", "   ", '"', "a AND (", "body:kpo~ [* TO", "the of and", '+-!(){}[]^"~*?:\\/']
)
def test_query_syntax_is_only_text(index, question):
    rows, shares = index.search(index.query_terms(question), 5)
    assert len(rows) == len(shares)
    assert set(rows.tolist()) <= {0}  # "kpo" is in text 0, nothing else matches


def test_a_carelessly_typed_plural_finds_the_acronym(index):
    assert list(index.query_terms("what r kpos")) == ["kpo"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Wi-Fi is free.", "wifi"),
        ("Wifi is free.", "wi-fi"),
        ("Your E-Mails are kept.", "email"),
        ("The log-in is shown.", "login"),
        ("Costs 1,000 euros.", "1000"),
        ("Needs 12 V.", "12V"),
        ("Takes 12V.", "12 V"),
        ("Part FS-20A fits.", "FS20A"),
        ("Part FS20A fits.", "FS\u201120A"),
        ("Hash " + "a1" * 40, "a1" * 40),
    ],
)
def test_a_compound_is_found_however_it_is_joined(tmp_path, text, question):
    KeywordIndex.write([text, "Nothing else."], tmp_path / "lexical")
    index = KeywordIndex.open(tmp_path / "lexical")
    terms = index.query_terms(question)
    assert index.search(terms, 5)[0].tolist() == [0]
    assert index.coverage(terms, np.array([0])).tolist() == pytest.approx([1.0])


def test_the_whole_of_an_identifier_tells_it_from_its_parts(tmp_path):
    KeywordIndex.write(["0815-4711 is old", "4711-0815 is new"], tmp_path / "lexical")
    index = KeywordIndex.open(tmp_path / "lexical")
    rows, shares = index.search(index.query_terms("4711-0815"), 5)
    assert rows.tolist() == [1, 0]
    assert shares[0] > shares[1]
    assert Analyzer().terms("3.5")[-1] != Analyzer().terms("35")[-1]


def test_what_asks_for_a_number_is_no_word_that_texts_lack(tmp_path):
    KeywordIndex.write(["The notice period is two months.", "A long row."], tmp_path / "lexical")
    index = KeywordIndex.open(tmp_path / "lexical")
    assert list(index.query_terms("How much is the notice?")) == ["notic"]
    assert list(index.query_terms("How heavy is the period?")) == ["period"]
    assert "long" in index.query_terms("How long is the row?")  # some text holds it
    assert "heavi" in index.query_terms("the heavy period")


def test_words_that_only_ask_are_left_out_unless_there_is_nothing_else(index):
    assert list(index.query_terms("What does the telephone mean?")) == ["telephon"]
    assert list(index.query_terms("what is it")) == ["what"]


def test_the_subject_of_a_small_corpus_keeps_some_weight(tmp_path):
    KeywordIndex.write(["KPO hires.", "KPO trains.", "KPO pays."], tmp_path / "lexical")
    weights = KeywordIndex.open(tmp_path / "lexical").weights(
        {"kpo": 1.0, "train": 1.0, "router": 1.0}
    )
    # kpo is in 3 of 3: ln(1 + 0.5/3.5) = 0.13; the floor is a fifth of ln(1 + 3.5/0.5)
    assert weights["kpo"] == pytest.approx(0.2 * math.log(1 + 3.5 / 0.5))
    assert weights["train"] == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert weights["router"] == pytest.approx(math.log(1 + 3.5 / 0.5))


def test_accents_case_and_possessives_do_not_matter():
    assert Analyzer().terms("CAFÉ café Café's") == ["cafe", "cafe", "cafe"]


def test_cjk_text_is_searchable_by_character(tmp_path):
    KeywordIndex.write(["知识流程外包", "公开募股"], tmp_path / "lexical", "zh")
    index = KeywordIndex.open(tmp_path / "lexical", "zh")
    assert index.search(index.query_terms("外包"), 5)[0].tolist() == [0]


def test_a_folder_that_is_no_index_is_refused(tmp_path):
    (tmp_path / "lexical").mkdir()
    with pytest.raises(IndexDamagedError, match=r"lexical.*Rebuild"):
        KeywordIndex.open(tmp_path / "lexical")


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can cut such a file there")
def test_files_that_are_cut_while_they_are_searched(index, tmp_path):
    before = index.search(index.query_terms("telephone shares"), 5)
    for path in (tmp_path / "lexical").iterdir():
        os.truncate(path, 0)
    after = index.search(index.query_terms("telephone shares"), 5)
    assert [part.tolist() for part in after] == [part.tolist() for part in before]
    rows = np.array([1, 3])
    assert index.coverage({"telephon": 1.0}, rows).tolist() == [1, 1]
    with pytest.raises(IndexDamagedError, match="keyword index"):
        KeywordIndex.open(tmp_path / "lexical")


def test_no_copy_stays(tmp_path, index):
    before = set(Path(tempfile.gettempdir()).glob("qa-*"))
    KeywordIndex.open(tmp_path / "lexical")
    assert set(Path(tempfile.gettempdir()).glob("qa-*")) <= before
