"""What a run of training does when: its configuration, its learning rate, its batches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from qa.encoders.batching import by_length
from qa.encoders.reader import PairTokenizer, ReaderPair
from training.alterations import mixed
from training.examples import Data, Example, TrainingDataError, examples_of_pass

CONFIGURATION = Path(__file__).with_name("config.json")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What training depends on besides the data; config.json holds the one that was used.

    `examples` says how many of each set a pass takes, `window` of how many examples batches of
    like length are made, `short`, `short_words` and `denied` see `alterations.mixed`; `warm_up`
    and `validate_every` count examples.
    """

    seed: int
    threads: int
    max_tokens: int
    batch_tokens: int
    window: int
    learning_rate: float
    weight_decay: float
    warm_up: int
    span_loss: float
    held_out: float
    short: float
    short_words: int
    denied: float
    validate_every: int
    validate_on: int
    checkpoint_minutes: float
    examples: dict[str, int]

    @classmethod
    def read(cls, path: Path) -> Configuration:
        """Raises TrainingDataError if the file is missing or not a configuration."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise TrainingDataError(
                f"{path} is not a configuration ({error}). Start from training/config.json."
            ) from error


@dataclass(frozen=True, slots=True)
class Plan:
    """How many examples to train on in all, and over how many of them, the last, the rate falls."""

    examples: int
    decay: int

    def rate(self, seen: int, warm_up: int) -> float:
        """Share of the full learning rate after `seen` examples.

        >>> plan = Plan(100, 40)
        >>> plan.rate(5, 10), plan.rate(50, 10), plan.rate(80, 10), plan.rate(100, 10)
        (0.5, 1.0, 0.5, 0.0)
        """
        rising = seen / warm_up if warm_up else 1.0
        falling = (self.examples - seen) / self.decay if self.decay else 1.0
        return max(0.0, min(1.0, rising, falling))

    def is_constant(self, seen: int) -> bool:
        """Whether the rate does not fall yet."""
        return seen <= self.examples - self.decay


@dataclass(frozen=True, slots=True)
class Position:
    """How far training has come: the next batch is number `batch` of a pass's window."""

    number: int = 0
    window: int = 0
    batch: int = 0
    seen: int = 0


Batch = tuple[list[Example], list[ReaderPair]]


def batches(
    data: Data, configuration: Configuration, tokenizer: PairTokenizer, start: Position
) -> Iterator[tuple[Position, Batch]]:
    """Batches without end from `start` on, each with the position after it.

    What comes depends on the configuration's seed and the position only.
    """
    position = start
    while True:
        seed = f"{configuration.seed}/{position.number}"
        chosen = examples_of_pass(data.train, configuration.examples, Random(seed))
        size = configuration.window
        windows = [chosen[a : a + size] for a in range(0, len(chosen), size)]
        for number in range(position.window, len(windows)):
            random = Random(f"{seed}/{number}")
            examples = mixed(
                windows[number],
                short=configuration.short,
                words=configuration.short_words,
                denied=configuration.denied,
                random=random,
            )
            pairs = tokenizer.pairs([(e.question, e.title, e.passage) for e in examples])
            parts = list(by_length([len(pair.ids) for pair in pairs], configuration.batch_tokens))
            random.shuffle(parts)
            for part in range(position.batch, len(parts)):
                rows = parts[part]
                position = Position(position.number, number, part + 1, position.seen + len(rows))
                yield position, ([examples[row] for row in rows], [pairs[row] for row in rows])
            position = replace(position, window=number + 1, batch=0)
        position = Position(position.number + 1, seen=position.seen)
