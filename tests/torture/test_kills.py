"""Builds and switches killed at any instant: the old index or the new one, never anything else."""

import json
import os
import random
import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from torture.conftest import KILLS, edition, sound, spotless

from qa import Service
from qa.errors import BuildCancelled
from qa.index.generations import IndexFolder

ALL_STEPS = 100
"""With so many kills every step of a switch is tried, else every third."""
SEED = int(os.environ.get("QA_TORTURE_SEED", "1"))


def note(**facts):
    """Adds a line to the file that QA_TORTURE_LOG names, if it does."""
    if path := os.environ.get("QA_TORTURE_LOG"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts) + "\n")


def test_builds_killed_at_random_instants(nursery, tmp_path):
    index = tmp_path / "index"
    number = 1
    began = time.monotonic()
    assert nursery("build", index, texts=edition(number))["status"] == 0
    lasts = time.monotonic() - began
    instants = random.Random(SEED)
    outcomes = {"old": 0, "new": 0, "finished": 0}
    for _ in range(KILLS):
        began = time.monotonic()
        done = nursery(
            "build",
            index,
            texts=edition(number + 1),
            kill_after=instants.uniform(0.0, 1.1 * lasts),
        )
        found = sound(index, {number, number + 1})
        finished = done["status"] == 0
        assert done["status"] in (0, -9)
        assert found == number + 1 or not finished
        outcomes["finished" if finished else "new" if found > number else "old"] += 1
        number += 2
        began = time.monotonic()
        again = nursery("build", index, texts=edition(number))
        lasts = 0.8 * lasts + 0.2 * (time.monotonic() - began)
        assert again["status"] == 0
        assert "error" not in again, again
        assert sound(index, {number}) == number
        spotless(index)
    note(test="random instants", kills=KILLS, build_seconds=round(lasts, 3), **outcomes)
    assert outcomes["old"] > 0


@pytest.mark.model
def test_real_builds_killed_at_random_instants(real_settings, tmp_path):
    """The build process itself, with the real model, stopped from outside."""
    settings = replace(real_settings, index=tmp_path / "index")
    shutil.copytree(real_settings.index, settings.index)
    service = Service(settings)
    texts = [("moon", "The moon is a harsh mistress.")]
    instants = random.Random(SEED)
    outcomes = {"stopped": 0, "finished": 0}
    for number in range(max(1, KILLS // 20)):
        before = service.status().generation
        job = service.sources.start_build(
            settings.corpus, texts=[*texts, ("count", f"This is kill number {number}.")]
        )
        timer = threading.Timer(instants.uniform(0.0, 6.0), job.cancel)
        timer.start()
        try:
            job.run()
            outcomes["finished"] += 1
        except BuildCancelled:
            outcomes["stopped"] += 1
        timer.cancel()
        assert service.status().problem is None
        assert service.ask("What is a KPO?").text is not None
        if service.status().generation != before:
            assert service.generations.verify() == []
    service.rebuild(texts=texts)
    assert service.ask("What is the moon?").text == texts[0][1]
    spotless(settings.index)
    assert service.generations.verify() == []
    note(test="real builds", **outcomes)


@pytest.mark.parametrize("job", ["build", "rollback"])
def test_a_kill_at_every_step_of_the_switch(nursery, tmp_path, job):
    index = tmp_path / "index"
    for number in (1, 2, 3, 4):  # so that the build also removes an old generation
        assert nursery("build", index, texts=edition(number))["status"] == 0
    outcomes = {"old": 0, "new": 0}
    step, number = 0, 4
    while True:
        step += 1 if KILLS >= ALL_STEPS else 3
        before, after = (number, number + 1) if job == "build" else (number, number - 1)
        done = nursery(job, index, texts=edition(after), kill_at=step)
        found = sound(index, {before, after})
        if done["status"] == 0:
            assert "error" not in done, done
            assert found == after
            break
        assert done["status"] == -9
        outcomes["old" if found == before else "new"] += 1
        number += 2 if job == "build" else 1
        again = nursery("build", index, texts=edition(number))
        assert again["status"] == 0
        assert "error" not in again, again
        assert sound(index, {number}) == number
        assert IndexFolder(index).litter() == []
    note(test=f"every step of a {job}", steps=sum(outcomes.values()), **outcomes)
    assert sum(outcomes.values()) > (10 if job == "build" else 1)
    assert min(outcomes.values()) > 0
    assert nursery("build", index, texts=edition(number + 2))["status"] == 0
    spotless(index)
