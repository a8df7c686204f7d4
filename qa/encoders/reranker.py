"""An optional second look at the best candidates by a cross-encoder (Nogueira & Cho 2019).

It reads question and passage together, which is more exact than comparing two vectors and far
slower. Only for users who have such a model on disk or on the hub.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from qa.encoders.models import resolve_model
from qa.errors import EncoderError

if TYPE_CHECKING:
    from qa.datatypes import Scores


class Reranker(Protocol):
    """Scores passages for a question. One object is used from many threads at once."""

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """float32 (len(passages),), higher = better; only the order counts."""


class CrossEncoderReranker:
    """`Reranker` over a sentence-transformers CrossEncoder with one output."""

    def __init__(self, model: str) -> None:
        from qa.encoders.torch_encoder import load_cross_encoder

        self._model: Any = load_cross_encoder(resolve_model(model).path)
        self._one_at_a_time = threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """float32 (len(passages),), higher = better; only the order counts."""
        with self._one_at_a_time:
            found = self._model.predict(
                [(question, passage) for passage in passages], show_progress_bar=False
            )
        return np.asarray(found, np.float32).reshape(len(passages))


@lru_cache(1)
def open_reranker(model: str) -> Reranker:
    """The reranker `model`, a folder or a hub name, loaded once.

    Raises EncoderError, with what to do, if there is none of that name.
    """
    try:
        return CrossEncoderReranker(model)
    except EncoderError as error:
        raise EncoderError(f"No reranking: {error}") from None
