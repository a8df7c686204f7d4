"""An evaluation as files: the values of single questions, and the ranking as a TREC run."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from qa.errors import InputError
from qa.insight.evaluation.sets import kind_of

if TYPE_CHECKING:
    from qa.insight.evaluation.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Outputs:
    """Files to write beside what is printed; None: none."""

    per_query: Path | None = None
    run: Path | None = None

    def check(self, path: Path, measure: str = "ranking") -> None:
        """Raises InputError, before hours are spent, for files that could not be written."""
        if self.run is not None and (kind_of(path) != "ranking" or measure != "ranking"):
            raise InputError(
                "A run file can only be written for the ranking of a set in BEIR format."
            )
        for file in (self.per_query, self.run):
            if file is not None and (file.is_dir() or not file.absolute().parent.is_dir()):
                raise InputError(
                    f"{file} cannot be written: give a file in a folder that is there."
                )

    def write(self, evaluation: Evaluation) -> None:
        """Write what was asked for."""
        if self.per_query is not None:
            write_rows(evaluation, self.per_query)
        if self.run is not None:
            write_run(evaluation, self.run)


def write_rows(evaluation: Evaluation, path: Path) -> None:
    """The values of single questions, as CSV if `path` ends in .csv, else as JSON Lines."""
    rows = evaluation.rows
    with _written(path) as file:
        if path.suffix.lower() == ".csv":
            names = list(dict.fromkeys(name for row in rows for name in row))
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        else:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_run(evaluation: Evaluation, path: Path) -> None:
    """The ranking "full" as a TREC run: question, Q0, entry, rank, score, tag.

    The score only keeps the order: the number of entries less those above. Raises InputError
    for ids with spaces, which the format cannot hold.
    """
    lines = []
    for question, entries in evaluation.run.items():
        for place, entry in enumerate(entries):
            if len(question.split()) != 1 or len(entry.split()) != 1:
                raise InputError(
                    f"The ids {question!r} and {entry!r} cannot stand in a run file: "
                    "it allows no spaces."
                )
            lines.append(f"{question} Q0 {entry} {place + 1} {len(entries) - place} qa-full\n")
    with _written(path) as file:
        file.writelines(lines)


@contextmanager
def _written(path: Path) -> Iterator[TextIO]:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from None
