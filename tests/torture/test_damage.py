"""Truncated, bit-flipped and swapped files: refused by name, never answered from."""

import random
import shutil

import pytest
from conftest import build_toy
from torture.conftest import KILLS, edition, service_of
from toy_encoder import ToyEncoder

from qa import Retriever, Settings
from qa.errors import IndexDamagedError, QAError
from qa.index.generations import IndexFolder

DAMAGES = ["emptied", "truncated", "longer", "flipped", "swapped", "missing"]


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """An index with two generations; the first is only a source of wrong files."""
    index = tmp_path_factory.mktemp("original") / "index"
    settings = Settings(index=index, corpus=index / "nowhere", passage_tokens=40)
    for number in (1, 2):
        build_toy(settings, edition(number))
    return index


@pytest.fixture
def damaged(original, tmp_path):
    """A copy to spoil: (folder, live generation's folder, the other's folder)."""
    index = tmp_path / "index"
    shutil.copytree(original, index)
    folder = IndexFolder(index)
    other, live = folder.names()
    return folder, folder.path(live), folder.path(other)


def names_in(index):
    folder = IndexFolder(index)
    place = folder.path(folder.live())
    return sorted(
        path.relative_to(place).as_posix()
        for path in place.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    )


def spoil(path, damage, other, chance):
    data = path.read_bytes()
    if damage == "emptied":
        path.write_bytes(b"")
    elif damage == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "longer":
        path.write_bytes(data + b"\0")
    elif damage == "flipped":
        at = chance.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
    elif damage == "swapped":
        path.write_bytes(other.read_bytes())
    else:
        path.unlink()


def refused(folder, name):
    """Both ways to open refuse, by name; `verify` finds it."""
    with pytest.raises(QAError) as told:
        Retriever.open(folder.root, encoder=ToyEncoder())
    assert name in str(told.value)
    assert "python -m qa index" in str(told.value)
    problems = service_of(folder.root).generations.verify()
    assert any(name in problem for problem in problems)


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_file_of_a_generation(original, damaged, damage):
    folder, live, other = damaged
    names = names_in(original)
    assert {"catalog.sqlite", "manifest.json", "passages.faiss", "sentences.npy"} <= set(names)
    chance = random.Random(damage)
    for name in names:
        path = live / name
        good = path.read_bytes()
        twin = other / name
        if damage == "swapped" and not twin.is_file():  # the keyword index names its own files
            same_kind = [each for each in other.rglob(f"*{path.suffix}") if each.is_file()]
            twin = next((each for each in same_kind if each.read_bytes() != good), path)
        if damage == "swapped" and twin.read_bytes() == good:
            continue  # the two generations have it in common
        for _ in range(max(3, KILLS // 20) if damage == "flipped" else 1):
            if damage in ("emptied", "truncated") and not good:
                continue
            spoil(path, damage, twin, chance)
            if name != "manifest.json" or damage != "longer":
                refused(folder, name)
            path.write_bytes(good)
    assert service_of(folder.root).generations.verify() == []


@pytest.mark.parametrize("seed", range(5))
def test_the_pointer(damaged, seed):
    folder, _, _ = damaged
    spoil(folder.current, "flipped", folder.current, random.Random(seed))
    with pytest.raises(QAError) as told:
        Retriever.open(folder.root, encoder=ToyEncoder())
    name = folder.current.read_bytes().strip().decode("utf-8", "replace")
    assert "CURRENT" in str(told.value) or name in str(told.value)
    for damage in ("emptied", "missing"):
        spoil(folder.current, damage, folder.current, random.Random(seed))
        with pytest.raises(QAError, match=r"python -m qa index"):
            Retriever.open(folder.root, encoder=ToyEncoder())


def test_a_running_service_answers_on_and_a_rollback_mends(damaged):
    folder, live, other = damaged
    service = service_of(folder.root)
    service.generations.rollback()
    assert service.ask("kettles").generation == other.name
    spoil(live / "catalog.sqlite", "truncated", other, random.Random(1))
    folder.point_to(live.name)
    assert service.ask("kettles").generation == other.name
    with pytest.raises(IndexDamagedError, match=r"catalog\.sqlite"):
        service_of(folder.root).ask("kettles")
    assert service_of(folder.root).generations.history()[1].problem is not None
    fresh = service_of(folder.root)
    fresh.generations.rollback()
    assert fresh.generations.verify() == []
    with pytest.raises(IndexDamagedError, match=r"catalog\.sqlite"):
        fresh.generations.rollback(live.name)
    assert fresh.ask("kettles").generation == other.name


@pytest.mark.parametrize("seed", range(max(6, KILLS // 5)))
def test_a_damaged_cache_never_reaches_an_index(damaged, seed):
    folder, live, _ = damaged
    chance = random.Random(seed)
    data = bytearray(folder.cache.read_bytes())
    for _ in range(20):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    folder.cache.write_bytes(data)
    settings = Settings(index=folder.root, corpus=folder.root / "nowhere", passage_tokens=40)
    built = folder.path(build_toy(settings, edition(2)).generation)
    assert service_of(folder.root).generations.verify() == []
    for name in ("passages.faiss", "sentences.npy", "sentence_scales.npy"):
        assert (built / name).read_bytes() == (live / name).read_bytes()


def test_a_large_file_that_was_swapped_is_found_at_open(damaged, monkeypatch):
    """Large files are not hashed at each open; blocks of them are."""
    monkeypatch.setattr("qa.index.manifest.SMALL_FILE_BYTES", 0)
    folder, live, other = damaged
    for name in ("catalog.sqlite", "passages.faiss", "sentences.npy"):
        path = live / name
        good = path.read_bytes()
        wrong = (other / name).read_bytes()[: len(good)].ljust(len(good), b"\0")
        assert wrong != good
        path.write_bytes(wrong)
        refused(folder, name)
        path.write_bytes(good)
