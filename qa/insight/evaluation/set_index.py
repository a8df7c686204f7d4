"""The index of a question set's texts, built by the same steps as every other, and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qa.answering.retriever import Retriever
from qa.building.build import build
from qa.building.sources import ReadAlready
from qa.datatypes import Document, Progress
from qa.encoders.models import fingerprint_of, resolve_model
from qa.encoders.pair import prepare
from qa.errors import IndexMismatchError
from qa.index.disk import replace_text
from qa.settings import __version__

if TYPE_CHECKING:
    from qa.encoders.pair import EncoderPair
    from qa.settings import Settings

DECIDING = ("languages", "chunking", "encoders", "index", "answering", "building")
"""Packages of `qa` that decide what an index holds, the later ones by way of its calibration."""

MADE_FROM = "made-from.json"
"""File in a set's index folder that tells from which texts, settings and code it was built."""


@contextmanager
def open_index(
    documents: Sequence[Document],
    name: str,
    settings: Settings,
    *,
    kept: Path | None = None,
    pair: EncoderPair | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Iterator[Retriever]:
    """An index of exactly `documents`, in `kept`/`name`, or in a folder that goes away.

    One that lies there is taken as it is if texts, settings, model and the code that builds are
    the same. `pair` replaces the model of `settings`. Raises IndexMismatchError rather than
    write over an index that was made otherwise.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        place = (kept or Path(temporary)) / name
        settings = replace(settings, index=place)
        made_from = _made_from(documents, settings, pair)
        before = place / MADE_FROM
        if (place / "CURRENT").exists() and not before.is_file():
            raise IndexMismatchError(
                f"{place} holds an index that no evaluation made; give another --index folder."
            )
        if not before.is_file() or before.read_text(encoding="utf-8") != made_from:
            place.mkdir(parents=True, exist_ok=True)
            replace_text(before, "being built")
            build(
                lambda _: ReadAlready(documents, settings),
                settings,
                lambda folder: (
                    pair or prepare(settings.model, folder.encoders, threads=settings.threads)
                ),
                progress,
            )
            replace_text(before, made_from)
        retriever = Retriever.open(place, encoder=pair.query if pair else None, settings=settings)
        try:
            yield retriever
        finally:
            retriever.close()


def _made_from(documents: Sequence[Document], settings: Settings, pair: EncoderPair | None) -> str:
    """Everything that decides what the index of a set holds, as JSON."""
    texts, code = hashlib.sha256(), hashlib.sha256()
    for document in documents:
        texts.update(document.id.encode())
    package = Path(__file__).parents[2]
    for name in DECIDING:
        for file in sorted((package / name).rglob("*.py")):
            code.update(file.read_bytes())
    model = pair.query.fingerprint if pair else fingerprint_of(resolve_model(settings.model).path)
    facts = {
        "qa": __version__,
        "texts": texts.hexdigest(),
        "code": code.hexdigest(),
        "model": model,
        "language": settings.language,
        "passage_tokens": settings.passage_tokens,
        "overlap_sentences": settings.overlap_sentences,
    }
    return json.dumps(facts, indent=1)
