"""A build killed in the middle: what it embedded and extracted is not lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import build_toy

from qa.index.generations import IndexFolder

TESTS = Path(__file__).resolve().parents[1]
FILES = 200
TEXTS = 4 * FILES

BUILD = """
import sys, time
from pathlib import Path
from conftest import build_toy
from qa import Settings
from qa.building import embedder as embedding

embedding.TEXTS_AT_ONCE, embedding.KEPT_AT_ONCE = 50, 20

def tell(step):
    print(step.stage, step.done, flush=True)
    if step.stage == "embed":
        time.sleep(0.002)

settings = Settings(corpus=Path(sys.argv[1]), index=Path(sys.argv[2]), passage_tokens=40)
build_toy(settings, [], [settings.corpus], progress=tell)
"""


def kill_at(stage, done, settings):
    """Run the build in a process of its own and kill it when it has come so far."""
    with subprocess.Popen(
        [sys.executable, "-c", BUILD, str(settings.corpus), str(settings.index)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])},
    ) as process:
        for line in process.stdout:
            name, count = line.split()
            if name == stage and int(count) >= done:
                process.send_signal(signal.SIGKILL)
                break
        process.stdout.read()
    assert process.returncode == -signal.SIGKILL


@pytest.fixture
def corpus(settings):
    """Files of two sentences each: four texts to embed for each."""
    settings.corpus.mkdir()
    for number in range(FILES):
        text = f"Animal number{number} sleeps. Plant number{number} grows."
        (settings.corpus / f"file{number}.txt").write_text(text, encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("share", [0.2, 0.8])
def test_the_next_build_goes_on_from_the_cache(settings, corpus, share):
    first = build_toy(settings, [("other", "A text of its own.")])
    kill_at("embed", share * TEXTS, settings)
    assert IndexFolder(settings.index).live() == first.generation
    report = build_toy(settings, [], [settings.corpus])
    whole = report.embedded + report.reused
    assert report.extracted == 0  # each file had been read
    assert report.reused >= share * whole - 20 - 50
    assert report.embedded >= (1 - share) * whole - 50
    assert build_toy(settings, [], [settings.corpus]).embedded == 0
