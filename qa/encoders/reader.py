"""A small model that reads question and passage together: does it answer, and where.

The model is a cross-encoder with two heads (Devlin et al. 2019): one gives a logit that the
passage answers, one the logits of the first and the last token of the answer. It comes as a
folder with model.onnx and tokenizer.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from qa.encoders.batching import by_length, padded
from qa.errors import EncoderError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TOKENS = 176
"""Tokens of question, title and passage together; the rest of the passage is not read."""
TOKENS_PER_BATCH = 2048
LONGEST_SPAN = 30
"""Tokens of an answer at most."""


@dataclass(frozen=True, slots=True)
class ReaderPair:
    """Question and passage as the model reads them.

    `ids` and `types` (0 question, 1 title and passage) have a value a token. `offsets` are the
    characters in the passage of the tokens from `first` on: those of the passage, in order.
    """

    ids: list[int]
    types: list[int]
    first: int
    offsets: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ReaderScore:
    """What the reader says of one passage.

    `answers_logit`: higher, the more surely the passage answers. `span`: the characters of the
    most probable answer in the passage, end exclusive; None where none of the passage was read.
    `offsets` are the characters of the passage's tokens, `begins` and `ends` the probabilities
    that the answer's first and last token is this one, float32 (tokens,), each of sum 1.
    """

    answers_logit: float
    span: tuple[int, int] | None
    offsets: Sequence[tuple[int, int]]
    begins: NDArray[np.float32]
    ends: NDArray[np.float32]

    def share(self, start: int, end: int) -> float:
        """How probably the answer lies in the characters `start` … `end`, 0 … 1: the mean of the
        probabilities that it begins there and that it ends there."""
        inside = [start <= a < end for a, _ in self.offsets]
        return float(self.begins[inside].sum() + self.ends[inside].sum()) / 2


class Reader(Protocol):
    """Reads passages for a question. One object is used from many threads at once."""

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[ReaderScore]:
        """One score for each (title, text), in the given order; offsets count in the text."""


class PairTokenizer:
    """Question and "title. passage" → `ReaderPair`, at most `max_tokens` long. Thread-safe."""

    def __init__(self, path: Path, max_tokens: int = MAX_TOKENS) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)

    def pairs(self, texts: Sequence[tuple[str, str, str]]) -> list[ReaderPair]:
        """For each (question, title, passage)."""
        before = [f"{title}. " if title else "" for _, title, _ in texts]
        encodings = self._tokenizer.encode_batch(
            [(text[0], head + text[2]) for text, head in zip(texts, before, strict=True)]
        )
        return [_pair(e, len(head)) for e, head in zip(encodings, before, strict=True)]


def _pair(encoding: Any, before: int) -> ReaderPair:
    held = [
        (position, (start - before, end - before))
        for position, (sequence, (start, end)) in enumerate(
            zip(encoding.sequence_ids, encoding.offsets, strict=True)
        )
        if sequence == 1 and start >= before
    ]
    first = held[0][0] if held else len(encoding.ids)
    return ReaderPair(encoding.ids, encoding.type_ids, first, [offsets for _, offsets in held])


class OnnxReader:
    """`Reader` over a model in ONNX form; see `Reader` for what it gives."""

    def __init__(self, folder: Path, *, threads: int = 0, max_tokens: int = MAX_TOKENS) -> None:
        """Open the model in `folder`. Raises EncoderError if it is missing or damaged."""
        from qa.encoders.onnx_encoder import new_session

        try:
            self._tokenizer = PairTokenizer(folder / "tokenizer.json", max_tokens)
            self._session = new_session(folder / "model.onnx", threads)
        except Exception as error:  # ONNX Runtime and tokenizers raise kinds of their own
            raise EncoderError(
                f"The reader in {folder} cannot be opened ({type(error).__name__}). "
                "Give a folder with its model.onnx and tokenizer.json."
            ) from error

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[ReaderScore]:
        """One score for each (title, text), in the given order; offsets count in the text."""
        pairs = self._tokenizer.pairs([(question, title, text) for title, text in passages])
        return self.read_pairs(pairs)

    def read_pairs(self, pairs: Sequence[ReaderPair]) -> list[ReaderScore]:
        """One score for each pair, in the given order."""
        scores: dict[int, ReaderScore] = {}
        for batch in by_length([len(pair.ids) for pair in pairs], TOKENS_PER_BATCH):
            ids, mask = padded([pairs[position].ids for position in batch])
            types, _ = padded([pairs[position].types for position in batch])
            feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
            answers, begins, ends = self._session.run(None, feed)
            for row, position in enumerate(batch):
                scores[position] = score_of(
                    pairs[position], float(answers[row]), begins[row], ends[row]
                )
        return [scores[position] for position in range(len(pairs))]


def score_of(
    pair: ReaderPair,
    answers_logit: float,
    begin_logits: NDArray[np.float32],
    end_logits: NDArray[np.float32],
) -> ReaderScore:
    """The model's logits for `pair`, float32 (at least its tokens,) each, as a `ReaderScore`."""
    held = slice(pair.first, pair.first + len(pair.offsets))
    begins, ends = _probabilities(begin_logits[held]), _probabilities(end_logits[held])
    span = None
    if pair.offsets:
        together = np.triu(np.outer(begins, ends)) - np.triu(np.outer(begins, ends), LONGEST_SPAN)
        first, last = divmod(int(together.argmax()), len(pair.offsets))
        span = (pair.offsets[first][0], pair.offsets[last][1])
    return ReaderScore(answers_logit, span, pair.offsets, begins, ends)


def _probabilities(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Softmax, float32 (n,); n may be 0."""
    powers = np.exp(logits - logits.max(initial=-np.inf)) if len(logits) else logits
    shares: NDArray[np.float32] = (powers / max(float(powers.sum()), 1e-30)).astype(np.float32)
    return shares
