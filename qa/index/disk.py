"""Steps on the disk that are whole or have not happened, and what they leave when stopped."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path

REMOVED = ".removed-"
"""How the name of a folder begins that is being removed."""


def make_private(path: Path) -> None:
    """Let only its owner read a folder or a file, which is made, empty, where it is missing."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    wanted = 0o700 if path.is_dir() else 0o600
    if stat.S_IMODE(path.stat().st_mode) != wanted:
        with suppress(PermissionError):  # another user's
            path.chmod(wanted)


def flush(path: Path) -> None:
    """Force a file's or folder's content to the disk (folders: where the system can)."""
    if path.is_dir() and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_text(path: Path, text: str) -> None:
    """Replace a file's content in one step: readers see the old text or the new, whole."""
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        make_private(temporary)
        temporary.write_text(text, encoding="utf-8")
        flush(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    flush(path.parent)


def discard(path: Path) -> None:
    """Remove a folder so that nobody ever sees half of it under its own name."""
    if not path.exists():
        return
    doomed = path.with_name(f"{REMOVED}{path.name}-{secrets.token_hex(4)}")
    try:
        path.rename(doomed)
    except OSError:  # some systems do not rename what is open
        doomed = path
    shutil.rmtree(doomed, ignore_errors=True)


def delete(path: Path) -> None:
    """Remove a file, or a folder with all that is in it; a link itself, not what it leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
