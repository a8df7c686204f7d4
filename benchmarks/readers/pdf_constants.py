"""What the constants of reading PDFs are worth: each at other values, and the words that go wrong.

    python benchmarks/readers/pdf_constants.py [--documents 20]

Random documents of known words (see `run.py`) are printed to PDF: by reportlab in one column with
tables and in two columns of prose and, where it is installed, by LibreOffice. All of them are read
once for each value of each constant of `pdf_lines`, `pdf_layout` and `running_lines`, the others
being as they are. Faults are words lost, glued, added or out of order.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from common import machine  # noqa: E402
from printed_documents import PRINTED, by_libreoffice, by_reportlab  # noqa: E402
from random_documents import Maker, Paragraph, RandomDocument, expected_words, judge  # noqa: E402

from qa.documents.assemble import finish  # noqa: E402
from qa.documents.formats import pdf, pdf_layout, pdf_lines, running_lines  # noqa: E402
from qa.documents.formats.registry import parse  # noqa: E402
from qa.settings import Settings  # noqa: E402

CHAPTERS = 5
"""So many random documents follow each other in two columns, over about two pages."""
FACTORS = (0.5, 0.75, 1.0, 1.33, 2.0)
CONSTANTS: tuple[tuple[ModuleType, str], ...] = (
    (pdf_lines, "BASELINE"),
    (pdf_lines, "WORD_GAP"),
    (pdf_lines, "FEWEST_BETWEEN"),
    (pdf_lines, "PIECE_GAP"),
    (pdf_lines, "CELL_GAP"),
    (pdf_lines, "OUTLYING_GAP"),
    (pdf_lines, "FEWEST_GAPS"),
    (pdf_lines, "CLOSE_COLUMNS"),
    (pdf_lines, "FEWEST_LINES"),
    (pdf_lines, "LEAST_OUTLYING"),
    (pdf_layout, "GUTTER"),
    (pdf_layout, "COLUMN_GAP"),
    (pdf_layout, "TABLE_CHARACTERS"),
    (pdf_layout, "FEWEST_ROWS"),
    (pdf_layout, "FULL_LINE"),
    (pdf_layout, "PROSE_WORDS"),
    (pdf_layout, "PROSE_SHARE"),
    (running_lines, "LEAST_PAGES"),
    (running_lines, "LEAST_SHARE"),
    (running_lines, "MOST_DROPPED"),
    (running_lines, "EDGE_LINES"),
    (pdf, "HEADING_SIZE"),
)


def printed(number: int, folder: Path) -> dict[str, list[tuple[Path, RandomDocument]]]:
    """The printed documents of each kind, with what they hold."""
    documents = [_document(seed) for seed in range(number)]
    prose = [
        RandomDocument(
            tuple(
                part
                for chapter in range(CHAPTERS)
                for part in _document(number * (chapter + 1) + seed).parts
                if isinstance(part, Paragraph)
            )
        )
        for seed in range(number)
    ]
    kinds: dict[str, list[tuple[Path, RandomDocument]]] = {}
    for columns, name, some in ((1, "one column", documents), (2, "two columns of prose", prose)):
        kinds[name] = []
        for at, document in enumerate(some):
            path = folder / f"{columns}-{at}.pdf"
            path.write_bytes(by_reportlab(document, columns))
            kinds[name].append((path, document))
    if shutil.which("soffice"):
        place = folder / "libreoffice"
        place.mkdir()
        by_libreoffice(documents, place)
        made = [(place / f"{at}.pdf", document) for at, document in enumerate(documents)]
        kinds["LibreOffice"] = made
    return kinds


def _document(seed: int) -> RandomDocument:
    return Maker(seed, PRINTED).document().printable("")


def faults(files: Sequence[tuple[Path, RandomDocument]]) -> int:
    """Words of the files that do not come out as they should."""
    wrong = 0
    for path, document in files:
        found = finish(parse(path, path.name, Settings()), frozenset())
        text = found.document.text if found.document else ""
        left_out = " ".join(piece.text for piece in found.dropped)
        wrong += judge(document, text, left_out).faults
    return wrong


def main() -> None:
    """Print one line for each constant."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=20, help="random documents of each kind")
    chosen = parser.parse_args()
    print(machine(), end="\n\n")
    with TemporaryDirectory() as folder:
        kinds = printed(chosen.documents, Path(folder))
        words = {
            name: sum(len(list(expected_words(d))) for _, d in files)
            for name, files in kinds.items()
        }
        print("words:", ", ".join(f"{name} {count:,}" for name, count in words.items()))
        values = " | ".join(f"× {factor:g}" for factor in FACTORS)
        print(f"\nFaults: {' / '.join(kinds)}\n\n| constant | value | {values} |")
        print("|---" * (2 + len(FACTORS)) + "|")
        for module, name in CONSTANTS:
            usual = getattr(module, name)
            cells = []
            for factor in FACTORS:
                other = usual * factor
                setattr(module, name, round(other) if isinstance(usual, int) else other)
                cells.append(" / ".join(str(faults(files)) for files in kinds.values()))
            setattr(module, name, usual)
            print(f"| `{name}` | {usual} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
