"""A real query encoder in a folder, made in a moment: words of a small vocabulary, no training."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from qa.encoders.models import sha256_of
from qa.encoders.onnx_encoder import OnnxEncoder, write_facts
from qa.encoders.pair import EncoderPair

FINGERPRINT = "5ca1ab1e" * 2
DIM = 384


def write_tiny_encoder(folder: Path, words: list[str]) -> None:
    """Write model.onnx, tokenizer.json and encoder.json: a text's vector is the mean of the random
    vectors of its words."""
    folder.mkdir(parents=True)
    numbers = {word: n for n, word in enumerate(["[UNK]", *words])}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    onnx.save(_mean_of_words(len(numbers)), str(folder / "model.onnx"))
    files = {
        name: {"bytes": (folder / name).stat().st_size, "sha256": sha256_of(folder / name)}
        for name in ("model.onnx", "tokenizer.json")
    }
    facts = {"name": "tiny", "fingerprint": FINGERPRINT, "dim": DIM, "max_tokens": 256}
    write_facts(folder, {**facts, "query_prompt": "", "document_prompt": "", "files": files})


def tiny_pair(folder: Path) -> EncoderPair:
    """What `qa.encoders.pair.prepare` gives, over the encoder in `folder`."""
    encoder = OnnxEncoder.open(folder, threads=1)
    return EncoderPair(encoder, encoder.tokenizer, lambda: _Unclosed(encoder))


class _Unclosed:
    def __init__(self, encoder: OnnxEncoder) -> None:
        self.encode_documents = encoder.encode_documents

    def close(self) -> None:
        pass


def _mean_of_words(count: int) -> onnx.ModelProto:
    vectors = np.random.default_rng(7).normal(size=(count, DIM)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["vectors_of_words", "input_ids"], ["each"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
        helper.make_node("Mul", ["each", "wide"], ["read"]),
        helper.make_node("ReduceSum", ["read", "tokens"], ["sum"], keepdims=0),
        helper.make_node("LpNormalization", ["sum"], ["vectors"], axis=-1, p=2),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", DIM])
    constants = [
        numpy_helper.from_array(vectors, "vectors_of_words"),
        numpy_helper.from_array(np.array([2], np.int64), "last"),
        numpy_helper.from_array(np.array([1], np.int64), "tokens"),
    ]
    graph = helper.make_graph(nodes, "tiny", inputs, [output], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
