"""How much memory the web server needs.

    python benchmarks/server_memory.py [--questions N]

Starts app.py on a free port with an index of the shipped corpus, asks questions in the way in
which the page in a browser asks them (Gradio's queue), and reads the server's resident memory.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from common import QUESTIONS, ROOT, machine

START_SECONDS = 180


class Page:
    """The page's own requests: the event that goes from the question to the answer card."""

    def __init__(self, address: str) -> None:
        self.address = address
        config = json.loads(self._get("/config"))
        ids = {c["props"].get("elem_id"): c["id"] for c in config["components"]}
        wanted = ([ids["qa-question"]], [ids["qa-answer"]])
        events = config["dependencies"]
        self.event = next(e["id"] for e in events if (e["inputs"], e["outputs"]) == wanted)
        self.prefix = config.get("api_prefix", "")
        self.session = uuid.uuid4().hex[:12]

    def ask(self, question: str) -> str:
        """The answer card, as HTML. Raises RuntimeError where the server refuses."""
        body: dict[str, Any] = {
            "data": [question],
            "fn_index": self.event,
            "session_hash": self.session,
        }
        self._get(f"{self.prefix}/queue/join", json.dumps(body).encode())
        stream = self._get(f"{self.prefix}/queue/data?session_hash={self.session}")
        for line in stream.splitlines():
            message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if message.get("msg") == "process_completed" and message["success"]:
                return str(message["output"]["data"][0])
        raise RuntimeError(f"No answer came to {question!r}: {stream[-300:]}")

    def _get(self, path: str, body: bytes | None = None) -> str:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, body, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return str(answer.read().decode())


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def opened(address: str, server: subprocess.Popen[bytes]) -> Page:
    """The page once it is served. Raises RuntimeError where it does not come."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            return Page(address)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError("The page was not served; run python app.py to see why.")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=100)
    given = parser.parse_args()
    print(machine())
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        port = free_port()
        settings = {"QA_INDEX": place, "QA_CORPUS": str(ROOT / "corpus"), "QA_PORT": str(port)}
        command = [sys.executable, str(Path(ROOT, "app.py"))]
        with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}) as server:
            try:
                page = opened(f"http://127.0.0.1:{port}", server)
                memory = psutil.Process(server.pid)
                before = memory.memory_info().rss / 1e6
                began = time.perf_counter()
                for question in islice(cycle(QUESTIONS), given.questions):
                    if "characters" not in page.ask(question):
                        raise RuntimeError(f"The page told nothing about {question!r}.")
                each = 1000 * (time.perf_counter() - began) / given.questions
                after = memory.memory_info().rss / 1e6
            finally:
                server.terminate()
        print(
            f"server: {before:.0f} MB resident when served, {after:.0f} MB after "
            f"{given.questions} questions through the page ({each:.1f} ms each)"
        )


if __name__ == "__main__":
    main()
