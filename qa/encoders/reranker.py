"""An optional second look at the best candidates by a cross-encoder (Nogueira & Cho 2019).

It reads question and passage together, which is more exact than comparing two vectors and far
slower. Only for users who have such a model on disk or on the hub.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from qa.encoders.models import resolve_model
from qa.encoders.torch_process import TorchProcess, array_of
from qa.errors import EncoderError

if TYPE_CHECKING:
    from qa.datatypes import Scores


class Reranker(Protocol):
    """Scores passages for a question. One object is used from many threads at once."""

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """float32 (len(passages),), higher = better; only the order counts."""


class CrossEncoderReranker:
    """`Reranker` over a sentence-transformers CrossEncoder with one output, in a process of its
    own: torch is not loaded into the one that holds the index."""

    def __init__(self, model: str) -> None:
        self._model = str(resolve_model(model).path)
        self._process = TorchProcess()
        self._process.ask({"job": "load reranker", "model": self._model})

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """float32 (len(passages),), higher = better; only the order counts."""
        request = {"job": "rerank", "model": self._model, "question": question}
        return array_of(self._process.ask({**request, "passages": list(passages)})["array"])


@lru_cache(1)
def open_reranker(model: str) -> Reranker:
    """The reranker `model`, a folder or a hub name, loaded once.

    Raises EncoderError, with what to do, if there is none of that name.
    """
    try:
        return CrossEncoderReranker(model)
    except EncoderError as error:
        raise EncoderError(f"No reranking: {error}") from None
