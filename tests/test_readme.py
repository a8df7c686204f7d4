"""README cannot promise what is not so: its examples run, its tables are the program's own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from qa.cli.shell import EXIT_CODES
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def table(section: str) -> list[list[str]]:
    """Cells of the table in a section, without its head."""
    body = README.split(f"\n## {section}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row] for row in rows[2:]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a user has it: the corpus is there, the index is not."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "corpus", place / "corpus", ignore=shutil.ignore_patterns("added"))
    (place / "tests/data").mkdir(parents=True)
    questions = "tests/data/shipped_corpus_questions.jsonl"
    shutil.copy(ROOT / questions, place / questions)
    return place


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def shell_lines() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines()]


@pytest.mark.model
def test_every_shell_line_does_what_it_says(folder: Path) -> None:
    assert len(shell_lines()) >= 8
    for line in shell_lines():
        words = shlex.split(line, comments=True)
        assert words[0] == "python"
        promised = re.search(r"exit code (\d+)", line)
        done = run(folder, *words[1:])
        assert done.returncode == (int(promised[1]) if promised else 0), (line, done.stderr)
        assert done.stdout, line


@pytest.mark.model
@pytest.mark.parametrize("number", range(len(blocks("pycon"))))
def test_every_python_session_gives_what_it_shows(folder: Path, number: int) -> None:
    (folder / "session.txt").write_text(blocks("pycon")[number], encoding="utf-8")
    assert run(folder, "-m", "doctest", "session.txt").stdout == ""


def test_there_are_python_sessions() -> None:
    assert len(blocks("pycon")) == 2


def test_every_command_of_the_shell_is_shown() -> None:
    shown = {shlex.split(line)[3] for line in shell_lines()}
    asking = {"ask", "index", "status", "verify", "explain", "evaluate"}
    keeping = {"add", "remove", "history", "rollback", "prune", "pin", "pins", "unpin", "doctor"}
    assert shown == asking | keeping


def test_the_settings_table_is_the_settings() -> None:
    defaults = Settings()
    assert [row[:3] for row in table("Settings")] == [
        [field.name, f"QA_{field.name.upper()}", str(getattr(defaults, field.name))]
        for field in fields(Settings)
    ]


def test_the_exit_codes_are_the_program_s() -> None:
    assert table("Exit codes") == [[str(code), meaning] for code, meaning in EXIT_CODES.items()]


def test_the_dependency_table_is_the_requirements() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split("==")[0] for line in lines if line and not line.startswith("#")]
    assert [row[0] for row in table("Dependencies")] == list(dict.fromkeys(pins))


def test_every_requirement_is_pinned_for_every_python() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    pinned = re.compile(r"[a-z0-9-]+==[0-9.]+(; python_version (>=|<) \"3\.11\")?")
    assert [line for line in pins if not pinned.fullmatch(line)] == []
    newer = {line.split("==")[0] for line in pins if ">=" in line}
    older = {line.split("==")[0] for line in pins if "<" in line}
    assert newer == older


def test_the_files_it_names_exist() -> None:
    named = set(re.findall(r"(?:[\w-]+/)*[\w-]+\.(?:py|md|txt)\b", README))
    assert {"benchmarks/cold_ask.py", "app.py", "requirements.txt"} <= named
    example = {"what-are-kpo-and-bpo.txt"}
    assert [name for name in sorted(named - example) if not (ROOT / name).exists()] == []
