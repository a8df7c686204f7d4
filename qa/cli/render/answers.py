"""Answers and reports as lines for the shell and as JSON. Pure; `qa/cli/app.py` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from qa.building.purge import Trace
    from qa.datatypes import Answer, BuildReport, Changes, Hit
    from qa.index.status import Status

Line: TypeAlias = tuple[int, list[tuple[str, str]]]
"""An indent and the parts of a line, each with its rich style; shown plainly off a terminal."""

LISTED = 20
"""Read and skipped files named without --verbose."""

SAME_LISTED = 5
"""Sources with the same text named without --verbose."""

SNIPPET_CHARACTERS = 160

_LIKELY = ((0.9, "Very likely"), (0.7, "Likely"), (float("-inf"), "Possibly"))


def answer_as_dict(answer: Answer) -> dict[str, Any]:
    """Every field of an answer, but of each document only id, title and source."""

    def one(hit: Hit) -> dict[str, Any]:
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
        "hits": [one(hit) for hit in answer.hits],
    }


def likelihood(confidence: float) -> str:
    """A probability in words.

    >>> likelihood(0.97), likelihood(0.9), likelihood(0.7), likelihood(0.69)
    ('Very likely', 'Very likely', 'Likely', 'Possibly')
    """
    return next(word for least, word in _LIKELY if confidence >= least)


def percent(confidence: float) -> str:
    """A probability as whole percent; certainty is never claimed, in neither direction.

    >>> percent(0.714), percent(0.9999), percent(0.0)
    ('71%', '99%', '1%')
    """
    return f"{min(99, max(1, round(confidence * 100)))}%"


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "passage"), counted(1200, "passage")
    ('1 passage', '1,200 passages')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def place(hit: Hit) -> str:
    """Where a passage stands: title, source, headings, page and characters."""
    passage, document = hit.passage, hit.document
    parts = [document.source if document.title in ("", document.source) else document.title]
    if parts[0] != document.source:
        parts.append(document.source)
    parts.extend([" › ".join(passage.headings)] if passage.headings else [])
    parts.extend([f"page {passage.page}"] if passage.page is not None else [])
    parts.append(f"characters {passage.start}–{passage.end}")
    return ", ".join(parts)


def citation(hit: Hit) -> str:
    """A hit's sentence in quotation marks and where it stands, to be pasted elsewhere."""
    passage, document = hit.passage, hit.document
    named = " › ".join([document.title.strip() or document.source, *passage.headings])
    page = f", page {passage.page}" if passage.page is not None else ""
    source = "" if named == document.source else f" ({document.source})"
    return f"“{' '.join(hit.sentence.text.split())}” — {named}{page}{source}"


def answer_lines(answer: Answer) -> list[Line]:
    """An answer for a person: sentence, how sure, passage and place, then the other passages."""
    lines: list[Line] = []
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
        lines.append((2, [(f"{hit.rank}. {short} ", ""), (f"({place(hit)})", "dim")]))
    return lines


def _marked(hit: Hit) -> list[tuple[str, str]]:
    text, begin, end = hit.passage.text, hit.sentence.start, hit.sentence.end
    begin, end = begin - hit.passage.start, end - hit.passage.start
    return [(text[:begin], ""), (text[begin:end], "black on yellow"), (text[end:], "")]


def report_lines(report: BuildReport, verbose: bool) -> list[Line]:
    """What a build read, skipped, left out and made."""
    most = None if verbose else LISTED
    from qa.cli.render.index import pinned_lines

    lines = _listed("Read", report.read, most)
    lines += _listed("Skipped", [f"{s.source}: {s.reason}" for s in report.skipped], most)
    if report.dropped:
        hint = "" if verbose else "; --verbose lists them"
        pieces = counted(max(report.dropped_count, len(report.dropped)), "piece")
        lines.append((0, [(f"Left out as page furniture: {pieces}{hint}", "")]))
    if verbose:
        for dropped in report.dropped:
            words = " ".join(dropped.text.split())
            lines.append((2, [(f"{dropped.source}: ", "dim"), (f"{words} [{dropped.rule}]", "")]))
    made = (
        f"Indexed {counted(report.documents, 'document')}: "
        f"{counted(report.passages, 'passage')}, {counted(report.sentences, 'sentence')} "
        f"({report.embedded:,} embedded, {report.reused:,} reused) in {report.seconds:.1f} s."
    )
    lines += _changes(report.changes, most)
    for names in report.same[:most]:
        listed = ", ".join(names.names[: most and SAME_LISTED])
        more = ", …" if most and names.count > SAME_LISTED else ""
        lines.append((0, [(f"Same text in {names.count:,} files: ", ""), (listed + more, "dim")]))
    return [*lines, (0, [(made, "bold")]), *pinned_lines(report.pinned)]


def _changes(changes: Changes, most: int | None) -> list[Line]:
    """What is new since the build before; nothing where nothing was compared."""
    kinds = {
        "added": changes.added,
        "changed": changes.changed,
        "removed": changes.removed,
        "unchanged": changes.unchanged,
    }
    if not any(names.count for names in kinds.values()):
        return []
    told = ", ".join(f"{names.count:,} {kind}" for kind, names in kinds.items())
    lines: list[Line] = [(0, [(f"Sources: {told}.", "")])]
    for kind in ("changed", "removed"):
        names = kinds[kind]
        lines += [(2, [(f"{kind}: ", "dim"), (name, "")]) for name in names.names[:most]]
        left = names.count - len(names.names[:most])
        lines += [(2, [(f"… and {left:,} more {kind}", "dim")])] if left else []
    return lines


def trace_lines(traces: Sequence[Trace]) -> list[Line]:
    """Where a removed text still is, and what drops it."""
    if not traces:
        return [(0, [("No trace of this text: not in the index, its caches or the inbox.", "")])]
    lines: list[Line] = [
        (0, [(f"{each.part}: ", "red"), (f"{each.what} ({each.path})", "")]) for each in traces
    ]
    advice = (
        "Take its sources out with: python -m qa remove --purge NAME. "
        "If that was done, drop what is left with: python -m qa remove --purge"
    )
    return [*lines, (0, [(advice, "dim")])]


def _listed(title: str, names: Sequence[str], most: int | None) -> list[Line]:
    lines: list[Line] = [(0, [(f"{title}: {len(names):,}", "")])] if names else []
    lines += [(2, [(name, "")]) for name in names[:most]]
    if most is not None and len(names) > most:
        lines.append((2, [(f"… and {len(names) - most:,} more; --verbose lists them", "dim")]))
    return lines


def status_lines(state: Status) -> list[Line]:
    """The state of an index, one fact a line."""
    facts = {
        "index": str(state.index),
        "generation": state.generation,
        "built at": state.built_at,
        "model": state.model,
        "documents": f"{state.documents:,}",
        "passages": f"{state.passages:,}",
        "sentences": f"{state.sentences:,}",
        "on disk": f"{state.bytes_on_disk / 1e6:,.1f} MB",
    }
    for number, name in enumerate(state.built_from[:LISTED]):
        facts["built from" if number == 0 else " " * (number + 1)] = name
    return [(0, [(f"{name:<11}", "dim"), (str(value), "")]) for name, value in facts.items()]
