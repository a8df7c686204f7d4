"""Web pages printed by Chromium: each word comes out of the PDF once, in order, as written."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from printed_documents import by_chromium, judge_prints
from random_documents import Maker

pytestmark = pytest.mark.browser

LANGUAGES = {"Latin": "de", "Cyrillic": "ru", "Greek": "el", "Hebrew": "he", "Devanagari": "hi"}
"""Script → a language that is written in it."""


@pytest.mark.parametrize("script", LANGUAGES)
def test_every_word_of_a_printed_page(script: str, tmp_path: Path, browser: Any) -> None:
    if not has_font(LANGUAGES[script]):
        pytest.skip(f"there is no font for {script}")
    documents = [Maker(seed, [script]).document().printable() for seed in range(8)]
    page = browser.new_page()
    for number, document in enumerate(documents):
        (tmp_path / f"{number}.pdf").write_bytes(by_chromium(document, page))
    page.close()
    judge_prints(tmp_path, documents)


def has_font(language: str) -> bool:
    if shutil.which("fc-list") is None:
        return False
    command = ["fc-list", f":lang={language}"]
    return bool(subprocess.run(command, capture_output=True, check=True).stdout)
