"""The query side: ONNX Runtime and tokenizers, no torch."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.encoders.batching import encode_by_length, padded
from qa.encoders.models import sha256_of
from qa.encoders.tokenizer import ModelTokenizer
from qa.encoders.vocabulary import whole_words
from qa.errors import IndexDamagedError

if TYPE_CHECKING:
    from qa.datatypes import Embeddings
    from qa.encoders.protocol import BatchDone

TOKENS_PER_BATCH = 2048
SMALL_FILE_BYTES = 1_000_000
"""Files up to this size are hashed at each open."""
MAX_THREADS = 2
"""One question is too small to gain from more, and ten people ask at once."""

_MEND = "Rebuild: python -m qa index"


def new_session(path: Path, threads: int, optimised_copy: Path | None = None) -> Any:
    """An ONNX Runtime session that does not chatter.

    Its threads spin for a moment after a run, which takes a third off a question's time.
    """
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = threads or min(MAX_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    level = onnxruntime.GraphOptimizationLevel
    if optimised_copy is not None:
        options.graph_optimization_level = level.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(optimised_copy)
    else:
        options.graph_optimization_level = level.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class OnnxEncoder:
    """`protocol.Encoder` over what `onnx_export.export` wrote. Thread-safe."""

    def __init__(self, folder: Path, facts: dict[str, Any], threads: int) -> None:
        from tokenizers import Tokenizer

        self.name = str(facts["name"])
        self.fingerprint = str(facts["fingerprint"])
        self.dim = int(facts["dim"])
        self.max_tokens = int(facts["max_tokens"])
        self._folder = folder
        self._facts = facts
        self._session = new_session(folder / "model.onnx", threads)
        self._tokens: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokens.no_padding()
        self._tokens.enable_truncation(self.max_tokens)

    @classmethod
    def open(cls, folder: Path, *, threads: int = 0) -> OnnxEncoder:
        """Open the encoder in `folder`; with `threads` 0 it takes up to MAX_THREADS.

        Raises IndexDamagedError, naming the file, if one is missing, has another size than
        encoder.json says, is small and has another content, or cannot be read.
        """
        try:
            facts = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
            sizes = {name: int(entry["bytes"]) for name, entry in facts["files"].items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(
                f"{folder / 'encoder.json'} is missing or damaged. {_MEND}"
            ) from error
        for name, size in sizes.items():
            path = folder / name
            if not path.is_file():
                raise IndexDamagedError(f"{path} is missing. {_MEND}")
            if (actual := path.stat().st_size) != size:
                raise IndexDamagedError(f"{path} has {actual} bytes instead of {size}. {_MEND}")
            if size <= SMALL_FILE_BYTES and sha256_of(path) != facts["files"][name].get("sha256"):
                raise IndexDamagedError(f"{_changed(path)} {_MEND}")
        try:
            return cls(folder, facts, threads)
        except Exception as error:  # ONNX Runtime and tokenizers raise kinds of their own
            raise IndexDamagedError(
                f"The query encoder in {folder} cannot be read ({type(error).__name__}). {_MEND}"
            ) from error

    @property
    def tokenizer(self) -> ModelTokenizer:
        """The model's tokenizer for sizing passages: a new one, without limit."""
        return ModelTokenizer(self._folder / "tokenizer.json")

    def vocabulary(self) -> list[str]:
        """Words in lower case that the model has a token of its own for, common ones first."""
        return whole_words(self._tokens.get_vocab())

    def encode_query(self, texts: Sequence[str]) -> Embeddings:
        """Questions → float32 (n, dim), unit rows; text beyond `max_tokens` is not read."""
        return self._encode(texts, self._facts["query_prompt"], None)

    def encode_documents(
        self, texts: Sequence[str], on_batch: BatchDone | None = None
    ) -> Embeddings:
        """Passages or sentences → float32 (n, dim), unit rows, in the given order."""
        return self._encode(texts, self._facts["document_prompt"], on_batch)

    def check(self) -> list[str]:
        """Compare every file's sha256 with encoder.json; the differences, one sentence each."""
        return [
            _changed(self._folder / name)
            for name, entry in self._facts["files"].items()
            if sha256_of(self._folder / name) != entry["sha256"]
        ]

    def _encode(self, texts: Sequence[str], prompt: str, on_batch: BatchDone | None) -> Embeddings:
        encodings = self._tokens.encode_batch([prompt + text for text in texts])
        ids = [encoding.ids for encoding in encodings]

        def run(batch: list[int]) -> Embeddings:
            tokens, mask = padded([ids[position] for position in batch])
            feed = {"input_ids": tokens, "attention_mask": mask}
            vectors: Embeddings = self._session.run(None, feed)[0]
            return vectors

        return encode_by_length(ids, self.dim, TOKENS_PER_BATCH, run, on_batch)


def _changed(path: Path) -> str:
    return f"{path} has another content than encoder.json says."
