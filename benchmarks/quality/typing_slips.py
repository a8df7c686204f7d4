"""What typing slips cost, and what mending them brings back: nDCG@10 of the full ranking.

    python benchmarks/quality/typing_slips.py SET [SET …] [--limit 300] [--slips 2] [--index DIR]

A SET is a folder in BEIR format. In each question so many words of at least five letters get a
slip, drawn with a seed: a letter lost, doubled, swapped with the next or replaced by a
neighbouring key; never the first letter.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from common import machine  # noqa: E402

from qa.insight.evaluation.evaluation import FULL, sample  # noqa: E402
from qa.insight.evaluation.measures import per_question  # noqa: E402
from qa.insight.evaluation.ranking import Ranker  # noqa: E402
from qa.insight.evaluation.set_index import open_index  # noqa: E402
from qa.insight.evaluation.sets import read_ranking_set  # noqa: E402
from qa.settings import MAX_QUESTION_CHARACTERS, Settings  # noqa: E402

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def beside(letter: str) -> str:
    """Letters left and right of a key."""
    row = next((row for row in ROWS if letter in row), "")
    at = row.find(letter)
    return (row[max(0, at - 1) : at] + row[at + 1 : at + 2]) or "e"


def slip(word: str, rng: random.Random) -> str:
    """`word` with one slip after its first letter."""
    at, kind = rng.randrange(1, len(word)), rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at - 1] + word[at:]
    if kind == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + rng.choice(beside(word[at].lower())) + word[at + 1 :]


def spoilt(question: str, slips: int, rng: random.Random) -> str:
    """`question` with slips in so many of its longer words."""
    words = list(re.finditer(r"[A-Za-z]{5,}", question))
    chosen = rng.sample(words, min(slips, len(words)))
    for match in sorted(chosen, key=lambda each: -each.start()):
        question = question[: match.start()] + slip(match[0], rng) + question[match.end() :]
    return question


def main() -> None:
    """One line of a table for each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--slips", type=int, default=2)
    parser.add_argument("--index", type=Path)
    given = parser.parse_args()
    print(f"{machine()}\n")
    print("| set | as asked | as asked, mended | with slips | with slips, mended |")
    print("|---|---|---|---|---|")
    for folder in given.sets:
        judged = read_ranking_set(folder)
        asked = sample(sorted(judged.questions), given.limit)
        rng = random.Random(1)
        plain = {each: judged.questions[each][:MAX_QUESTION_CHARACTERS] for each in asked}
        wrong = {each: spoilt(text, given.slips, rng) for each, text in plain.items()}
        cells = []
        with TemporaryDirectory() as temporary:
            kept = given.index or Path(temporary)
            for questions in (plain, wrong):
                for mend in (False, True):
                    settings = replace(Settings.load(), mend_slips=mend)
                    with open_index(
                        judged.documents, folder.name, settings, kept=kept
                    ) as retriever:
                        ranker = Ranker(retriever, settings.candidates)
                        run = {
                            each: ranker.entries(retriever.candidates(text), FULL)
                            for each, text in questions.items()
                        }
                    qrels = {each: judged.qrels[each] for each in asked}
                    values = per_question(qrels, run)["nDCG@10"]
                    cells.append(f"{sum(values) / len(values):.3f}")
        print(f"| {folder.name} ({len(asked)}) | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
