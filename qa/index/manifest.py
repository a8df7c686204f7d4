"""The manifest of a generation: what it is made of, by what it was made, and its checksums."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.file_check import file_hash

FORMAT_VERSION = 3
MANIFEST = "manifest.json"
SMALL_FILE_BYTES = 1_000_000
"""For a quick look, as `status` takes it, files up to this size are hashed; larger ones have
their size and blocks taken from them compared, see `probe`. Opening and `verify` hash all."""
PROBED_BLOCKS, PROBED_BYTES = 16, 4096


@dataclass(frozen=True)
class Manifest:
    """What a generation is made of and by what it was made."""

    generation: str
    built_at: str
    encoder: dict[str, Any]
    settings: dict[str, Any]
    counts: dict[str, int]
    canaries: list[dict[str, Any]]
    languages: dict[str, int] = field(default_factory=dict)
    ranking: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    pinned: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT_VERSION
    checksum: str = ""


def checksum(values: dict[str, Any]) -> str:
    """SHA-256 over a manifest's entries, the checksum itself left out."""
    told = {name: value for name, value in values.items() if name != "checksum"}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def probe(path: Path) -> str:
    """SHA-256 of blocks taken evenly from a file: cheap, and another file gives another one."""
    size = path.stat().st_size
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for number in range(PROBED_BLOCKS):
            file.seek(number * max(0, size - PROBED_BYTES) // (PROBED_BLOCKS - 1))
            digest.update(file.read(PROBED_BYTES))
    return digest.hexdigest()


def same_content(path: Path, facts: dict[str, Any], thorough: bool) -> bool:
    """Whether a file of the right size is the one of the manifest's `facts`."""
    if thorough or facts["bytes"] <= SMALL_FILE_BYTES:
        return bool(file_hash(path) == facts["sha256"])
    return bool(facts.get("probe", "") in ("", probe(path)))
