"""Files are compared with what was written, when they are opened and while they are in use."""

import hashlib
import os

import pytest

from qa.errors import IndexDamagedError
from qa.file_check import BLOCK_BYTES, FileCheck, facts_of, file_hash


def check_of(path):
    return FileCheck({path: facts_of(path)}, "the list")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "part.bin"
    path.write_bytes(b"abc" * BLOCK_BYTES)
    return path


@pytest.mark.parametrize("size", [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, 3 * BLOCK_BYTES + 7])
def test_the_hash_is_that_of_the_whole_file(tmp_path, size):
    data = bytes(range(256)) * (size // 256 + 1)
    (tmp_path / "f").write_bytes(data[:size])
    assert file_hash(tmp_path / "f") == hashlib.sha256(data[:size]).hexdigest()


def test_a_good_file_passes_and_goes_on_passing(path):
    check = check_of(path)
    check.require()
    assert check.finished
    assert check.holds()


def test_a_missing_file_and_another_size_are_told_at_once(path):
    facts = facts_of(path)
    with pytest.raises(IndexDamagedError, match=r"part\.bin has 3145728 bytes, the list says 3"):
        FileCheck({path: {**facts, "bytes": 3}}, "the list")
    path.unlink()
    with pytest.raises(IndexDamagedError, match=r"part\.bin is missing\. Rebuild: python -m qa"):
        FileCheck({path: facts}, "the list")
    with pytest.raises(IndexDamagedError, match=r"part\.bin cannot be read"):
        facts_of(path)


def test_another_content_is_told_when_it_is_hashed(path):
    facts = facts_of(path)
    path.write_bytes(path.read_bytes()[:-1] + b"d")
    check = FileCheck({path: facts}, "the list")
    with pytest.raises(IndexDamagedError, match=r"another content than the list says"):
        check.require()
    assert not check.holds()


def test_every_way_to_change_a_file_shows(path):
    changes = {
        "written": lambda: path.write_bytes(b"abd" * BLOCK_BYTES),
        "as old as before": lambda: (
            path.write_bytes(b"abc" * BLOCK_BYTES),
            os.utime(path, ns=old),
        ),
        "cut": lambda: os.truncate(path, 5),
        "another put in its place": lambda: path.with_name("new").replace(path),
        "gone": path.unlink,
    }
    for change in changes.values():
        path.with_name("new").write_bytes(b"abc" * BLOCK_BYTES)
        check = check_of(path)
        check.require()
        old = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
        change()
        assert not check.holds()
        with pytest.raises(IndexDamagedError, match=r"part\.bin"):
            check.require_known()
        path.write_bytes(b"abc" * BLOCK_BYTES)
