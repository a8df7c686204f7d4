"""What chunking asks of a tokenizer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Tokenizer(Protocol):
    """Cuts text as the model does, so that passages can be sized in the model's own tokens."""

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Character spans (start, end) of each text's tokens, without special tokens or limit."""
