"""Texts that were extracted are used again until something changes what would be extracted."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from qa.documents.extraction_key import DECIDING, key_of
from qa.documents.formats.kinds import FORMATS
from qa.documents.formats.registry import parse
from qa.settings import Settings

FILES = Path(__file__).parents[1] / "data" / "formats"
OTHERS: dict[str, Any] = {
    "accent": "#123456",
    "page_language": "de",
    "language": "de",
    "corpus": Path("elsewhere"),
    "index": Path("elsewhere"),
}
"""Another value where no number, flag or word will do."""


def other(settings: Settings, name: str) -> Settings:
    """The settings with another value for one of them."""
    value = getattr(settings, name)
    if name in OTHERS:
        return replace(settings, **{name: OTHERS[name]})
    if isinstance(value, bool):
        return replace(settings, **{name: not value})
    if isinstance(value, float):
        return replace(settings, **{name: value + 0.5})
    if isinstance(value, int):
        return replace(settings, **{name: value + 1})
    return replace(settings, **{name: f"{value}x"})


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_a_setting_changes_the_key_only_where_it_changes_the_text(name: str) -> None:
    settings = Settings()
    changed = other(settings, name)
    assert changed != settings
    same = key_of("0" * 64, ".pdf", settings) == key_of("0" * 64, ".pdf", changed)
    assert same is (name not in DECIDING)


def test_content_and_ending_change_the_key() -> None:
    keys = {key_of(digest * 64, ending, Settings()) for digest in "01" for ending in (".a", ".b")}
    assert len(keys) == 4


class Watched:
    """Settings that note which of them are asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return getattr(Settings(), name)


def test_extraction_asks_for_no_other_setting() -> None:
    watched = Watched()
    read = {path.suffix for path in FILES.iterdir() if path.suffix in FORMATS}
    for path in FILES.iterdir():
        if path.suffix in read and path.name != "scanned.pdf":
            parse(path, path.name, watched)  # type: ignore[arg-type]
    assert {".pdf", ".docx", ".html", ".xlsx", ".eml"} <= read
    assert watched.asked - {"max_file_mb"} == set(DECIDING)
