"""Every choice that can be made, in one frozen value, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from qa.errors import SettingsError

BUNDLED_MODEL = "all-MiniLM-L6-v2"
"""The model that comes with the requirements: no download at run time."""

MAX_QUESTION_CHARACTERS = 2_000

_KINDS = {int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service works; the environment variable of each field is `QA_` + its name.

    corpus, index: folders of the texts and of what is built from them.
    model: the bundled model's name, a folder, or the name of a sentence-transformers model.
    rerank: a cross-encoder that puts the best candidates in order, a folder or a hub name;
        empty: none.
    language: language of the texts (ISO 639-1), for sentence ends, stems and stop words.
    passage_tokens: upper size of a passage in the model's tokens; a longer sentence is cut.
    overlap_sentences: sentences that a passage repeats from the one before it.
    candidates: passages taken from each of vector and keyword search before scoring.
    threshold: below this confidence the answer is "not in these documents".
    threads: threads for one model run; 0 leaves the choice to the libraries.
    host, port: where the page is served.
    max_file_mb: larger files are skipped by name.
    max_text_mb: files that give more text (a million characters) are skipped by name.
    max_memory_mb: memory in which one file must be read.
    file_seconds: time in which one file must be read.
    max_files: files of one run; those beyond are not read, which is reported.
    include, exclude: globs, separated by commas, of the files that a folder gives.
    ocr: languages in which Tesseract reads scanned pages, for instance "eng"; "" for not at all.
    """

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    model: str = BUNDLED_MODEL
    rerank: str = ""
    language: str = "en"
    passage_tokens: int = 96
    overlap_sentences: int = 0
    candidates: int = 100
    threshold: float = 0.4
    threads: int = 0
    host: str = "127.0.0.1"
    port: int = 7860
    max_file_mb: int = 100
    max_text_mb: int = 50
    max_memory_mb: int = 2048
    file_seconds: int = 60
    max_files: int = 100_000
    include: str = ""
    exclude: str = ""
    ocr: str = ""

    def __post_init__(self) -> None:
        bounds: dict[str, tuple[float, float]] = {
            "passage_tokens": (16, 100_000),
            "overlap_sentences": (0, 20),
            "candidates": (1, 10_000),
            "threshold": (0.0, 1.0),
            "threads": (0, 1024),
            "port": (1, 65_535),
            "max_file_mb": (1, 100_000),
            "max_text_mb": (1, 10_000),
            "max_memory_mb": (256, 1_000_000),
            "file_seconds": (1, 86_400),
            "max_files": (1, 100_000_000),
        }
        for name, (low, high) in bounds.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise SettingsError(f"{name} is {value}, but must lie between {low} and {high}.")
        if not self.model.strip():
            raise SettingsError("model is empty; give a model's name or folder.")

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Defaults, overridden by `QA_*` variables, overridden by every `given` that is not None.

        Raises SettingsError for a value that cannot be read or is out of bounds.
        """
        env = os.environ if environ is None else environ
        defaults = cls()
        values: dict[str, Any] = {}
        for field in fields(cls):
            raw: Any = given.get(field.name)
            origin = field.name
            if raw is None:
                origin = f"QA_{field.name.upper()}"
                raw = env.get(origin)
            if raw is None or raw == "":
                continue
            kind = type(getattr(defaults, field.name))
            try:
                values[field.name] = Path(raw) if issubclass(kind, Path) else kind(raw)
            except (TypeError, ValueError):
                raise SettingsError(
                    f"{origin} is {raw!r}, but must be {_KINDS.get(kind, 'a path')}."
                ) from None
        unknown = sorted(set(given) - {field.name for field in fields(cls)})
        if unknown:
            raise SettingsError(f"There is no setting called {', '.join(unknown)}.")
        return replace(defaults, **values)
