"""nDCG@10 of each signal and of the full ranking, on sets in BEIR format.

    python benchmarks/ranking.py FOLDER [FOLDER …] [--split test] [--limit 1500] [--index DIR]

Entries are indexed through the project's own pipeline (title as title); passages are mapped
back to their entries by the best of them. Questions beyond --limit are left out by a seeded
sample. With --index the indexes are kept in DIR/<set> and found again the next time.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from common import machine

from qa import Document, Retriever, Settings
from qa.documents import Reading, document_id
from qa.encoders.pair import prepare
from qa.fusion import best_first
from qa.index.build import build
from qa.retriever import Scored

DEPTH = 30
"""Passages of the full ranking that are mapped back to entries."""

SINGLE = ("passage", "sentence", "keywords", "coverage")


def lines(path: Path) -> list[dict[str, str]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def read_split(folder: Path, split: str) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
    """Questions by id, and for each the gain of its relevant entries."""
    own = folder / split
    questions = lines((own if own.is_dir() else folder) / "queries.jsonl")
    qrels = own / "qrels.tsv" if own.is_dir() else folder / "qrels" / f"{split}.tsv"
    gains: dict[str, dict[str, int]] = {}
    for line in qrels.read_text(encoding="utf-8").splitlines()[1:]:
        question, entry, gain = line.split("\t")
        if int(gain) > 0:
            gains.setdefault(question, {})[entry] = int(gain)
    return {q["_id"]: q["text"] for q in questions if q["_id"] in gains}, gains


def open_set(folder: Path, index: Path) -> Retriever:
    """The set's entries in an index; the entry's id is the document's source."""
    settings = Settings.load(index=index)
    if not (index / "CURRENT").is_file():
        documents = []
        for entry in lines(folder / "corpus.jsonl"):
            title, text, source = entry.get("title", ""), entry["text"], entry["_id"]
            text = text.strip() or title.strip() or "-"
            documents.append(Document(document_id(source, title, text), title, text, source))
        build(
            lambda _: Reading(tuple(documents)),
            settings,
            lambda place: prepare(settings.model, place.encoders),
        )
    return Retriever.open(index, settings=settings)


def ndcg(ranked: Sequence[str], gains: dict[str, int], k: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin & Kekäläinen 2002), 0 … 1.

    >>> round(ndcg(["b", "a"], {"a": 1}), 4)     # 1/log2(3) of 1
    0.6309
    """
    found = sum(gains.get(d, 0) / math.log2(i + 2) for i, d in enumerate(ranked[:k]))
    best = sum(g / math.log2(i + 2) for i, g in enumerate(sorted(gains.values(), reverse=True)[:k]))
    return found / best if best else 0.0


def distinct(entries: Iterable[str]) -> list[str]:
    """Each once, in order of first appearance."""
    return list(dict.fromkeys(entries))


def by_signal(retriever: Retriever, scored: Scored, name: str) -> list[str]:
    """Entries ranked by one signal alone."""
    order = best_first(getattr(scored.signals, name))[:DEPTH]
    passages = retriever.catalog.passages([int(scored.rows[i]) for i in order])
    return distinct(retriever.document(passage.document_id).source for passage in passages)


def by_all(retriever: Retriever, question: str) -> list[str]:
    """Entries in the order in which users get them."""
    entries = []
    for hit in retriever.retrieve(question, DEPTH):
        entries.append(hit.document.source)
        entries += [retriever.document(other.document_id).source for other in hit.also_in]
    return distinct(entries)


def measure(folder: Path, split: str, limit: int, index: Path) -> None:
    """Print one line: the set, its size, and nDCG@10 of each signal and of all."""
    retriever = open_set(folder, index)
    questions, gains = read_split(folder, split)
    chosen = sorted(questions)
    if len(chosen) > limit:
        chosen = random.Random(0).sample(chosen, limit)
    totals = dict.fromkeys([*SINGLE, "full"], 0.0)
    for identity in chosen:
        question = questions[identity][:2000]
        scored = retriever.score(question)
        for name in SINGLE:
            totals[name] += ndcg(by_signal(retriever, scored, name), gains[identity])
        totals["full"] += ndcg(by_all(retriever, question), gains[identity])
    figures = "  ".join(f"{name} {total / len(chosen):.4f}" for name, total in totals.items())
    print(f"{folder.name} ({split}, {len(chosen)} questions): {figures}", flush=True)


def main() -> None:
    """Measure every set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--split", default="test")
    parser.add_argument("--limit", type=int, default=1500)
    parser.add_argument("--index", type=Path)
    given = parser.parse_args()
    print(machine())
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        for folder in given.folders:
            measure(folder, given.split, given.limit, (given.index or Path(place)) / folder.name)


if __name__ == "__main__":
    main()
