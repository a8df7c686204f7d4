"""The tab "Documents": adding, removing, rebuilding, and the table of what is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_service import (
    EVIL,
    EVIL_ESCAPED,
    REPORT,
    FakeJob,
    finished,
    in_new_loop,
)
from gradio.data_classes import FileData, ListFiles

from qa.accounts import Account, LeftOut
from qa.building import running_builds as builds
from qa.datatypes import Skipped
from qa.errors import (
    BuildError,
    IndexBusyError,
    InputError,
)
from qa.index.summaries import DocumentSummary
from qa.page import layout
from qa.page.html import build_card, document_table, reader
from qa.page.tabs import documents
from qa.page.tabs.upload_field import upload_field


def summary(title: str, account: Account) -> DocumentSummary:
    return DocumentSummary("d", title, account.source, 3, account)


def test_table_of_documents_is_escaped_and_counted() -> None:
    table = document_table.documents_html([summary(EVIL, Account(EVIL, read=1200))])
    assert "<img" not in table
    assert table.count(EVIL_ESCAPED) == 5  # title and source, and the names of two buttons
    assert '<td data-unit="passages">3</td>' in table
    assert ">1,200</td>" in table


def test_a_name_turns_nothing_around_it() -> None:
    name = "te\u202eat.txt"
    table = document_table.documents_html([summary(name, Account(name))])
    assert table.count(f">\u2068{name}\u2069<") == 2  # title and source
    assert f'data-remove="{name}"' in table  # what the page sends back is the name itself
    assert f">\u2068{name}\u2069<" in document_table.confirm_html(name)
    report = build_card.skipped_html([Skipped(name, "It is empty.")])
    assert f"<strong>\u2068{name}\u2069</strong>: It is empty." in report


def test_a_long_table_ends_with_the_number_of_the_rest() -> None:
    many = [summary("t", Account("s"))] * (document_table.LISTED + 7)
    table = document_table.documents_html(many)
    assert table.count('<th scope="row"') == document_table.LISTED
    assert "7 documents more" in table


def test_only_one_rebuild_at_a_time_and_nothing_is_saved_by_the_second(service: Any) -> None:
    running = builds.RunningBuilds(service.sources)
    first = running.start()
    with pytest.raises(IndexBusyError, match="already running"):
        running.start(builds.SourcesToAdd("late", "text"))
    assert service.saved == []
    finished(first, service.job)
    assert running.running is None
    service.job = FakeJob(REPORT)
    finished(running.start(builds.SourcesToAdd("late", "text")), service.job)
    assert service.saved == ["late"]


def test_a_cancelled_rebuild_says_so_and_what_was_saved(service: Any) -> None:
    running = builds.RunningBuilds(service.sources)
    build = running.start(builds.SourcesToAdd("tea", "Tea is a drink."))
    running.cancel()
    card = build_card.result_html(finished(build, service.job))
    assert "The build was stopped; the old index is unchanged." in card
    assert "Saved all the same, for the next rebuild: added/tea.txt." in card


def test_a_failed_rebuild_shows_the_sentence_only(service: Any) -> None:
    service.job = FakeJob(error=BuildError("The disk is full."))
    build = finished(builds.RunningBuilds(service.sources).start(), service.job)
    card = build_card.result_html(build)
    assert "The disk is full." in card
    assert "Saved" not in card


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (builds.SourcesToAdd(), "nothing to add"),
        (builds.SourcesToAdd("", " \n\t "), "nothing to add"),
        (builds.SourcesToAdd("a name", "  "), "text is empty"),
        (builds.SourcesToAdd("a", "x" * 2_000_001), "2,000,001 characters"),
        (builds.SourcesToAdd(files=((Path("huge.txt"), "huge.txt"),)), "larger than 100 MB"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_built(
    service: Any, wanted: builds.SourcesToAdd, sentence: str
) -> None:
    running = builds.RunningBuilds(service.sources)
    with pytest.raises(InputError, match=sentence):
        running.start(wanted)
    assert running.latest is None
    assert service.saved == []


def test_a_refused_file_does_not_stop_the_others(service: Any) -> None:
    wanted = builds.SourcesToAdd(
        files=((Path("/x/huge.txt"), "huge.txt"), (Path("/x/t.txt"), "tea.txt"))
    )
    build = finished(builds.RunningBuilds(service.sources).start(wanted), service.job)
    assert service.saved == ["tea.txt"]
    card = build_card.result_html(build)
    assert "huge.txt could not be added." in card
    assert "Added tea.txt." in card


def test_the_tab_follows_a_rebuild_to_its_end(service: Any) -> None:
    with layout.build_demo(service):
        tab = documents.DocumentsTab(service)

    async def follow() -> list[dict[Any, Any]]:
        seen = []
        async for update in tab.on_add("tea", "Tea is a drink.", None):
            seen.append(update)
            service.job.go.set()
        return seen

    seen = in_new_loop(follow)
    assert seen[0] == {tab.name: "", tab.text: "", tab.files: None}
    assert "qa-progress" in seen[1][tab.box]
    assert seen[1][tab.cancel]["visible"] is True
    assert "Added tea." in seen[-1][tab.box]
    assert seen[-1][tab.cancel]["visible"] is False
    assert "drinks/tea.txt" in seen[-1][tab.table]


def test_a_second_press_gets_a_notice_and_the_progress(service: Any) -> None:
    with layout.build_demo(service):
        tab = documents.DocumentsTab(service)
    build = tab.builds.start()

    async def press() -> list[dict[Any, Any]]:
        return [update async for update in tab.on_rebuild()]

    (only,) = in_new_loop(press)
    assert "already running" in only[tab.box]
    assert 'role="alert"' in only[tab.box]
    assert "qa-progress" in only[tab.box]
    finished(build, service.job)


def test_notes_tell_what_was_skipped_and_doubled() -> None:
    account = Account("t.pdf", None, 2, 0, (LeftOut("counter", 5, 3),), ("Page 2 holds no text.",))
    one = replace(summary("T", account), same_as=(EVIL,))
    table = document_table.documents_html([one])
    assert "<summary>5 words left out, 1 part not read</summary>" in table
    assert "<li>counter: 5 words in 3 pieces</li>" in table
    assert "<li>Page 2 holds no text.</li>" in table
    assert f"Same text as {EVIL_ESCAPED}" in table


def test_the_words_of_a_file_stand_beside_those_that_were_read() -> None:
    short = Account("t.html", 1204, 1120, 3, (LeftOut(EVIL, 81),), ("3 words did not come out.",))
    table = document_table.documents_html([summary("T", short)])
    assert '<td data-unit="words">1,120 of 1,204</td>' in table
    assert "<summary>81 words left out, 3 words missing</summary>" in table
    assert f"<li>{EVIL_ESCAPED}: 81 words</li>" in table
    whole = document_table.documents_html([summary("T", Account("t.txt", 9, 9))])
    assert '<td data-unit="words">9</td>' in whole
    assert "<details" not in whole


def test_an_empty_table_says_what_to_do() -> None:
    assert "Add a text" in document_table.documents_html([])
    assert "No title or source holds" in document_table.documents_html([], "x")


def test_the_search_filters_the_table(service: Any) -> None:
    found = documents.index_html(service, "TEA")[1]
    assert "drinks/tea.txt" in found
    assert "<strong>half&lt;b&gt;.pdf</strong>: It cannot be read." in found
    assert "drinks/tea.txt" not in documents.index_html(service, "coffee")[1]


def test_removal_is_followed_and_gets_the_purge(service: Any) -> None:
    with layout.build_demo(service):
        tab = documents.DocumentsTab(service)
    service.job.go.set()

    async def remove(wanted: str) -> list[dict[Any, Any]]:
        return [update async for update in tab.on_remove(wanted)]

    seen = in_new_loop(lambda: remove('["drinks/tea.txt", true]'))
    assert service.removed == ("drinks/tea.txt", True)
    assert "qa-report" in seen[-1][tab.box]
    (only,) = in_new_loop(lambda: remove("nonsense"))
    assert "cannot be removed any more" in only[tab.box]


def test_a_path_that_is_not_allowed_gets_a_notice(service: Any) -> None:
    with layout.build_demo(service):
        tab = documents.DocumentsTab(service)
    assert tab.path.visible is False

    async def add() -> list[dict[Any, Any]]:
        return [update async for update in tab.on_path("/etc")]

    (only,) = in_new_loop(add)
    assert "switched off" in only[tab.box]


def test_the_preview_shows_the_borders_of_passages(service: Any) -> None:
    assert 'class="qa-cut"><span class="qa-cut-number">Passage 1</span>text' in reader.open_preview(
        service, "d2"
    )
    assert "There is no such document." in reader.open_preview(service, "d9")


def test_an_upload_keeps_the_name_that_was_given(tmp_path: Path) -> None:
    kept = tmp_path / "Why a b.txt"  # as Gradio writes it
    kept.write_text("Tea is hot.")
    sent = FileData(path=str(kept), orig_name='Why "a" & b?.txt')
    nameless = FileData(path=str(kept))
    field = upload_field(file_count="multiple")
    assert field.preprocess(ListFiles([sent, nameless])) == [
        (kept, 'Why "a" & b?.txt'),
        (kept, "Why a b.txt"),
    ]
    assert field.preprocess(None) is None
