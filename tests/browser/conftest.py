"""The real server as a process of its own, and a real browser to visit it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from library import write_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

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
    """The shipped corpus and a small library of several formats, to read and to add to."""
    place = tmp_path_factory.mktemp("served") / "corpus"
    shutil.copytree(ROOT / "corpus", place, ignore=shutil.ignore_patterns("added"))
    write_library(place)
    return place


@contextmanager
def serving(corpus: Path, **settings: str) -> Iterator[str]:
    """Address of a page over `corpus`, in a process of its own; its index lies beside it."""
    home = corpus.parent
    port = free_port()
    log = home / f"server-{port}.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("QA_")},
        "QA_CORPUS": str(corpus),
        "QA_INDEX": str(home / "index"),
        "QA_PORT": str(port),
        "GRADIO_TEMP_DIR": str(home / "uploads"),
        # All tests visit from one address, faster than people do; tests/web tests the limits.
        "QA_QUESTIONS_PER_MINUTE": "0",
        "QA_UPLOADS_PER_MINUTE": "0",
        "QA_VERDICTS_PER_MINUTE": "0",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        **settings,
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


@pytest.fixture(scope="session")
def server(browser: Browser, corpus: Path) -> Iterator[str]:
    """Address of the page over the corpus; without a browser it is not started."""
    with serving(corpus) as url:
        yield url


def is_problem(message: ConsoleMessage) -> bool:
    """Whether the console tells an error, other than Gradio's of a stream that was left open."""
    left_open = "AbortError" in message.text or "errored out" in message.text
    return message.type == "error" and not left_open


@contextmanager
def visiting(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """A fresh visitor. Afterwards: no error on the console, and no request to another host."""
    from playwright.sync_api import TimeoutError as PageTimeout

    problems: list[str] = []
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(20_000)
    visitor = context.new_page()
    visitor.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    visitor.on(
        "console",
        lambda message: problems.append(message.text) if is_problem(message) else None,
    )
    visitor.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((f"{url}/", "data:", f"blob:{url}/"))
            else problems.append(f"request to {request.url}")
        ),
    )
    # Gradio tells the console when a visitor leaves before what the page asked has come. Now and
    # then its stream of events stays open although all have come: then the page is used as it is.
    visitor.goto(url, wait_until="load", timeout=90_000)
    with suppress(PageTimeout):
        visitor.wait_for_load_state("networkidle", timeout=15_000)
    yield visitor
    if place := os.environ.get("QA_SCREENSHOTS"):
        name = re.sub(r"\W+", "-", os.environ["PYTEST_CURRENT_TEST"].split("::")[-1])
        visitor.screenshot(path=Path(place) / f"{name}.png")
    context.close()
    assert problems == []


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A visitor of that page."""
    with visiting(browser, server) as visitor:
        yield visitor


@pytest.fixture
def visit(browser: Browser) -> Callable[..., AbstractContextManager[Page]]:
    """Opens a visitor of an address, with Playwright's options for a context."""
    return partial(visiting, browser)


@pytest.fixture(scope="session")
def serve(browser: Browser) -> Callable[..., AbstractContextManager[str]]:
    """Serves a corpus with settings of its own."""
    return serving
