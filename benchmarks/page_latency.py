"""How fast the page feels: from Enter to the answer on the screen, in a real browser.

    python benchmarks/page_latency.py [--runs N] [--url URL]

Serves the shipped corpus (or visits URL), asks in Chromium and stops the clock at the first
frame that is drawn after the answer's card is in the page. Also tells what the first visit
loads, and how long it takes until a question can be typed and until the examples are there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import cycle, islice
from tempfile import TemporaryDirectory

from common import QUESTIONS, ROOT, machine
from playwright.sync_api import Browser, sync_playwright

WARM_UP = 5
START_SECONDS = 180
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

CLOCK = """question => new Promise(done => {
  const card = document.querySelector("#qa-answer");
  let began = 0;
  addEventListener("keydown", event => {
    if (event.key === "Enter") began = performance.now();
  }, { capture: true, once: true });
  const look = () => {
    const asked = card.querySelector(".qa-asked");
    if (asked?.textContent !== question || !began) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  };
  const seen = new MutationObserver(look);
  seen.observe(card, { childList: true, subtree: true, characterData: true });
})"""


@contextmanager
def served() -> Iterator[str]:
    """Address of a page over the shipped corpus, in a process of its own."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        environment = {**os.environ, "QA_INDEX": f"{place}/index", "QA_PORT": str(port)}
        with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment) as process:
            url = f"http://127.0.0.1:{port}"
            try:
                until = time.monotonic() + START_SECONDS
                while not _answers(url):
                    if process.poll() is not None or time.monotonic() > until:
                        sys.exit("The page could not be served; see the lines above.")
                    time.sleep(0.2)
                yield url
            finally:
                process.terminate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def first_visit(browser: Browser, url: str) -> str:
    """What a visitor without a cache loads, and how long that takes."""
    context = browser.new_context()
    page = context.new_page()
    sizes: list[float] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator("#qa-question textarea").wait_for()
    typed = time.perf_counter() - began
    page.locator(".qa-example").first.wait_for()
    ready = time.perf_counter() - began
    page.wait_for_load_state("networkidle")
    context.close()
    return (
        f"first visit: {sum(sizes) / 1e6:.2f} MB in {len(sizes)} responses; "
        f"the question's field after {typed:.2f} s, examples after {ready:.2f} s"
    )


def answers(browser: Browser, url: str, runs: int) -> list[float]:
    """Milliseconds from Enter to the drawn answer, one for each question."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(url)
    field = page.locator("#qa-question textarea")
    page.locator(".qa-example").first.wait_for()
    times = []
    for number, question in enumerate(islice(cycle(QUESTIONS), WARM_UP + runs)):
        field.fill(question)
        page.evaluate(f"question => {{ window.drawn = ({CLOCK})(question); }}", question)
        field.press("Enter")
        taken = float(page.evaluate("window.drawn"))
        if number >= WARM_UP:
            times.append(taken)
    page.close()
    return times


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100, help="questions asked")
    parser.add_argument("--url", help="a page that is served already")
    given = parser.parse_args()
    print(machine())
    chromium = os.environ.get("QA_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with nullcontext(given.url) if given.url else served() as url:
            visits = [first_visit(browser, url) for _ in range(3)]
            times = answers(browser, url, given.runs)
        browser.close()
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    print("\n".join(visits))
    print(
        f"{len(times):,} questions, Enter to answer on the screen: p50 {cuts[49]:.0f} ms, "
        f"p95 {cuts[94]:.0f} ms, worst {max(times):.0f} ms"
    )


if __name__ == "__main__":
    main()
