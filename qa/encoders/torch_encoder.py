"""The build side: sentence-transformers on PyTorch, as fast as this CPU allows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.encoders.batching import encode_by_length, padded
from qa.encoders.models import fingerprint_of, resolve_model
from qa.encoders.vocabulary import whole_words
from qa.errors import EncoderError

if TYPE_CHECKING:
    from qa.datatypes import Embeddings
    from qa.encoders.protocol import BatchDone

TOKENS_PER_BATCH = 4096
"""Padded tokens of a batch: larger ones fall out of the CPU's cache, smaller ones waste calls."""


def silence_libraries() -> None:
    """No progress bars and no warnings of theirs; it must come before they are imported."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def load_model(path: Path) -> Any:
    """A sentence-transformers model from a folder, on the CPU, without chatter.

    Raises EncoderError if the folder does not hold one.
    """
    silence_libraries()
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(str(path), device="cpu", local_files_only=True).eval()
    except Exception as error:  # the libraries raise whatever their parsers raise
        raise EncoderError(
            f"{path} cannot be loaded by sentence-transformers ({type(error).__name__}: "
            f"{str(error).splitlines()[0] if str(error) else 'no reason given'}). "
            "Give the folder of a whole sentence-transformers model."
        ) from error


def load_cross_encoder(path: Path) -> Any:
    """A sentence-transformers cross-encoder with one output, from a folder, on the CPU.

    Raises EncoderError if the folder does not hold one.
    """
    silence_libraries()
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(str(path), device="cpu", local_files_only=True)
        outputs = int(model.num_labels)
    except Exception as error:  # the libraries raise whatever their parsers raise
        raise EncoderError(
            f"{path} cannot be loaded as a cross-encoder ({type(error).__name__}). "
            "Give the folder of a reranking model for sentence-transformers, or none."
        ) from error
    if outputs != 1:
        raise EncoderError(
            f"{path} gives {outputs} scores for a passage, a reranking model gives one. "
            "Give the folder of a reranking model for sentence-transformers, or none."
        )
    return model


def best_precision() -> str:
    """ "bf16" where the CPU multiplies it natively (AMX or AVX512-BF16), else "fp32"."""
    import torch

    cpu = torch.cpu
    native = any(
        bool(getattr(cpu, probe, bool)())
        for probe in ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    )
    return "bf16" if native else "fp32"


class TorchEncoder:
    """`protocol.Encoder` over any sentence-transformers model."""

    def __init__(self, model: str, *, precision: str = "auto", threads: int = 0) -> None:
        import torch

        files = resolve_model(model)
        if threads:
            torch.set_num_threads(threads)
        self._model = load_model(files.path)
        self.name = files.name
        self.fingerprint = fingerprint_of(files.path)
        self.dim = int(self._model.get_embedding_dimension())
        self.max_tokens = int(self._model.max_seq_length or 512)
        self.precision = best_precision() if precision == "auto" else precision
        if self.precision == "bf16":
            self._model.bfloat16()
        self._plain = self._has_plain_forward()

    def vocabulary(self) -> list[str]:
        """Words in lower case that the model has a token of its own for, common ones first."""
        return whole_words(self._model.tokenizer.get_vocab())

    def encode_query(self, texts: Sequence[str]) -> Embeddings:
        """Questions → float32 (n, dim), unit rows, with the model's query prompt if it has one."""
        return self._encode(texts, "query", None)

    def encode_documents(
        self, texts: Sequence[str], on_batch: BatchDone | None = None
    ) -> Embeddings:
        """Passages or sentences → float32 (n, dim), unit rows, in the given order."""
        return self._encode(texts, "document", on_batch)

    def _encode(self, texts: Sequence[str], kind: str, on_batch: BatchDone | None) -> Embeddings:
        prompt = prompt_of(self._model, kind)
        ids: list[list[int]] = []
        if texts:
            prompted = [prompt + text for text in texts]
            tokenizer = self._model.tokenizer
            ids = tokenizer(prompted, truncation=True, max_length=self.max_tokens)["input_ids"]

        def run(batch: list[int]) -> Embeddings:
            if self._plain:
                vectors = self._forward([ids[position] for position in batch])
            else:
                vectors = self._library([texts[position] for position in batch], kind)
            norms = np.linalg.norm(vectors, axis=1, keepdims=True)
            unit: Embeddings = (vectors / np.where(norms > 0, norms, 1)).astype(np.float32)
            return unit

        return encode_by_length(ids, self.dim, TOKENS_PER_BATCH, run, on_batch)

    def _forward(self, ids: list[list[int]]) -> Embeddings:
        """Transformer and mean pooling, without attention mask where nothing is padded."""
        import torch

        with torch.inference_mode():
            tokens, mask = (torch.from_numpy(array) for array in padded(ids))
            states = (
                self._model[0]
                .auto_model(input_ids=tokens, attention_mask=None if mask.all() else mask)
                .last_hidden_state
            )
            weights = mask.unsqueeze(-1)
            pooled = (states.float() * weights).sum(1) / weights.sum(1)
        vectors: Embeddings = pooled.numpy()
        return vectors

    def _library(self, texts: list[str], kind: str) -> Embeddings:
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        vectors: Embeddings = (
            encode(texts, batch_size=len(texts), convert_to_tensor=True, show_progress_bar=False)
            .float()
            .numpy()
        )
        return vectors

    def _has_plain_forward(self) -> bool:
        """Whether the model is BERT, mean pooling and at most normalisation, which `_forward`
        does itself, three times faster than the library does it for short texts."""
        names = [type(module).__name__ for module in self._model]
        if names not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
            return False
        backbone = getattr(self._model[0], "auto_model", None)
        pooling = self._model[1]
        return type(backbone).__name__ == "BertModel" and getattr(
            pooling, "pooling_mode", None
        ) in ("mean", ("mean",), ["mean"])


def prompt_of(model: Any, kind: str) -> str:
    """The text that a model wants before a "query" or a "document"; mostly ""."""
    prompts = getattr(model, "prompts", None) or {}
    names = ("query",) if kind == "query" else ("document", "passage", "corpus")
    for name in names:
        if prompts.get(name):
            return str(prompts[name])
    return str(prompts.get(model.default_prompt_name) or "")
