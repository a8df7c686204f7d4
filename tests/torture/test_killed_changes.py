"""`add`, `remove`, `purge`, `rollback`, `prune`, `pin` killed at every step: nothing half done."""

import random
import shutil
from pathlib import Path

import pytest
from torture.conftest import KILLS, KNOWN
from torture.test_kills import ALL_STEPS, SEED, note
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.index.generations import IndexFolder

STEPS_TRIED = KILLS // 3 if KILLS < ALL_STEPS else None
"""Of each change; None: every step."""

SECRET = "Badgers dig the secret tunnel."
CHANGED = "Marmots replace the secret badger."
KEPT = "corpus"
ALLOWED = {
    "add": ({"secret"}, {"secret", "extra"}),
    "replace": ({"secret"},),
    "remove": ({"secret"}, set()),
    "remove and purge": ({"secret"}, set()),
    "purge": (set(),),
    "back": (set(), {"secret"}),
    "prune": (set(),),
    "pin": (set(),),
    "unpin": (set(),),
}
"""By the change: which added texts the index may hold after a kill, old state and new."""

HELD = {"add", "replace", "remove", "remove and purge"}
"""The changes that begin while the secret text is in the index; the others after it went."""


@pytest.fixture(scope="module")
def places(nursery, tmp_path_factory):
    """Two folders with a corpus and its index: with the secret text in it, and after it went."""
    place = tmp_path_factory.mktemp("changes")
    first = place / "held"
    (first / "corpus" / "added").mkdir(parents=True)
    for number in range(3):
        text = f"Kettle {number} is kept in the corpus for {number} years."
        (first / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")
    assert done(nursery, "index", first) == {"status": 0}
    (first / "corpus" / "added" / "secret.txt").write_text(SECRET, encoding="utf-8")
    assert done(nursery, "index", first) == {"status": 0}
    assert done(nursery, "pin", first) == {"status": 0}
    shutil.copytree(first, place / "gone")
    assert done(nursery, "remove", place / "gone") == {"status": 0}
    return place


def done(nursery, job, place, **given):
    told = nursery(job, place / "index", corpus=str(place / "corpus"), **given)
    return {key: value for key, value in told.items() if key != "steps" or given}


def service_in(place):
    settings = Settings(index=place / "index", corpus=place / "corpus", passage_tokens=40)
    return Service(settings, encoder=ToyEncoder())


def added(place):
    """The added texts that the index holds, after checking all of it."""
    service = service_in(place)
    assert service.generations.verify() == []
    assert service.ask("How many years is the kettle kept?").hits
    names = {Path(line.source).stem for line in service.documents()}
    assert names >= {"0", "1", "2"}
    assert len(service.pins.all()) in (0, 1)
    return names - {"0", "1", "2"}


def in_folder(place):
    return {path.stem for path in (place / "corpus/added").glob("[!.]*.txt")}


@pytest.mark.parametrize("job", ALLOWED)
def test_a_change_killed_at_every_step(nursery, places, tmp_path, job):
    begun = places / ("held" if job in HELD else "gone")
    shutil.copytree(begun, tmp_path / "whole")
    whole = done(nursery, job, tmp_path / "whole", kill_at=0)
    assert (whole["status"], whole.get("error")) == (0, None)
    steps = list(range(1, whole["steps"] + 1))
    if STEPS_TRIED is not None and len(steps) > STEPS_TRIED:
        inner = random.Random(SEED).sample(steps[1:-1], STEPS_TRIED - 2)
        steps = [1, *sorted(inner), steps[-1]]
    held = []
    for step in steps:
        place = tmp_path / f"step {step}"
        shutil.copytree(begun, place)
        assert done(nursery, job, place, kill_at=step)["status"] == -9
        assert added(place) in ALLOWED[job]
        held.append(len(added(place)))
        again(nursery, job, place, whole)
        shutil.rmtree(place)
    note(test=f"every step of {job}", steps=whole["steps"], kills=len(steps), held=held)


def again(nursery, job, place, whole):
    """The next build mends what differs; then the same change can be made, and no litter stays."""
    mended = done(nursery, "index", place)
    assert mended == {"status": 0}
    assert added(place) == in_folder(place)
    texts = {path.read_text(encoding="utf-8") for path in place.glob("corpus/added/[!.]*.txt")}
    assert texts <= {SECRET, CHANGED, "Otters swim in the extra river."}
    if not (job.startswith("remove") and "secret" not in added(place)) and job != "unpin":
        repeated = done(nursery, job, place)
        assert (repeated["status"], repeated.get("error")) == (0, None)
    assert done(nursery, "prune", place) == {"status": 0}
    folder = IndexFolder(place / "index")
    assert folder.litter() == []
    assert {path.name for path in folder.root.iterdir()} <= KNOWN
    assert folder.live() in folder.names()
    assert [path.name for path in place.glob("corpus/added/.*")] == []
    added(place)
