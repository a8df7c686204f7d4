"""Random documents as files of every kind: each word comes out once, in order, as it is written.

`QA_GENERATED=500 python -m pytest tests/documents/test_every_word.py` makes that many documents.
"""

from __future__ import annotations

import os

import pytest
from random_documents import Maker, RandomDocument, judge
from read_documents import Read, read_files
from written_documents import MARKS, WRITERS, written

DOCUMENTS = int(os.environ.get("QA_GENERATED", "15"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, RandomDocument], Read]:
    """What each file holds, and what was read of all of them."""
    folder = tmp_path_factory.mktemp("made")
    held = {}
    for seed in range(DOCUMENTS):
        document = Maker(seed).document()
        for kind in WRITERS:
            name = f"{seed}.{kind}"
            held[name], data = written(document, kind)
            (folder / name).write_bytes(data)
    return held, read_files(folder)


@pytest.mark.parametrize("kind", WRITERS)
def test_every_word_comes_out(kind: str, made: tuple[dict[str, RandomDocument], Read]) -> None:
    held, reading = made
    texts = {document.source: document.text for document in reading.documents}
    for seed in range(DOCUMENTS):
        name = f"{seed}.{kind}"
        named = [piece.text for piece in reading.dropped if piece.source == name]
        named += [note.reason for note in reading.skipped if note.source == name]
        verdict = judge(held[name], texts[name], " ".join(named), MARKS.get(kind, ()))
        assert verdict.words > 50
        assert verdict.faults == 0, (name, verdict)
