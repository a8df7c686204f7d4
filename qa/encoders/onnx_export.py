"""The query encoder's making: a sentence-transformers model → one ONNX file, checked."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from qa.encoders.models import Model, fingerprint_of, resolve_model, sha256_of
from qa.errors import EncoderError, QAError

PARITY_COSINE = 0.9995
_PARITY_TEXTS = (
    "What is a KPO?",
    "a",
    "Shares are sold to institutional investors. " * 12,
    "é 知识",
)


def export(model: str, target: Path) -> None:
    """Write model.onnx, tokenizer.json and encoder.json for `model` into the new folder `target`.

    The ONNX graph takes token ids and an attention mask, int64 (batch, tokens), and gives unit
    vectors, float32 (batch, dim). It is compared with the original before it is put in place.
    Raises EncoderError if the model cannot be exported.
    """
    source = resolve_model(model)
    temporary = Path(tempfile.mkdtemp(prefix=".exporting-", dir=target.parent))
    try:
        _export(source, temporary)
        temporary.replace(target)
    except (QAError, OSError):
        raise
    except Exception as error:  # torch's exporter raises dozens of kinds
        raise EncoderError(
            f"The model {source.name!r} cannot be exported as a query encoder "
            f"({type(error).__name__}: {(str(error).splitlines() or [''])[0][:200]}). "
            "Use the bundled model all-MiniLM-L6-v2, or another sentence-transformers model."
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _export(source: Model, folder: Path) -> None:
    from qa.encoders.onnx_encoder import write_facts
    from qa.encoders.torch_encoder import load_model, prompt_of

    original = load_model(source.path)
    tokenizer = original.tokenizer
    if not getattr(tokenizer, "is_fast", False):
        raise EncoderError(
            f"The model {source.name!r} has no tokenizer.json, which the query encoder needs. "
            "Use a model with a fast tokenizer, or the bundled all-MiniLM-L6-v2."
        )
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    plain = folder / "plain.onnx"
    _write_graph(original, plain)
    _optimise(plain, folder / "model.onnx")
    plain.unlink()
    files = {
        name: {"bytes": (folder / name).stat().st_size, "sha256": sha256_of(folder / name)}
        for name in ("model.onnx", "tokenizer.json")
    }
    facts = {
        "name": source.name,
        "fingerprint": fingerprint_of(source.path),
        "dim": int(original.get_embedding_dimension()),
        "max_tokens": int(original.max_seq_length or 512),
        "query_prompt": prompt_of(original, "query"),
        "document_prompt": prompt_of(original, "document"),
        "files": files,
    }
    write_facts(folder, facts)
    _check_parity(original, folder, source.name)


def _write_graph(original: Any, path: Path) -> None:
    import torch

    class Whole(torch.nn.Module):
        """Every module of the model in one graph, ending in unit vectors."""

        def __init__(self) -> None:
            super().__init__()
            self.model = original

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            vectors = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=-1)

    example = original.tokenizer(
        ["one short text", "another, somewhat longer text"], padding=True, return_tensors="pt"
    )
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole().eval(),
            (example["input_ids"], example["attention_mask"]),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )


def _optimise(source: Path, target: Path) -> None:
    """Fuse the graph once here, so that opening it is quick."""
    from qa.encoders.onnx_encoder import new_session

    new_session(source, threads=1, optimised_copy=target)
    if not target.is_file():
        raise EncoderError(f"{target} was not written by ONNX Runtime.")


def _check_parity(original: Any, folder: Path, name: str) -> None:
    from qa.encoders.onnx_encoder import OnnxEncoder

    texts = list(_PARITY_TEXTS)
    expected = original.encode_query(texts, normalize_embeddings=True, show_progress_bar=False)
    found = OnnxEncoder.open(folder).encode_query(texts)
    worst = float(np.sum(np.asarray(expected, np.float32) * found, axis=1).min())
    if worst < PARITY_COSINE:
        raise EncoderError(
            f"The exported query encoder of {name!r} differs from the model (cosine {worst:.4f}). "
            "Use the bundled model all-MiniLM-L6-v2."
        )
