"""Question sets on disk → values.

Three kinds, told apart by their files: a folder in BEIR format (texts, questions, judgements), a
folder of long documents with the spans of the evidence, and a file of a user's own questions.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from qa.datatypes import Document
from qa.documents.assemble import document_id
from qa.errors import InputError

Kind = Literal["ranking", "spans", "questions"]

_EXPECTED = (
    "give a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv, a folder with docs.jsonl "
    "and questions.jsonl, or a .csv or .jsonl file with the columns question and expected"
)


@dataclass(frozen=True, slots=True)
class RankingSet:
    """A set in BEIR format. `qrels`: question id → entry id → gain, gains above 0 only;
    `questions` holds those that have at least one. An entry's id is its document's source."""

    documents: tuple[Document, ...]
    questions: dict[str, str]
    qrels: dict[str, dict[str, int]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpanQuestion:
    """A question and its evidence: ranges of characters of the document named `source`."""

    id: str
    text: str
    source: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question and the texts of which one is expected; none: "not in these documents"."""

    text: str
    accepted: tuple[str, ...] = ()


def kind_of(path: Path) -> Kind:
    """What kind of set lies at `path`. Raises InputError where it is none."""
    if not path.exists():
        raise InputError(f"There is no file or folder {path}; {_EXPECTED}.")
    if path.is_file():
        if path.suffix.lower() in (".csv", ".jsonl"):
            return "questions"
    elif (path / "corpus.jsonl").is_file():
        return "ranking"
    elif (path / "docs.jsonl").is_file():
        return "spans"
    raise InputError(f"{path} is no question set; {_EXPECTED}.")


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


def _text(place: str, value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise InputError(f"{place}: “{name}” must be there and be a text.")
    return found


def read_questions(path: Path) -> dict[str, str]:
    """Question id → text, of a file in the format of `queries.jsonl`. Raises InputError."""
    questions: dict[str, str] = {}
    for place, value in json_lines(path):
        identity, text = _text(place, value, "_id"), _text(place, value, "text").strip()
        if identity in questions:
            raise InputError(f"{place}: the id {identity!r} comes twice.")
        if not text:
            raise InputError(f"{place}: the question is empty.")
        questions[identity] = text
    return questions


def _entries(path: Path) -> tuple[list[Document], int]:
    """The corpus as documents, and how many entries have no text at all."""
    documents: list[Document] = []
    seen: set[str] = set()
    empty = 0
    for place, value in json_lines(path):
        source, title = _text(place, value, "_id"), str(value.get("title") or "").strip()
        text = _text(place, value, "text").strip() or title
        if source in seen:
            raise InputError(f"{place}: the id {source!r} comes twice.")
        seen.add(source)
        if text:
            documents.append(Document(document_id(source, title, text), title, text, source))
        else:
            empty += 1
    return documents, empty


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(text_of(path).splitlines(), start=1):
        fields = line.split("\t")
        gain = fields[-1].strip()
        if not line.strip() or (number == 1 and not gain.lstrip("-").isdigit()):
            continue
        if len(fields) != 3 or not gain.lstrip("-").isdigit():
            raise InputError(
                f"{path}, line {number}: expected question id, entry id and a whole number, "
                "with tabs between them."
            )
        if int(gain) > 0:
            qrels.setdefault(fields[0], {})[fields[1]] = int(gain)
    return qrels


def read_ranking_set(folder: Path, split: str = "test") -> RankingSet:
    """Read a folder in BEIR format: `queries.jsonl` and `qrels/<split>.tsv`, or both of a split
    in `<split>/queries.jsonl` and `<split>/qrels.tsv`.

    Judgements of ids that are not there are counted in `notes`: entries stay (they count as
    not found), questions go. Raises InputError with file and line.
    """
    own = (folder / split / "qrels.tsv").is_file()
    questions = read_questions((folder / split if own else folder) / "queries.jsonl")
    documents, empty = _entries(folder / "corpus.jsonl")
    qrels = _judgements(folder / split / "qrels.tsv" if own else folder / "qrels" / f"{split}.tsv")
    judged = {identity: text for identity, text in questions.items() if identity in qrels}
    if not judged:
        raise InputError(f"No question of {folder} has a judgement above 0 in the split “{split}”.")
    known = {document.source for document in documents}
    unasked = len(qrels.keys() - questions.keys())
    missing = sum(entry not in known for each in judged for entry in qrels[each])
    notes = (
        (unasked, "judged questions are not in queries.jsonl; left out"),
        (missing, "judged entries have no text in corpus.jsonl; they count as not found"),
        (empty, "entries of corpus.jsonl have neither title nor text; left out"),
    )
    return RankingSet(
        tuple(documents),
        judged,
        {identity: qrels[identity] for identity in judged},
        tuple(f"{number:,} {told}." for number, told in notes if number),
    )


def read_answers(path: Path) -> dict[str, tuple[str, ...]]:
    """Question id → gold answers, none for a question that has none. Raises InputError."""
    answers = {}
    for place, value in json_lines(path):
        found = value.get("answers") or []
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise InputError(f"{place}: “answers” must be a list of texts.")
        answers[_text(place, value, "_id")] = tuple(each for each in found if each.strip())
    return answers


def read_span_set(folder: Path) -> tuple[tuple[Document, ...], tuple[SpanQuestion, ...]]:
    """Read a folder of long documents: `docs.jsonl` (`_id`, `title`, `text`) and
    `questions.jsonl` (`_id`, `doc_id`, `question`, `answers` with `text` and `start`).

    Raises InputError with file and line, also where an answer is not at its place.
    """
    documents: dict[str, Document] = {}
    for place, value in json_lines(folder / "docs.jsonl"):
        source, title = _text(place, value, "_id"), str(value.get("title") or "")
        text = _text(place, value, "text")
        if not text.strip() or source in documents:
            raise InputError(f"{place}: the text is empty or the id {source!r} comes twice.")
        documents[source] = Document(document_id(source, title, text), title, text, source)
    questions = []
    for place, value in json_lines(folder / "questions.jsonl"):
        source, text = _text(place, value, "doc_id"), _text(place, value, "question")
        if source not in documents:
            raise InputError(f"{place}: there is no document {source!r} in docs.jsonl.")
        spans = tuple(
            _span(place, answer, documents[source].text) for answer in value.get("answers") or ()
        )
        if not spans:
            raise InputError(f"{place}: the question has no answers.")
        questions.append(SpanQuestion(_text(place, value, "_id"), text, source, spans))
    if not questions:
        raise InputError(f"{folder / 'questions.jsonl'} holds no question.")
    return tuple(documents.values()), tuple(questions)


def _span(place: str, answer: Any, text: str) -> tuple[int, int]:
    if not isinstance(answer, dict) or not isinstance(answer.get("start"), int):
        raise InputError(f"{place}: each answer needs a “text” and a whole number “start”.")
    start, expected = answer["start"], _text(place, answer, "text")
    if not expected.strip() or start < 0 or text[start : start + len(expected)] != expected:
        raise InputError(f"{place}: the document does not have this answer at {start:,}.")
    return start, start + len(expected)


def read_own_questions(path: Path) -> tuple[OwnQuestion, ...]:
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
        text = _text(place, value, "question").strip()
        if not text:
            raise InputError(f"{place}: the question is empty.")
        questions.append(OwnQuestion(text, tuple(each for each in accepted if each.strip())))
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
