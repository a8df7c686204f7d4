"""How well questions find their answers in one file of questions and answers, by its layout.

    python benchmarks/quality/faq_files.py SET [SET …] [--limit 400]

A SET is a folder in BEIR format whose titles are questions. The first entry of each title goes
into one file, in three layouts: question line above answer, "Q:" and "A:" lines, and Markdown
with bold questions under a title. Expected is the beginning of the answer.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from common import machine  # noqa: E402

from qa import Service  # noqa: E402
from qa.documents.questions import ends_asking  # noqa: E402
from qa.insight.evaluation.evaluation import sample  # noqa: E402
from qa.insight.evaluation.run import Options, evaluate  # noqa: E402
from qa.insight.evaluation.sets import RankingSet, read_ranking_set  # noqa: E402
from qa.settings import Settings  # noqa: E402

EXPECTED = 50
LAYOUTS = {
    "faq.txt": ("", "{}\n{}\n\n"),
    "labelled.txt": ("", "Q: {}\nA: {}\n"),
    "faq.md": ("# Help\n\nCommon questions.\n\n", "**{}**\n\n{}\n\n"),
}


def first_answers(given: RankingSet) -> dict[str, tuple[str, str]]:
    """The first entry of each title: its id, the title as a question, the answer on one line."""
    answers: dict[str, tuple[str, str]] = {}
    titles: set[str] = set()
    for entry in given.documents:
        if entry.title not in titles:
            titles.add(entry.title)
            asked = entry.title if ends_asking(entry.title) else f"{entry.title}?"
            answers[entry.source] = asked, " ".join(entry.text.split())
    return answers


def own_questions(given: RankingSet, answers: Mapping[str, tuple[str, str]], limit: int) -> str:
    """Questions with their expected texts, in JSON lines."""
    rows = []
    for identity, text in given.questions.items():
        held = [each for each in given.qrels.get(identity, {}) if each in answers]
        if held:
            answer = answers[held[0]][1]
            begin = answer[:EXPECTED].rsplit(" ", 1)[0] if len(answer) > EXPECTED else answer
            rows.append({"question": text, "expected": begin})
    return "".join(json.dumps(row) + "\n" for row in sample(rows, limit))


def main() -> None:
    """One line of a table for each set and layout."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=400)
    asked = parser.parse_args()
    print(f"{machine()}\n")
    print("| set | layout | first passage | first 5 | wrongly not in these documents |")
    print("|---|---|---|---|---|")
    for folder in asked.sets:
        given = read_ranking_set(folder)
        answers = first_answers(given)
        for layout, (begin, form) in LAYOUTS.items():
            with TemporaryDirectory() as temporary:
                place = Path(temporary)
                (place / "corpus").mkdir()
                text = begin + "".join(form.format(*each) for each in answers.values())
                (place / "corpus" / layout).write_text(text, encoding="utf-8")
                own = place / "questions.jsonl"
                own.write_text(own_questions(given, answers, asked.limit), encoding="utf-8")
                settings = replace(Settings.load(), corpus=place / "corpus", index=place / "index")
                Service(settings).rebuild()
                (figures,) = evaluate(own, settings, Options()).figures.values()
            cells = [f"{estimate!s}" for estimate in figures.values()]
            print(f"| {folder.name} | {layout} | {' | '.join(cells[1:])} |", flush=True)


if __name__ == "__main__":
    main()
