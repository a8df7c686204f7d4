"""The child process that reads files: its limits, its end, and when there is none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest
from read_documents import read_files

from qa.datatypes import Dropped, Skipped
from qa.documents.blocks import Block
from qa.documents.extractor import Extractor
from qa.documents.formats import library
from qa.documents.formats.registry import Parsed, from_json
from qa.errors import BuildError, DocumentError
from qa.settings import Settings

GOOD = "name,size\nbolt,42\n"

STUB = """
import os, signal, sys, time
from qa.documents import extractor_worker as worker
from qa.documents.formats.registry import Parsed
from qa.documents.blocks import Block

def parse(path, source, settings):
    text = path.read_text()
    if text.startswith("sleep"):
        time.sleep(600)
    if text.startswith("spin"):
        while True:
            pass
    if text.startswith("die"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if text.startswith("eat"):
        data = bytearray(3_000_000_000)
    if text.startswith("panic"):
        raise BaseException("panicked at: something\\nodd")
    if text.startswith("print"):
        print("to standard output")
    return Parsed(source, "", [Block(text + str(os.getpid()))])

sys.exit(worker.main(parse))
"""
STUB_WORKER = (sys.executable, "-c", STUB)
"""A child that does what the file tells it to."""


def folder(tmp_path: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def skipped(tmp_path: Path, *texts: str, **given: int) -> list[tuple[str, str]]:
    """What is reported of files that the stub reads; the files said to be fine are read."""
    refused, fine = [], []
    folder(tmp_path, *texts)
    with Extractor(Settings(**given), STUB_WORKER) as extractor:  # type: ignore[arg-type]
        for number in range(len(texts)):
            name = f"{number}.csv"
            try:
                fine.append(extractor.read(tmp_path / name, name).source)
            except DocumentError as error:
                refused.append((name, str(error)))
    assert fine == [f"{n}.csv" for n, text in enumerate(texts) if text in ("fine", "print")]
    return refused


@pytest.mark.parametrize("how", ["sleep", "spin"])
def test_a_file_that_takes_too_long(tmp_path: Path, how: str) -> None:
    assert skipped(tmp_path, "fine", how, "fine", file_seconds=1) == [
        ("1.csv", "Reading it takes more than 1 seconds (file_seconds).")
    ]


def test_a_file_that_kills_the_child(tmp_path: Path) -> None:
    ((source, reason),) = skipped(tmp_path, "die", "fine")
    assert source == "0.csv"
    assert reason.startswith("Reading it ended the reading process")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_a_file_that_takes_too_much_memory(tmp_path: Path) -> None:
    told = "Reading it takes more than 2048 MB of memory (max_memory_mb)."
    assert skipped(tmp_path, "eat", "fine") == [("0.csv", told)]


def test_a_panic_and_output_of_a_library(tmp_path: Path) -> None:
    ((source, reason),) = skipped(tmp_path, "panic", "print", "fine")
    assert source == "0.csv"
    assert reason == ("Reading it failed unexpectedly (BaseException: panicked at: something odd).")


def test_one_child_reads_all_files_and_is_gone_at_the_end(tmp_path: Path) -> None:
    folder(tmp_path, "", " ", "  ")
    with Extractor(Settings(), STUB_WORKER) as extractor:
        read = [extractor.read(tmp_path / f"{n}.csv", "x").blocks[0].text.strip() for n in range(3)]
    (child,) = {int(pid) for pid in read}
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_child_killed_between_two_files(tmp_path: Path) -> None:
    folder(tmp_path, "", "", "")
    with Extractor(Settings(), STUB_WORKER) as extractor:
        child = int(extractor.read(tmp_path / "0.csv", "x").blocks[0].text)
        os.kill(child, signal.SIGKILL)
        with pytest.raises(DocumentError, match="ended the reading process"):
            extractor.read(tmp_path / "1.csv", "x")
        assert int(extractor.read(tmp_path / "2.csv", "x").blocks[0].text) != child


@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="there are no alarms")
def test_a_child_does_not_outlive_its_parent_for_long(tmp_path: Path) -> None:
    folder(tmp_path, "spin")
    parent = (
        "from pathlib import Path\n"
        "from qa.documents.extractor import Extractor\nfrom qa.settings import Settings\n"
        f"extractor = Extractor(Settings(file_seconds=1), {STUB_WORKER!r})\n"
        f"extractor.read(Path({str(tmp_path / '0.csv')!r}), 'x')\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent]) as process:
        children: list[psutil.Process] = []
        while not children:
            assert process.poll() is None
            time.sleep(0.05)
            children = psutil.Process(process.pid).children()
        (child,) = children
        time.sleep(0.8)  # it reads by now
        process.kill()
    child.wait(timeout=30)


def test_texts_are_read_within_the_same_limits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("spin", encoding="utf-8")
    (tmp_path / "b").write_text("die", encoding="utf-8")
    (tmp_path / "c.md").write_text("fine", encoding="utf-8")
    with Extractor(Settings(file_seconds=1), STUB_WORKER) as extractor:
        with pytest.raises(DocumentError, match="more than 1 seconds"):
            extractor.read(tmp_path / "a.txt", "a.txt")
        with pytest.raises(DocumentError, match="ended the reading process"):
            extractor.read(tmp_path / "b", "b")
        assert extractor.read(tmp_path / "c.md", "c.md").source == "c.md"


def test_no_child_for_a_file_that_is_not_going_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "c.exe").write_bytes(b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff")
    with (
        Extractor(Settings(), ["/no/such/program"]) as extractor,
        pytest.raises(DocumentError, match="not supported"),
    ):
        extractor.read(tmp_path / "c.exe", "c")


def test_a_child_that_cannot_start(tmp_path: Path) -> None:
    path = folder(tmp_path, GOOD) / "0.csv"
    worker = [sys.executable, "-c", "raise SystemExit('no room')"]
    with (
        Extractor(Settings(), worker) as extractor,
        pytest.raises(BuildError, match=r"could not be started.*no room"),
    ):
        extractor.read(path, "0.csv")


def test_extracted_text_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("header,name\n" + "value,x\n" * 90_000, encoding="utf-8")
    (tmp_path / "b.txt").write_text("word " * 250_000, encoding="utf-8")
    (tmp_path / "c.txt").write_text("A short text.", encoding="utf-8")
    reading = read_files(tmp_path, settings=Settings(max_text_mb=1))
    assert reading.names == ("c.txt",)
    told = "It holds more than 1 MB of text (max_text_mb)."
    assert reading.skipped == (Skipped("a.csv", told), Skipped("b.txt", told))


def test_blocks_survive_the_way_through_json(tmp_path: Path) -> None:
    parsed = Parsed(
        "a\ufffd.pdf",
        "Größe",
        [Block("Text", 2, True, False, 3, (2, 4)), Block("\U0001f600 and \u2028")],
        [Dropped("a", "b", "c")],
        [Skipped("a", "b")],
    )
    assert from_json(json.loads(json.dumps(asdict(parsed)))) == parsed


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Document is password protected", "locked with a password"),
        ("invalid Zip archive: Could not find EOCD", "damaged or cut short"),
        ("archive size exceeds limit of 10 MB", "unpacks to more than is allowed"),
        ("Invalid PDF: PdfiumLibraryInternalError: FormatError", "damaged, or no PDF"),
        ("something new", "cannot be read as application/pdf: something new."),
    ],
)
def test_why_a_file_gave_nothing_is_told_in_plain_words(reason: str, told: str) -> None:
    assert told in library._told("application/pdf", reason)
