"""What lets a file be read only once: its content's hash, the readers' version, and what they made
of it as JSON, whatever the file's name and place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from qa import languages
from qa.documents.formats.registry import Parsed, from_json, open_file, readable_name
from qa.errors import DocumentError

if TYPE_CHECKING:
    from qa.settings import Settings

DECIDING = ("max_text_mb", "ocr")
"""Settings on which it depends what is extracted from a file. Limits that only refuse a file
(size, memory, time) are none: what was refused is not kept."""

_LIBRARIES = "chardet kreuzberg markdown-it-py openpyxl pypdfium2 selectolax".split()
"""Packages that extract text: another version may read a file in another way."""


@cache
def reader_version() -> str:
    """Changes whenever a file could be read in another way: with the readers' own code, the words
    of the languages that it looks for, and the libraries."""
    digest = hashlib.sha256()
    packages = (Path(__file__).parent, Path(languages.__file__).parent)
    for path in sorted(path for package in packages for path in package.rglob("*.py")):
        digest.update(path.read_bytes())
    return " ".join([*map(metadata.version, _LIBRARIES), digest.hexdigest()])


def key_of(sha256: str, ending: str, settings: Settings) -> bytes:
    """The same for files of the same content and ending, read by the same readers and settings."""
    chosen = [f"{name}={getattr(settings, name)}" for name in DECIDING]
    parts = "\0".join([reader_version(), sha256, ending, *chosen])
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).digest()


def state(path: Path, settings: Settings) -> tuple[int, int] | None:
    """Size and time of change; None for what is no file or too large to be read."""
    try:
        facts = path.stat()
        if not path.is_file() or facts.st_size > settings.max_file_mb * 1_000_000:
            return None
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns


def content_hash(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits. Raises DocumentError where it cannot be opened."""
    digest = hashlib.sha256()
    try:
        with open_file(path) as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise DocumentError(f"It cannot be opened: {error.strerror}.") from None
    return digest.hexdigest()


def packed(parsed: Parsed) -> str:
    """What was read of a file as JSON, without the file's name."""
    values = asdict(parsed)
    named = parsed.title == readable_name(parsed.source)
    values["title"] = None if named else parsed.title
    values["source"] = ""
    for dropped in values["dropped"]:
        dropped["source"] = ""
    for note in values["notes"]:
        note["source"] = note["source"].removeprefix(parsed.source)
    return json.dumps(values)


def unpacked(kept: str, name: str) -> Parsed:
    """What `packed` kept, as that of a file called `name`."""
    parsed = from_json(json.loads(kept))
    return Parsed(
        name,
        readable_name(name) if parsed.title is None else parsed.title,
        parsed.blocks,
        [replace(each, source=name) for each in parsed.dropped],
        [replace(each, source=name + each.source) for each in parsed.notes],
        parsed.counted,
    )
