"""Quality of every question set in a folder, as tables in Markdown.

    python benchmarks/quality/run.py FOLDER [--limit 600] [--index DIR] [--out FILE]
                                     [--only ranking,sentences,confidence,spans]

FOLDER holds one folder for each set, in one of the two formats of `python -m qa evaluate`. All
figures come from `qa.evaluation`. With --index the sets' indexes are kept in DIR.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from common import machine  # noqa: E402

from qa.datatypes import Progress  # noqa: E402
from qa.errors import InputError  # noqa: E402
from qa.insight.evaluation.evaluation import FULL, Evaluation  # noqa: E402
from qa.insight.evaluation.measures import Estimate  # noqa: E402
from qa.insight.evaluation.run import MEASURES, Options, evaluate  # noqa: E402
from qa.insight.evaluation.sets import kind_of, read_ranking_set  # noqa: E402
from qa.settings import Settings  # noqa: E402

PARTS = (*MEASURES, "spans")
FOREIGN = 2
"""Other sets, the first of the folder, whose questions are asked of a set's texts."""


def interval(estimate: Estimate, digits: int = 3) -> str:
    """A mean with its 95 % interval."""
    return f"{estimate.mean:.{digits}f} ({estimate.low:.{digits}f}–{estimate.high:.{digits}f})"


def row(cells: Sequence[str]) -> str:
    """One line of a table."""
    return "| " + " | ".join(cells) + " |"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table, and an empty one."""
    yield from (row(head), row(["---"] * len(head)), *(row(cells) for cells in rows), "")


def asked(result: Evaluation) -> str:
    """How many questions of how many."""
    return f"{result.facts['questions']:,} of {result.facts['of']:,}"


def ranking(results: Sequence[Evaluation]) -> Iterator[str]:
    """nDCG@10 of each system; the star says that chance does not explain the difference."""
    yield from ("## Ranking, nDCG@10", "")
    systems = [name for name in results[0].figures if name != FULL]
    rows = []
    for result in results:
        cells = [result.name, asked(result), f"{result.facts['passages']:,}"]
        for system in systems:
            away = result.differences[system]["nDCG@10"]
            star = "*" if away.low > 0 or away.high < 0 else ""
            cells.append(f"{result.figures[system]['nDCG@10'].mean:.3f}{star}")
        rows.append([*cells, interval(result.figures[FULL]["nDCG@10"])])
    yield from table(["set", "questions", "passages", *systems, "full (95 % interval)"], rows)
    yield from ("Other measures of the full ranking:", "")
    measures = list(results[0].figures[FULL])[1:]
    yield from table(
        ["set", *measures],
        [[r.name, *(f"{r.figures[FULL][m].mean:.3f}" for m in measures)] for r in results],
    )


def sentences(results: Sequence[Evaluation]) -> Iterator[str]:
    """Where the gold answer was."""
    yield from ("## The marked sentence", "")
    measures = list(results[0].figures[FULL])
    rows = [
        [r.name, asked(r), *(interval(r.figures[FULL][name]) for name in measures)] for r in results
    ]
    yield from table(["set", "questions", *measures], rows)


def confidence(results: Sequence[Evaluation]) -> Iterator[str]:
    """One line for each source of questions without an answer."""
    yield from ("## Confidence", "")
    measures = list(next(iter(results[0].figures.values())))
    rows = [
        [result.name, group, *(f"{figures[name].mean:.3f}" for name in measures)]
        for result in results
        for group, figures in result.figures.items()
    ]
    yield from table(["set", "unanswerable questions", *measures], rows)


def spans(results: Sequence[Evaluation]) -> Iterator[str]:
    """Evidence found against words to read."""
    yield from ("## Evidence in long documents", "")
    measures = list(results[0].figures[FULL])
    rows = [
        [
            r.name,
            str(r.facts["passage_tokens"]),
            str(r.facts["overlap_sentences"]),
            *(f"{r.figures[FULL][m].mean:.{0 if m.startswith('words') else 3}f}" for m in measures),
        ]
        for r in results
    ]
    yield from table(["set", "passage tokens", "overlap", *measures], rows)


def show(step: Progress) -> None:
    """Progress on standard error."""
    print(
        f"\r{step.stage} {step.done:,} of {step.total:,}    ", end="", file=sys.stderr, flush=True
    )


def options_for(part: str, folder: Path, judged: Sequence[Path], given: Options) -> list[Options]:
    """What to run of `part` on the set in `folder`; nothing where it lacks what that needs."""
    if part == "sentences" and not (folder / "answers.jsonl").is_file():
        return []
    if part != "confidence":
        measure = part if part in MEASURES else MEASURES[0]
        return [replace(given, measure=measure, compare=part == "ranking")]
    foreign = tuple(other for other in judged if other != folder)[:FOREIGN]
    runs = [replace(given, measure=part, foreign=foreign)] if foreign else []
    documents = read_ranking_set(folder).documents
    if len({document.title for document in documents}) < len(documents) / 2:
        runs.append(replace(given, measure=part, leave_out=True))
    return runs


def sets_in(folder: Path) -> dict[Path, str]:
    """Each set of a folder and its kind."""
    kinds = {}
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        try:
            kinds[place] = kind_of(place)
        except InputError as error:
            print(f"left out: {error}", file=sys.stderr)
    return kinds


def main() -> None:
    """Evaluate every set, write the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", default=",".join(PARTS))
    given = parser.parse_args()
    only = given.only.split(",")
    unknown = sorted(set(only) - set(PARTS))
    if unknown or not given.folder.is_dir():
        parser.error(f"there is no part {unknown[0]}" if unknown else f"no folder {given.folder}")
    kinds = sets_in(given.folder)
    judged = [folder for folder, kind in kinds.items() if kind == "ranking"]
    settings, base = Settings.load(), Options(limit=given.limit, index=given.index)
    lines: list[str] = []
    for part, tell in zip(PARTS, (ranking, sentences, confidence, spans), strict=True):
        results = [
            evaluate(folder, settings, options, show)
            for folder, kind in kinds.items()
            if part in only and (kind == "spans") == (part == "spans")
            for options in options_for(part, folder, judged, base)
        ]
        if results:
            lines += [*tell(results)]
    text = "\n".join(lines)
    print(f"{machine()}\n\n{text}")
    if given.out:
        given.out.write_text(f"```\n{machine()}\n```\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
