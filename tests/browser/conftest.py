"""The real server as a process of its own, and a real browser to visit it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = os.environ.get("QA_REQUIRE_BROWSER") == "1"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 180


def missing(what: str) -> NoReturn:
    """Skip, or fail where a browser is demanded."""
    if REQUIRED:
        pytest.fail(f"{what}, and QA_REQUIRE_BROWSER=1 demands it.", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        missing("playwright is not installed (pip install -r requirements-test.txt)")
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("QA_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        except Error as error:
            first_line = str(error).strip().splitlines()[0]
            missing(f"Chromium cannot be started ({first_line}); install it or set QA_CHROMIUM")
        yield chromium
        chromium.close()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped corpus, for the server to read and to add to."""
    place = tmp_path_factory.mktemp("served") / "corpus"
    shutil.copytree(ROOT / "corpus", place, ignore=shutil.ignore_patterns("added"))
    return place


@pytest.fixture(scope="session")
def server(browser: Browser, corpus: Path) -> Iterator[str]:
    """Address of the page over that corpus; without a browser it is not started."""
    home = corpus.parent
    port, log = free_port(), home / "server.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("QA_")},
        "QA_CORPUS": str(corpus),
        "QA_INDEX": str(home / "index"),
        "QA_PORT": str(port),
        "GRADIO_TEMP_DIR": str(home / "uploads"),
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(url):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The server did not start:\n{log.read_text()}", pytrace=False)
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A fresh visitor. Afterwards: no error on the console, and no request to another host."""
    problems: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    visitor = context.new_page()
    visitor.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    visitor.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    visitor.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((f"{server}/", "data:", f"blob:{server}/"))
            else problems.append(f"request to {request.url}")
        ),
    )
    visitor.goto(server)
    yield visitor
    context.close()
    assert problems == []
