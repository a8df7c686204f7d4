"""What greetings, thanks and a story around a question cost: nDCG@10 of the full ranking.

    python benchmarks/quality/messages.py SET [SET …] [--limit 300] [--index DIR]

A SET is a folder in BEIR format. Each question is put between two sentences before it and one
behind it, drawn with a seed from a list; with "topic", a sentence before it names the title of
an entry that answers it. Each message is asked as it is, and as if all its words counted alike.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from common import machine  # noqa: E402

from qa.answering.retriever import Retriever  # noqa: E402
from qa.insight.evaluation.evaluation import FULL, sample  # noqa: E402
from qa.insight.evaluation.measures import per_question  # noqa: E402
from qa.insight.evaluation.ranking import Ranker  # noqa: E402
from qa.insight.evaluation.set_index import open_index  # noqa: E402
from qa.insight.evaluation.sets import RankingSet, read_ranking_set  # noqa: E402
from qa.settings import MAX_QUESTION_CHARACTERS, Settings  # noqa: E402

BEFORE = (
    "Hi there!",
    "Hello, I am new here and hope somebody can help.",
    "Good morning.",
    "Dear team, I hope you are well.",
    "My sister told me to write to you because she had the same problem last year.",
    "I have been looking for this for hours and I am quite frustrated.",
    "Sorry if this was asked before.",
    "I'm 34 years old and I live in Canada with my two kids.",
    "I am writing a report for my class that is due tomorrow.",
)
BEHIND = (
    "Thanks a lot in advance!",
    "Please help, I am worried.",
    "Kind regards, Ann",
    "Any advice is welcome.",
    "I would really appreciate a quick reply.",
)


def asking(question: str) -> str:
    """A question with its mark."""
    return question if question.rstrip().endswith("?") else question.rstrip(". ") + "?"


def messages(given: RankingSet, asked: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Ways to ask the same questions, with their names."""
    draw = random.Random(3)
    titles = {entry.source: entry.title.replace("_", " ") for entry in given.documents}
    plain = {each: asking(given.questions[each]) for each in asked}
    yield "question alone", plain
    yield (
        "in a message",
        {
            each: " ".join([*draw.sample(BEFORE, 2), text, draw.choice(BEHIND)])
            for each, text in plain.items()
        },
    )
    best = {each: max(given.qrels[each], key=given.qrels[each].__getitem__) for each in asked}
    if all(titles.get(entry) for entry in best.values()):
        yield (
            "topic",
            {
                each: f"I am reading about {titles[best[each]]} these days. {text} Thanks!"
                for each, text in plain.items()
            },
        )


def ndcg(
    questions: dict[str, str],
    qrels: dict[str, dict[str, int]],
    retriever: Retriever,
    ranker: Ranker,
) -> float:
    """Mean nDCG@10 of the full ranking."""
    run = {
        each: ranker.entries(retriever.candidates(text[:MAX_QUESTION_CHARACTERS]), FULL)
        for each, text in questions.items()
    }
    values = per_question(qrels, run)["nDCG@10"]
    return sum(values) / len(values)


def main() -> None:
    """One line of a table for each set and way of asking."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--index", type=Path)
    given = parser.parse_args()
    settings = Settings.load()
    print(f"{machine()}\n")
    print("| set | asked | all words alike | what asks counts more |")
    print("|---|---|---|---|")
    for folder in given.sets:
        judged = read_ranking_set(folder)
        asked = sample(sorted(judged.questions), given.limit)
        qrels = {each: judged.qrels[each] for each in asked}
        with TemporaryDirectory() as temporary:
            kept = given.index or Path(temporary)
            with open_index(judged.documents, folder.name, settings, kept=kept) as retriever:
                ranker = Ranker(retriever, settings.candidates)

                for way, questions in messages(judged, asked):
                    with patch("qa.answering.retriever.asked_part", return_value=None):
                        alike = ndcg(questions, qrels, retriever, ranker)
                    ours = ndcg(questions, qrels, retriever, ranker)
                    print(
                        f"| {folder.name} ({len(asked)}) | {way} | {alike:.3f} | {ours:.3f} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
