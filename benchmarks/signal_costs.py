"""What each step of a question costs, in a process that is already running.

    python benchmarks/signal_costs.py [--set FOLDER] [--index DIR] [--questions 300]

Each step is timed by itself on the same questions, each asked once; the first ten warm up.
Without a set, the shipped corpus is asked the questions of the benchmarks.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from common import QUESTIONS, machine, service

from qa.answering.retriever import Retriever
from qa.answering.second_stage import LOOKED_INTO
from qa.insight.evaluation.evaluation import sample
from qa.insight.evaluation.set_index import open_index
from qa.insight.evaluation.sets import read_ranking_set
from qa.settings import Settings

Result = TypeVar("Result")
WARM_UP = 10


class Clock:
    """Milliseconds of each step."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    def of(self, step: str, work: Callable[[], Result]) -> Result:
        """Run `work` and note how long it took."""
        began = time.perf_counter()
        result = work()
        self.times.setdefault(step, []).append(1000 * (time.perf_counter() - began))
        return result


def ask(retriever: Retriever, question: str, clock: Clock) -> None:
    """The steps of `Retriever.retrieve`, one by one, and then all at once."""
    parts = retriever.index
    mended = clock.of("typing slips", lambda: retriever.corrected(question))
    query = clock.of("vector of the question", lambda: parts.encoder.encode_query([mended])[0])
    terms = parts.keywords.query_terms(mended)
    clock.of("nearest passages", lambda: parts.dense.search(query, retriever.settings.candidates))
    clock.of("BM25 search", lambda: parts.keywords.search(terms, retriever.settings.candidates))
    scored = clock.of("all signals of the candidates", lambda: retriever.candidates(question))
    rows = scored.rows
    clock.of("  of which best sentences, headings", lambda: parts.sentences.scores(query, rows))
    clock.of("  of which BM25 share", lambda: parts.keywords.share(terms, rows))
    clock.of("  of which coverage", lambda: parts.keywords.coverage(terms, rows))
    clock.of(f"looking into the best {LOOKED_INTO}", lambda: retriever.ranked(scored))
    clock.of("the whole question", lambda: retriever.retrieve(question))


def run(retriever: Retriever, questions: list[str]) -> None:
    """Print the median of each step."""
    clock = Clock()
    for question in questions:
        ask(retriever, question, clock)
    print(f"{len(questions)} questions, {retriever.index.dense.count:,} passages\n")
    for step, times in clock.times.items():
        print(f"{step:<38}{statistics.median(times[WARM_UP:]):>8.2f} ms")


def main() -> None:
    """Ask one index."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--set", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--questions", type=int, default=300)
    given = parser.parse_args()
    print(machine())
    if given.set is None:
        with service(given.index) as made:
            run(made.retriever(), list(QUESTIONS) * 4)
        return
    judged = read_ranking_set(given.set)
    asked = sample(sorted(judged.questions.values()), given.questions)
    with TemporaryDirectory() as temporary:
        kept = given.index or Path(temporary)
        with open_index(judged.documents, given.set.name, Settings.load(), kept=kept) as retriever:
            run(retriever, asked)


if __name__ == "__main__":
    main()
