"""The state of an index in one value: what is live, how much it holds, whether it can be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import QAError
from qa.index.generations import IndexFolder


@dataclass(frozen=True, slots=True)
class Status:
    """State of an index. `problem` is None, or one sentence on why it cannot be used.

    `built_at` is ISO 8601 in UTC. `built_from` names the folders, files and texts of its set.
    `languages` counts the documents in each language (ISO 639-1), the most frequent first.
    """

    index: Path
    generation: str | None = None
    built_at: str | None = None
    model: str | None = None
    documents: int = 0
    passages: int = 0
    sentences: int = 0
    bytes_on_disk: int = 0
    problem: str | None = None
    built_from: tuple[str, ...] = ()
    languages: dict[str, int] = field(default_factory=dict)


def status_of(folder: IndexFolder, built_from: Callable[[], tuple[str, ...]]) -> Status:
    """State of an index. Never raises for a missing or damaged one: see `Status.problem`."""
    try:
        manifest = folder.manifest(folder.require_live())
    except QAError as error:
        return Status(folder.root, problem=str(error))
    problems = folder.problems(manifest, thorough=False)
    return Status(
        index=folder.root,
        generation=manifest.generation,
        built_at=manifest.built_at,
        model=manifest.encoder["name"],
        documents=manifest.counts["documents"],
        passages=manifest.counts["passages"],
        sentences=manifest.counts["sentences"],
        bytes_on_disk=sum(facts["bytes"] for facts in manifest.files.values()),
        problem=problems[0] if problems else None,
        built_from=built_from(),
        languages=manifest.languages,
    )
