"""What goes wrong in the first hour: the installation, the machine, the model and the folders.

Each check answers with one line: ok, a warning or a problem, and what to do about it.
"""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qa.cli.doctor.installation import (
    Machine,
    differences,
    installed_version,
    pins,
    this_machine,
)
from qa.errors import QAError
from qa.settings import BUNDLED_MODEL

if TYPE_CHECKING:
    from packaging.requirements import Requirement

    from qa.encoders.models import Model
    from qa.settings import Settings

State = Literal["ok", "warning", "problem"]

OLDEST_PYTHON = (3, 10)
TRIED_PYTHONS = ((3, 10), (3, 13))
LITTLE_SPACE = 500_000_000
TOO_LITTLE_SPACE = 50_000_000
INSTALL = "Install them: python -m pip install -r requirements.txt"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; `advice` says what to do, and is empty where all is well."""

    name: str
    state: State
    found: str
    advice: str = ""


def examine(settings: Settings, machine: Callable[[], Machine] = this_machine) -> list[Check]:
    """All checks. Never raises: a check that fails itself is a warning.

    `machine` tells what a build finds here, which takes seconds."""
    steps: tuple[tuple[str, Callable[[], Check | tuple[Check, ...]]], ...] = (
        ("Python", lambda: check_python(sys.version_info[:2], platform.python_version())),
        ("packages", lambda: check_packages(pins(), installed_version)),
        ("model", lambda: check_model(settings)),
        ("offline", lambda: _offline(settings)),
        ("processor", lambda: check_machine(machine())),
        ("free disk", lambda: _disk(settings)),
        ("corpus folder", lambda: _corpus(settings)),
        ("index folder", lambda: _index_folder(settings)),
        ("index", lambda: _index(settings)),
        ("port", lambda: _port(settings)),
    )
    checks: list[Check] = []
    for name, step in steps:
        try:
            result = step()
        except Exception as error:
            message = " ".join(str(error).split())
            found = f"could not be checked ({type(error).__name__}: {message})"
            result = Check(name, "warning", found, "Check it by hand.")
        checks.extend([result] if isinstance(result, Check) else result)
    return checks


def check_python(version: tuple[int, int], name: str) -> Check:
    """Whether this Python can run the service."""
    if version < OLDEST_PYTHON:
        return Check("Python", "problem", name, "Use Python 3.10 or newer.")
    oldest, newest = TRIED_PYTHONS
    if not oldest <= version <= newest:
        advice = "Packages may lack builds for it; Python 3.10 to 3.13 is what is meant."
        return Check("Python", "warning", name, advice)
    return Check("Python", "ok", name)


def check_packages(wanted: list[Requirement], version_of: Callable[[str], str | None]) -> Check:
    """The installed packages against the pins: a missing one is a problem."""
    if not wanted:
        advice = f"The list of requirements was not found. {INSTALL}"
        return Check("packages", "warning", "no pins known", advice)
    missing, other = differences(wanted, version_of)
    if missing:
        return Check("packages", "problem", f"missing: {', '.join(missing)}", f"{INSTALL}.")
    if other:
        advice = f"Other versions were not tried. {INSTALL}."
        return Check("packages", "warning", "; ".join(other), advice)
    return Check("packages", "ok", f"{len(wanted)} packages as pinned")


def check_model(settings: Settings, resolve: Callable[[str], Model] | None = None) -> Check:
    """Whether the model's files are here and whole; `resolve` finds and checks them."""
    from qa.encoders.models import fingerprint_of, resolve_model

    if not _local_model(settings.model):
        advice = "The first build downloads it, or use the bundled model."
        return Check("model", "warning", f"{settings.model} is not on this machine", advice)
    try:
        model = (resolve or resolve_model)(settings.model)  # checks the bundled weights' sha256
        fingerprint = fingerprint_of(model.path)
    except QAError as error:
        return Check("model", "problem", settings.model, str(error))
    weights = "weights have the published sha256, " if model.name == BUNDLED_MODEL else ""
    return Check("model", "ok", f"{model.name}: {weights}fingerprint {fingerprint}")


def _local_model(model: str) -> bool:
    """Whether building needs no download."""
    if model.removeprefix("sentence-transformers/") == BUNDLED_MODEL:
        return True
    if Path(model).expanduser().is_dir():
        return True
    home = Path(os.environ.get("HF_HOME", Path.home() / ".cache" / "huggingface"))
    hub = Path(os.environ.get("HF_HUB_CACHE", home / "hub"))
    return any((hub / f"models--{model.replace('/', '--')}" / "snapshots").glob("*"))


def _offline(settings: Settings) -> Check:
    if _local_model(settings.model):
        return Check("offline", "ok", "nothing is fetched: the model lies on this machine")
    if os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on"):
        advice = "Unset HF_HUB_OFFLINE for one build, or use the bundled model."
        return Check("offline", "problem", "HF_HUB_OFFLINE is set, the model is not here", advice)
    advice = "Build once with a connection; from then on none is needed."
    return Check("offline", "warning", f"{settings.model} must be fetched once", advice)


def check_machine(machine: Machine) -> tuple[Check, Check]:
    """What the processor offers, and the kinds of OpenMP runtimes in one process: copies of one
    kind get along, kinds do not."""
    facts = f"{platform.machine()}, {os.cpu_count() or 1} cores, {machine.capability}"
    processor = f"{facts}; texts are embedded in {machine.precision}"
    runtimes = ", ".join(sorted(machine.openmp)) or "none loaded"
    slow = platform.machine().lower() in ("x86_64", "amd64") and machine.capability == "DEFAULT"
    return (
        Check("processor", "warning", processor, "Without AVX2, building is many times slower.")
        if slow
        else Check("processor", "ok", processor),
        Check(
            "OpenMP",
            "warning",
            runtimes,
            "Two kinds in one process can hang or crash; install torch and faiss-cpu with pip "
            "from the requirements, not from conda.",
        )
        if len(set(machine.openmp.values())) > 1
        else Check("OpenMP", "ok", runtimes),
    )


def _disk(settings: Settings) -> Check:
    place = _existing(settings.index)
    return check_disk(shutil.disk_usage(place).free, place)


def check_disk(free: int, place: Path) -> Check:
    """Whether there is room for another generation."""
    found = f"{free / 1e9:,.1f} GB at {place}"
    if free < TOO_LITTLE_SPACE:
        return Check("free disk", "problem", found, "Free some space: a build needs more.")
    if free < LITTLE_SPACE:
        advice = "A large build may not fit; free some space, or python -m qa prune --keep 1"
        return Check("free disk", "warning", found, advice)
    return Check("free disk", "ok", found)


def _existing(path: Path) -> Path:
    """The path itself or the nearest folder above it that exists."""
    path = path.absolute()
    return next(place for place in (path, *path.parents) if place.exists())


def _corpus(settings: Settings) -> Check:
    place = settings.corpus
    if not place.is_dir():
        advice = "Create it and put files in, or name others: python -m qa index PATH"
        return Check("corpus folder", "warning", f"{place} does not exist", advice)
    if not os.access(place, os.R_OK | os.X_OK):
        return Check("corpus folder", "problem", f"{place} cannot be read", "Mend its rights.")
    return Check("corpus folder", "ok", f"{place} can be read")


def _index_folder(settings: Settings) -> Check:
    place = _existing(settings.index)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        found = f"{place} cannot be written ({error.strerror})"
        advice = "Questions are answered; to build, mend its rights or give --index DIR"
        return Check("index folder", "problem", found, advice)
    return Check("index folder", "ok", f"{settings.index} can be written")


def _index(settings: Settings) -> Check:
    from qa.answering.retriever import Retriever
    from qa.index.generations import IndexFolder

    folder = IndexFolder(settings.index)
    try:
        if folder.live() is None:
            found = f"nothing is built yet in {settings.index}"
            return Check("index", "warning", found, "Build: python -m qa index")
        retriever = Retriever.open(settings.index, settings=settings)
    except QAError as error:
        return Check("index", "problem", f"{settings.index} cannot be used", str(error))
    try:
        counts = retriever.manifest.counts
        found = f"{retriever.generation}: {counts['documents']:,} documents, " + (
            f"{counts['passages']:,} passages; python -m qa verify checks all of it"
        )
    finally:
        retriever.close()
    if litter := folder.litter():
        advice = "Unless a build is running: python -m qa prune"
        return Check("index", "warning", f"{found}; {len(litter)} leftovers of builds", advice)
    return Check("index", "ok", found)


def _port(settings: Settings) -> Check:
    place = f"{settings.host}:{settings.port}"
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        advice = "The page may be running already; else give another: --port N or QA_PORT"
        return Check("port", "warning", f"{place} cannot be taken ({error.strerror})", advice)
    return Check("port", "ok", f"{place} is free")
