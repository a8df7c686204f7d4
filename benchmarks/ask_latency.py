"""How long a question takes in a process that is already running.

    python benchmarks/ask_latency.py [--runs N]
    python benchmarks/ask_latency.py --set FOLDER [--limit N] [--index DIR]

Asks the shipped corpus, or a set in BEIR format: the texts of FOLDER/corpus.jsonl are indexed
under their titles, the questions of FOLDER/queries.jsonl are asked. With --index the index is
kept there and found again the next time.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from itertools import cycle, islice
from pathlib import Path

import psutil
from common import QUESTIONS, machine, service

WARM_UP = 20


def lines(path: Path) -> list[dict[str, str]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=500, help="questions to the shipped corpus")
    parser.add_argument("--set", type=Path, dest="folder", help="a folder in BEIR format")
    parser.add_argument("--limit", type=int, default=1000, help="at most so many of its questions")
    parser.add_argument("--index", type=Path, help="build it here, or ask the one that is here")
    given = parser.parse_args()
    print(machine())
    texts: list[tuple[str, str]] = []
    questions = list(islice(cycle(QUESTIONS), given.runs))
    if given.folder:
        texts = [
            (e.get("title") or e["_id"], e["text"]) for e in lines(given.folder / "corpus.jsonl")
        ]
        questions = [e["text"] for e in lines(given.folder / "queries.jsonl")][: given.limit]
    with service(given.index, texts, reuse=given.index is not None) as made:
        for question in questions[:WARM_UP]:
            made.ask(question)
        times, answered = [], 0
        for question in questions:
            began = time.perf_counter()
            answered += made.ask(question).text is not None
            times.append(1000 * (time.perf_counter() - began))
        memory = psutil.Process().memory_info().rss / 1e6
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    print(
        f"{len(times):,} questions, {answered:,} answered: p50 {cuts[49]:.1f} ms, "
        f"p99 {cuts[98]:.1f} ms, mean {statistics.fmean(times):.1f} ms; {memory:.0f} MB resident"
    )


if __name__ == "__main__":
    main()
