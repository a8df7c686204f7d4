"""A disk that is full or may not be written: one clear sentence, and the old index answers on."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from torture.conftest import edition, service_of, sound

from qa.errors import QAError
from qa.index.generations import IndexFolder

SIZE = 4_000_000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")


@pytest.fixture
def small_disk(tmp_path):
    """A file system of SIZE bytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk, left):
    """Fill it with a file but for `left` bytes."""
    state = os.statvfs(disk)
    free = state.f_bavail * state.f_frsize
    (disk / "ballast").write_bytes(b"\0" * max(0, free - left))


def test_a_full_disk_is_told_and_the_old_index_stays(nursery, small_disk):
    index = small_disk / "index"
    assert nursery("build", index, texts=edition(1))["status"] == 0
    refused = 0
    sizes = [0, 4096, *(random.Random(n).randrange(8_000, 400_000) for n in range(7))]
    for left in sizes:
        fill(small_disk, left)
        done = nursery("build", index, texts=edition(2, texts=40))
        (small_disk / "ballast").unlink()
        assert done["status"] == 0, (left, done)
        if "error" not in done:
            assert sound(index, {2}) == 2
            assert nursery("build", index, texts=edition(1))["status"] == 0
            continue
        refused += 1
        assert "disk is full" in done["error"], (left, done)
        assert "before is unchanged; free some space" in done["error"]
        assert sound(index, {1}) == 1
        assert IndexFolder(index).litter() == []
    assert refused >= 3
    assert "error" not in nursery("build", index, texts=edition(2))
    assert sound(index, {2}) == 2


@pytest.mark.parametrize("largest", [0, 500, 2_000, 9_000, 20_000, 40_000])
def test_a_file_that_may_not_grow_is_told_and_the_old_index_stays(nursery, tmp_path, largest):
    index = tmp_path / "index"
    assert nursery("build", index, texts=edition(1))["status"] == 0
    done = nursery("build", index, texts=edition(2, texts=40), fsize=largest)
    assert done["status"] == 0
    assert "could not be written" in done["error"], done
    assert sound(index, {1}) == 1
    assert "error" not in nursery("build", index, texts=edition(2))
    assert sound(index, {2}) == 2


@pytest.mark.parametrize("change", ["pin", "add", "replace"])
def test_pins_and_added_texts_that_cannot_be_written_are_told_and_nothing_changes(
    nursery, tmp_path, change
):
    settings = {"corpus": str(tmp_path / "corpus")}
    index, added = tmp_path / "index", tmp_path / "corpus" / "added"
    added.mkdir(parents=True)
    (added / "secret.txt").write_text("Badgers dig the secret tunnel.", encoding="utf-8")
    assert "error" not in nursery("index", index, **settings)
    assert "error" not in nursery("pin", index, **settings)
    before = {path: path.read_bytes() for path in (index / "pinned.jsonl", *added.iterdir())}
    done = nursery(change, index, fsize=0, **settings)
    assert "cannot be written (File too large)" in done["error"]
    assert done["kind"] in ("BuildError", "InputError")
    assert str(tmp_path) not in done["error"]
    after = {path: path.read_bytes() for path in (index / "pinned.jsonl", *added.iterdir())}
    assert after == before


def test_a_read_only_disk_answers_and_refuses_to_build(nursery, small_disk):
    index = small_disk / "index"
    for number in (1, 2):
        assert nursery("build", index, texts=edition(number))["status"] == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert sound(index, {2}) == 2
    done = nursery("build", index, texts=edition(3))
    assert "cannot be written (Read-only file system)" in done["error"]
    service = service_of(index)
    for change in (
        service.generations.rollback,
        service.generations.prune,
        lambda: service.pins.add("kettles", ["warranty"]),
    ):
        with pytest.raises(QAError, match="Read-only file system"):
            change()
    assert sound(index, {2}) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_a_folder_without_write_permission(tmp_path):
    index = Path(tmp_path / "index")
    index.mkdir()
    index.chmod(0o500)
    with pytest.raises(QAError, match="cannot be written"):
        service_of(index).pins.add("kettles", ["warranty"])
