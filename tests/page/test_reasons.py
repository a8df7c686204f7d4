"""What is said of the reading of files is said in the visitor's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from gradio.context import LocalContext
from read_documents import read_files

from qa.page.html.account import account_html
from qa.page.html.build_card import skipped_html
from qa.page.locale.reading import reason_text, source_text

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "tests" / "data" / "formats"


@pytest.fixture
def german() -> Iterator[None]:
    """The event of a visitor who reads German."""
    request = SimpleNamespace(headers={"accept-language": "de"})
    token = LocalContext.request.set(request)  # type: ignore[arg-type]
    yield
    LocalContext.request.reset(token)


def filled(node: ast.AST) -> str:
    """A literal text, with 7 wherever a value is filled in; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(filled(value) or "7" for value in node.values)
    value = node.value if isinstance(node, ast.Constant) else ""
    return value if isinstance(value, str) else ""


def sentences() -> Iterator[str]:
    """The sentences in the source of what reads files, but for its documentation."""
    for path in [*(ROOT / "qa/documents").rglob("*.py"), ROOT / "qa/building/sources.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                passed |= {id(value) for value in node.values}
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "InputError":
                passed |= {id(argument) for argument in node.args}  # of the shell only
        for node in ast.walk(tree):
            text = filled(node)
            begins = text[:1].isupper() or text[:1] == "7"
            if begins and " " in text and text.endswith(".") and id(node) not in passed:
                yield text


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
@pytest.mark.usefixtures("german")
def test_every_sentence_about_a_file_is_translated(sentence: str) -> None:
    assert reason_text(sentence) != sentence


@pytest.mark.usefixtures("german")
def test_what_was_left_out_of_a_file_is_told_in_german(tmp_path: Path) -> None:
    page = (
        b"<nav><a href=a>Home</a> <a href=b>Boats</a></nav><aside><a href=c>More</a></aside>"
        b"<select><option>Red</select><div hidden>Later</div><h1>Boats</h1><p>46 votes<p>The skiff "
        b"is rowed by two people.<p>Loading, please wait...<p>\xc2\xa9 2031 Ann"
    )
    (tmp_path / "a.html").write_bytes(page)
    (tmp_path / "a.srt").write_text("WEBVTT\n\nNOTE of Ann\n\nx\n00:01.0 --> 00:02.0\nTea.\n")
    (tmp_path / "a.md").write_text("---\nauthor: Ann\n---\nTea.\n")
    (tmp_path / "a.jsonl").write_text('{"text": "Tea is hot."}\n{"text": "Rum\n')
    reading = read_files(FILES, tmp_path)
    rules = {reason.reason for account in reading.accounts for reason in account.left_out}
    assert len(rules) > 15
    assert sorted(rule for rule in rules if reason_text(rule) == rule) == []
    shown = skipped_html(reading.skipped) + "".join(map(account_html, reading.accounts))
    assert "(Seite 2)" in shown
    assert "Setzen Sie ocr" in shown
    assert "There is" not in shown


@pytest.mark.usefixtures("german")
def test_values_stay_and_what_is_nested_is_translated_too() -> None:
    told = reason_text("It holds no text on its 3 pages: scanned or pictures? It is empty.")
    assert told == "Auf 3 Seiten steht kein Text: gescannt oder Bilder? Sie ist leer."
    assert reason_text("comment on comment, A2") == "Kommentar auf comment, A2"
    assert source_text("a (1).pdf (pages 1-3, 7)") == "a (1).pdf (Seiten 1-3, 7)"
    assert source_text("page 2.pdf") == "page 2.pdf"
