"""The query side: ONNX Runtime and tokenizers, no torch."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.encoders.batching import encode_by_length, padded
from qa.encoders.tokenizer import ModelTokenizer
from qa.encoders.vocabulary import whole_words
from qa.errors import REBUILD, IndexDamagedError
from qa.file_check import FileCheck, facts_of

if TYPE_CHECKING:
    from qa.datatypes import Embeddings
    from qa.encoders.protocol import BatchDone

TOKENS_PER_BATCH = 2048
MAX_THREADS = 2
"""One question is too small to gain from more, and ten people ask at once."""
MODEL, TOKENIZER, FACTS = "model.onnx", "tokenizer.json", "encoder.json"

_KINDS: dict[str, type] = {
    "name": str,
    "fingerprint": str,
    "dim": int,
    "max_tokens": int,
    "query_prompt": str,
    "document_prompt": str,
}
"""What encoder.json holds beside its `files` and its `checksum`."""


def write_facts(folder: Path, facts: dict[str, Any]) -> None:
    """Write encoder.json with a checksum over what it says."""
    values = {**facts, "checksum": _checksum(facts)}
    (folder / FACTS).write_text(json.dumps(values, indent=1), encoding="utf-8")


def read_facts(folder: Path) -> dict[str, Any]:
    """What `write_facts` wrote. Raises IndexDamagedError."""
    path = folder / FACTS
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        whole = all(isinstance(facts[name], kind) for name, kind in _KINDS.items()) and all(
            isinstance(facts["files"][name]["bytes"], int)
            and isinstance(facts["files"][name]["sha256"], str)
            for name in (MODEL, TOKENIZER)
        )
        checksum = facts.pop("checksum", None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(f"{path} is missing or damaged. {REBUILD}") from error
    if not whole or (checksum is not None and checksum != _checksum(facts)):
        raise IndexDamagedError(f"{path} was changed after it was written. {REBUILD}")
    return facts


def _checksum(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


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

    def __init__(self, folder: Path, facts: dict[str, Any], check: FileCheck, threads: int) -> None:
        import onnxruntime  # noqa: F401  loaded while the files are hashed
        from tokenizers import Tokenizer

        self.name: str = facts["name"]
        self.fingerprint: str = facts["fingerprint"]
        self.dim: int = facts["dim"]
        self.max_tokens: int = facts["max_tokens"]
        self.check = check
        self._folder = folder
        self._facts = facts
        check.require([folder / TOKENIZER])
        self._tokens: Any = Tokenizer.from_file(str(folder / TOKENIZER))
        check.require([folder / MODEL])
        self._session = new_session(folder / MODEL, threads)
        self._tokens.no_padding()
        self._tokens.enable_truncation(self.max_tokens)

    @classmethod
    def open(cls, folder: Path, *, threads: int = 0) -> OnnxEncoder:
        """Open the encoder in `folder`; with `threads` 0 it takes up to MAX_THREADS.

        Raises IndexDamagedError, naming the file, if one is missing, is not what encoder.json
        says, or cannot be read.
        """
        facts = read_facts(folder)
        files = {folder / name: entry for name, entry in facts["files"].items()}
        files[folder / FACTS] = facts_of(folder / FACTS)
        try:
            encoder = cls(folder, facts, FileCheck(files, FACTS), threads)
            encoder.check.require()
        except IndexDamagedError:
            raise
        except Exception as error:  # ONNX Runtime and tokenizers raise kinds of their own
            raise IndexDamagedError(
                f"The query encoder in {folder} cannot be read ({type(error).__name__}). {REBUILD}"
            ) from error
        return encoder

    @property
    def tokenizer(self) -> ModelTokenizer:
        """The model's tokenizer for sizing passages: a new one, without limit."""
        return ModelTokenizer(self._folder / TOKENIZER)

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

    def _encode(self, texts: Sequence[str], prompt: str, on_batch: BatchDone | None) -> Embeddings:
        encodings = self._tokens.encode_batch([prompt + text for text in texts])
        ids = [encoding.ids for encoding in encodings]

        def run(batch: list[int]) -> Embeddings:
            tokens, mask = padded([ids[position] for position in batch])
            feed = {"input_ids": tokens, "attention_mask": mask}
            vectors: Embeddings = self._session.run(None, feed)[0]
            return vectors

        return encode_by_length(ids, self.dim, TOKENS_PER_BATCH, run, on_batch)
