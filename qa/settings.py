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

_KINDS = {bool: "yes or no", int: "a whole number", float: "a number", str: "a text"}
_TRUTH = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service works; the environment variable of each field is `QA_` + its name.

    corpus, index: folders of the texts and of what is built from them.
    model: the bundled model's name, a folder, or the name of a sentence-transformers model.
    language: language of the texts (ISO 639-1), for sentence ends, stems and stop words.
    passage_tokens: upper size of a passage in the model's tokens; a longer sentence is cut.
    overlap_sentences: sentences that a passage repeats from the one before it.
    candidates: passages taken from each of vector and keyword search before scoring.
    threshold: below this confidence the answer is "not in these documents".
    threads: threads for one model run; 0 leaves the choice to the libraries.
    host, port: where the page is served.
    max_file_mb: larger files are skipped by name.
    wait: seconds that a writer waits for another one to finish.
    require_pinned: refuse a build that would lose the answer to a pinned question.
    """

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    model: str = BUNDLED_MODEL
    language: str = "en"
    passage_tokens: int = 96
    overlap_sentences: int = 0
    candidates: int = 100
    threshold: float = 0.4
    threads: int = 0
    host: str = "127.0.0.1"
    port: int = 7860
    max_file_mb: int = 100
    wait: float = 0.0
    require_pinned: bool = False

    def __post_init__(self) -> None:
        bounds: dict[str, tuple[float, float]] = {
            "passage_tokens": (16, 100_000),
            "overlap_sentences": (0, 20),
            "candidates": (1, 10_000),
            "threshold": (0.0, 1.0),
            "threads": (0, 1024),
            "port": (1, 65_535),
            "max_file_mb": (1, 100_000),
            "wait": (0.0, 1e6),
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
                values[field.name] = _converted(raw, kind)
            except (KeyError, TypeError, ValueError):
                raise SettingsError(
                    f"{origin} is {raw!r}, but must be {_KINDS.get(kind, 'a path')}."
                ) from None
        unknown = sorted(set(given) - {field.name for field in fields(cls)})
        if unknown:
            raise SettingsError(f"There is no setting called {', '.join(unknown)}.")
        return replace(defaults, **values)


def _converted(raw: Any, kind: Any) -> Any:
    """`raw` as `kind`; raises KeyError, TypeError or ValueError where it is none."""
    if issubclass(kind, bool):
        return raw if isinstance(raw, bool) else _TRUTH[str(raw).strip().lower()]
    return Path(raw) if issubclass(kind, Path) else kind(raw)
