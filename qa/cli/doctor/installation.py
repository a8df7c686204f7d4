"""The packages that are installed against those that are pinned, and what the processor offers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

DISTRIBUTION = "document-qa"
REQUIREMENTS = Path(__file__).resolve().parents[3] / "requirements.txt"
SECONDS = 120
"""The longest that importing the libraries of a build may take."""

_CHILD = """
import json, os
import faiss, onnxruntime, torch
from threadpoolctl import threadpool_info
from qa.encoders.torch_encoder import best_precision
runtimes = [pool for pool in threadpool_info() if pool["user_api"] == "openmp"]
print(json.dumps({
    "precision": best_precision(),
    "capability": torch.backends.cpu.get_cpu_capability(),
    "openmp": {os.path.basename(pool["filepath"]): pool["prefix"] for pool in runtimes},
}))
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """What a build finds here: the `precision` in which texts are embedded, the widest vector
    instructions that PyTorch uses (its `capability`: "AVX2", "DEFAULT" for none …), and the
    OpenMP runtimes that are loaded, file name → kind ("libgomp", "libiomp", "libomp" …)."""

    precision: str
    capability: str
    openmp: Mapping[str, str]


def this_machine() -> Machine:
    """Asked in a child process, so that this one stays without torch. Raises ValueError or
    subprocess.SubprocessError where the child could not tell."""
    paths = [str(REQUIREMENTS.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-c", _CHILD],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise ValueError(last[0])
    return Machine(**json.loads(done.stdout))


def pins(file: Path = REQUIREMENTS, python: str | None = None) -> list[Requirement]:
    """What is pinned for this Python, or for `python` such as "3.12": by the requirements beside
    the code, else by what was installed as a package; empty where neither is known."""
    if file.is_file():
        lines = file.read_text(encoding="utf-8").splitlines()
        return read_pins((line for line in lines if line and not line.startswith("#")), python)
    try:
        return read_pins(metadata.requires(DISTRIBUTION) or (), python)
    except metadata.PackageNotFoundError:
        return []


def read_pins(lines: Iterable[str], python: str | None = None) -> list[Requirement]:
    """The requirements among `lines` that hold for this Python, or for `python`.

    >>> lines = ['a==1; python_version >= "3.11"', 'a==0; python_version < "3.11"']
    >>> [str(requirement.specifier) for requirement in read_pins(lines, "3.10")]
    ['==0']
    """
    environment = {} if python is None else {"python_version": python}
    requirements = [Requirement(line) for line in lines]
    return [
        requirement
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate(environment)
    ]


def installed_version(name: str) -> str | None:
    """The version of an installed package, or None."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def differences(
    wanted: Iterable[Requirement], version_of: Callable[[str], str | None]
) -> tuple[list[str], list[str]]:
    """Names of missing packages, and sentences on those of another version.

    What follows a "+" (a build for certain hardware) does not count.

    >>> differences(read_pins(["a==1", "b==2"]), {"a": "1+cpu"}.get)
    (['b'], [])
    """
    missing, other = [], []
    for requirement in wanted:
        version = version_of(requirement.name)
        if version is None:
            missing.append(requirement.name)
        elif not requirement.specifier.contains(version, prereleases=True):
            pinned = str(requirement.specifier).removeprefix("==")
            other.append(f"{requirement.name} {version} instead of {pinned}")
    return missing, other
