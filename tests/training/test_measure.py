"""What is told of a reader, on made scores."""

import json

import numpy as np
import pytest

from qa.encoders.reader import ReaderScore
from training.examples import Example
from training.measure import figures, is_right, limited, marked_by_reader, sentences_of, squad

PASSAGE = "Trams are red. A ticket costs nine euros. Dogs pay too."
ANSWER = (PASSAGE.index("nine"), PASSAGE.index(". Dogs"))


def example(kind="positive", spans=(ANSWER,)):
    return Example("Price?", "", PASSAGE, bool(spans), spans, "span", kind, "g")


def score(logit, *places):
    """A reader that is half sure of each place (start, end)."""
    share = np.full(len(places), 1 / len(places), np.float32)
    return ReaderScore(logit, places[0], list(places), share, share)


def test_a_sentence_is_marked_by_all_that_lies_in_it() -> None:
    sentences = sentences_of(example())
    assert [PASSAGE[a:b].split(maxsplit=1)[0] for a, b in sentences] == ["Trams", "A", "Dogs"]
    assert marked_by_reader(score(0, (0, 5), ANSWER, (17, 23)), sentences) == 1  # 1/3 and 2/3
    assert [is_right(example(), position) for position in range(3)] == [False, True, False]


def test_the_figures_of_a_set() -> None:
    examples = [example(), example(), example("adversarial-unanswerable", ())]
    scores = [score(2.0, ANSWER), score(0.0, (0, 5)), score(1.0, ANSWER)]
    found = figures(examples, scores)
    assert found.keys() == {"marked sentence", "AUROC, adversarial-unanswerable"}
    assert found["marked sentence"].startswith("0.500 (")
    assert found["AUROC, adversarial-unanswerable"].startswith("0.500 (")  # 2 > 1 > 0


def test_a_set_where_nothing_is_to_be_chosen() -> None:
    one = Example("Price?", "", "Nine euros.", True, ((0, 4),), "span", "positive", "g")
    assert figures([one], [score(1.0, (0, 4))]) == {}


def test_limited_takes_the_same_ones_of_each_kind() -> None:
    examples = [example()] * 5 + [example("negative-retrieved", ())] * 2
    kinds = [each.kind for each in limited(examples, 3)]
    assert kinds == ["negative-retrieved"] * 2 + ["positive"] * 3


@pytest.fixture
def squad_folder(tmp_path):
    def lines(name, *values):
        (tmp_path / name).write_text("".join(json.dumps(value) + "\n" for value in values))

    lines(
        "corpus.jsonl",
        {"_id": "T__0", "title": "T", "text": PASSAGE},
        {"_id": "T__1", "title": "T", "text": "Another."},
        {"_id": "U__0", "title": "U", "text": "Foreign."},
    )
    lines("queries.jsonl", {"_id": "q", "text": "Price?"})
    lines(
        "queries_unanswerable.jsonl",
        {"_id": "n", "text": "Colour of dogs?", "paragraph_id": "T__0"},
        {"_id": "t", "text": "Price?", "paragraph_id": "T__0", "twin_of_answerable": True},
    )
    lines("answers.jsonl", {"_id": "q", "answers": ["nine euros"], "starts": [ANSWER[0]]})
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tT__0\t1\n")
    return tmp_path


def test_squad_gives_three_kinds(squad_folder) -> None:
    found = squad(squad_folder)
    assert [(e.kind, e.question, e.passage, e.spans) for e in found] == [
        ("positive", "Price?", PASSAGE, (ANSWER,)),
        ("negative-same-document", "Price?", "Another.", ()),
        ("adversarial-unanswerable", "Colour of dogs?", PASSAGE, ()),
    ]
