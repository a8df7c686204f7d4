"""Words lost, glued, added and out of order: this project's readers beside other libraries.

    python benchmarks/readers/run.py --others ENVIRONMENT/bin/python
    python benchmarks/readers/run.py --real FOLDER
    python benchmarks/readers/run.py --mixed 1000

The first writes random documents of known words as files of each format and has them read by each
library that the Python of another environment has; the second compares what is read of real files
with their words counted another way; the third times the reading of a build.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from candidates import CANDIDATES, installed_mb

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from common import machine  # noqa: E402
from printed_documents import PRINTED, by_libreoffice, by_reportlab  # noqa: E402
from random_documents import Maker, RandomDocument, Verdict, judge  # noqa: E402
from read_documents import read_files  # noqa: E402
from written_documents import MARKS, WRITERS, written  # noqa: E402

from qa.documents.assemble import finish  # noqa: E402
from qa.documents.formats.registry import parse  # noqa: E402
from qa.settings import Settings  # noqa: E402

OWN = "this project"
USED = {"xlsx": "openpyxl", "html": "selectolax", "md": "markdown-it-py", "pdf": "pypdfium2"}
"""The libraries behind this project's readers; the others need none."""


def main() -> None:
    """Print the table that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=40, help="random documents per format")
    parser.add_argument("--others", type=Path, help="the Python that has the other libraries")
    parser.add_argument("--real", type=Path, help="a folder of real files")
    parser.add_argument("--mixed", type=int, help="time the reading of so many files")
    chosen = parser.parse_args()
    print(machine(), end="\n\n")
    with TemporaryDirectory() as folder:
        if chosen.mixed:
            time_mixed(chosen.mixed, Path(folder))
        elif chosen.real:
            compare_real(chosen.real)
        else:
            compare_generated(chosen.documents, chosen.others, Path(folder))


def compare_generated(number: int, others: Path | None, folder: Path) -> None:
    """The table format × library over random documents."""
    columns = "format library version files words lost glued added disordered seconds MB".split()
    print(f"| {' | '.join(columns)} |")
    print("|---" * len(columns) + "|")
    for name, make in _formats(number).items():
        place = folder / re.sub(r"\W+", "_", name)
        place.mkdir()
        held = make(place)
        ending = next(iter(held)).rpartition(".")[2]
        start = time.perf_counter()
        read = {each: _read(place / each) for each in held}
        seconds = time.perf_counter() - start
        mb = installed_mb(USED[ending]) if ending in USED else 0.0
        named = {each: left_out for each, (_, left_out, _) in read.items()}
        texts = {each: text for each, (text, _, _) in read.items()}
        _row(name, OWN, "", held, texts, seconds, mb, named)
        for library, (endings, _) in CANDIDATES.items():
            if others and ending in endings.split():
                _other(name, library, others, place, held)


def _other(
    name: str, library: str, python: Path, place: Path, held: dict[str, RandomDocument]
) -> None:
    command = [str(python), str(Path(__file__).with_name("candidates.py")), library]
    paths = [str(place / each) for each in held]
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"| {name} | {library} | not run: {reason[:60]} |")
        return
    found = json.loads(done.stdout)
    texts = {Path(path).name: text for path, text in found["texts"].items()}
    _row(name, library, found["version"], held, texts, found["seconds"], found["mb"])


def _row(
    name: str, library: str, version: str, held: dict[str, RandomDocument],
    texts: dict[str, str], seconds: float, mb: float, named: dict[str, str] | None = None,
) -> None:  # fmt: skip
    left_out = named or {}
    verdicts = [_judged(held[each], texts[each], left_out.get(each, ""), each) for each in held]
    sums = [
        sum(verdict.words for verdict in verdicts),
        *(sum(len(getattr(v, what)) for v in verdicts) for what in ("lost", "glued", "extra")),
        sum(verdict.disordered for verdict in verdicts),
    ]
    figures = " | ".join(f"{figure:,}" for figure in sums)
    print(
        f"| {name} | {library} | {version} | {len(held)} | {figures} | {seconds:.2f} | {mb:.0f} |",
        flush=True,
    )


def _judged(document: RandomDocument, text: str, named: str, name: str) -> Verdict:
    return judge(document, text, named, MARKS.get(name.partition(".")[2], ()))


def _formats(number: int) -> dict[str, Callable[[Path], dict[str, RandomDocument]]]:
    """Name of a format → what writes its files into a folder, and says what each holds."""
    documents = [Maker(seed).document() for seed in range(number)]
    prints = [Maker(seed, PRINTED).document().printable("") for seed in range(number)]

    def write(kind: str, place: Path) -> dict[str, RandomDocument]:
        held = {}
        for at, document in enumerate(documents):
            held[f"{at}.{kind}"], data = written(document, kind)
            (place / f"{at}.{kind}").write_bytes(data)
        return held

    def with_reportlab(place: Path) -> dict[str, RandomDocument]:
        for at, document in enumerate(prints):
            (place / f"{at}.pdf").write_bytes(by_reportlab(document))
        return {f"{at}.pdf": document for at, document in enumerate(prints)}

    def with_libreoffice(place: Path) -> dict[str, RandomDocument]:
        by_libreoffice(prints, place)
        return {f"{at}.pdf": document for at, document in enumerate(prints)}

    made: dict[str, Callable[[Path], dict[str, RandomDocument]]] = {
        kind: lambda place, kind=kind: write(kind, place)  # type: ignore[misc]
        for kind in WRITERS
    }
    made["pdf of reportlab"] = with_reportlab
    if shutil.which("soffice"):
        made["pdf of LibreOffice"] = with_libreoffice
    else:
        print("LibreOffice is not installed: no PDFs of it.")
    return made


def _read(path: Path) -> tuple[str, str, list[str]]:
    """What a build makes of a file: its text, what is left out of it, and why."""
    parsed = parse(path, path.name, Settings())
    found = finish(parsed, frozenset())
    left_out = " ".join([parsed.title, *(piece.text for piece in found.dropped)])
    text = found.document.text if found.document else ""
    return text, left_out, [note.reason for note in parsed.notes]


def compare_real(folder: Path) -> None:
    """Real files: those refused, with the reason; and words that did not come out.

    Counted another way: the program's own second count of the words in a container, and for PDF
    the plain text of PDFium.
    """
    files: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    faults: list[tuple[int, str]] = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        figures = files[path.suffix.lower()]
        figures[0] += 1
        start = time.perf_counter()
        try:
            text, left_out, notes = _read(path)
        except Exception as error:  # as in a build: the file is named, the others are read
            figures[1] += 1
            print(f"refused: {path.relative_to(folder)}: {type(error).__name__}: {error}")
            continue
        spent = time.perf_counter() - start
        own = Counter(_words(f"{text} {left_out}"))
        figures[2] += sum(own.values())
        counts = re.findall(r"([\d,]+) words? of the file", " ".join(notes))
        missing = sum(int(number.replace(",", "")) for number in counts)
        named = ""
        if path.suffix.lower() == ".pdf":
            missing, named = _missing_of_pdf(path, own, f"{text} {left_out}")
        figures[3] += missing
        figures[4] += bool(missing)
        if missing or spent > 10:
            what = f"{path.relative_to(folder)} ({spent:.1f} s) {named}{notes[:2]}"
            faults.append((missing, what))
    print("\n| ending | files | refused | words read | words missing | in files |")
    print("|---|---|---|---|---|---|")
    for ending, figures in sorted(files.items()):
        print(f"| {ending} | " + " | ".join(f"{figure:,}" for figure in figures) + " |")
    for missing, what in sorted(faults, reverse=True)[:60]:
        print(f"{missing:,}: {what}"[:300])


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", text.replace("\u00ad", ""))]


def _missing_of_pdf(path: Path, own: Counter[str], text: str) -> tuple[int, str]:
    """Words of PDFium's plain text that neither stand in what was read nor are parts of it."""
    import pypdfium2  # type: ignore[import-untyped]

    pages = pypdfium2.PdfDocument(path)
    plain = "\n".join(page.get_textpage().get_text_range() for page in pages)
    whole = re.sub(r"\W+", "", text).casefold()
    wanted = Counter(_words(re.sub(r"[\ufffe\x02-]\s*\n?", "", plain)))
    missing = [word for word in (wanted - own).elements() if word not in own and word not in whole]
    return len(missing), f"{missing[:8]} "


def time_mixed(number: int, folder: Path) -> None:
    """How long a build takes to read so many files of all formats, in their process."""
    kinds = [*WRITERS, "pdf"]
    for at in range(number):
        kind = kinds[at % len(kinds)]
        if kind == "pdf":
            data = by_reportlab(Maker(at, PRINTED).document().printable())
        else:
            data = written(Maker(at).document(), kind)[1]
        (folder / f"{at}.{kind}").write_bytes(data)
    start = time.perf_counter()
    reading = read_files(folder)
    seconds = time.perf_counter() - start
    print(
        f"{number:,} files of {len(kinds)} formats: {seconds:.1f} s, "
        f"{number / seconds:.1f} files/s, {len(reading.documents):,} documents, "
        f"{len(reading.skipped):,} notes"
    )


if __name__ == "__main__":
    main()
