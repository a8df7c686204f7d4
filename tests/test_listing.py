"""The list of documents and its search, the pace of a build, paths, and removal as a job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qa.datatypes import Document, Passage, Progress
from qa.errors import BuildCancelled, InputError
from qa.keeping import wanted_path
from qa.listing import DocumentSummary, matching
from qa.pace import Pace
from qa.reading import cuts
from qa.settings import Settings

TEA = DocumentSummary("a", "Green Tea", "drinks/tea.txt", 1, 2)
RICE = DocumentSummary("b", "Rice", "food/rice.txt", 1, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [("", [TEA, RICE]), ("TXT", [TEA, RICE]), ("tea drinks", [TEA]), ("tea rice", [])],
)
def test_every_word_counts_and_case_does_not(text: str, found: list[DocumentSummary]) -> None:
    assert matching([TEA, RICE], text) == found


def test_the_pace_is_told_once_it_is_known_and_runs_down() -> None:
    pace = Pace().noted(Progress("embed", 10, 110), 0.0)
    assert pace.left(1.0) is None
    assert pace.noted(Progress("embed", 20, 110), 1.0).left(1.0) is None  # too early
    later = pace.noted(Progress("embed", 60, 110), 10.0)
    assert later.left(10.0) == 10.0
    assert later.left(14.0) == 6.0
    assert later.left(99.0) == 0.0
    assert later.noted(Progress("write", 0, 0), 20.0).left(30.0) is None


def test_a_path_needs_the_owner_s_leave(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="switched off"):
        wanted_path(str(tmp_path), Settings())
    allowed = Settings(allow_paths=True)
    assert wanted_path(f" {tmp_path} ", allowed) == tmp_path
    for wrong in ("", "corpus", str(tmp_path / "none")):
        with pytest.raises(InputError):
            wanted_path(wrong, allowed)


def test_cuts_join_to_the_text_and_overlaps_go_to_the_earlier() -> None:
    text = "One. Two. Three. Four."
    spans = [(5, 16), (10, 22)]
    passages = [Passage("p", "d", a, b, text[a:b]) for a, b in spans]
    found = cuts(Document("d", "t", text, "s"), passages)
    assert [(cut.text, cut.number) for cut in found] == [
        ("One. ", 0),
        ("Two. Three.", 1),
        (" Four.", 2),
    ]
    with pytest.raises(InputError, match="does not lie"):
        cuts(Document("d", "t", "x", "s"), passages)


def test_a_removal_that_is_stopped_changes_nothing(toy_service) -> None:
    before = toy_service.documents()
    job = toy_service.start_remove(before[0].source)
    job.cancel()
    with pytest.raises(BuildCancelled):
        job.run()
    assert toy_service.documents() == before
    toy_service.settings = replace(toy_service.settings, allow_paths=False)
    with pytest.raises(InputError, match="switched off"):
        toy_service.start_add_path("/")
