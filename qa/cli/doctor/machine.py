"""What the processor offers and which OpenMP runtimes a build loads; asked in a child process,
so that the asking process stays without torch."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

FEATURES = ("sse4_2", "avx", "avx2", "avx512f", "avx512_bf16", "amx_tile", "neon", "asimd")
SECONDS = 120

_PRECISION = "from qa.encoders.torch_encoder import best_precision as b; print(b())"
_LIBRARIES = """
import json, re
import faiss, onnxruntime, torch
maps = open("/proc/self/maps").read()
found = set(re.findall(r"/\\S*/(lib(?:gomp|iomp5?|omp)[^/\\s]*\\.so[^/\\s]*)", maps))
print(json.dumps(sorted(found)))
"""


def precision_and_features() -> tuple[str, list[str]]:
    """The precision in which texts would be embedded here, and the CPU's vector features.

    Raises OSError or ValueError where the child process could not tell.
    """
    return _child(_PRECISION).strip(), cpu_features()


def cpu_features(cpuinfo: Path = Path("/proc/cpuinfo")) -> list[str]:
    """Those of FEATURES that the system tells; none where it does not tell any."""
    try:
        text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    line = re.search(r"^(?:flags|Features)\s*:\s*(.*)$", text, re.MULTILINE)
    known = set(line[1].split()) if line else set()
    return [feature for feature in FEATURES if feature in known]


def openmp_runtimes() -> list[str] | None:
    """Files of the OpenMP runtimes in a process with torch, FAISS and ONNX Runtime; None where
    the system does not tell."""
    if not Path("/proc/self/maps").exists():
        return None
    found: Any = json.loads(_child(_LIBRARIES))
    return [str(name) for name in found]


def _child(code: str) -> str:
    package_parent = str(Path(__file__).resolve().parents[3])
    paths = [package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise ValueError(last[0])
    return done.stdout
