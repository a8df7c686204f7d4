"""A nursery of builds that can be killed, and what must hold whatever happened to them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.index.generations import IndexFolder

collect_ignore = ["nursery.py", "reader.py", "writer.py"]  # programs of their own

KILLS = int(os.environ.get("QA_TORTURE", "12"))
"""How many random instants builds are killed at."""

KNOWN = {"CURRENT", "generations", "encoders", "cache", "pinned.jsonl"}
KNOWN |= {".lock", ".changes.lock", ".pinned.lock"}


def edition(number, texts=6):
    """Texts of which every sentence names its edition, so that a mixed index shows."""
    return [
        (
            f"text {n}",
            f"Edition{number} topic{n} is about kettles. Edition{number} warranty lasts {n} years. "
            * 3,
        )
        for n in range(texts)
    ]


class Nursery:
    """Talks with nursery.py."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def __call__(self, job, index, **details):
        self._process.stdin.write(json.dumps({"job": job, "index": str(index), **details}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture(scope="session")
def nursery():
    if sys.platform == "win32":
        pytest.skip("forks")
    made = Nursery()
    yield made
    made.close()


def service_of(index):
    settings = Settings(index=index, corpus=index / "nowhere", passage_tokens=40)
    return Service(settings, encoder=ToyEncoder())


def sound(index, allowed):
    """The index opens, is proven, and answers with one edition of `allowed`; which."""
    service = service_of(index)
    assert service.generations.verify() == []
    answer = service.ask("kettles warranty years", top_k=10)
    found = {hit.passage.text.split()[0] for hit in answer.hits}
    assert len(found) == 1, found
    number = int(found.pop().removeprefix("Edition"))
    assert number in allowed
    assert {hit.citation.generation for hit in answer.hits} == {answer.generation}
    return number


def spotless(index):
    """After a prune nothing lies in the index that does not belong there."""
    service_of(index).generations.prune(1)
    folder = IndexFolder(index)
    assert folder.litter() == []
    assert {path.name for path in index.iterdir()} <= KNOWN
    assert [path.name for path in folder.generations.iterdir()] == [folder.live()]
