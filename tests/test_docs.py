"""What the documents name is there: files, and names in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = "qa|tests|benchmarks|docs|corpus|index"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
PACKAGES = sorted(path.stem for path in (ROOT / "qa").iterdir() if not path.stem.startswith("_"))


def quoted(document: Path) -> list[str]:
    """All that stands between single backticks, code blocks left out."""
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.findall(r"`([^`\n]+)`", text)


def defined(body: list[ast.stmt]) -> Iterator[tuple[str, list[ast.stmt]]]:
    """The names that a module or a class defines itself, each with the body it has."""
    for statement in body:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            yield statement.name, statement.body
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, []
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id, []


def is_there(dotted: str) -> bool:
    """Whether `dotted`, with or without the leading "qa.", is a module of qa or a name in one.

    >>> is_there("errors.QAError"), is_there("qa.settings"), is_there("errors.NoSuchError")
    (True, True, False)
    """
    parts = dotted.removeprefix("qa.").split(".")
    place = ROOT / "qa"
    while parts and (place / parts[0]).is_dir():
        place /= parts.pop(0)
    if not parts:
        return True
    module = place / f"{parts[0]}.py"
    if module.is_file():
        parts.pop(0)
    else:
        module = place / "__init__.py"
    body = ast.parse(module.read_text(encoding="utf-8")).body
    for part in parts:
        names = dict(defined(body))
        if part not in names:
            return False
        body = names[part]
    return True


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_paths_it_names_exist(document: Path) -> None:
    path = re.compile(rf"(?:{FOLDERS})/[\w./-]*")
    named = [text for text in quoted(document) if path.fullmatch(text)]
    made = ("corpus/added/", "index/")  # by the program, while it runs
    gone = [text for text in named if not text.startswith(made) and not (ROOT / text).exists()]
    assert gone == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_names_of_code_it_gives_exist(document: Path) -> None:
    name = re.compile(rf"(?:qa\.)?(?:{'|'.join(PACKAGES)})(?:\.\w+)+")
    files = re.compile(r".+\.(?:py|md|txt|json|jsonl|sqlite|onnx|css|js)")
    named = [
        text for text in quoted(document) if name.fullmatch(text) and not files.fullmatch(text)
    ]
    assert [text for text in named if not is_there(text)] == []


def test_a_name_that_is_gone_is_noticed() -> None:
    assert is_there("index.generations.IndexFolder")
    assert is_there("qa.datatypes.Passage.text")
    assert not is_there("index.generations.NoSuchFolder")
    assert not is_there("datatypes.Passage.no_such_field")
