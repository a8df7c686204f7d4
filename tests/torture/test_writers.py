"""Several processes that change one index at once: pages and shells lose nothing of each other."""

import json
import subprocess
import sys
from pathlib import Path

from torture.conftest import KILLS
from torture.test_kills import note
from toy_job import service_with_toy_jobs

from qa import Settings

WRITERS, STEPS = 3, min(KILLS, 40)


def test_writers_in_several_processes_lose_nothing(tmp_path):
    index, corpus = tmp_path / "index", tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "first.txt").write_text("The first text stays.", encoding="utf-8")
    settings = Settings(index=index, corpus=corpus, passage_tokens=40, language="en")
    service = service_with_toy_jobs(settings)
    service.rebuild()
    program = str(Path(__file__).with_name("writer.py"))
    writers = [
        subprocess.Popen(
            [sys.executable, program, index, corpus, str(number), str(STEPS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for number in range(WRITERS)
    ]
    try:
        assert [writer.stdout.readline() for writer in writers] == ["ready\n"] * WRITERS
        for writer in writers:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        told = [json.loads(writer.communicate(timeout=900)[0]) for writer in writers]
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    note(test="writers", done=[each["done"] for each in told])
    service.rebuild()  # reads what a page saved while another writer was busy
    expected = {f"added/{name}.txt": text for each in told for name, text in each["texts"].items()}
    held = {line.source: service.document(line.id).text for line in service.documents()}
    shared = [held.pop(name) for name in list(held) if name.startswith("added/same name")]
    assert held == {**expected, "first.txt": "The first text stays."}
    assert sorted(shared) == sorted(text for each in told for text in each["shared"])
    pinned = sorted(pin.text for pin in service.pins.all())
    assert pinned == sorted(question for each in told for question in each["pins"])
    judged = sorted(judgement.question for judgement in service.feedback.judged())
    assert judged == sorted(question for each in told for question in each["verdicts"])
    assert service.generations.verify() == []
    assert [path.name for path in corpus.glob("added/.*")] == []
