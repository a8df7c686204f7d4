"""Results of earlier evaluations, read back from the files that `evaluate --json` printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from qa.errors import InputError
from qa.insight.evaluation.measures import Estimate
from qa.settings import expanded

MOST_BYTES = 5_000_000
MOST_FILES = 20
"""So many files of a folder are read, the newest first."""

SIGNALS = ("dense", "sentence", "BM25", "RRF")
"""Names that `--compare` gives to each signal alone, beside the full ranking."""


@dataclass(frozen=True, slots=True)
class SavedResult:
    """One result; `name`, `kind` and `facts` as in `qa.insight.evaluation.evaluation.Evaluation`.

    `figures`: system or group of questions → measure → estimate, None where a figure has no
    meaning. `at`: when the file was written, a date in UTC.
    """

    name: str
    kind: str
    at: str
    facts: dict[str, Any]
    figures: dict[str, dict[str, Estimate | None]]

    @property
    def compared(self) -> bool:
        """Whether there are figures of single signals."""
        return any(name in SIGNALS for name in self.figures)


HOW = "make one with: python -m qa evaluate SET --compare --json > FILE"


def result_files(place: str | Path) -> list[Path]:
    """A file as it is, or the .json files of a folder, the newest first.

    Raises InputError where there is none.
    """
    path = expanded(place)
    if path.is_dir():
        files = sorted(path.glob("*.json"), key=lambda one: -one.stat().st_mtime)[:MOST_FILES]
    else:
        files = [path] if path.is_file() else []
    if not files:
        raise InputError(f"There is no result of an evaluation at {path}; {HOW}")
    return files


def read_result(path: Path) -> SavedResult:
    """The result in a file. Raises InputError for a file that holds none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        held = json.loads(path.read_text(encoding="utf-8"))
        figures = {
            str(system): {str(name): _estimate(one) for name, one in measured.items()}
            for system, measured in held["figures"].items()
        }
        at = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc).date().isoformat()
        return SavedResult(str(held["name"]), str(held["kind"]), at, dict(held["facts"]), figures)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is no result of an evaluation; {HOW}") from error


def _estimate(one: dict[str, Any]) -> Estimate | None:
    known = [one[name] for name in ("mean", "low", "high")]
    return None if None in known else Estimate(*(float(figure) for figure in known))
