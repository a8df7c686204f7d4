"""The locks against the pins they are made from, for every Python and system of README.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ["3.10", "3.11", "3.12", "3.13"]
SYSTEMS = ["linux", "darwin", "win32"]
RENEW = "the locks are older than the pins; renew them: make lock"


def entries(name: str) -> list[str]:
    """The requirements of a file, each with its hashes on one line."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def versions(name: str, python: str, system: str) -> dict[str, str]:
    """Package → version as one Python on one system reads them in a file."""
    there = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": system}
    read = [Requirement(line.split(" --hash")[0]) for line in entries(name)]
    return {
        requirement.name.replace("_", "-"): str(requirement.specifier)
        for requirement in read
        if requirement.marker is None or requirement.marker.evaluate(dict(there))
    }


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    ("pins", "lock"),
    [
        ("requirements.txt", "requirements.lock"),
        ("requirements-test.txt", "requirements-test.lock"),
    ],
)
def test_every_pin_is_locked(pins: str, lock: str, python: str, system: str) -> None:
    pinned = versions(pins, python, system)
    if system == "linux":
        pinned.pop("torch", None)  # see lock.awk
    locked = versions(lock, python, system)
    assert {name: locked.get(name) for name in pinned} == pinned, RENEW


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_both_locks_can_be_installed_together(python: str, system: str) -> None:
    first = versions("requirements.lock", python, system)
    second = versions("requirements-test.lock", python, system)
    both = first.keys() & second.keys()
    assert both
    assert {name: first[name] for name in both} == {name: second[name] for name in both}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_locked_package_has_its_version_and_hashes(lock: str) -> None:
    loose = [line for line in entries(lock) if "==" not in line or " --hash=sha256:" not in line]
    assert loose == []


@pytest.mark.parametrize("python", PYTHONS)
def test_torch_is_locked_where_it_has_one_build_only(python: str) -> None:
    locked = {system: versions("requirements.lock", python, system) for system in SYSTEMS}
    assert {system for system in SYSTEMS if "torch" in locked[system]} == {"darwin", "win32"}
    for packages in locked.values():
        assert not any(name.startswith(("nvidia-", "cuda-", "triton")) for name in packages)
