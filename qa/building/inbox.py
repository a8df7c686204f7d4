"""The inbox: texts and files saved below the corpus folder, under safe names of their own.

A name stands for one content. The same content under the same name is saved once; another
content takes its place if asked, else it is saved beside it as "name (2)". A file there that
cannot be read is set aside in a hidden folder, so that it is reported once.
"""

from __future__ import annotations

import filecmp
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from qa.documents.encodings import isolated, printable
from qa.documents.files import is_litter
from qa.documents.formats.registry import WIDE_SIGNS
from qa.errors import InputError
from qa.index.disk import make_private

FOLDER = "added"
UNREAD = ".unread"
WAITING = ".waiting"
"""Lies in the inbox while something was saved there that no build has read yet."""
NAMELESS = "pasted text"
_MAX_BYTES = 200
"""Of a name: file systems take 255 bytes, and a number or a mark may be added."""
_LONGEST_ENDING = 20
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
"""What Windows allows in no file name, and what is no sign at all."""
LEFT_AFTER = 60.0
"""So many seconds after its last change a temporary file counts as left behind."""
_NARROW_SIGNS = {ord(str(sign)): wide for wide, sign in WIDE_SIGNS.items()}
_DEVICE_NAMES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)

_TEMPORARY = re.compile(r"\..+-[0-9a-f]{8}")


def safe_name(name: str) -> str:
    """A file name that is harmless on every system; "" if nothing is left of `name`. Signs that
    Windows forbids become the wide ones that look like them, which titles turn back.

    >>> safe_name("../../etc/passwd"), safe_name("Refund policy: 2024?"), safe_name("nul")
    ('passwd', 'Refund policy： 2024？', 'nul_')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1].translate(_NARROW_SIGNS)
    kept = " ".join(_FORBIDDEN.sub(" ", last).split()).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = kept, "", ""
    ending = dot + ending
    stem = stem.encode()[: _MAX_BYTES - len(ending.encode())].decode(errors="ignore").strip(". ")
    return f"{stem}_{ending}" if _DEVICE_NAMES.match(stem) else stem + ending


def folder(corpus: Path) -> Path:
    """The inbox of a corpus folder."""
    return corpus / FOLDER


def text_path(corpus: Path, name: str) -> Path:
    """Where a text of that name lies, or would lie."""
    return folder(corpus) / f"{safe_name(name).removesuffix('.txt') or NAMELESS}.txt"


def file_path(corpus: Path, name: str) -> Path:
    """Where a file of that name lies, or would lie."""
    return folder(corpus) / (safe_name(name) or "file")


def text_bytes(text: str) -> bytes:
    """A text as it is saved."""
    return text.replace("\r\n", "\n").encode("utf-8", "replace")


def same_content(path: Path, data: bytes | Path) -> bool:
    """Whether the file at `path` exists and holds exactly `data`, or what the file `data` holds."""
    if not path.is_file():
        return False
    if isinstance(data, bytes):
        return path.stat().st_size == len(data) and path.read_bytes() == data
    return filecmp.cmp(path, data, shallow=False)


def content(path: Path) -> bytes | None:
    """What a file of the inbox holds; None where there is none. Raises InputError."""
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        raise _unreadable(path.name, error) from error


def save(path: Path, data: bytes | Path, *, replace: bool = False) -> Path:
    """Save under `path`, whole or not at all, for its owner to read; or under the first free
    "name (2)" …, where another content has the name and is not to be replaced. Raises InputError.
    """
    temporary = hidden_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make_private(temporary)
        if isinstance(data, bytes):
            temporary.write_bytes(data)
        else:
            shutil.copyfile(data, temporary)
        return move(temporary, path, replace=replace)
    except OSError as error:
        if error.filename == str(data):
            raise _unreadable(path.name, error) from error
        raise _unwritable(error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def move(written: Path, path: Path, *, replace: bool = False) -> Path:
    """Give a file its name, or, where another content has that and is not to be replaced, the
    first free "name (2)" …; nothing that another process saves meanwhile is lost. Where it is now.
    """
    number, place = 1, path
    while True:
        if replace or same_content(place, written):
            return written.replace(place)  # also the same content: it is the last one's now
        try:
            return _take_name(written, place)
        except FileExistsError:
            number += 1
            place = path.with_name(f"{path.stem} ({number}){path.suffix}")


def _take_name(written: Path, place: Path) -> Path:
    """Rename a file. Raises FileExistsError where another one has the name."""
    try:
        os.link(written, place)
    except FileExistsError:
        raise
    except OSError:  # a file system where no file has two names
        place.open("xb").close()
        return written.replace(place)
    written.unlink()
    return place


def _unwritable(error: OSError) -> InputError:
    return InputError(
        f"The folder “{FOLDER}” in the corpus folder cannot be written ({error.strerror}); free "
        "some space or mend its rights."
    )


def _unreadable(name: str, error: OSError) -> InputError:
    return InputError(f"{isolated(printable(name))} cannot be read ({error.strerror}).")


def add_text(corpus: Path, name: str, text: str, *, replace: bool = False) -> Path:
    """Save `text` as a .txt below `corpus`/added. Raises InputError for an empty one."""
    if not text.strip():
        raise InputError("The text is empty; paste the text that should be searched.")
    return save(text_path(corpus, name), text_bytes(text), replace=replace)


def add_file(
    corpus: Path, source: Path, name: str | None, limit: int, *, replace: bool = False
) -> Path:
    """Copy `source` below `corpus`/added as `name` (or its own).

    Raises InputError for a file that is missing or larger than `limit` bytes, and for one of those
    that no build reads.
    """
    shown = isolated(printable(name or source.name))
    if is_litter(name or source.name):
        raise InputError(f"{shown} was left by a system or a program; it is not read.")
    try:
        size = source.stat().st_size if source.is_file() else None
    except OSError as error:
        raise _unreadable(shown, error) from error
    if size is None:
        raise InputError(f"There is no file {shown}.")
    if size > limit:
        raise InputError(f"{shown} is larger than {limit // 1_000_000} MB, the limit for a file.")
    return save(file_path(corpus, name or source.name), source, replace=replace)


def wait_for_build(corpus: Path) -> None:
    """Note that something was saved that the next build must read, whichever process builds.

    Raises InputError where the folder cannot be written.
    """
    try:
        (folder(corpus) / WAITING).touch()
    except OSError as error:
        raise _unwritable(error) from error


def is_waiting(corpus: Path) -> bool:
    """Whether something was saved that no build has read yet."""
    return (folder(corpus) / WAITING).exists()


def nothing_waits(corpus: Path) -> None:
    """Note that a build has read the inbox; from now on it belongs to the recorded set."""
    (folder(corpus) / WAITING).unlink(missing_ok=True)


def empty_hidden(corpus: Path) -> None:
    """Delete what was set aside, and what an interrupted `add` or `remove` left."""
    shutil.rmtree(folder(corpus) / UNREAD, ignore_errors=True)
    sweep(corpus, 0.0)


def sweep(corpus: Path, age: float | None = None) -> list[Path]:
    """Delete what an `add` or `remove` that was killed left; what went.

    Only what has lain there for `age` seconds (without: LEFT_AFTER): one that goes on just now
    may need the rest.
    """
    gone = []
    since = time.time() - (LEFT_AFTER if age is None else age)
    for path in folder(corpus).glob(".*"):
        with suppress(OSError):
            if _TEMPORARY.fullmatch(path.name) and path.stat().st_ctime <= since:
                path.unlink()
                gone.append(path)
    return gone


def hidden_name(path: Path) -> Path:
    """A free hidden name beside `path`, that no build reads."""
    name = os.fsdecode(os.fsencode(path.name)[:_MAX_BYTES])
    return path.with_name(f".{name}-{secrets.token_hex(4)}")


def set_aside(corpus: Path, unread: Iterable[Path]) -> list[Path]:
    """Move those of `unread` that lie in the inbox into its hidden folder; where they are now."""
    own = folder(corpus).resolve()
    moved = []
    for path in unread:
        if own not in path.resolve().parents or not path.exists():
            continue
        with suppress(OSError):
            (own / UNREAD).mkdir(exist_ok=True)
            moved.append(path.replace(own / UNREAD / path.name))
    return moved
