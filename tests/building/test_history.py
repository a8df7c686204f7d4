"""History, rollback and prune over real toy indexes."""

import json

import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder

from qa import Retriever, Service
from qa.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    InputError,
)
from qa.index.generations import FORMAT_VERSION, IndexFolder


@pytest.fixture
def three(settings):
    """A service whose index has three generations; the n-th holds n texts."""
    names = [build_toy(settings, TEXTS[:count]).generation for count in (1, 2, 3)]
    return Service(settings, encoder=ToyEncoder()), names


def test_history_lists_what_each_generation_holds(three):
    service, names = three
    listed = service.generations.history()
    assert [each.name for each in listed] == names
    assert [each.documents for each in listed] == [1, 2, 3]
    assert [each.live for each in listed] == [False, False, True]
    assert all(each.model == "toy" and each.problem is None for each in listed)
    assert all(each.bytes_on_disk > 1000 and each.built_at for each in listed)


def test_rollback_goes_one_back_each_time_and_forward_by_name(three):
    service, names = three
    assert service.ask("kettle").generation == names[2]
    assert service.generations.rollback().name == names[1]
    assert service.ask("kettle").generation == names[1]
    assert service.generations.rollback().name == names[0]
    with pytest.raises(InputError, match="no generation before"):
        service.generations.rollback()
    assert service.generations.rollback(names[2]).live
    assert service.ask("kettle").generation == names[2]
    with pytest.raises(InputError, match="live generation already"):
        service.generations.rollback(names[2])
    with pytest.raises(InputError, match=r"no generation '\.\./x'.*python -m qa history"):
        service.generations.rollback("../x")


def test_a_damaged_generation_is_not_gone_back_to(settings, three):
    service, names = three
    (IndexFolder(settings.index).path(names[1]) / "catalog.sqlite").write_bytes(b"x")
    with pytest.raises(IndexDamagedError, match=r"catalog\.sqlite.*stays"):
        service.generations.rollback()
    assert service.generations.history()[1].problem is not None
    assert service.ask("kettle").generation == names[2]
    assert service.generations.rollback(names[0]).name == names[0]


def test_a_generation_of_another_model_is_not_gone_back_to(settings, three):
    service, names = three
    build_toy(settings, encoder=ToyEncoder("B"))
    with pytest.raises(IndexMismatchError, match="built with toyB"):
        service.ask("kettle")
    assert service.generations.rollback().name == names[2]
    with pytest.raises(IndexMismatchError, match="built with toyB"):
        service.generations.rollback(IndexFolder(settings.index).names()[-1])
    assert service.ask("kettle").generation == names[2]


def test_a_lost_pointer_is_mended_by_a_rollback_by_name(settings, three):
    service, names = three
    (settings.index / "CURRENT").write_text("nonsense", encoding="utf-8")
    service.generations.rollback(names[2])
    assert service.generations.verify() == []


def test_prune_keeps_the_newest_and_the_live_one(settings, three):
    service, names = three
    service.generations.rollback(names[0])
    folder = IndexFolder(settings.index)
    (folder.generations / ".building-x" / "deep").mkdir(parents=True)
    (folder.generations / ".removed-x").mkdir()
    (folder.root / ".CURRENT-0a0b0c0d").write_text("x", encoding="utf-8")
    (folder.encoders / "unused").mkdir(parents=True)
    gone = service.generations.prune(1)
    assert gone.generations == (names[1],)
    assert gone.encoders == ("unused",)
    assert set(gone.litter) == {
        "generations/.building-x",
        "generations/.removed-x",
        ".CURRENT-0a0b0c0d",
    }
    assert folder.names() == [names[0], names[2]]
    assert service.generations.verify() == []
    assert service.generations.prune(1).generations == ()
    with pytest.raises(InputError, match="keep is 0"):
        service.generations.prune(0)


def test_prune_without_an_index(settings):
    with pytest.raises(IndexMissingError):
        Service(settings, encoder=ToyEncoder()).generations.prune()
    assert Service(settings, encoder=ToyEncoder()).generations.history() == []


def test_a_generation_of_another_format_does_not_stop_a_build(settings, three):
    _, names = three
    path = IndexFolder(settings.index).path(names[0]) / "manifest.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**values, "format": 0}), encoding="utf-8")
    report = build_toy(settings)
    assert IndexFolder(settings.index).live() == report.generation
    assert IndexFolder(settings.index).names() == [*names[1:], report.generation]


@pytest.mark.parametrize("version", [FORMAT_VERSION - 1, FORMAT_VERSION + 1])
def test_an_index_of_another_format_is_refused_with_the_remedy(settings, three, version):
    _, names = three
    path = IndexFolder(settings.index).path(names[2]) / "manifest.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**values, "format": version, "news": [1]}), encoding="utf-8")
    with pytest.raises(
        IndexMismatchError,
        match=rf"has format {version}, this program reads format {FORMAT_VERSION}.*-m qa index",
    ):
        Retriever.open(settings.index, encoder=ToyEncoder())
    assert build_toy(settings).documents == 3
    assert Retriever.open(settings.index, encoder=ToyEncoder()).manifest.format == FORMAT_VERSION


def test_a_manifest_that_was_changed_is_refused(settings, three):
    service, names = three
    path = IndexFolder(settings.index).path(names[2]) / "manifest.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"language": "en"', '"language": "de"'), encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"manifest\.json was changed"):
        service.ask("kettle")
