"""Does one job after the other in a forked child, each of which may be killed at any instant.

Standard input: one JSON object a line; standard output: one JSON object a line, `status` being the
exit code or minus the signal. Jobs: "build" makes a toy index of `texts`, "rollback" goes back;
those of CHANGES are methods of a service whose folder of documents is `corpus`, and build in this
process, with the toy encoder.
`kill_after`: seconds until it is killed; `kill_at`: it is killed before the n-th of its steps,
a step being whatever changes a file or flushes one; `fsize`: largest file in bytes.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import faiss  # noqa: E402, F401
import tantivy  # noqa: E402, F401
from toy_encoder import ToyEncoder, toy_pair  # noqa: E402
from toy_job import service_with_toy_jobs  # noqa: E402

import qa.building.inbox  # noqa: E402
from qa import Service, Settings, errors  # noqa: E402
from qa.building.build import build  # noqa: E402
from qa.building.source_set import SourceSet  # noqa: E402
from qa.building.sources import read_sources  # noqa: E402
from qa.index import generations  # noqa: E402

CHANGES = {
    "add": lambda service: service.add(texts=[("extra", "Otters swim in the extra river.")]),
    "replace": lambda service: service.add(
        texts=[("secret", "Marmots replace the secret badger.")], replace=True
    ),
    "remove": lambda service: service.remove("secret"),
    "remove and purge": lambda service: service.remove("secret", purge=True),
    "purge": lambda service: service.generations.purge(),
    "back": lambda service: service.generations.rollback(),
    "prune": lambda service: service.generations.prune(1),
    "pin": lambda service: service.pins.add("Where do otters swim?", ["river"]),
    "unpin": lambda service: service.pins.remove("1"),
    "index": lambda service: service.rebuild(),
}
CHANGING = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR


class Steps:
    """Counts what changes files of `folder`, while `counting`; kills this process before step
    `last`. A path that is relative to an open folder counts."""

    def __init__(self, last: int | None, folder: str) -> None:
        self.count = 0
        self._folder = folder
        self.counting = False
        self._last = last
        sys.addaudithook(self._heard)
        flush = os.fsync

        def fsync(handle: int) -> None:
            self._step()
            flush(handle)

        os.fsync = fsync

    def _heard(self, event: str, details: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(details[2], int) and details[2] & WRITING
        path = os.fsdecode(details[0]) if isinstance(details[0], str | bytes | os.PathLike) else ""
        elsewhere = path.startswith("/") and not path.startswith(self._folder)
        if (event in CHANGING or writes) and not elsewhere:
            self._step()

    def _step(self) -> None:
        if not self.counting:
            return
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def do(job: dict[str, Any], report: int) -> None:
    """The job itself, in the child; tells by `report` what came of it."""
    settings = Settings(
        index=Path(job["index"]),
        corpus=Path(job.get("corpus", "nowhere")),
        passage_tokens=40,
        wait=job.get("wait", 0.0),
    )
    steps = Steps(job.get("kill_at"), str(settings.index.parent))
    if "fsize" in job:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["fsize"], job["fsize"]))
    finish = generations.IndexFolder.finish

    def finish_counted(self: Any, manifest: Any, folder: Path) -> None:
        steps.counting = True
        finish(self, manifest, folder)

    generations.IndexFolder.finish = finish_counted
    told: dict[str, Any] = {}
    try:
        if job["job"] == "build":
            texts = tuple((name, text) for name, text in job["texts"])
            made = build(
                lambda _: read_sources(SourceSet(texts=texts), settings),
                settings,
                lambda _: toy_pair(),
            )
            told["generation"] = made.generation
        elif job["job"] in CHANGES:
            generations.IndexFolder.finish = finish  # type: ignore[method-assign]
            service = service_with_toy_jobs(settings)
            qa.building.inbox.LEFT_AFTER = 0.0
            steps.counting = True
            CHANGES[job["job"]](service)
        else:
            steps.counting = True
            told["generation"] = Service(settings, encoder=ToyEncoder()).generations.rollback().name
    except errors.QAError as error:
        told["error"], told["kind"] = str(error), type(error).__name__
    except Exception as error:
        told["error"], told["kind"] = repr(error), "unexpected"
    told["steps"] = steps.count
    os.write(report, json.dumps(told).encode())


def main() -> None:
    """Fork, watch, kill, report."""
    for line in sys.stdin:
        job = json.loads(line)
        source, report = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(source)
            do(job, report)
            os._exit(0)
        os.close(report)
        if job.get("kill_after") is not None:
            time.sleep(job["kill_after"])
            os.kill(child, signal.SIGKILL)
        told = b""
        while part := os.read(source, 65536):
            told += part
        os.close(source)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        try:
            values = json.loads(told)
        except ValueError:
            values = {}
        print(json.dumps({**values, "status": status}), flush=True)


if __name__ == "__main__":
    main()
