"""The pictures of docs/README.md, made anew: python docs/make_screenshots.py [--out DIR]

Serves a small library of several formats and visits it with Chromium (QA_CHROMIUM names
another one). Needs the packages of requirements-test.txt.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

PORT = 17860
URL = f"http://127.0.0.1:{PORT}"
COLOURS = 128
"""The pictures are cut down to so many colours, which makes them small."""
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
QUESTION = "How long is the notice period?"
START_SECONDS = 180


@contextmanager
def served() -> Iterator[None]:
    """The page over the library, in a process of its own."""
    from library import write_library

    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        write_library(Path(place) / "corpus")
        settings = {
            "QA_CORPUS": f"{place}/corpus",
            "QA_INDEX": f"{place}/index",
            "QA_PORT": str(PORT),
            "GRADIO_TEMP_DIR": f"{place}/uploads",
        }
        environment = {**os.environ, **settings}
        with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment) as page:
            try:
                until = time.monotonic() + START_SECONDS
                while not _answers():
                    if page.poll() is not None or time.monotonic() > until:
                        sys.exit("The page could not be served; see the lines above.")
                    time.sleep(0.2)
                yield
            finally:
                page.terminate()


def _answers() -> bool:
    try:
        with urllib.request.urlopen(URL, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def visit(browser: Browser, size: dict[str, int], theme: str, locale: str = "en-GB") -> Page:
    """A visitor who sees the examples."""
    page = browser.new_page(viewport=size, locale=locale, reduced_motion="reduce")
    page.goto(f"{URL}/?__theme={theme}")
    page.locator(".qa-example").first.wait_for()
    return page


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    page.locator("#qa-question textarea").fill(question)
    page.locator("#qa-question textarea").press("Enter")
    page.locator("#qa-answer .qa-asked", has_text=question).wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)


def save(page: Page, path: Path) -> None:
    """Save what is on the screen, with few colours."""
    page.screenshot(path=path)
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    small.save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")
    page.close()


def make(browser: Browser, out: Path) -> None:
    """All pictures."""
    page = visit(browser, DESKTOP, "light")
    ask(page, QUESTION)
    page.locator(".qa-badge").hover()
    page.wait_for_timeout(300)
    save(page, out / "answer-light-desktop.png")

    page = visit(browser, DESKTOP, "dark")
    ask(page, QUESTION)
    page.locator("[data-show]").first.click()
    page.locator("#qa-reader[open]").wait_for()
    page.wait_for_timeout(300)
    save(page, out / "document-dark-desktop.png")

    page = visit(browser, DESKTOP, "light")
    ask(page, QUESTION)
    page.locator(".qa-why > summary").first.click()
    page.locator(".qa-bars").first.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    save(page, out / "why-light-desktop.png")

    page = visit(browser, DESKTOP, "dark")
    ask(page, QUESTION)
    page.get_by_role("tab", name="Understand").click()
    page.get_by_role("tab", name="Map").click()
    page.locator("#qa-map use").first.wait_for()
    page.locator(".qa-map-hit").first.wait_for()
    save(page, out / "map-dark-desktop.png")

    page = visit(browser, PHONE, "light", "de-DE")
    ask(page, "Who won the world cup in 2018?")
    save(page, out / "not-found-light-phone.png")

    page = visit(browser, PHONE, "dark", "es-ES")
    ask(page, QUESTION)
    save(page, out / "answer-dark-phone.png")


def main() -> None:
    """Make them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--out", type=Path, default=HERE / "pictures", help="folder of the pictures"
    )
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("QA_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        make(browser, out)
        browser.close()


if __name__ == "__main__":
    main()
