"""The list of documents and its search, the pace of a build, paths, and removal as a job."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa import Service
from qa.accounts import Account, LeftOut
from qa.building.source_keeper import wanted_path
from qa.building.time_left import StageTimer
from qa.datatypes import Document, Passage, Progress
from qa.documents.blocks import Row
from qa.documents.table_rows import cells
from qa.errors import BuildCancelled, InputError
from qa.index.generations import IndexFolder
from qa.index.summaries import DocumentSummary, matching
from qa.page.highlights import passage_blocks
from qa.settings import Settings

TEA = DocumentSummary("a", "Green Tea", "drinks/tea.txt", 1, Account("drinks/tea.txt"))
RICE = DocumentSummary("b", "Rice", "food/rice.txt", 1, Account("food/rice.txt"))


def test_a_document_keeps_its_date_while_its_text_stays(settings: Settings) -> None:
    build_toy(settings, [("a", "Tea is hot."), ("b", "Rice is white.")])
    first = {one.source: one for one in Service(settings, encoder=ToyEncoder()).documents()}
    assert all(one.added.endswith("+00:00") for one in first.values())
    catalog = IndexFolder(settings.index).live_catalog()
    assert catalog is not None
    then = "2020-02-02T02:02:02+00:00"
    with sqlite3.connect(catalog) as db:
        db.execute("UPDATE added SET at = ?", [then])
    db.close()
    build_toy(settings, [("a", "Tea is hot."), ("b", "Rice is black."), ("c", "Salt.")])
    again = {one.source: one.added for one in Service(settings, encoder=ToyEncoder()).documents()}
    assert again["a"] == then
    assert again["b"] > then
    assert again["c"] > then


def test_files_without_a_document_are_listed_with_the_reason(settings: Settings) -> None:
    settings.corpus.mkdir(parents=True, exist_ok=True)
    (settings.corpus / "tea.txt").write_text("Tea is hot.", encoding="utf-8")
    (settings.corpus / "half.pdf").write_bytes(b"half")
    build_toy(settings, [], [settings.corpus])
    (skipped,) = Service(settings, encoder=ToyEncoder()).sources.unread()
    assert skipped.source == "half.pdf"
    assert skipped.reason


def test_the_index_keeps_the_account_and_the_tables_of_a_document(settings: Settings) -> None:
    settings.corpus.mkdir(parents=True, exist_ok=True)
    page = (
        "<nav>Home</nav><p>Three teas are sold in the shop.</p><table><tr><th>Tea<th>Price"
        "<tr><td>Assam<td>4.50<tr><td>Sencha<td>5</table>"
    )
    (settings.corpus / "teas.html").write_text(page, encoding="utf-8")
    for _ in range(2):  # the second time from the cache
        build_toy(settings, [], [settings.corpus])
        service = Service(settings, encoder=ToyEncoder())
        (one,) = service.documents()
        # 1 + 7 + 2 headers + 3 words ("4.50" is two) + 2
        left_out = (LeftOut("menu of the web page", 1),)
        assert one.account == Account("teas.html", 15, 14, 0, left_out, ())
        (table,) = service.retriever().catalog.tables_of(one.id)
        text = service.document(one.id).text
        assert table.names == ("Tea", "Price")
        assert [
            [text[start:end] for _, start, end in cells(row[0], Row(table.names, row[1:]))]
            for row in table.rows
        ] == [["Assam", "4.50"], ["Sencha", "5"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [("", [TEA, RICE]), ("TXT", [TEA, RICE]), ("tea drinks", [TEA]), ("tea rice", [])],
)
def test_every_word_counts_and_case_does_not(text: str, found: list[DocumentSummary]) -> None:
    assert matching([TEA, RICE], text) == found


def test_the_pace_is_told_once_it_is_known_and_runs_down() -> None:
    pace = StageTimer().noted(Progress("embed", 10, 110), 0.0)
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
    found = passage_blocks(Document("d", "t", text, "s"), passages)
    assert [(cut.text, cut.number) for cut in found] == [
        ("One. ", 0),
        ("Two. Three.", 1),
        (" Four.", 2),
    ]
    with pytest.raises(InputError, match="does not lie"):
        passage_blocks(Document("d", "t", "x", "s"), passages)


def test_a_removal_that_is_stopped_changes_nothing(toy_service) -> None:
    before = toy_service.documents()
    job = toy_service.sources.start_remove(before[0].source)
    job.cancel()
    with pytest.raises(BuildCancelled):
        job.run()
    assert toy_service.documents() == before
    toy_service.settings = replace(toy_service.settings, allow_paths=False)
    with pytest.raises(InputError, match="switched off"):
        toy_service.sources.start_add_path("/")
