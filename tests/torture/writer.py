"""One of several writers of an index: changes it at random, and prints what must hold afterwards.

Arguments: folder of the index, folder of documents, number of this writer, steps. It adds, replaces
and removes texts as the shell does, adds texts as the page does, some under a name that every
writer gives, pins and unpins questions and judges answers. A change that was refused, because
another writer was busy, has changed nothing.
"""

import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from toy_job import service_with_toy_jobs  # noqa: E402

from qa import Settings  # noqa: E402
from qa.building.running_builds import RunningBuilds, SourcesToAdd  # noqa: E402
from qa.errors import IndexBusyError  # noqa: E402

index, corpus, number, steps = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])
chance = random.Random(number)
texts, pins, verdicts, done = {}, set(), set(), Counter()


def service(wait):
    return service_with_toy_jobs(
        Settings(index=index, corpus=corpus, passage_tokens=40, wait=wait, language="en")
    )


def add(at):
    texts[f"own {number} {at}"] = f"Otter {number} swims {at} miles."
    patient.add(texts=[(f"own {number} {at}", texts[f"own {number} {at}"])])


def add_if_free(at):
    name, text = f"hasty {number} {at}", f"Marmot {number} hurries {at} miles."
    hasty.add(texts=[(name, text)])
    texts[name] = text


def replace(at):
    name = chance.choice(sorted(texts))
    text = f"Badger {number} digs {at} miles."
    patient.add(texts=[(name, text)], replace=True)
    texts[name] = text


def remove(at):
    name = chance.choice(sorted(texts))
    hasty.remove(f"added/{name}.txt")
    del texts[name]


def page(at):
    text = f"Visitor {number} says {at}."
    builds.start(SourcesToAdd("same name", text))
    shared.append(text)
    while builds.running:
        time.sleep(0.01)


def pin(at):
    patient.pins.add(f"What is {number} at {at}?", ["miles"])
    pins.add(f"What is {number} at {at}?")


def unpin(at):
    question = chance.choice(sorted(pins))
    patient.pins.remove(question)
    pins.discard(question)


def judge(at):
    patient.feedback.judge(f"Who is {number} at {at}?", "up")
    verdicts.add(f"Who is {number} at {at}?")


patient, hasty, shared = service(120), service(0), []
builds = RunningBuilds(service(0).sources)
print("ready", flush=True)
sys.stdin.readline()
for at in range(steps):
    able = [add, add_if_free, page, pin, judge, *([replace, remove] if texts else [])]
    change = chance.choice([*able, *([unpin] if pins else [])])
    try:
        change(at)
        done[change.__name__] += 1
    except IndexBusyError:
        done[f"{change.__name__} refused"] += 1
told = {"texts": texts, "shared": shared, "pins": sorted(pins), "verdicts": sorted(verdicts)}
print(json.dumps({**told, "done": done}))
