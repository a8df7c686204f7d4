"""What is told of a reader, on made scores."""

import json

import numpy as np
import pytest
from toy_encoder import ToyEncoder, ToyTokenizer

from qa.encoders.reader import ReaderScore
from training.examples import Example
from training.measure import figures, limited, marked_by_reader, measured, sentences_of, squad

PASSAGE = "Trams are red. A ticket costs nine euros. Dogs pay too."
ANSWER = (PASSAGE.index("nine"), PASSAGE.index(". Dogs"))


def example(kind="positive", spans=(ANSWER,), passage=PASSAGE):
    return Example("Price?", "", passage, bool(spans), spans, "span", kind, "g")


def score(logit, *places):
    """A reader that is equally sure of each place (start, end)."""
    share = np.full(len(places), 1 / len(places), np.float32)
    return ReaderScore(logit, places[0] if places else None, list(places), share, share)


class MadeReader:
    """Says that a passage answers as much as it has characters, where "euros" is, else "red"."""

    def read(self, question, passages):
        scores = []
        for _, text in passages:
            word = next((word for word in ("euros", "red") if word in text), text[:1])
            start = text.index(word)
            scores.append(score(float(len(text)), (start, start + len(word))))
        return scores


def test_a_sentence_is_marked_by_all_that_lies_in_it() -> None:
    sentences = sentences_of(example())
    assert [PASSAGE[a:b] for a, b in sentences] == [
        "Trams are red.", "A ticket costs nine euros.", "Dogs pay too."
    ]  # fmt: skip
    assert marked_by_reader(score(0, (0, 5), ANSWER, (17, 23)), sentences) == 1  # 1/3 and 2/3


def test_the_figures_of_a_set() -> None:
    examples = [example(), example(), example("adversarial-unanswerable", ())]
    found = figures(examples, [2.0, 0.0, 1.0], [True, False])
    assert found.keys() == {"marked sentence", "AUROC, adversarial-unanswerable"}
    assert found["marked sentence"].startswith("0.500 (")
    assert found["AUROC, adversarial-unanswerable"].startswith("0.500 (")  # 2 > 1 > 0


@pytest.mark.parametrize(("answer", "share"), [("nine euros", "1.000"), ("Dogs", "0.000")])
def test_the_marked_sentence_of_the_passage_that_holds_the_answer(answer, share) -> None:
    text = f"{'Trams are red and red trams ring. ' * 30}{PASSAGE}"
    start = text.index(answer)
    given = [
        example(passage=text, spans=((start, start + len(answer)),)),
        example("negative-retrieved", (), "Short."),
        example("negative-retrieved", (), "x" * 1000),
    ]
    found = measured(given, MadeReader(), ToyTokenizer(), None)
    assert found["marked sentence"].startswith(f"{share} (")
    # The best passage has at most 96 words: longer than one text without an answer of two.
    assert found["AUROC, negative-retrieved"].startswith("0.500 (")


def test_a_text_of_one_sentence_has_nothing_to_choose() -> None:
    assert measured([example(passage="Nine euros.", spans=((0, 4),))], MadeReader(),
                    ToyTokenizer(), None) == {}  # fmt: skip


def test_marking_without_a_reader_goes_by_words() -> None:
    asked = Example("When do dogs pay?", "", PASSAGE, True, (ANSWER,), "span", "positive", "g")
    found = measured([asked], MadeReader(), ToyTokenizer(), ToyEncoder())
    assert found["marked sentence"].startswith("1.000 (")
    assert found["marked sentence without a reader"].startswith("0.000 (")  # "Dogs pay too."


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
