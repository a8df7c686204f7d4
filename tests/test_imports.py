"""Each heavy library stands behind one file; the table says which."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

TORCH_SIDE = {"qa.encoders.torch_encoder", "qa.encoders.onnx_export"}

ALLOWED: dict[str, set[str]] = {
    "kreuzberg": {"qa.documents.formats.library"},
    "markdown_it": {"qa.documents.markdown"},
    "olefile": {"qa.documents.formats.old_office"},
    "openpyxl": {"qa.documents.formats.workbook"},
    "pypdfium2": {"qa.documents.formats.pdf_characters"},
    "pathspec": {"qa.documents.path_patterns"},
    "selectolax": {"qa.documents.html"},
    "chardet": {"qa.documents.encoding_guess"},
    "sentencex": {"qa.chunking.sentences"},
    "torch": TORCH_SIDE,
    "sentence_transformers": TORCH_SIDE,
    "transformers": TORCH_SIDE,
    "onnx": {"qa.encoders.onnx_export"},
    "onnxruntime": {"qa.encoders.onnx_encoder"},
    "tokenizers": {"qa.encoders.*"},
    "faiss": {"qa.index.dense"},
    "tantivy": {"qa.index.analyzer", "qa.index.keywords"},
    "sqlite3": {
        "qa.index.catalog",
        "qa.index.catalog_writer",
        "qa.index.embedding_cache",
        "qa.index.sqlite_cache",
        "qa.insight.feedback",
    },
    "filelock": {"qa.index.generations"},
    "gradio": {"qa.page.*", "qa.web.server"},
    "gradio_client": {"qa.page.*"},
    "limits": {"qa.web.*"},
    "babel": {"qa.page.locale.translate"},
    "fastapi": {"qa.page.*", "qa.web.*"},
    "uvicorn": {"qa.web.*"},
    "ir_measures": {"qa.insight.evaluation.measures"},
    "py3langid": {"qa.languages.detection"},
    "rapidfuzz": {"qa.answering.spelling"},
    "typer": {"qa.cli.*"},
    "rich": {"qa.cli.shell"},
    "packaging": {"qa.cli.doctor.*"},
}


def modules() -> list[tuple[str, Path]]:
    """(dotted name, file) of all the code that ships."""
    files = [*(ROOT / "qa").rglob("*.py"), ROOT / "app.py"]
    named = []
    for path in files:
        if path.exists():
            parts = path.relative_to(ROOT).with_suffix("").parts
            named.append((".".join(part for part in parts if part != "__init__"), path))
    return named


def imported(source: str) -> Iterator[str]:
    """Full names of all modules that a source imports, anywhere in it, by statement or call."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module)
        elif isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            name = node.args[0]
            if (
                called in ("import_module", "__import__")
                and isinstance(name, ast.Constant)
                and isinstance(name.value, str)
            ):
                yield name.value


def breaches(importer: str, source: str) -> list[str]:
    """Libraries that `importer` imports although the table does not allow it."""
    found = []
    for name in imported(source):
        library = name.split(".")[0]
        allowed = ALLOWED.get(library)
        permitted = allowed is None or any(
            importer == one or (one.endswith(".*") and f"{importer}.".startswith(one[:-1]))
            for one in allowed
        )
        if not permitted and library != importer.split(".", maxsplit=1)[0]:
            found.append(library)
    return found


@pytest.mark.parametrize(("name", "path"), modules(), ids=[name for name, _ in modules()])
def test_only_the_allowed_files_import_a_library(name: str, path: Path) -> None:
    assert breaches(name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("importer", "source", "expected"),
    [
        ("qa.service", "import faiss", ["faiss"]),
        ("qa.service", "def f():\n    import faiss.contrib as c", ["faiss"]),
        ("qa.service", "from gradio.themes import Base", ["gradio"]),
        ("qa.service", "import importlib\nimportlib.import_module('torch')", ["torch"]),
        ("qa.service", "__import__('sqlite3')", ["sqlite3"]),
        ("qa.encodersx", "import tokenizers", ["tokenizers"]),
        ("qa.encoders.onnx_encoder", "import tokenizers, torch", ["torch"]),
        ("qa.index.dense", "import faiss", []),
        ("qa.page.layout", "import gradio as gr, faiss", ["faiss"]),
        ("qa.service", "import json\nfrom qa.settings import Settings", []),
    ],
)
def test_the_check_finds_what_it_should(importer: str, source: str, expected: list[str]) -> None:
    assert breaches(importer, source) == expected


def loaded_by(code: str, *libraries: str) -> str:
    """Which of `libraries` a fresh process has loaded after `code`."""
    tell = f"import sys; print(sorted(set({libraries!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tell}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_importing_qa_loads_nothing_heavy() -> None:
    heavy = ("torch", "faiss", "gradio", "numpy", "onnxruntime", "tantivy", "typer", "rich")
    assert loaded_by("import qa", *heavy) == "[]"


def test_the_shell_starts_without_rich_and_numpy() -> None:
    assert loaded_by("import qa.cli.app", "numpy", "rich", "torch", "typer") == "['typer']"


def test_the_service_loads_neither_torch_nor_the_readers_nor_the_page() -> None:
    heavy = ("torch", "sentence_transformers", "transformers", "kreuzberg", "sentencex", "gradio")
    assert loaded_by("from qa import Service", *heavy) == "[]"
