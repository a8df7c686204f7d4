"""Question sets on disk → values.

Three kinds, told apart by their files: a folder in BEIR format (texts, questions, judgements), a
folder of long documents with the spans of the evidence, and a file of a user's own questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from qa.answering.judged_questions import field_text, json_lines, text_of
from qa.datatypes import Document
from qa.documents.identity import document_id
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


def read_questions(path: Path) -> dict[str, str]:
    """Question id → text, of a file in the format of `queries.jsonl`. Raises InputError."""
    questions: dict[str, str] = {}
    for place, value in json_lines(path):
        identity, text = field_text(place, value, "_id"), field_text(place, value, "text").strip()
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
        source, title = field_text(place, value, "_id"), str(value.get("title") or "").strip()
        text = field_text(place, value, "text").strip() or title
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
        answers[field_text(place, value, "_id")] = tuple(each for each in found if each.strip())
    return answers


def read_span_set(folder: Path) -> tuple[tuple[Document, ...], tuple[SpanQuestion, ...]]:
    """Read a folder of long documents: `docs.jsonl` (`_id`, `title`, `text`) and
    `questions.jsonl` (`_id`, `doc_id`, `question`, `answers` with `text` and `start`).

    Raises InputError with file and line, also where an answer is not at its place.
    """
    documents: dict[str, Document] = {}
    for place, value in json_lines(folder / "docs.jsonl"):
        source, title = field_text(place, value, "_id"), str(value.get("title") or "")
        text = field_text(place, value, "text")
        if not text.strip() or source in documents:
            raise InputError(f"{place}: the text is empty or the id {source!r} comes twice.")
        documents[source] = Document(document_id(source, title, text), title, text, source)
    questions = []
    for place, value in json_lines(folder / "questions.jsonl"):
        source, text = field_text(place, value, "doc_id"), field_text(place, value, "question")
        if source not in documents:
            raise InputError(f"{place}: there is no document {source!r} in docs.jsonl.")
        spans = tuple(
            _span(place, answer, documents[source].text) for answer in value.get("answers") or ()
        )
        if not spans:
            raise InputError(f"{place}: the question has no answers.")
        questions.append(SpanQuestion(field_text(place, value, "_id"), text, source, spans))
    if not questions:
        raise InputError(f"{folder / 'questions.jsonl'} holds no question.")
    return tuple(documents.values()), tuple(questions)


def _span(place: str, answer: Any, text: str) -> tuple[int, int]:
    if not isinstance(answer, dict) or not isinstance(answer.get("start"), int):
        raise InputError(f"{place}: each answer needs a “text” and a whole number “start”.")
    start, expected = answer["start"], field_text(place, answer, "text")
    if not expected.strip() or start < 0 or text[start : start + len(expected)] != expected:
        raise InputError(f"{place}: the document does not have this answer at {start:,}.")
    return start, start + len(expected)
