"""The two sides of one model: the light query encoder, and the heavy build encoder on demand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import IndexDamagedError

if TYPE_CHECKING:
    from qa.chunking.tokenizer import Tokenizer
    from qa.encoders.onnx_encoder import OnnxEncoder
    from qa.encoders.protocol import DocumentEncoder, Encoder


@dataclass(frozen=True)
class EncoderPair:
    """`documents` is called only when there is new text to embed, so that torch need not be loaded
    where there is none; it runs in a process of its own."""

    query: Encoder
    tokenizer: Tokenizer
    documents: Callable[[], DocumentEncoder]


def prepare(model: str, encoders: Path, *, threads: int = 0) -> EncoderPair:
    """The pair for `model`; exports its query encoder into `encoders/<fingerprint>` if missing.

    Raises EncoderError if the model cannot be found, reached or exported.
    """
    from qa.encoders.models import fingerprint_of, resolve_model
    from qa.encoders.onnx_encoder import OnnxEncoder
    from qa.encoders.torch_process import (
        TorchDocumentEncoder,
        TorchProcess,
        export_query_encoder,
    )

    torch = TorchProcess()
    folder = encoders / fingerprint_of(resolve_model(model).path)
    query = _open(folder, threads)
    if query is None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        export_query_encoder(model, folder, torch)
        query = OnnxEncoder.open(folder, threads=threads)

    return EncoderPair(query, query.tokenizer, lambda: TorchDocumentEncoder(model, threads, torch))


def _open(folder: Path, threads: int) -> OnnxEncoder | None:
    """The exported encoder in `folder`, or None where it is missing or damaged."""
    from qa.encoders.onnx_encoder import OnnxEncoder

    if not folder.is_dir():
        return None
    try:
        return OnnxEncoder.open(folder, threads=threads)
    except IndexDamagedError:
        return None
