"""An answer as lines for the shell and as JSON. Pure; `qa.cli.shell` prints them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qa.answering.answer import likelihood, percent
from qa.cli.render.lines import Line
from qa.documents.encodings import isolated

if TYPE_CHECKING:
    from qa.datatypes import Answer, Hit

SNIPPET_CHARACTERS = 160


def answer_as_dict(answer: Answer) -> dict[str, Any]:
    """Every field of an answer, but of each document only id, title and source."""

    def hit_as_dict(hit: Hit) -> dict[str, Any]:
        document = {name: getattr(hit.document, name) for name in ("id", "title", "source")}
        return {
            "rank": hit.rank,
            "score": hit.score,
            "signals": asdict(hit.signals),
            "sentence": asdict(hit.sentence),
            "passage": asdict(hit.passage),
            "document": document,
            "duplicates": [asdict(passage) for passage in hit.duplicates],
            "citation": str(hit.citation),
        }

    return {
        "question": answer.question,
        "corrected_question": answer.corrected_question,
        "text": answer.text,
        "confidence": answer.confidence,
        "generation": answer.generation,
        "warning": answer.warning,
        "hits": [hit_as_dict(hit) for hit in answer.hits],
    }


def place(hit: Hit) -> str:
    """Where a passage stands: title, source, headings, page and characters."""
    passage, document = hit.passage, hit.document
    parts = [document.source if document.title in ("", document.source) else document.title]
    if parts[0] != document.source:
        parts.append(document.source)
    parts.extend([" › ".join(passage.headings)] if passage.headings else [])
    parts.extend([f"page {passage.page}"] if passage.page is not None else [])
    parts.append(f"characters {passage.start}–{passage.end}")
    return ", ".join(map(isolated, parts))


def answer_lines(answer: Answer) -> list[Line]:
    """An answer for a person: sentence, how sure, passage and place, then the other passages."""
    lines: list[Line] = []
    if answer.warning:
        lines.append((0, [(answer.warning, "yellow")]))
    if answer.corrected_question not in ("", answer.question):
        lines.append((0, [(f"Searched for: {answer.corrected_question}", "dim")]))
    if answer.text is None:
        chance = f" The closest passage answers with {percent(answer.confidence)} probability."
        lines.append((0, [("Not in these documents.", "bold yellow"), (chance, "dim")]))
        heading, rest = "Closest passages:", answer.hits
    else:
        first = answer.hits[0]
        sure = f"{likelihood(answer.confidence)} ({percent(answer.confidence)})"
        told = f"{sure}, {place(first)}"
        sentence = " ".join(answer.text.split())
        lines += [(0, [(sentence, "bold")]), (0, [(told, "dim")]), (0, []), (2, _marked(first))]
        heading, rest = "Further passages:", answer.hits[1:]
    if rest:
        lines += [(0, []), (0, [(heading, "")])]
    for hit in rest:
        words = " ".join(hit.sentence.text.split())
        short = words if len(words) <= SNIPPET_CHARACTERS else words[: SNIPPET_CHARACTERS - 1] + "…"
        sentence = f"{hit.rank}. {isolated(short)} "
        lines.append((2, [(sentence, ""), (f"({place(hit)})", "dim")]))
    return lines


def _marked(hit: Hit) -> list[tuple[str, str]]:
    text, begin, end = hit.passage.text, hit.sentence.start, hit.sentence.end
    begin, end = begin - hit.passage.start, end - hit.passage.start
    return [(text[:begin], ""), (text[begin:end], "black on yellow"), (text[end:], "")]
