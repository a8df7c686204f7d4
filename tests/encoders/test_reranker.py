"""The optional cross-encoder: a stand-in for the order, a tiny real one for the loading."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa.answering.retriever import Retriever
from qa.encoders.models import resolve_model
from qa.encoders.reranker import CrossEncoderReranker, open_reranker
from qa.errors import EncoderError
from qa.index.generations import IndexFolder

QUESTION = "kettle warranty years"


class Backwards:
    """Prefers what was last; keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def scores(self, question, passages):
        self.asked.append((question, list(passages)))
        return np.arange(len(passages), dtype=np.float32)


def opened(settings, reranker):
    folder = IndexFolder(settings.index)
    manifest = folder.manifest(folder.require_live())
    return Retriever(folder.path(manifest.generation), manifest, ToyEncoder(), settings, reranker)


def test_it_orders_the_passages_and_leaves_their_scores(settings):
    build_toy(settings)
    reranker = Backwards()
    before = opened(settings, None).retrieve(QUESTION)
    after = opened(settings, reranker).retrieve("ketle waranty years")
    assert [hit.passage.id for hit in after] == [hit.passage.id for hit in reversed(before)]
    assert [hit.rank for hit in after] == [1, 2, 3]
    assert {hit.passage.id: hit.score for hit in after} == {h.passage.id: h.score for h in before}
    ((question, passages),) = reranker.asked
    assert question == QUESTION
    assert passages[0] == f"warranty. {before[0].passage.text}"


def test_a_model_that_is_not_there_is_told_when_the_index_is_opened(settings, tmp_path):
    build_toy(settings)
    settings = replace(settings, rerank=str(tmp_path))
    with pytest.raises(EncoderError, match=r"No reranking: .* is not a model's folder"):
        Retriever.open(settings.index, encoder=ToyEncoder(), settings=settings)


@pytest.fixture(scope="module", params=[1, 2])
def tiny(request, tmp_path_factory):
    """A cross-encoder with random weights and the given number of outputs."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = AutoTokenizer.from_pretrained(str(resolve_model("all-MiniLM-L6-v2").path))
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, num_labels=request.param,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder, request.param


@pytest.mark.model
def test_a_real_cross_encoder(tiny):
    folder, outputs = tiny
    if outputs == 2:
        with pytest.raises(EncoderError, match="gives 2 scores"):
            CrossEncoderReranker(str(folder))
        return
    from sentence_transformers import CrossEncoder

    texts = ["The kettle has a warranty.", "Parcels leave on Monday.", "x"]
    found = open_reranker(str(folder)).scores(QUESTION, texts)
    expected = CrossEncoder(str(folder), device="cpu").predict([(QUESTION, text) for text in texts])
    assert found.shape == (3,)
    assert found == pytest.approx(expected, abs=1e-5)
    assert len(set(found.tolist())) == 3
