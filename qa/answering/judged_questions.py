"""A user's own questions with the texts expected of them, and how an answer fares."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import InputError

if TYPE_CHECKING:
    from qa.datatypes import Answer


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question and the texts of which one is expected; none: "not in these documents"."""

    text: str
    accepted: tuple[str, ...] = ()


def text_of(path: Path) -> str:
    """The content of a UTF-8 file. Raises InputError where there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"There is no file {path}, which this set needs.") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start:,}).") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a JSON Lines file with its place, "file, line 3"."""
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if line.strip():
            place = f"{path}, line {number}"
            try:
                value = json.loads(line)
            except ValueError as error:
                raise InputError(f"{place}: this is no JSON ({error}).") from None
            if not isinstance(value, dict):
                raise InputError(f"{place}: this is JSON, but no object in braces.")
            yield place, value


def field_text(place: str, value: dict[str, Any], name: str) -> str:
    """The text of a field of a JSON object. Raises InputError where there is none."""
    text = value.get(name)
    if not isinstance(text, str):
        raise InputError(f"{place}: “{name}” must be there and be a text.")
    return text


def read_judged_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Read a CSV or JSON Lines file with the columns question and expected.

    In JSON Lines, `expected` may be a list of accepted texts, or null. Raises InputError.
    """
    if path.suffix.lower() == ".csv":
        rows: Iterator[tuple[str, dict[str, Any]]] = _csv_rows(path)
    else:
        rows = json_lines(path)
    questions = []
    for place, value in rows:
        expected = value.get("expected")
        accepted = expected if isinstance(expected, list) else [expected or ""]
        if not all(isinstance(text, str) for text in accepted):
            raise InputError(f"{place}: “expected” must be a text, a list of texts or empty.")
        text = field_text(place, value, "question").strip()
        if not text:
            raise InputError(f"{place}: the question is empty.")
        questions.append(JudgedQuestion(text, tuple(filter(str.strip, accepted))))
    if not questions:
        raise InputError(f"{path} holds no question.")
    return tuple(questions)


def _csv_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    text = text_of(path)
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    if not {"question", "expected"} <= set(reader.fieldnames or ()):
        raise InputError(f"{path}, line 1: the columns must be named question and expected.")
    for row in reader:
        yield f"{path}, line {reader.line_num}", dict(row)


def answer_scores(question: JudgedQuestion, answer: Answer, top_k: int) -> dict[str, float]:
    """1.0 or 0.0 for each measure: where an expected text was found, or rightly nothing was.

    The marked sentence counts only where it was given as the answer.
    """
    if not question.accepted:
        return {"not in these documents": float(answer.text is None)}
    wanted = [_plain(text) for text in question.accepted]

    def holds(text: str) -> float:
        return float(any(each in _plain(text) for each in wanted))

    passages = [holds(hit.passage.text) for hit in answer.hits]
    return {
        "in the marked sentence": holds(answer.text or ""),
        "in the first passage": max(passages[:1], default=0.0),
        f"in the first {top_k} passages": max(passages, default=0.0),
        "wrongly not in these documents": float(answer.text is None),
    }


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
