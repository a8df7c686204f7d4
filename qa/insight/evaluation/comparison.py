"""Two runs compared on the questions that both asked."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from qa.answering.judged_questions import json_lines, text_of
from qa.errors import InputError
from qa.insight.evaluation.evaluation import FULL, Evaluation, estimates

KEYS = ("question", "system", "group")
"""Columns that name a row; the rest are its values."""


def compare(evaluation: Evaluation, baseline: Path) -> Evaluation:
    """`evaluation` with its differences to an earlier run: this one less that one.

    `baseline` is a file with the values of single questions, as `write_rows` writes it. The
    intervals come from a paired bootstrap over the questions that both runs asked. Raises
    InputError where there are none.
    """
    before = {_key(row): row for row in _rows(baseline)}
    pairs = [
        (row, before[_key(row)])
        for row in evaluation.rows
        if row.get("system", FULL) == FULL and _key(row) in before
    ]
    if not pairs:
        raise InputError(f"{baseline} has no question in common with this run.")
    names = [name for name in pairs[0][0] if name not in KEYS and _is_number(pairs[0][0][name])]
    missing = [name for name in names if name not in pairs[0][1]]
    if missing:
        raise InputError(f"{baseline} is of another kind of run: it has no {missing[0]!r}.")
    differences = {
        name: list(np.array([_number(a[name]) - _number(b[name], baseline) for a, b in pairs]))
        for name in names
    }
    told = f"less {baseline.name}, on {len(pairs):,} questions"
    return replace(evaluation, differences={**evaluation.differences, told: estimates(differences)})


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name, "")) for name in KEYS)


def _rows(path: Path) -> list[dict[str, Any]]:
    if path.suffix.lower() == ".csv":
        return list(csv.DictReader(text_of(path).splitlines()))
    return [value for _, value in json_lines(path)]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))


def _number(value: Any, path: Path | None = None) -> float:
    try:
        return float({"True": 1, "False": 0}.get(value, value))
    except (TypeError, ValueError):
        raise InputError(f"{path} holds {value!r} where a number should be.") from None
