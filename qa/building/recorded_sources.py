"""What the live generation recorded of its sources, read back for the next change or build."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from qa.building.source_set import SourceSet, absolute, from_records
from qa.errors import IndexDamagedError
from qa.index.catalog import CATALOG, Catalog
from qa.index.generations import IndexFolder
from qa.settings import Settings

Value = TypeVar("Value")


def recorded_set(settings: Settings, *, whole: bool = True) -> SourceSet:
    """The set of sources that the index is built from; where nothing was built, the corpus
    folder with the globs of the settings.

    Raises InputError where a folder of it is gone, unless it need not be `whole`.
    """
    records = read_last_good_catalog(settings, Catalog.origins)
    if records is None:
        paths = (absolute(settings.corpus),)
        return SourceSet(paths, include=settings.include, exclude=settings.exclude)
    return from_records(records, settings.index, whole=whole)


def recorded_set_described(settings: Settings) -> tuple[str, ...]:
    """The recorded set in words; nothing where none was recorded."""
    records = read_last_good_catalog(settings, Catalog.origins)
    return from_records(records or (), settings.index, whole=False).described()


def recorded_sources(settings: Settings) -> list[tuple[str, str, str | None]]:
    """(name, SHA-256, path relative to the index folder or None) of each source in the index."""
    return read_last_good_catalog(settings, Catalog.sources) or []


def read_last_good_catalog(settings: Settings, read: Callable[[Catalog], Value]) -> Value | None:
    """What the live generation recorded; where it is damaged, what the last good one did."""
    folder = IndexFolder(settings.index)
    names = folder.names()[::-1]
    with suppress(IndexDamagedError):
        live = folder.live()
        names = [live, *(name for name in names if name < live)] if live else []
    for name in names:
        try:
            catalog = Catalog(folder.path(name) / CATALOG)
        except IndexDamagedError:
            continue
        try:
            return read(catalog)
        except IndexDamagedError:
            continue
        finally:
            catalog.close()
    return None
