"""What the benchmarks share: the repository on the path, the machine in words, an index to ask."""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from qa import Service

PACKAGES = ("torch", "sentence-transformers", "onnxruntime", "faiss-cpu", "tantivy", "gradio")

QUESTIONS = (
    "What is a KPO?",
    "What does BPO stand for?",
    "How does a KPO differ from a BPO?",
    "What is an initial public offering?",
    "What training do KPOs give?",
    "Who can buy shares in an IPO?",
    "Why do companies outsource?",
    "What is offshore outsourcing?",
    "How do I bleed the brakes of a tandem?",
    "What is the capital of Mongolia?",
)
"""Questions to the shipped corpus; the last two have no answer in it."""


def machine() -> str:
    """Processor, system and versions, so that a figure can be compared."""
    cpu = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text(encoding="utf-8").splitlines()
        cpu = next((line.split(": ")[1] for line in lines if line.startswith("model name")), cpu)
    versions = ", ".join(f"{package} {metadata.version(package)}" for package in PACKAGES)
    return (
        f"{cpu}, {os.cpu_count()} CPUs, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}\n{versions}"
    )


def spread(values: Sequence[float], unit: str, digits: int = 2) -> str:
    """Median, least and most.

    >>> spread([3.0, 1.0, 2.0], "s", 1)
    '2.0 s (1.0 to 3.0, 3 runs)'
    """
    least, most = min(values), max(values)
    middle = statistics.median(values)
    return (
        f"{middle:.{digits}f} {unit} ({least:.{digits}f} to {most:.{digits}f}, {len(values)} runs)"
    )


@contextmanager
def service(
    index: Path | None, texts: Sequence[tuple[str, str]] = (), *, reuse: bool = False
) -> Iterator[Service]:
    """A service over a new index of `texts`, or of the shipped corpus where there are none.

    It is built in `index`, or in a folder that goes away; with `reuse`, one found there is taken.
    """
    from qa import Service, Settings

    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        chosen = Settings.load(index=index or Path(place), corpus=ROOT / "corpus")
        made = Service(chosen)
        if reuse and made.status().problem is None:
            print(f"asking the index found in {chosen.index}")
        else:
            report = made.rebuild(texts=texts)
            print(
                f"built: {report.documents:,} documents, {report.passages:,} passages, "
                f"{report.sentences:,} sentences in {report.seconds:.1f} s "
                f"({report.embedded:,} embedded, {report.reused:,} from the cache)"
            )
        yield made
