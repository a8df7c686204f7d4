"""Twenty readers in four processes asking while the index is rebuilt and taken back ten times."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from torture.conftest import edition, service_of, sound
from torture.test_kills import note

from qa.errors import IndexBusyError
from qa.index.generations import IndexFolder

PROCESSES, THREADS, SWITCHES = 4, 5, 10


def test_no_error_and_no_mixed_answer(nursery, tmp_path):
    index, stop = tmp_path / "index", tmp_path / "stop"
    made = {nursery("build", index, texts=edition(0))["generation"]: 0}
    readers = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("reader.py")), index, stop, str(THREADS)],
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(PROCESSES)
    ]
    try:
        assert [reader.stdout.readline() for reader in readers] == ["ready\n"] * PROCESSES
        for number in range(1, SWITCHES + 1):
            made[nursery("build", index, texts=edition(number))["generation"]] = number
            assert "error" not in nursery("rollback", index)
    finally:
        stop.touch()
        told = [json.loads(reader.communicate()[0]) for reader in readers]
    assert [each["wrong"] for each in told] == [[]] * PROCESSES
    assert all(each["answers"] > 0 for each in told)
    seen = {(generation, found) for each in told for generation, found in each["seen"]}
    assert seen <= {(name, f"Edition{number}") for name, number in made.items()}
    assert len(seen) > 2  # they did see switches
    note(test="readers", answers=sum(each["answers"] for each in told), states=len(seen))
    assert sound(index, {SWITCHES - 1}) == SWITCHES - 1


def test_one_writer_at_a_time_and_the_second_may_wait(nursery, tmp_path):
    index = tmp_path / "index"
    for number in (1, 2):
        nursery("build", index, texts=edition(number))
    with IndexFolder(index).writing():
        done = nursery("build", index, texts=edition(3))
        assert done["kind"] == "IndexBusyError"
        assert "--wait SECONDS" in done["error"]
        done = nursery("rollback", index)
        assert done["kind"] == "IndexBusyError"
        done = nursery("build", index, texts=edition(3), wait=0.2)
        assert "after waiting 0.2 s" in done["error"]
    assert sound(index, {2}) == 2
    held, release = threading.Event(), threading.Event()

    def hold():
        with IndexFolder(index).writing():
            held.set()
            release.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(30)
    threading.Timer(0.3, release.set).start()
    done = nursery("build", index, texts=edition(3), wait=60)
    holder.join()
    assert "error" not in done
    assert sound(index, {3}) == 3


def test_pruning_waits_for_the_writer_too(tmp_path, nursery):
    index = tmp_path / "index"
    nursery("build", index, texts=edition(1))
    with (
        IndexFolder(index).writing(),
        pytest.raises(IndexBusyError, match="Another process is building"),
    ):
        service_of(index).generations.prune()
