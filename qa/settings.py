"""Every choice that can be made, in one frozen value, read once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from qa.errors import SettingsError

__version__ = "0.1.0"
"""The one place where the version of this package stands."""

BUNDLED_MODEL = "all-MiniLM-L6-v2"
"""The model that comes with the requirements: no download at run time."""

MAX_QUESTION_CHARACTERS = 2_000

PAGE_LANGUAGES = ("en", "de", "es")
"""The languages that the page itself speaks."""

AUTO = "auto"
"""Setting of `language` that leaves it to the texts."""

_KINDS = {int: "a whole number", float: "a number", str: "a text", bool: "yes or no"}
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service works; the environment variable of each field is `QA_` + its name.

    corpus, index: folders of the texts and of what is built from them.
    model: the bundled model's name, a folder, or the name of a sentence-transformers model.
    rerank: a cross-encoder that puts the best candidates in order, a folder or a hub name;
        empty: none.
    language: language of the texts (ISO 639-1), for sentence ends, stems, stop words, spelling
        and the questions of calibration; "auto": that of each text, and the main one of all.
    passage_tokens: upper size of a passage in the model's tokens; a longer sentence is cut.
    overlap_sentences: sentences that a passage repeats from the one before it.
    candidates: passages taken from each of vector and keyword search before scoring.
    mend_slips: mend typing slips in questions, see `qa.answering.spelling`.
    threshold: below this confidence the answer is "not in these documents".
    threads: threads for one model run; 0 leaves the choice to the libraries.
    host, port: where the page is served.
    allowed_hosts: names, separated by commas, under which the server may be called besides those
        of this machine.
    trusted_proxies: addresses, separated by commas, of proxies whose forwarded headers count.
    questions_per_minute, uploads_per_minute, verdicts_per_minute: how often one client may do so;
        0 for no limit.
    uploads_mb: bytes (a million) of uploaded files that were not added yet, of all visitors.
    max_file_mb: larger files are skipped by name.
    max_text_mb: files that give more text (a million characters) are skipped by name.
    max_memory_mb: memory in which one file must be read.
    file_seconds: time in which one file must be read.
    max_files: files of one run; those beyond are not read, which is reported.
    include, exclude: globs, separated by commas, of the files that a folder gives.
    ocr: languages in which Tesseract reads scanned pages, for instance "eng"; "" for not at all.
    title, intro: what the page is called, and the line below that.
    accent: colour of buttons, links and marks on the page, #rrggbb.
    documents_tab: whether visitors may see and change what is in the index; no: ask only.
    allow_paths: whether visitors may add files and folders of this machine by their path.
    page_language: language of the page itself ("en", "de", "es"); empty follows the browser.
    feedback: keep questions and verdicts on answers in the index folder; nothing of it leaves
        this machine.
    wait: seconds that a writer waits for another one to finish.
    require_pinned: refuse a build that would lose the answer to a pinned question.
    evaluation: results of evaluations that the page shows: a file that
        `python -m qa evaluate SET --compare --json` printed, or a folder of such; empty: none.
    """

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    model: str = BUNDLED_MODEL
    rerank: str = ""
    language: str = AUTO
    passage_tokens: int = 96
    overlap_sentences: int = 0
    candidates: int = 100
    mend_slips: bool = True
    threshold: float = 0.18
    threads: int = 0
    host: str = "127.0.0.1"
    port: int = 7860
    allowed_hosts: str = ""
    trusted_proxies: str = ""
    questions_per_minute: int = 120
    uploads_per_minute: int = 60
    verdicts_per_minute: int = 60
    uploads_mb: int = 1000
    max_file_mb: int = 100
    max_text_mb: int = 50
    max_memory_mb: int = 2048
    file_seconds: int = 120
    max_files: int = 100_000
    include: str = ""
    exclude: str = ""
    ocr: str = ""
    title: str = "Ask your documents"
    intro: str = (
        "Exact passages, the answering sentence marked, or an honest “not in these documents”."
    )
    accent: str = "#0f6b62"
    documents_tab: bool = True
    allow_paths: bool = False
    page_language: str = ""
    feedback: bool = True
    wait: float = 0.0
    require_pinned: bool = False
    evaluation: str = ""

    def __post_init__(self) -> None:
        for name in ("corpus", "index"):
            object.__setattr__(self, name, expanded(getattr(self, name)))
        bounds: dict[str, tuple[float, float]] = {
            "passage_tokens": (16, 100_000),
            "overlap_sentences": (0, 20),
            "candidates": (1, 10_000),
            "threshold": (0.0, 1.0),
            "threads": (0, 1024),
            "port": (1, 65_535),
            "questions_per_minute": (0, 1_000_000),
            "uploads_per_minute": (0, 1_000_000),
            "verdicts_per_minute": (0, 1_000_000),
            "uploads_mb": (1, 10_000_000),
            "max_file_mb": (1, 100_000),
            "max_text_mb": (1, 10_000),
            "max_memory_mb": (256, 1_000_000),
            "file_seconds": (1, 86_400),
            "max_files": (1, 100_000_000),
            "wait": (0.0, 1e6),
        }
        for name, (low, high) in bounds.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise SettingsError(f"{name} is {value}, but must lie between {low} and {high}.")
        if not self.model.strip():
            raise SettingsError("model is empty; give a model's name or folder.")
        if not self.title.strip():
            raise SettingsError("title is empty; give the page a name.")
        if not _COLOUR.fullmatch(self.accent):
            raise SettingsError(f"accent is {self.accent!r}, but must be a colour such as #0f6b62.")
        if self.page_language not in ("", *PAGE_LANGUAGES):
            raise SettingsError(
                f"page_language is {self.page_language!r}, but must be one of "
                f"{', '.join(PAGE_LANGUAGES)}, or empty to follow the browser."
            )

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
                values[field.name] = _read(kind, raw)
            except (TypeError, ValueError):
                raise SettingsError(
                    f"{origin} is {raw!r}, but must be {_KINDS.get(kind, 'a path')}."
                ) from None
        unknown = sorted(set(given) - {field.name for field in fields(cls)})
        if unknown:
            raise SettingsError(f"There is no setting called {', '.join(unknown)}.")
        return replace(defaults, **values)


def expanded(path: str | Path) -> Path:
    """A path with `~` and `~name` as the home folder; as it is where there is no such home.

    >>> expanded("~no-such-person/tea").as_posix()
    '~no-such-person/tea'
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def _read(kind: Any, raw: Any) -> Any:
    """A value of that kind. Raises ValueError or TypeError where `raw` is none."""
    if kind is bool:
        word = str(raw).strip().lower()
        if word not in (*_YES, *_NO):
            raise ValueError(raw)
        return word in _YES
    return Path(raw) if issubclass(kind, Path) else kind(raw)
