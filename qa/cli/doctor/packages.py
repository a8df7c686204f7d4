"""The pinned packages against those that are installed. Standard library only."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "document-qa"
_PIN = re.compile(
    r"""\s*([A-Za-z0-9._-]+)\s*==\s*([^\s;]+)\s*(?:;\s*python_version\s*(>=|<)\s*["'](\d+)\.(\d+)["'])?\s*"""
)


@dataclass(frozen=True, slots=True)
class Pin:
    """A package and the version it must have."""

    name: str
    version: str


def pins(python: tuple[int, int] = sys.version_info[:2]) -> list[Pin]:
    """What is pinned for this Python: by requirements.txt beside the code, else by what was
    installed as a package; empty where neither is known."""
    file = Path(__file__).resolve().parents[3] / "requirements.txt"
    if file.is_file():
        return read_pins(file.read_text(encoding="utf-8").splitlines(), python)
    try:
        return read_pins(metadata.requires(DISTRIBUTION) or (), python)
    except metadata.PackageNotFoundError:
        return []


def read_pins(lines: Iterable[str], python: tuple[int, int]) -> list[Pin]:
    """The pins among `lines` that hold for this Python; lines of another form are left out.

    >>> read_pins(['a==1; python_version >= "3.11"', 'a==0; python_version < "3.11"'], (3, 10))
    [Pin(name='a', version='0')]
    """
    found = []
    for line in lines:
        match = _PIN.fullmatch(line)
        if match is None:
            continue
        name, version, relation, major, minor = match.groups()
        if relation is not None:
            newer = python >= (int(major), int(minor))
            if newer != (relation == ">="):
                continue
        found.append(Pin(name, version))
    return found


def installed_version(name: str) -> str | None:
    """The version of an installed package, or None."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def differences(
    wanted: Iterable[Pin], version_of: Callable[[str], str | None]
) -> tuple[list[str], list[str]]:
    """Names of missing packages, and sentences on those of another version.

    What follows a "+" (a build for certain hardware) does not count.

    >>> differences([Pin("a", "1"), Pin("b", "2")], {"a": "1+cpu"}.get)
    (['b'], [])
    """
    missing, other = [], []
    for pin in wanted:
        found = version_of(pin.name)
        if found is None:
            missing.append(pin.name)
        elif found.partition("+")[0] != pin.version:
            other.append(f"{pin.name} {found} instead of {pin.version}")
    return missing, other
