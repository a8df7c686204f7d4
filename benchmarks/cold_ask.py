"""How long one question takes in a fresh process, and how much memory it needs.

    python benchmarks/cold_ask.py [--runs N] [--question TEXT] [--index DIR]

Wall time and peak resident memory of `python -m qa ask`, the index being built. The processes
are new each time, the files are in the system's cache. `python -c pass` and `import qa` are
measured in the same way, to compare. This process stays small and builds nothing itself, since
a child's peak counts what its parent had when it was started.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from common import ROOT, machine, spread


def measure(*arguments: str) -> tuple[float, float]:
    """Seconds and peak MB of one Python process. Raises RuntimeError where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        code = process.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    else:
        watched, peak = psutil.Process(process.pid), 0
        while process.poll() is None:
            try:
                peak = max(peak, watched.memory_info().peak_wset)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.005)
        code = process.wait()
        seconds = time.perf_counter() - began
    if code:
        told = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
        raise RuntimeError(f"{' '.join(arguments)} ended with exit code {code}: {told}")
    return seconds, peak / 1e6


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--question", default="What is a KPO?")
    parser.add_argument("--index", type=Path, help="build it here, or ask the one that is here")
    given = parser.parse_args()
    print(machine())
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        index = str((given.index or Path(place)).absolute())
        if given.index is None or not (given.index / "CURRENT").exists():
            measure("-m", "qa", "index", "corpus", "--index", index)
        for name, arguments in {
            "python -c pass": ["-c", "pass"],
            "import qa": ["-c", "import qa"],
            "python -m qa ask": ["-m", "qa", "ask", given.question, "--index", index],
        }.items():
            measure(*arguments)
            runs = [measure(*arguments) for _ in range(given.runs)]
            print(f"{name:<18}{spread([seconds for seconds, _ in runs], 's', 3)}")
            print(f"{'':<18}peak {spread([peak for _, peak in runs], 'MB', 0)}")


if __name__ == "__main__":
    main()
