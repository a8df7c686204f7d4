"""The index folder: what a reader sees before, during and after a switch."""

import json
import shutil
import stat
import sys
from datetime import datetime, timezone

import pytest

from qa.errors import IndexBusyError, IndexDamagedError, IndexMismatchError, IndexMissingError
from qa.index.generations import FORMAT_VERSION, IndexFolder, Manifest, file_hash


def manifest(name, fingerprint="f" * 16):
    return Manifest(
        generation=name,
        built_at="2026-01-01T00:00:00+00:00",
        encoder={"name": "toy", "fingerprint": fingerprint, "dim": 2},
        settings={},
        counts={},
        canaries=[],
    )


def make_generation(folder, content="hello", fingerprint="f" * 16):
    with folder.writing():
        name, place = folder.begin()
        (place / "part.txt").write_text(content, encoding="utf-8")
        (place / "deep").mkdir()
        (place / "deep" / "big.bin").write_bytes(b"x" * 1_000_001)
        folder.finish(manifest(name, fingerprint), place)
    return name


def test_nothing_built_yet(tmp_path):
    folder = IndexFolder(tmp_path / "index")
    assert folder.live() is None
    with pytest.raises(IndexMissingError, match="python -m qa index"):
        folder.require_live()


def test_finish_makes_the_new_generation_live(tmp_path):
    folder = IndexFolder(tmp_path)
    first = make_generation(folder)
    assert folder.live() == first
    second = make_generation(folder, "again")
    assert folder.live() == second
    assert folder.names() == [first, second]
    facts = folder.manifest(second).files["part.txt"]
    assert facts["bytes"] == 5
    assert facts["sha256"] == file_hash(folder.path(second) / "part.txt")


def test_an_unfinished_build_is_never_seen_and_is_cleared_by_the_next(tmp_path):
    folder = IndexFolder(tmp_path)
    live = make_generation(folder)
    with folder.writing():
        _, litter = folder.begin()
        (litter / "half").write_text("x", encoding="utf-8")
    assert folder.live() == live
    assert folder.names() == [live]
    make_generation(folder)
    assert not litter.exists()


def test_one_writer_at_a_time(tmp_path):
    one, two = IndexFolder(tmp_path), IndexFolder(tmp_path)
    with one.writing(), pytest.raises(IndexBusyError, match="Another process"), two.writing():
        pass
    with two.writing():
        pass


def test_problems_name_the_file_and_what_is_wrong(tmp_path):
    folder = IndexFolder(tmp_path)
    name = make_generation(folder)
    place = folder.path(name)
    known = folder.manifest(name)
    assert folder.problems(known, thorough=True) == []
    (place / "part.txt").write_text("hellO", encoding="utf-8")
    assert "part.txt has another content" in folder.problems(known, thorough=False)[0]
    (place / "part.txt").write_text("longer text", encoding="utf-8")
    assert "has 11 bytes, the manifest says 5" in folder.problems(known, thorough=False)[0]
    (place / "part.txt").unlink()
    assert "part.txt is missing" in folder.problems(known, thorough=False)[0]


def test_a_flipped_bit_in_a_large_file_is_found_when_thorough(tmp_path):
    folder = IndexFolder(tmp_path)
    name = make_generation(folder)
    big = folder.path(name) / "deep" / "big.bin"
    big.write_bytes(b"x" * 30_000 + b"y" + b"x" * 970_000)  # between the blocks of the probe
    known = folder.manifest(name)
    assert folder.problems(known, thorough=False) == []
    assert "big.bin has another content" in folder.problems(known, thorough=True)[0]


def test_prune_keeps_the_newest_the_live_one_and_their_encoders(tmp_path):
    folder = IndexFolder(tmp_path)
    names = [make_generation(folder, fingerprint=f"{n}" * 16) for n in range(4)]
    for n in range(4):
        (folder.encoders / (f"{n}" * 16)).mkdir(parents=True)
    folder.current.write_text(names[0], encoding="utf-8")
    folder.prune(keep=2)
    assert folder.names() == [names[0], names[2], names[3]]
    assert sorted(p.name[0] for p in folder.encoders.iterdir()) == ["0", "2", "3"]


def test_another_format_is_refused_with_both_sides_and_the_remedy(tmp_path):
    folder = IndexFolder(tmp_path)
    name = make_generation(folder)
    path = folder.path(name) / "manifest.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**values, "format": 99}), encoding="utf-8")
    with pytest.raises(
        IndexMismatchError, match=r"format 99.*reads format \d+.*python -m qa index"
    ):
        folder.manifest(name)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", f'{{"format": {FORMAT_VERSION}, "nonsense": 2}}']
)
def test_a_broken_manifest_is_refused(tmp_path, content):
    folder = IndexFolder(tmp_path)
    name = make_generation(folder)
    (folder.path(name) / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"manifest\.json.*Rebuild"):
        folder.manifest(name)


@pytest.mark.parametrize("content", [b"", b"../../etc", b".building-x", b"\xff\xfe"])
def test_a_broken_pointer_is_refused(tmp_path, content):
    folder = IndexFolder(tmp_path)
    make_generation(folder)
    folder.current.write_bytes(content)
    with pytest.raises(IndexDamagedError, match=r"CURRENT.*Rebuild"):
        folder.live()


def test_a_clock_that_was_set_back_changes_no_order(tmp_path):
    """A year before, one of the future, and one that nobody of us named."""
    times = [datetime(2026, 5, day, tzinfo=timezone.utc) for day in (4, 5, 6)]
    times += [datetime(2025, 3, 1, tzinfo=timezone.utc)] * 2
    times.append(datetime(2026, 5, 7, tzinfo=timezone.utc))
    folder = IndexFolder(tmp_path, now=lambda: times.pop(0))
    names = [make_generation(folder, f"text {number}") for number in range(3)]
    (folder.generations / "zzz").mkdir()
    (folder.generations / "zzz" / "manifest.json").write_text("{}", encoding="utf-8")
    names += [make_generation(folder, f"text {number}") for number in range(3, 6)]
    shutil.rmtree(folder.generations / "zzz")
    assert folder.names() == names
    assert [name[:19] for name in names[2:]] == [
        "20260506T000000.000",
        "20260506T000000.001",
        "20260506T000000.002",
        "20260507T000000.000",
    ]
    folder.prune(keep=2)
    assert folder.names() == names[-2:]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_only_the_owner_reads_a_generation(tmp_path):
    folder = IndexFolder(tmp_path)
    place = folder.path(make_generation(folder))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in place.rglob("*") if path.is_file()}
    assert modes == {0o600}
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    assert stat.S_IMODE(folder.current.stat().st_mode) == 0o600
