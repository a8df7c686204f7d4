"""`ask`, `rebuild`, `add` and `remove` without an object: one shared service for each settings."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from qa.datatypes import Answer, BuildReport, Progress
from qa.errors import IndexMissingError
from qa.keeping import Paths, Text
from qa.retriever import check_question
from qa.service import Service
from qa.settings import Settings

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
    index: str | Path | None = None,
    settings: Settings | None = None,
) -> Answer:
    """Answer a question from ./index (or `index`), built from ./corpus the first time.

    Raises InputError for a bad question or `top_k`; see `Service.ask` for the others.
    """
    service = _shared(settings, index)
    check_question(question)
    try:
        return service.ask(question, top_k=top_k)
    except IndexMissingError:
        service.rebuild()
        return service.ask(question, top_k=top_k)


def rebuild(
    paths: Paths = None,
    *,
    texts: Sequence[Text] = (),
    index: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    settings: Settings | None = None,
) -> BuildReport:
    """Build ./index (or `index`) anew from exactly `paths` and `texts` (default: ./corpus).

    Each text is a string or a pair (name, text). Unchanged texts are not embedded again.
    Raises BuildError, IndexBusyError or InputError; the live index then stays as it was.
    """
    return _shared(settings, index).rebuild(paths, texts=texts, progress=progress)


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
