"""Files that were uploaded and never added go."""

from __future__ import annotations

import os
import time
from pathlib import Path

from qa.page.uploads import KEEP_SECONDS, UploadFolder


def put(path: Path, size: int, age: float) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x" * size)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_old_files_go_and_the_oldest_where_all_are_too_much(tmp_path: Path) -> None:
    broken_off = put(tmp_path / "tmpabc", 10, KEEP_SECONDS + 60)
    forgotten = put(tmp_path / "a" / "a.txt", 10, KEEP_SECONDS + 60)
    older = put(tmp_path / "b" / "b.txt", 60, 120)
    newer = put(tmp_path / "c" / "c.txt", 60, 60)
    for place in ("a", "b"):
        os.utime(tmp_path / place, (time.time() - 90, time.time() - 90))
    UploadFolder(tmp_path, 100).sweep()
    assert [path.exists() for path in (broken_off, forgotten, older, newer)] == [0, 0, 0, 1]
