"""New texts and files for the corpus folder, saved under safe names of their own."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path

from qa.errors import InputError

FOLDER = "added"
_MAX_NAME = 80
_DEVICE_NAMES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def safe_name(name: str) -> str:
    """A file name that is harmless on every system; "" if nothing is left of `name`.

    >>> safe_name("../../etc/passwd"), safe_name("Refund policy: 2024?"), safe_name("nul")
    ('passwd', 'Refund policy 2024', 'nul_')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c if c.isalnum() or c in " ._-()" else " " for c in last)
    stem = " ".join(kept.split()).strip(". ")[:_MAX_NAME].strip(". ")
    return f"{stem}_" if _DEVICE_NAMES.match(stem) else stem


def _free_path(folder: Path, stem: str, suffix: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}")
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            number += 1
        else:
            return path


def _save_failed(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"{folder} cannot be written ({error.strerror}); free some space or mend its rights."
    )


def add_text(corpus: Path, name: str, text: str) -> Path:
    """Save `text` as a new .txt below `corpus`/added; never over another file."""
    if not text.strip():
        raise InputError("The text is empty; paste the text that should be searched.")
    folder = corpus / FOLDER
    stem = safe_name(name).removesuffix(".txt") or "pasted text"
    try:
        path = _free_path(folder, stem, ".txt")
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise _save_failed(folder, error) from error
    return path


def add_file(corpus: Path, source: Path, name: str | None, limit: int) -> Path:
    """Copy `source` below `corpus`/added as `name` (or its own); never over another file."""
    if not source.is_file():
        raise InputError(f"There is no file {source.name}.")
    if source.stat().st_size > limit:
        raise InputError(
            f"{name or source.name} is larger than {limit // 1_000_000} MB, the limit for a file."
        )
    wanted = Path(safe_name(name or source.name) or "file")
    folder = corpus / FOLDER
    try:
        path = _free_path(folder, wanted.stem, wanted.suffix)
        shutil.copyfile(source, path)
    except OSError as error:
        raise _save_failed(folder, error) from error
    return path
