"""What the rest of `qa` asks of an embedding model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from qa.datatypes import Embeddings

BatchDone = Callable[[int], None]
"""Called after each batch with the number of texts encoded so far."""


class DocumentEncoder(Protocol):
    """Turns the texts of an index into unit vectors."""

    def encode_documents(
        self, texts: Sequence[str], on_batch: BatchDone | None = None
    ) -> Embeddings:
        """Passages or sentences → float32 (len(texts), dim), unit rows, in the given order."""

    def close(self) -> None:
        """No more texts will come: give back what the model took up."""


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into unit vectors. One object is used from many threads at once."""

    @property
    def name(self) -> str:
        """The model as a person knows it, for instance "all-MiniLM-L6-v2"."""

    @property
    def fingerprint(self) -> str:
        """16 hex digits made from weights, tokenizer and pooling: equal = same vectors."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that the model reads, special tokens included."""

    def vocabulary(self) -> list[str]:
        """Words in lower case that the model has a token of its own for, common ones first;
        none where that is not known."""

    def encode_query(self, texts: Sequence[str]) -> Embeddings:
        """Questions → float32 (len(texts), dim), unit rows; (0, dim) for no texts."""

    def encode_documents(
        self, texts: Sequence[str], on_batch: BatchDone | None = None
    ) -> Embeddings:
        """Passages or sentences → float32 (len(texts), dim), unit rows, in the given order."""
