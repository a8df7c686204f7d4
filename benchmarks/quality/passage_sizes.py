"""How much evidence the first five passages hold, and how many words, for each passage size.

    python benchmarks/quality/passage_sizes.py SET [SET …] [--sizes 48,64,96,128,192,240]
                                               [--overlaps 0,1] [--limit 500] [--index DIR]

A SET is a folder of long documents (docs.jsonl, questions.jsonl), or one in BEIR format with
answers.jsonl (`answers`, `starts`), whose entries are joined to one document for each title.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from common import machine  # noqa: E402

from qa.answering.judged_questions import json_lines  # noqa: E402
from qa.insight.evaluation.evaluation import FULL  # noqa: E402
from qa.insight.evaluation.run import Options, evaluate  # noqa: E402
from qa.insight.evaluation.sets import kind_of, read_ranking_set  # noqa: E402
from qa.settings import Settings  # noqa: E402

BETWEEN = "\n\n"


def joined(folder: Path, place: Path) -> Path:
    """The set in BEIR format at `folder` as long documents; a gold answer is evidence."""
    given = read_ranking_set(folder)
    texts: dict[str, str] = {}
    start_of: dict[str, tuple[str, int]] = {}
    for entry in given.documents:
        before = texts.get(entry.title, "")
        start_of[entry.source] = (entry.title, len(before) + len(BETWEEN) * bool(before))
        texts[entry.title] = before + BETWEEN * bool(before) + entry.text
    questions = []
    for _, answer in json_lines(folder / "answers.jsonl"):
        entries = given.qrels.get(answer["_id"], {})
        if len(entries) == 1 and answer["answers"]:
            title, begin = start_of[next(iter(entries))]
            span = {"text": answer["answers"][0], "start": begin + answer["starts"][0]}
            text = given.questions[answer["_id"]]
            questions.append(
                {"_id": answer["_id"], "doc_id": title, "question": text, "answers": [span]}
            )
    made = place / f"{folder.name}-joined"
    made.mkdir()
    documents = [{"_id": title, "title": title, "text": text} for title, text in texts.items()]
    for name, rows in (("docs", documents), ("questions", questions)):
        written = "".join(json.dumps(row) + "\n" for row in rows)
        (made / f"{name}.jsonl").write_text(written, encoding="utf-8")
    return made


def numbers(text: str) -> list[int]:
    """Whole numbers between commas."""
    return [int(each) for each in text.split(",")]


def sweep(folder: Path, cases: Sequence[tuple[int, int]], options: Options) -> None:
    """One line of a table for each passage size and overlap."""
    print(f"\n{folder.name}\n")
    print(
        "| passage tokens | overlap | passages | evidence@1 | evidence@5 | words@5 | evidence@10 |"
    )
    print("|---|---|---|---|---|---|---|")
    for tokens, overlap in cases:
        settings = replace(Settings.load(), passage_tokens=tokens, overlap_sentences=overlap)
        place = options.index / f"{tokens}-{overlap}" if options.index else None
        result = evaluate(folder, settings, replace(options, index=place))
        figures = result.figures[FULL]
        print(
            f"| {tokens} | {overlap} | {result.facts['passages']:,} "
            f"| {figures['evidence@1'].mean:.3f} | {figures['evidence@5']!s} "
            f"| {figures['words@5'].mean:.0f} | {figures['evidence@10'].mean:.3f} |",
            flush=True,
        )


def main() -> None:
    """Sweep every set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--sizes", type=numbers, default=numbers("48,64,96,128,192,240"))
    parser.add_argument("--overlaps", type=numbers, default=numbers("0,1"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--index", type=Path)
    given = parser.parse_args()
    print(machine())
    with TemporaryDirectory() as temporary:
        for folder in given.sets:
            long = kind_of(folder) == "spans"
            chosen = folder if long else joined(folder, Path(temporary))
            cases = list(product(given.sizes, given.overlaps))
            sweep(chosen, cases, Options(limit=given.limit, index=given.index))


if __name__ == "__main__":
    main()
