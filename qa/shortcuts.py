"""The functions of `qa` without an object: one shared service for each settings."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answering.retriever import check_question
from qa.answering.source_filter import EVERYWHERE
from qa.building.source_keeper import Globs, Paths, Text
from qa.datatypes import Answer, BuildReport, Citation, Progress
from qa.errors import IndexMissingError
from qa.service import Service
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.answering.resolve import Resolved

_services: dict[Settings, Service] = {}
_services_lock = threading.Lock()


def _shared(settings: Settings | None, index: str | Path | None) -> Service:
    chosen = settings or Settings.load(index=index)
    with _services_lock:
        return _services.setdefault(chosen, Service(chosen))


def ask(
    question: str,
    *,
    top_k: int = 5,
    sources: Sequence[str] = EVERYWHERE,
    index: str | Path | None = None,
    settings: Settings | None = None,
) -> Answer:
    """Answer a question from ./index (or `index`), built from ./corpus the first time.

    `sources` asks only these documents, folders or patterns, see `answering.source_filter`. Raises
    InputError for a bad question, `top_k` or source; see `Service.ask` for the others.
    """
    service = _shared(settings, index)
    check_question(question)
    try:
        return service.ask(question, top_k=top_k, sources=sources)
    except IndexMissingError:
        service.rebuild()
        return service.ask(question, top_k=top_k, sources=sources)


def rebuild(
    paths: Paths = None,
    *,
    texts: Sequence[Text] = (),
    include: Globs = None,
    exclude: Globs = None,
    index: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    settings: Settings | None = None,
) -> BuildReport:
    """Build ./index (or `index`) anew from exactly `paths` and `texts`; with neither, from what
    it is built from now, at first ./corpus.

    Each text is a string or a pair (name, text). `include` and `exclude` are globs for the
    files of folders, like "*.pdf" or ["reports/**", "*.txt"]. Unchanged texts are not embedded
    again.
    Raises BuildError, IndexBusyError or InputError; the live index then stays as it was.
    """
    return _shared(settings, index).rebuild(
        paths, texts=texts, include=include, exclude=exclude, progress=progress
    )


def add(
    paths: Paths = None,
    *,
    texts: Sequence[Text] = (),
    replace: bool = False,
    index: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    settings: Settings | None = None,
) -> BuildReport:
    """Add files, folders and texts to what ./index (or `index`) is built from; see `Service.add`.

    Raises InputError for what cannot be added, and the errors of `rebuild`.
    """
    service = _shared(settings, index)
    return service.add(paths, texts=texts, replace=replace, progress=progress)


def remove(
    names: Paths,
    *,
    purge: bool = False,
    index: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    settings: Settings | None = None,
) -> BuildReport:
    """Take sources out of what ./index (or `index`) is built from; see `Service.remove`.

    Raises InputError for a name that none or several sources have, and the errors of `rebuild`.
    """
    return _shared(settings, index).remove(names, purge=purge, progress=progress)


def resolve(
    citation: Citation | str, *, index: str | Path | None = None, settings: Settings | None = None
) -> Resolved:
    """What has become of a text that a hit cited: `hit.citation`, or the word of it.

    Raises InputError for what is no citation; see `Service.ask` for the others.
    """
    return _shared(settings, index).resolve(citation)
