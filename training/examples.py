"""Questions with one passage each, read from gzipped JSON lines, and mixed for a pass.

A line has `question`, `title`, `passage`, `answers` (a list of `text` and `start`, characters of
the passage; empty: the passage does not answer), `kind`, `language`, `group` (its document) and
`label`: "span" (answers are phrases), "sentence" (answers are whole sentences) or "passage"
(only the passage as a whole was judged).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from qa.errors import InputError

LABELS = ("span", "sentence", "passage")
_BAD_LINES_TOLD = 5


class TrainingDataError(InputError):
    """Data that cannot be trained on."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage that answers it or does not.

    `spans` are the answers' characters in `passage`, (start, end), end exclusive; () where the
    passage does not answer, and where only the passage as a whole was judged.
    """

    question: str
    title: str
    passage: str
    answers: bool
    spans: tuple[tuple[int, int], ...]
    label: str
    kind: str
    group: str


@dataclass(frozen=True, slots=True)
class Data:
    """The examples of each set, those for training and those that are held out."""

    train: dict[str, list[Example]]
    held_out: dict[str, list[Example]]


def read_set(path: Path, language: str = "en") -> list[Example]:
    """The examples of one file in `language`.

    Raises TrainingDataError, naming the lines, if some cannot be used.
    """
    examples, bad = [], []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    example = _example(json.loads(line), language)
                except json.JSONDecodeError:
                    bad.append(f"line {number}: not JSON")
                except (ValueError, TypeError, AttributeError, KeyError) as error:
                    bad.append(f"line {number}: {error}")
                else:
                    examples.extend(example)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise TrainingDataError(f"{path} cannot be read ({error}). Fetch it again.") from error
    if bad:
        more = f"; and {len(bad) - _BAD_LINES_TOLD} more" if len(bad) > _BAD_LINES_TOLD else ""
        raise TrainingDataError(
            f"{path} has lines that cannot be used: {'; '.join(bad[:_BAD_LINES_TOLD])}{more}. "
            "Mend or delete these lines."
        )
    return examples


def _example(fields: dict[str, Any], language: str) -> list[Example]:
    """One example, or none where it is in another language. Raises ValueError and the like."""
    for name in ("question", "title", "passage", "kind", "language", "group", "label"):
        if not isinstance(fields.get(name), str):
            raise ValueError(f"{name!r} is not a text")
    if fields["label"] not in LABELS:
        raise ValueError(f"'label' is {fields['label']!r}, not one of {', '.join(LABELS)}")
    if not fields["question"].strip() or not fields["passage"].strip():
        raise ValueError("question or passage is empty")
    passage, spans = fields["passage"], []
    for answer in fields.get("answers") or ():
        start, end = answer["start"], answer["start"] + len(answer["text"])
        if start < 0 or start == end or passage[start:end] != answer["text"]:
            raise ValueError(f"the passage does not hold {answer['text']!r} at {start}")
        spans.append((start, end))
    if (fields["kind"] == "positive") != bool(spans):
        raise ValueError(f"'kind' is {fields['kind']!r} and there are {len(spans)} answers")
    if fields["language"] != language:
        return []
    label = fields["label"]
    return [
        Example(
            question=fields["question"],
            title=fields["title"],
            passage=passage,
            answers=bool(spans),
            spans=() if label == "passage" else tuple(spans),
            label=label,
            kind=fields["kind"],
            group=fields["group"],
        )
    ]


def is_held_out(group: str, share: float) -> bool:
    """Whether the documents of `group` are for checking only: the same answer for every set."""
    number = int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big")
    return number < share * 2**32


def read_data(folder: Path, names: Sequence[str], held_out: float) -> Data:
    """The sets `names`, each in `NAME.jsonl.gz` of `folder`, split by document.

    Raises TrainingDataError if a file is missing, has bad lines or nothing to train on.
    """
    data = Data({}, {})
    for name in names:
        path = folder / f"{name}.jsonl.gz"
        if not path.is_file():
            raise TrainingDataError(
                f"{path} is missing. Give the folder of the data, or take {name!r} out of the "
                "configuration."
            )
        examples = read_set(path)
        data.train[name] = [e for e in examples if not is_held_out(e.group, held_out)]
        data.held_out[name] = [e for e in examples if is_held_out(e.group, held_out)]
        if not data.train[name]:
            raise TrainingDataError(f"{path} holds nothing to train on. Leave the set out.")
    return data


def examples_of_pass(
    sets: Mapping[str, Sequence[Example]], counts: Mapping[str, int], random: Random
) -> list[Example]:
    """`counts[name]` examples of each set, shuffled together.

    A set that has more gives others in each pass; one that has fewer gives each several times.

    >>> one = Example("q", "", "p", False, (), "span", "adversarial-unanswerable", "g")
    >>> len(examples_of_pass({"a": [one] * 3, "b": [one]}, {"a": 2, "b": 4}, Random(0)))
    6
    """
    chosen: list[Example] = []
    for name, examples in sets.items():
        whole, rest = divmod(counts[name], len(examples))
        chosen.extend(list(examples) * whole)
        chosen.extend(random.sample(list(examples), rest))
    random.shuffle(chosen)
    return chosen
