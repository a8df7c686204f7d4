"""Adding, removing and rebuilding over the toy index: the set of sources and what is left."""

import os
import random
import shutil
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TEXTS
from toy_encoder import ToyEncoder
from toy_job import service_with_toy_jobs

from qa import Service
from qa.errors import BuildError, IndexBusyError, InputError
from qa.index.generations import IndexFolder


@pytest.fixture
def service(settings):
    """A service whose corpus folder holds three files; nothing is built yet."""
    settings.corpus.mkdir()
    for name, text in TEXTS:
        (settings.corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    return service_with_toy_jobs(settings)


def sources(service):
    return sorted(line.source for line in service.documents())


CORPUS = ["refunds.txt", "shipping.txt", "warranty.txt"]


def test_with_nothing_given_the_same_set_is_built_again(service, tmp_path):
    service.rebuild()
    assert sources(service) == CORPUS
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.txt").write_text("Marmots sleep all winter.", encoding="utf-8")
    service.rebuild([notes], texts=[("tea", "Tea is grown on hills.")])
    assert sources(service) == ["a.txt", "tea"]
    (notes / "b.txt").write_text("Otters swim well.", encoding="utf-8")
    report = service.rebuild()
    assert sources(service) == ["a.txt", "b.txt", "tea"]
    assert report.changes.added.names == ("b.txt",)
    assert service.status().built_from == (str(notes), 'text "tea"')


def test_what_changed_is_told_by_name(service, settings):
    service.rebuild()
    (settings.corpus / "refunds.txt").write_text("No refunds at all.", encoding="utf-8")
    (settings.corpus / "shipping.txt").unlink()
    (settings.corpus / "hours.txt").write_text("We open at nine.", encoding="utf-8")
    report = service.rebuild()
    changes = report.changes
    assert changes.added.names == ("hours.txt",)
    assert changes.changed.names == ("refunds.txt",)
    assert changes.removed.names == ("shipping.txt",)
    assert changes.unchanged.names == ("warranty.txt",)
    assert report.extracted == 2
    again = service.rebuild()
    assert (again.extracted, again.embedded, again.changes.unchanged.count) == (0, 0, 3)


def test_a_moved_or_copied_file_is_not_read_again(service, settings):
    service.rebuild()
    (settings.corpus / "deep").mkdir()
    (settings.corpus / "refunds.txt").rename(settings.corpus / "deep" / "money back.txt")
    report = service.rebuild()
    assert report.extracted == 0
    assert report.changes.added.names == ("deep/money back.txt",)
    titles = {line.source: line.title for line in service.documents()}
    assert titles["deep/money back.txt"] == "money back"


def test_a_file_and_a_folder_are_added_as_they_lie(service, settings, tmp_path):
    service.rebuild()
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.txt").write_text("Marmots sleep all winter.", encoding="utf-8")
    single = tmp_path / "single.txt"
    single.write_text("Otters swim well.", encoding="utf-8")
    assert service.add([notes, single]).changes.added.names == ("a.txt", "single.txt")
    assert not (settings.corpus / "added").exists()
    again = service.add(single)
    assert again.changes.added.count == again.changes.changed.count == again.extracted == 0
    single.write_text("Otters swim very well.", encoding="utf-8")
    assert service.rebuild().changes.changed.names == ("single.txt",)
    single.unlink()
    assert service.rebuild().changes.removed.names == ("single.txt",)


def test_a_text_is_a_file_of_its_name_that_can_be_edited_and_deleted(service, settings):
    service.rebuild()
    service.add(texts=[("Fees", "The fee is ten euros.")])
    path = settings.corpus / "added" / "Fees.txt"
    assert path.read_text(encoding="utf-8") == "The fee is ten euros."
    same = service.add(texts=[("Fees", "The fee is ten euros.")])
    assert same.changes.added.count == same.changes.changed.count == 0
    with pytest.raises(InputError, match=r"already another text called 'Fees'.*--replace"):
        service.add(texts=[("Fees", "The fee is twelve euros.")])
    changed = service.add(texts=[("Fees", "The fee is twelve euros.")], replace=True)
    assert changed.changes.changed.names == ("added/Fees.txt",)
    assert [file.name for file in path.parent.iterdir()] == ["Fees.txt"]
    assert service.ask("fee euros").hits[0].passage.text == "The fee is twelve euros."
    assert service.remove("Fees").changes.removed.names == ("added/Fees.txt",)
    assert list(path.parent.iterdir()) == []
    assert sources(service) == CORPUS


def test_texts_are_added_to_the_inbox_whatever_the_index_is_built_from(service, settings):
    service.rebuild(texts=[("tea", "Tea is grown on hills.")])
    service.add(texts=[("coffee", "Coffee is roasted."), "A text without a name."])
    inbox = settings.corpus / "added"
    assert {path.name for path in inbox.iterdir()} == {"coffee.txt", "pasted text.txt"}
    assert sources(service) == ["coffee.txt", "pasted text.txt", "tea"]
    service.add(texts=[("coffee", "Coffee is ground.")], replace=True)
    assert service.ask("coffee ground").hits[0].passage.text == "Coffee is ground."
    with pytest.raises(InputError, match=r"already another text called 'tea'.*--replace"):
        service.add(texts=[("tea", "Tea is green.")])
    service.add(texts=[("tea", "Tea is green.")], replace=True)
    assert sources(service) == ["coffee.txt", "pasted text.txt", "tea.txt"]
    service.remove(["tea", "pasted text"])
    assert sources(service) == ["coffee.txt"]
    assert {path.name for path in inbox.iterdir()} == {"coffee.txt"}


def test_a_file_of_yours_is_left_out_but_not_deleted(service, settings):
    service.rebuild()
    service.remove("refunds")
    assert (settings.corpus / "refunds.txt").exists()
    assert sources(service) == CORPUS[1:]
    service.rebuild()
    assert sources(service) == CORPUS[1:]
    assert service.status().built_from[1] == f"without {settings.corpus / 'refunds.txt'}"
    service.add(settings.corpus / "refunds.txt")
    assert sources(service) == CORPUS
    service.remove("warranty.txt")
    service.rebuild(settings.corpus)  # a new set, given by name, is all of it
    assert sources(service) == CORPUS


def test_a_folder_is_removed_by_its_path(service, tmp_path):
    service.rebuild()
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.txt").write_text("Marmots sleep all winter.", encoding="utf-8")
    service.add(notes)
    shutil.rmtree(notes)
    with pytest.raises(InputError, match=r"notes, which the index is built from, is not there"):
        service.rebuild()
    service.remove(notes)
    assert sources(service) == CORPUS


def test_names_that_cannot_be_meant(service, settings):
    (settings.corpus / "old").mkdir()
    (settings.corpus / "old" / "refunds.txt").write_text("Old rules.", encoding="utf-8")
    service.rebuild()
    with pytest.raises(InputError, match=r"no source called 'refund\.txt'.*'refunds\.txt'"):
        service.remove("refund.txt")
    with pytest.raises(InputError, match=r"several sources \(old/refunds\.txt, refunds\.txt\)"):
        service.remove("refunds")
    with pytest.raises(InputError, match="nothing to remove"):
        service.remove([])
    with pytest.raises(InputError, match="nothing to add"):
        service.add()
    with pytest.raises(InputError, match="There is no file or folder"):
        service.add("no such file.txt")
    with pytest.raises(InputError, match="The text is empty"):
        service.add(texts=[("x", " ")])


def test_a_build_that_fails_changes_nothing(service, settings):
    service.rebuild()
    service.add(texts=[("Fees", "The fee is ten euros.")])
    before = {path: path.read_bytes() for path in settings.corpus.rglob("*") if path.is_file()}
    with IndexFolder(settings.index).writing():
        for change in (
            lambda: service.add(texts=[("New", "A new text.")]),
            lambda: service.add(texts=[("Fees", "Twelve.")], replace=True),
            lambda: service.remove("Fees"),
        ):
            with pytest.raises(IndexBusyError):
                change()
    after = {path: path.read_bytes() for path in settings.corpus.rglob("*") if path.is_file()}
    assert after == before
    with pytest.raises(BuildError, match="no readable text"):
        service.remove(settings.corpus)
    assert len(service.sources.current().paths) == 1


def test_what_was_saved_for_the_next_build_is_read_by_another_process(service, settings, tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.txt").write_text("Marmots sleep all winter.", encoding="utf-8")
    service.rebuild(notes)
    service.sources.add_text("tea", "Tea is grown on hills.")
    restarted = service_with_toy_jobs(settings)
    restarted.rebuild()
    assert sources(restarted) == ["a.txt", "tea.txt"]
    restarted.rebuild()
    assert sources(restarted) == ["a.txt", "tea.txt"]
    restarted.rebuild(notes)
    restarted.rebuild()
    assert sources(restarted) == ["a.txt"]  # nothing waits any more: a set given by name is all


def test_what_cannot_be_read_in_the_inbox_is_reported_once(service, settings, tmp_path):
    program = tmp_path / "tool.exe"
    program.write_bytes(b"\x7fELF\0\0\0\1")
    service.sources.add_file(program)
    (settings.corpus / "own.exe").write_bytes(b"\x7fELF\0\0\0\1")
    report = service.sources.start_build().run()
    reasons = {skipped.source: skipped.reason for skipped in report.skipped}
    assert reasons["added/tool.exe"].endswith("It is moved to added/.unread.")
    assert "moved" not in reasons["own.exe"]
    again = service.sources.start_build().run()
    assert [skipped.source for skipped in again.skipped] == ["own.exe"]
    assert (settings.corpus / "added" / ".unread" / "tool.exe").exists()


def test_the_set_survives_a_damaged_index(service, tmp_path, settings):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.txt").write_text("Marmots sleep all winter.", encoding="utf-8")
    service.rebuild(notes)
    service.rebuild()
    folder = IndexFolder(settings.index)
    (folder.path(folder.live()) / "catalog.sqlite").write_bytes(b"damaged")
    service.rebuild()
    assert sources(service) == ["a.txt"]


def test_the_same_text_in_several_files_is_told_and_every_place_listed(service, settings):
    copies = 40  # more than the ranking looks into
    for number in range(copies):
        text = TEXTS[2][1] if number % 2 else TEXTS[2][1].replace(" ", "  ").upper()
        (settings.corpus / f"copy {number:02}.txt").write_text(text, encoding="utf-8")
    report = service.rebuild()
    assert sorted(same.count for same in report.same) == [copies // 2, copies // 2 + 1]
    lines = {line.source: line for line in service.documents()}
    assert len(lines["warranty.txt"].same_as) == copies // 2
    assert "copy 01.txt" in lines["warranty.txt"].same_as
    assert lines["refunds.txt"].same_as == ()
    hits = service.ask("kettle warranty years", top_k=3).hits
    assert len(hits) == 3
    assert len(hits[0].duplicates) == copies
    assert len({place.id for place in (hits[0].passage, *hits[0].duplicates)}) == copies + 1


def test_globs_belong_to_the_set(service, settings):
    service.rebuild(settings.corpus, exclude="ship*")
    assert sources(service) == ["refunds.txt", "warranty.txt"]
    service.add(texts=[("tea", "Tea is grown on hills.")])
    service.rebuild()
    assert sources(service) == ["added/tea.txt", "refunds.txt", "warranty.txt"]
    assert service.status().built_from == (str(settings.corpus), "no files like ship*")


def test_a_glob_that_is_not_given_stays_as_it_was_recorded(service, settings):
    (settings.corpus / "prices.csv").write_text("tea,2\nmilk,3\n", encoding="utf-8")
    service.rebuild(settings.corpus, include="*.txt")
    service.rebuild(exclude="ship*")
    assert sources(service) == ["refunds.txt", "warranty.txt"]
    service_with_toy_jobs(replace(settings, exclude="refund*")).rebuild()  # as the shell does
    assert sources(service) == ["shipping.txt", "warranty.txt"]
    service.rebuild(include="")
    assert sources(service) == ["prices.csv", "shipping.txt", "warranty.txt"]


def at_once(*changes):
    """Run the changes in threads that begin together."""
    begin = threading.Barrier(len(changes))
    problems = []

    def run(change):
        begin.wait()
        try:
            change()
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=run, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_two_that_add_at_once_lose_nothing(service, settings, tmp_path):
    service.rebuild()
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Otter {name} swims.", encoding="utf-8")
    waiting = replace(settings, wait=120)
    at_once(
        lambda: service_with_toy_jobs(waiting).add(tmp_path / "one.txt"),
        lambda: service_with_toy_jobs(waiting).add(tmp_path / "two.txt"),
        lambda: service_with_toy_jobs(waiting).rebuild(),
    )
    assert sources(service) == sorted([*CORPUS, "one.txt", "two.txt"])


class FailingJob:
    """A build that fails when something else has been done `meanwhile`."""

    meanwhile = staticmethod(lambda: None)

    def __init__(self, change, settings):
        pass

    def run(self, progress=None):
        self.meanwhile()
        raise BuildError("The build failed.")

    def cancel(self):
        raise NotImplementedError


@pytest.mark.parametrize(
    ("change", "saved", "left"),
    [
        (lambda one: one.add(texts=[("New", "We open.")]), ("New", "We open."), {"We open."}),
        (lambda one: one.add(texts=[("New", "We open.")]), ("New", "We shut."), {"We shut."}),
        (
            lambda one: one.add(texts=[("Fees", "Twelve.")], replace=True),
            ("Fees", "Twelve."),
            {"Twelve."},
        ),
        (lambda one: one.remove("Fees"), ("Fees", "Twelve."), {"Twelve."}),
        (lambda one: one.remove("Fees"), ("Fees", "Ten."), set()),
    ],
)
def test_a_change_that_fails_takes_back_nothing_that_others_saved(
    service, settings, monkeypatch, change, saved, left
):
    service.rebuild()
    service.add(texts=[("Fees", "Ten.")])
    monkeypatch.setattr(FailingJob, "meanwhile", lambda _: service.sources.add_text(*saved))
    with pytest.raises(BuildError, match="The build failed"):
        change(Service(settings, encoder=ToyEncoder(), new_job=FailingJob))
    texts = {path.read_text("utf-8") for path in (settings.corpus / "added").glob("[!.]*")}
    assert texts == {"Ten."} | left
    assert service.rebuild().documents == len(CORPUS) + 1 + len(left)


def test_no_change_comes_between_a_build_and_its_sources(service, settings, monkeypatch):
    service.rebuild()
    service.add(texts=[("Fees", "Ten.")])
    refused = []

    def meanwhile(_):
        for change in (
            lambda: service.remove("Fees"),
            lambda: service.add(texts=[("Fees", "Twelve.")], replace=True),
            service.generations.prune,
            service.generations.purge,
        ):
            with pytest.raises(IndexBusyError, match="Another process is building"):
                change()
            assert (settings.corpus / "added" / "Fees.txt").read_text("utf-8") == "Ten."
            refused.append(change)

    monkeypatch.setattr(FailingJob, "meanwhile", meanwhile)
    building = Service(settings, encoder=ToyEncoder(), new_job=FailingJob)
    with pytest.raises(BuildError, match="The build failed"):
        building.rebuild()
    assert len(refused) == 4


@pytest.mark.parametrize("seed", range(4))
def test_random_changes_at_once_end_as_if_made_one_after_the_other(
    service, settings, tmp_path, seed
):
    """Each of four writers adds and removes files of its own, so that any order of all the steps
    ends with the same set: those that it did not remove again."""
    service.rebuild()
    waiting = replace(settings, wait=120)
    expected = set(CORPUS)

    def writer(number):
        random_of_one = random.Random(100 * seed + number)
        mine = []
        steps = []
        for step in range(3):
            if mine and random_of_one.random() < 0.4:
                gone = mine.pop(random_of_one.randrange(len(mine)))
                steps.append(lambda gone=gone: service_with_toy_jobs(waiting).remove(gone))
            elif random_of_one.random() < 0.5:
                name = f"text {number} {step}"
                mine.append(f"added/{name}.txt")
                text = (name, f"Otter {number} swims {step} miles.")
                steps.append(lambda text=text: service_with_toy_jobs(waiting).add(texts=[text]))
            else:
                path = tmp_path / f"file {number} {step}.txt"
                path.write_text(f"Marmot {number} sleeps {step} months.", encoding="utf-8")
                mine.append(path.name)
                steps.append(lambda path=path: service_with_toy_jobs(waiting).add(path))
        expected.update(mine)
        return lambda: [step() for step in steps]

    at_once(*[writer(number) for number in range(4)])
    assert set(sources(service)) == expected
    assert {Path(name).name for name in expected if name.startswith("added/")} == {
        path.name for path in (settings.corpus / "added").glob("[!.]*")
    }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_folder_below_a_name_that_is_no_utf8_is_read_and_removed(service, tmp_path):
    service.rebuild()
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9/menus"))
    folder.mkdir(parents=True)
    (folder / "menu.txt").write_text("Soup costs four euros.", encoding="utf-8")
    service.add(folder)
    assert sources(service) == sorted([*CORPUS, "menu.txt"])
    assert folder in service.sources.current().paths
    service.remove("menu.txt")
    assert sources(service) == CORPUS
    assert folder / "menu.txt" in service.sources.current().left_out
