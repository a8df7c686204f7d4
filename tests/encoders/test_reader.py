"""The reader: how pairs are read, what its logits say, and the running of a tiny made model."""

from math import log

import numpy as np
import pytest

from qa.encoders.reader import LONGEST_SPAN, OnnxReader, PairTokenizer, ReaderPair, score_of
from qa.errors import EncoderError

WORDS = "[PAD] [UNK] [CLS] [SEP] . what costs it may fares a ticket two euros nine".split()
ID = {word: number for number, word in enumerate(WORDS)}


@pytest.fixture(scope="module")
def tokenizer_file(tmp_path_factory):
    """A token a word, and BERT's template of pairs."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.WordLevel(ID, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", ID["[CLS]"]), ("[SEP]", ID["[SEP]"])],
    )
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@pytest.fixture(scope="module")
def reader_folder(tokenizer_file, tmp_path_factory):
    """A model without weights: a token's logits are its id, and the passage answers as much as it
    has tokens."""
    import onnx
    from onnx import TensorProto, helper

    def value(name, kind, *shape):
        return helper.make_tensor_value_info(name, kind, list(shape))

    names = ["input_ids", "attention_mask", "token_type_ids"]
    graph = helper.make_graph(
        [
            helper.make_node("Cast", ["input_ids"], ["begins"], to=TensorProto.FLOAT),
            helper.make_node("Cast", ["input_ids"], ["ends"], to=TensorProto.FLOAT),
            helper.make_node("Cast", ["token_type_ids"], ["types"], to=TensorProto.FLOAT),
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Mul", ["types", "mask"], ["passage"]),
            helper.make_node("ReduceSum", ["passage", "axis"], ["answers"], keepdims=0),
        ],
        "made",
        [value(name, TensorProto.INT64, "batch", "tokens") for name in names],
        [
            value("answers", TensorProto.FLOAT, "batch"),
            value("begins", TensorProto.FLOAT, "batch", "tokens"),
            value("ends", TensorProto.FLOAT, "batch", "tokens"),
        ],
        [helper.make_tensor("axis", TensorProto.INT64, [1], [1])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    folder = tmp_path_factory.mktemp("reader")
    onnx.save(model, folder / "model.onnx")
    (folder / "tokenizer.json").write_bytes(tokenizer_file.read_bytes())
    return folder


def pair_of(tokens):
    """A pair of which only the passage counts: one character a token, after two others."""
    offsets = [(position, position + 1) for position in range(tokens)]
    return ReaderPair([2, 3, *[4] * tokens, 3], [0, 0, *[1] * tokens, 1], 2, offsets)


def logits(*shares):
    """Those of a passage's tokens; the tokens around them would win if they counted."""
    return np.array([99, 99, *(log(share) if share else -99 for share in shares), 99], np.float32)


def test_logits_become_the_probabilities_of_the_passages_tokens() -> None:
    score = score_of(pair_of(3), 1.5, logits(1, 3, 0), logits(1, 1, 2))
    assert score.answers_logit == 1.5
    np.testing.assert_allclose(score.begins, [1 / 4, 3 / 4, 0], atol=1e-6)
    np.testing.assert_allclose(score.ends, [1 / 4, 1 / 4, 2 / 4], atol=1e-6)
    assert score.span == (1, 3)  # 3/4 · 2/4


def test_an_answer_does_not_end_before_it_begins() -> None:
    # First 3 and last 1 are the best by themselves; in order, 2 to 2 has 2/8 · 3/8.
    score = score_of(pair_of(3), 0.0, logits(1, 2, 5), logits(4, 3, 1))
    assert score.span == (1, 2)


def test_an_answer_is_not_endlessly_long() -> None:
    tokens = LONGEST_SPAN + 2
    begins = logits(9, *[1] * (tokens - 2), 8)
    assert score_of(pair_of(tokens), 0.0, begins, logits(*[1] * (tokens - 1), 9)).span == (
        tokens - 1,
        tokens,
    )


def test_the_share_of_a_sentence() -> None:
    score = score_of(pair_of(4), 0.0, logits(1, 3, 4, 2), logits(2, 2, 1, 5))
    assert score.share(0, 2) == pytest.approx((4 / 10 + 4 / 10) / 2)
    assert score.share(2, 4) == pytest.approx((6 / 10 + 6 / 10) / 2)


def test_a_pair_is_question_title_and_passage(tokenizer_file) -> None:
    passage = "A ticket costs nine euros."
    (pair,) = PairTokenizer(tokenizer_file).pairs([("What costs it?", "Fares", passage)])
    words = "[CLS] what costs it [UNK] [SEP] fares . a ticket costs nine euros . [SEP]".split()
    assert pair.ids == [ID[word] for word in words]
    assert pair.types == [0] * 6 + [1] * 9
    assert pair.first == 8
    assert [passage[a:b] for a, b in pair.offsets] == "A ticket costs nine euros .".split()


def test_what_is_too_long_is_cut_off(tokenizer_file) -> None:
    (pair,) = PairTokenizer(tokenizer_file, 8).pairs([("what", "", "two " * 50)])
    assert len(pair.ids) == 8
    assert pair.offsets == [(0, 3), (4, 7), (8, 11), (12, 15)]


def test_scores_come_in_the_order_of_the_passages(reader_folder) -> None:
    texts = ["two", "a ticket costs two euros", "nine may a", "two " * 100, ""]
    scores = OnnxReader(reader_folder).read("what", [("", text) for text in texts])
    assert [score.answers_logit for score in scores] == [2, 6, 4, 101, 1]  # and the last [SEP]
    spans = [score.span for score in scores]
    assert spans[:3] == [(0, 3), (19, 24), (0, 4)]  # the words of the highest numbers
    assert spans[4] is None
    assert len(scores[4].begins) == 0


def test_no_passages_no_scores(reader_folder) -> None:
    assert OnnxReader(reader_folder).read("what", []) == []


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_damaged_reader_is_refused(reader_folder, tmp_path, file) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes((reader_folder / name).read_bytes())
    (tmp_path / file).write_bytes(b"x")
    with pytest.raises(EncoderError, match=r"The reader in .* cannot be opened .*tokenizer\.json"):
        OnnxReader(tmp_path)
