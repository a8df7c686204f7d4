"""The model's own tokenizer, for sizing passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


class ModelTokenizer:
    """`protocol.Tokenizer` over a tokenizer.json, without limit and padding. Thread-safe."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Character spans (start, end) of each text's tokens, without special tokens."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [encoding.offsets for encoding in encodings]
