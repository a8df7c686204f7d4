"""What a wheel would hold: all of qa with its files, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from setuptools import find_packages

ROOT = Path(__file__).resolve().parents[1]
FOR_DEVELOPERS = {"qa/page/locale/babel.cfg"}
tomllib = pytest.importorskip("tomllib", reason="it comes with Python 3.11")


def setuptools_table() -> dict[str, dict[str, dict[str, list[str]]]]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["setuptools"]


def test_every_package_of_qa_is_in_it_and_nothing_else() -> None:
    included = find_packages(str(ROOT), include=setuptools_table()["packages"]["find"]["include"])
    folders = {path.parent for path in (ROOT / "qa").rglob("*.py")}
    assert set(included) == {".".join(folder.relative_to(ROOT).parts) for folder in folders}


def test_styles_scripts_and_translations_are_in_it() -> None:
    held = {"qa/py.typed"}  # setuptools takes it by itself
    for package, patterns in setuptools_table()["package-data"].items():
        folder = ROOT.joinpath(*package.split("."))
        held |= {
            str(p.relative_to(ROOT).as_posix()) for glob in patterns for p in folder.glob(glob)
        }
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "qa").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert files - FOR_DEVELOPERS == held
