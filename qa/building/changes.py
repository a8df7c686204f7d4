"""What a build changed: the sources of one catalog against those of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from qa.datatypes import NAMED, Changes, NameSample
from qa.errors import QAError
from qa.index.catalog import Catalog

Contents = Mapping[str, list[str]]
"""Name of a source → what it holds, as sorted hashes; a name may stand for several texts."""


def compare(before: Contents, after: Contents) -> Changes:
    """NameSample that came, went, hold something else, or are as they were.

    >>> changes = compare({"a": ["1"], "b": ["1"], "c": ["1"]}, {"b": ["1"], "c": ["2"]})
    >>> changes.removed.names, changes.unchanged.names, changes.changed.names, changes.added.names
    (('a',), ('b',), ('c',), ())
    """
    common = [name for name in after if name in before]
    return Changes(
        added=_names(name for name in after if name not in before),
        changed=_names(name for name in common if before[name] != after[name]),
        removed=_names(name for name in before if name not in after),
        unchanged=_names(name for name in common if before[name] == after[name]),
    )


def changes_since(before: Path | None, after: Path) -> Changes:
    """The changes between two catalogs; against None, or one that cannot be read, all is new."""
    new = Catalog(after)
    old: Catalog | None = None
    try:
        if before is not None and before.is_file():
            old = Catalog(before)
            return compare(_recorded(old), _recorded(new))
    except QAError:
        pass
    finally:
        new_contents = _recorded(new)
        new.close()
        if old is not None:
            old.close()
    return compare({}, new_contents)


def same_texts(path: Path) -> tuple[NameSample, ...]:
    """Groups of sources whose documents have exactly the same text, of a catalog."""
    catalog = Catalog(path)
    try:
        groups = sorted([source for _, source in group] for group in catalog.same_documents())
    finally:
        catalog.close()
    return tuple(_names(group) for group in groups[:NAMED])


def _recorded(catalog: Catalog) -> Contents:
    return _grouped((name, sha256) for name, sha256, _ in catalog.sources())


def _grouped(pairs: Iterable[tuple[str, str]]) -> Contents:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, content in pairs:
        found[name].append(content)
    return {name: sorted(contents) for name, contents in found.items()}


def _names(names: Iterable[str]) -> NameSample:
    listed = sorted(names)
    return NameSample(len(listed), tuple(listed[:NAMED]))
