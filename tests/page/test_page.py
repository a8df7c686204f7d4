"""The page's words, its handlers with a service made for the test, and how it is served."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qa.answering.retriever import check_question
from qa.building import running_builds as builds
from qa.building.generations import Generation, Pruned
from qa.building.pins import PinState
from qa.datatypes import (
    Answer,
    BuildReport,
    Document,
    Dropped,
    Hit,
    Passage,
    Progress,
    Sentence,
    Signals,
    Skipped,
)
from qa.errors import (
    BuildCancelled,
    BuildError,
    IndexBusyError,
    IndexMissingError,
    InputError,
    SettingsError,
)
from qa.index.status import Status
from qa.index.summaries import DocumentSummary
from qa.page import server as app
from qa.page.html import answer_card, build_card, document_table, reader
from qa.page.html import elements as markup
from qa.page.tabs import ask, documents, history, pins
from qa.settings import Settings

EVIL = """<img src=x onerror="window.pwned=1"><script>alert('x')</script>"""
EVIL_ESCAPED = (
    "&lt;img src=x onerror=&quot;window.pwned=1&quot;&gt;"
    "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"
)


def hit(
    before: str = "Tea is grown on hills. ",
    sentence: str = "It is picked by hand.",
    after: str = " Then it is dried.",
    **changes: Any,
) -> Hit:
    """A hit whose passage begins at character 10 of its document."""
    text = before + sentence + after
    full = "x" * 10 + text
    given = {"title": "Tea", "source": "drinks/tea.txt", "headings": (), "page": None, "rank": 1}
    given.update(changes)
    document = Document("d1", given["title"], full, given["source"])
    begin = 10 + len(before)
    marked = Sentence(begin, begin + len(sentence), sentence)
    passage = Passage(
        "d1:10", "d1", 10, len(full), text, (marked,), given["headings"], given["page"]
    )
    return Hit(
        passage,
        document,
        1.0,
        given["rank"],
        marked,
        Signals(0.5, 0.5, 0.5),
        changes.get("duplicates", ()),
    )


def answer(*hits: Hit, sure: float = 0.95, text: str | None = "It is picked by hand.") -> Answer:
    return Answer("How is tea picked?", text, sure, hits, "g1")


class FakeJob:
    """A build that waits until it is let go, or is cancelled."""

    def __init__(self, report: BuildReport | None = None, error: Exception | None = None) -> None:
        self.report, self.error = report, error
        self.go, self.cancelled = threading.Event(), False

    def run(self, progress: Callable[[Progress], None]) -> BuildReport:
        progress(Progress("embed", 3, 12, "tea.txt"))
        assert self.go.wait(10)
        if self.cancelled:
            raise BuildCancelled("The build was stopped; the old index is unchanged.")
        if self.error:
            raise self.error
        assert self.report
        return self.report

    def cancel(self) -> None:
        self.cancelled = True
        self.go.set()


class FakeService:
    """Answers with what the test puts in."""

    def __init__(self, tmp_path: Path) -> None:
        self.settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
        self.reply: Answer | Exception = answer(hit())
        self.job = FakeJob(REPORT)
        self.saved: list[str] = []
        self.live, self.pinned = "g2", list[PinState]()
        self.recorded: list[Answer] = []
        self.listed: list[DocumentSummary] | Exception = [
            DocumentSummary("d1", "Tea", "drinks/tea.txt", 3, 1200)
        ]
        self.sources = self.generations = self.feedback = self
        self.corpus = self.settings.corpus
        self.pins = SimpleNamespace(states=self.pin_states, add=self.pin, remove=self.unpin)
        self.catalog = SimpleNamespace(passages_of=self.passages_of)

    def retriever(self) -> SimpleNamespace:
        return SimpleNamespace(generation="another", catalog=self.catalog)

    def ask(self, question: str, *, top_k: int = 5, sources: Sequence[str] = ()) -> Answer:
        check_question(question)
        self.asked = (question, top_k, tuple(sources))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def record(self, answer: Answer) -> bool:
        self.recorded.append(answer)
        return True

    def document(self, document_id: str) -> Document:
        if document_id != "d2":
            raise InputError("There is no such document.")
        return Document("d2", "Copy", "text", "copies/<b>.txt")

    def unread(self) -> list[Skipped]:
        return [Skipped("half<b>.pdf", "It cannot be read.")]

    def documents(self) -> list[DocumentSummary]:
        if isinstance(self.listed, Exception):
            raise self.listed
        return self.listed

    def history(self) -> list[Generation]:
        return [
            Generation("g1", False, "2026-05-04T09:08:07+00:00", "mini", 1, 3, 45_600, 1, 2),
            Generation("g2", self.live == "g2", "2026-05-05T09:08:07+00:00", "mini", 1),
            Generation("g3", problem=f"Generation {EVIL} is damaged."),
        ]

    def rollback(self, name: str) -> Generation:
        if name == "gone":
            raise InputError("There is no generation gone.")
        return Generation(name, True)

    def prune(self) -> Pruned:
        return Pruned(("g0",))

    def pin_states(self) -> tuple[PinState, ...]:
        return tuple(self.pinned)

    def pin(self, question: str, expected: Sequence[str]) -> None:
        check_question(question)
        self.pinned.append(PinState(question, tuple(expected), True))

    def unpin(self, question: str) -> None:
        if question not in [pin.question for pin in self.pinned]:
            raise InputError(f"“{question}” is not pinned.")
        self.pinned = [pin for pin in self.pinned if pin.question != question]

    def start_remove(self, source: str, *, purge: bool = False) -> FakeJob:
        self.removed = (source, purge)
        return self.job

    def start_add_path(self, path: str) -> FakeJob:
        raise InputError("Adding by path is switched off.")

    def passages_of(self, document_id: str) -> list[Passage]:
        return [Passage("p", "d2", 0, 4, "text")]

    def status(self) -> Status:
        return Status(
            self.settings.index, "g1", "2026-05-04T09:08:07+00:00", "mini", 1, 3, 20, 45_600
        )

    def add_text(self, name: str, text: str) -> Path:
        self.saved.append(name)
        return self.settings.corpus / "added" / f"{name}.txt"

    def add_file(self, path: str | Path, name: str | None = None) -> Path:
        if "huge" in str(path):
            raise InputError("huge.txt is larger than 100 MB, the limit for a file.")
        self.saved.append(name or "")
        return self.settings.corpus / "added" / (name or "")

    def start_build(self) -> FakeJob:
        return self.job


REPORT = BuildReport("g2", 2, 1234, 5000, 1, 4, 0.42)


@pytest.fixture
def service(tmp_path: Path) -> Any:
    return FakeService(tmp_path)


def in_new_loop(coroutine: Callable[[], Any]) -> Any:
    """Run a coroutine in a thread of its own: this one's loop may be the browser suite's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(coroutine())).result()


# The answer card ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "words", "percent"),
    [
        (1.0, "Very likely", "99%"),
        (0.9, "Very likely", "90%"),
        (0.8999, "Likely", "90%"),
        (0.7, "Likely", "70%"),
        (0.69, "Possibly", "69%"),
        (0.3, "Possibly", "30%"),
    ],
)
def test_confidence_in_words(confidence: float, words: str, percent: str) -> None:
    card = answer_card.answer_html(answer(hit(), sure=confidence))
    assert f">{words}</span>" in card
    assert f">{percent} probability<" in card
    assert "Not in these documents" not in card


def test_the_answering_sentence_is_marked_in_its_passage() -> None:
    card = answer_card.answer_html(answer(hit()))
    assert '<p class="qa-sentence" dir="auto">It is picked by hand.</p>' in card
    expected = "Tea is grown on hills. <mark>It is picked by hand.</mark> Then it is dried."
    assert expected in card


def test_a_sentence_outside_its_passage_is_not_marked() -> None:
    one = hit()
    broken = Hit(
        one.passage, one.document, 1.0, 1, Sentence(0, 5, "xxxxx"), one.signals, one.duplicates
    )
    assert answer_card.marked(broken) == (
        "Tea is grown on hills. It is picked by hand. Then it is dried."
    )


def test_place_tells_page_characters_and_length() -> None:
    passage = Passage("p", "d", 1000, 2345, "…", page=7)
    assert answer_card.place(passage, 98765) == "page 7, characters 1,000–2,345 of 98,765"
    passage = Passage("p", "d", 0, 12, "…")
    assert answer_card.place(passage, 12) == "characters 0–12 of 12"


def test_the_card_names_title_headings_and_source() -> None:
    card = answer_card.answer_html(answer(hit(headings=("Leaves", "Picking"))))
    assert '<h2 dir="auto">Tea</h2>' in card
    assert '<li dir="auto">Leaves › Picking</li><li>drinks/tea.txt</li>' in card
    assert "<li>characters 10–72 of 72</li>" in card


def test_a_document_without_title_goes_by_its_source_once() -> None:
    card = answer_card.answer_html(answer(hit(title=" ")))
    assert "<li>drinks/tea.txt</li>" not in card
    assert '<h2 dir="auto">drinks/tea.txt</h2>' in card


def test_further_passages_are_folded_with_title_and_best_sentence() -> None:
    second = hit(before="", sentence="Coffee is roasted. ", after="It is ground.", rank=2)
    card = answer_card.answer_html(answer(hit(), second))
    assert card.count("<details") == 1
    assert "Further passages" in card
    folded = card.split("<details", 1)[1]
    assert 'qa-more-line" dir="auto">Coffee is roasted.</span>' in folded
    assert "<mark>Coffee is roasted. </mark>" in folded


def test_not_in_these_documents_comes_first_and_offers_the_closest() -> None:
    card = answer_card.answer_html(answer(hit(), hit(rank=2), text=None, sure=0.123))
    assert '<p class="qa-sentence">Not in these documents</p>' in card
    assert "The 2 passages that come closest" in card
    assert "only 12% probability" in card
    assert "Closest passages" in card
    assert card.count("<details") == 2
    assert "qa-badge" not in card


def test_a_mended_question_is_told() -> None:
    card = answer_card.answer_html(Answer("Waht is <t>ea?", None, 0.1, (), "g", "What is <t>ea?"))
    assert '"qa-searched" dir="auto">Searched for: What is &lt;t&gt;ea?</p>' in card
    assert "qa-searched" not in answer_card.answer_html(answer(hit()))


def test_not_in_these_documents_without_any_passage() -> None:
    card = answer_card.answer_html(answer(text=None, sure=0.0))
    assert "Not in these documents" in card
    assert "<details" not in card


def test_folded_duplicates_are_named(service: Any) -> None:
    copies = (Passage("a", "d2", 5, 67, "…", page=2), Passage("b", "gone", 1, 2, "…"))
    service.reply = answer(hit(duplicates=copies))
    card = ask.answered(service, "How is tea picked?")
    assert (
        "Also in copies/&lt;b&gt;.txt (page 2, characters 5–67); "
        "another document (characters 1–2)" in card
    )


def test_everything_in_an_answer_is_escaped() -> None:
    evil = hit(
        before=EVIL,
        sentence=EVIL,
        after=EVIL,
        title=EVIL,
        source=EVIL + "2",
        headings=(EVIL,),
    )
    for given in (Answer(EVIL, EVIL, 0.9, (evil, evil)), Answer(EVIL, None, 0.1, (evil,))):
        card = answer_card.answer_html(given, {"d1": EVIL})
        assert "<img" not in card
        assert "<script" not in card
        assert EVIL_ESCAPED in card


# Notices -----------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "   ", "\n\t\u3000", "?" * 10_000, "\0"])
def test_a_question_that_cannot_be_asked_gets_a_notice(service: Any, question: str) -> None:
    card = ask.answered(service, question)
    assert 'role="alert"' in card
    assert "question" in card
    assert "qa-card" not in card


def test_our_errors_are_shown_as_their_sentence(service: Any) -> None:
    service.reply = BuildError("The index <b>is</b> damaged.")
    card = ask.answered(service, "How?")
    assert "The index &lt;b&gt;is&lt;/b&gt; damaged." in card
    assert 'role="alert"' in card


def test_a_missing_index_says_what_to_do(service: Any) -> None:
    service.reply = IndexMissingError("There is no index in /secret/place.")
    card = ask.answered(service, "How?")
    assert "There is no index yet" in card
    assert "Add and rebuild" in card
    assert "/secret" not in card


def test_an_unexpected_error_is_logged_and_not_shown(
    service: Any, caplog: pytest.LogCaptureFixture
) -> None:
    service.reply = ZeroDivisionError("secret detail")
    with caplog.at_level(logging.ERROR, logger="qa.page"):
        card = ask.answered(service, "How?")
    assert "Something went wrong" in card
    assert "secret" not in card
    assert "Traceback" not in card
    assert caplog.records[0].exc_info is not None
    assert "secret detail" in caplog.text


def test_a_notice_is_escaped() -> None:
    assert markup.notice(EVIL, advice=EVIL).count(EVIL_ESCAPED) == 2


# Status, table, progress, report -----------------------------------------------------------


def test_status_line(service: Any) -> None:
    line = build_card.status_html(service.status())
    for fact in ("1 document", "3 passages", "20 sentences", "model mini", "46 kB"):
        assert f"<li>{fact}</li>" in line
    assert "<li>built 4 May 2026, 09:08 UTC</li>" in line


def test_status_without_index_says_what_to_do(tmp_path: Path) -> None:
    line = build_card.status_html(Status(tmp_path, problem="There is no index <here>."))
    assert "There is no index &lt;here&gt;." in line
    assert "Add and rebuild" in line


def test_table_of_documents_is_escaped_and_counted() -> None:
    table = document_table.documents_html([DocumentSummary("d", EVIL, EVIL, 3, 1200)])
    assert "<img" not in table
    assert table.count(EVIL_ESCAPED) == 5  # title and source, and the names of two buttons
    assert '<td data-unit="passages">3</td>' in table
    assert ">1,200</td>" in table


def test_a_long_table_ends_with_the_number_of_the_rest() -> None:
    many = [DocumentSummary(str(n), "t", "s", 1, 1) for n in range(document_table.LISTED + 7)]
    table = document_table.documents_html(many)
    assert table.count('<th scope="row"') == document_table.LISTED
    assert "7 documents more" in table


def test_progress_shows_stage_share_and_time() -> None:
    card = build_card.progress_html(Progress("embed", 3, 12, EVIL), 4.9)
    assert '<progress max="100" value="25"' in card  # 3 of 12
    assert "3 of 12 (25%)" in card
    assert ">4 s<" in card
    assert '<li class="qa-now" aria-current="step">Embedding sentences</li>' in card
    assert card.count("qa-done") == 3  # read, encoder and chunk are behind it
    assert "<img" not in card


def test_progress_of_unknown_length_claims_no_share() -> None:
    card = build_card.progress_html(Progress("encoder", 0, 0), 0.0)
    assert "%" not in card
    assert "value=" not in card


def test_report_names_what_was_added_skipped_and_left_out() -> None:
    report = BuildReport(
        *("g2", 2, 1234, 5000, 1, 4, 0.42, ("a.txt",)),
        skipped=(Skipped("added/broken.pdf", "It is damaged."), Skipped("old.bin", EVIL)),
        dropped=(Dropped("a.txt", "46 votes", "counter"), Dropped("a.txt", EVIL, "loading")),
    )
    added = builds.Added(
        {"added/tea (2).txt": "tea.txt", "added/broken.pdf": "broken.pdf"},
        (Skipped("big.txt", "Too big."),),
    )
    card = build_card.report_html(report, added)
    assert "Added tea.txt." in card
    assert "2 documents, 1,234 passages, 1 new vector, 4 reused, in 0.4 s." in card
    assert "broken.pdf is not in the index." in card
    assert "It is damaged." in card
    assert "big.txt could not be added." in card
    assert "1 file skipped" in card
    assert "<strong>old.bin</strong>" in card
    assert "2 pieces of page furniture left out" in card
    assert "“46 votes”" in card
    assert "<img" not in card


# Rebuilding --------------------------------------------------------------------------------


def finished(build: builds.Build, job: FakeJob) -> builds.Build:
    job.go.set()
    for _ in range(500):
        if not build.running:
            return build
        threading.Event().wait(0.01)
    raise AssertionError("the build did not end")


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
        (builds.SourcesToAdd(files=(Path("huge.txt"),)), "larger than 100 MB"),
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
    wanted = builds.SourcesToAdd(files=(Path("/x/huge.txt"), Path("/x/tea.txt")))
    build = finished(builds.RunningBuilds(service.sources).start(wanted), service.job)
    assert service.saved == ["tea.txt"]
    card = build_card.result_html(build)
    assert "huge.txt could not be added." in card
    assert "Added tea.txt." in card


def test_the_tab_follows_a_rebuild_to_its_end(service: Any) -> None:
    with app.build_demo(service):
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
    with app.build_demo(service):
        tab = documents.DocumentsTab(service)
    build = tab.builds.start()

    async def press() -> list[dict[Any, Any]]:
        return [update async for update in tab.on_rebuild()]

    (only,) = in_new_loop(press)
    assert "already running" in only[tab.box]
    assert 'role="alert"' in only[tab.box]
    assert "qa-progress" in only[tab.box]
    finished(build, service.job)


# The rest of the tab -----------------------------------------------------------------------


def test_notes_tell_what_was_skipped_and_doubled() -> None:
    one = DocumentSummary("d", "T", "t.pdf", 1, 2, (EVIL,), ("Page 2 holds no text.",), 3)
    table = document_table.documents_html([one])
    assert "Page 2 holds no text." in table
    assert f"Same text as {EVIL_ESCAPED}" in table
    assert "3 pieces left out" in table


def test_an_empty_table_says_what_to_do() -> None:
    assert "Add a text" in document_table.documents_html([])
    assert "No title or source holds" in document_table.documents_html([], "x")


def test_the_search_filters_the_table(service: Any) -> None:
    found = documents.index_html(service, "TEA")[1]
    assert "drinks/tea.txt" in found
    assert "<strong>half&lt;b&gt;.pdf</strong>: It cannot be read." in found
    assert "drinks/tea.txt" not in documents.index_html(service, "coffee")[1]


def test_removal_is_followed_and_gets_the_purge(service: Any) -> None:
    with app.build_demo(service):
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
    with app.build_demo(service):
        tab = documents.DocumentsTab(service)
    assert tab.path.visible is False

    async def add() -> list[dict[Any, Any]]:
        return [update async for update in tab.on_path("/etc")]

    (only,) = in_new_loop(add)
    assert "switched off" in only[tab.box]


def test_the_history_tells_the_live_one_and_goes_back(service: Any) -> None:
    table = history.shown(service)
    assert 'data-rollback="g1"' in table
    assert 'data-rollback="g2"' not in table
    assert "<img" not in table
    assert "g1 is live now" in history.went_back(service, "g1")
    assert "There is no generation gone." in history.went_back(service, "gone")
    assert "Removed: g0" in history.pruned(service)
    assert "Add documents above" in history.history_html([])


def test_pins_are_added_and_taken_away(service: Any) -> None:
    assert "Write one below" in pins.shown(service)
    table, question, expected = pins.pinned(service, "How?", "by hand")
    assert "Passes" in table
    assert (question, expected) == ("", "")
    assert 'role="alert"' in pins.pinned(service, " ", "x")[0]
    assert "is not pinned" in pins.unpinned(service, "Why?")
    assert "No question is pinned yet" in pins.unpinned(service, "How?")


def test_the_preview_shows_the_borders_of_passages(service: Any) -> None:
    assert 'class="qa-cut"><span class="qa-cut-number">Passage 1</span>text' in reader.preview(
        service, "d2"
    )
    assert "There is no such document." in reader.preview(service, "d9")


def test_progress_tells_the_time_left_and_what_is_counted() -> None:
    card = build_card.progress_html(Progress("read", 3, 12), 4.9, 75.2)
    assert "about 1 min 15 s left of this step" in card
    assert "Files: 3 of 12" in card


# Serving -----------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def served(service: Any) -> Iterator[SimpleNamespace]:
    settings = Settings(
        corpus=service.settings.corpus, index=service.settings.index, port=free_port()
    )
    demo = app.launch(settings, service, prevent_thread_lock=True)
    yield SimpleNamespace(demo=demo, url=f"http://127.0.0.1:{settings.port}", service=service)
    demo.close(verbose=False)


def fetch(url: str, data: bytes | None = None, kind: str = "application/json") -> str:
    request = urllib.request.Request(url, data, {"Content-Type": kind})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as response:
        return str(response.read().decode("utf-8"))


def upload(url: str, name: str, content: bytes) -> str:
    disposition = f'Content-Disposition: form-data; name="files"; filename="{name}"'
    body = f"--cut\r\n{disposition}\r\n\r\n".encode() + content + b"\r\n--cut--\r\n"
    return fetch(url, body, "multipart/form-data; boundary=cut")


def press_add(served: SimpleNamespace, path: object, session: str) -> str:
    """Press "Add and rebuild" with one uploaded file, as a browser does; its event stream."""
    served.service.job.go.set()
    add = next(fn for fn in served.demo.fns.values() if getattr(fn.fn, "__name__", "") == "on_add")
    file = {"path": str(path), "meta": {"_type": "gradio.FileData"}}
    event = {"session_hash": session, "fn_index": add._id, "data": ["", "", [file], ""]}
    fetch(f"{served.url}/gradio_api/queue/join", json.dumps(event).encode())
    return fetch(f"{served.url}/gradio_api/queue/data?session_hash={session}")


def test_the_served_page_keeps_files_outside_to_itself(
    served: SimpleNamespace, tmp_path: Path
) -> None:
    home = fetch(served.url)
    assert "fonts.googleapis" not in home
    assert "--qa-paper" in home

    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{served.url}/gradio_api/file={secret}")
    assert refused.value.code in (403, 404)

    told = press_add(served, secret, "outside")
    assert '"success":false' in told
    assert served.service.saved == []
    cached = json.loads(upload(f"{served.url}/gradio_api/upload", "tea.txt", b"Tea is a drink."))
    told = press_add(served, cached[0], "inside")
    assert '"success":true' in told
    assert served.service.saved == ["tea.txt"]


def test_a_page_that_only_answers_takes_no_files_and_rebuilds_nothing(service: Any) -> None:
    port = free_port()
    service.settings = replace(service.settings, documents_tab=False, port=port)
    demo = app.launch(service.settings, service, prevent_thread_lock=True)
    try:
        names = {getattr(event.fn, "__name__", "") for event in demo.fns.values()}
        assert not names & {"on_add", "on_rebuild", "cancel"}
        url = f"http://127.0.0.1:{port}"
        assert "--qa-paper" in fetch(url)
        for way in ("/gradio_api/upload", "/gradio_api/upload/", "/upload"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                upload(f"{url}{way}", "tea.txt", b"Tea is a drink.")
            assert refused.value.code == 403
    finally:
        demo.close(verbose=False)


def test_the_api_of_the_page_is_closed(served: SimpleNamespace) -> None:
    info = json.loads(fetch(f"{served.url}/gradio_api/info"))
    assert info["named_endpoints"] == {}
    for number in served.demo.fns:
        event = json.dumps({"fn_index": number, "data": ["How is tea picked?"]}).encode()
        with pytest.raises(urllib.error.HTTPError):
            fetch(f"{served.url}/gradio_api/run/predict", event)


def test_a_taken_port_is_said_in_one_sentence(
    service: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} on 127.0.0.1 is taken"):
            app.launch(Settings(port=port), service)
        monkeypatch.setenv("QA_PORT", str(port))
        assert app.main() == 1
    told = capsys.readouterr().err
    assert told.startswith(f"Error: Port {port}")
    assert told.count("\n") == 1


def test_a_setting_that_makes_no_sense_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_PORT", "many")
    assert app.main() == 1
    assert capsys.readouterr().err == "Error: QA_PORT is 'many', but must be a whole number.\n"


def test_the_index_is_built_first_where_there_is_none(
    service: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, service.listed = service.listed, IndexMissingError("There is none.")

    def rebuild(progress: Callable[[Progress], None]) -> BuildReport:
        progress(Progress("read", 0, 1))
        progress(Progress("read", 1, 1))
        service.listed = listed
        return REPORT

    service.rebuild = rebuild
    app._require_index(service)
    told = capsys.readouterr().err
    assert "There is no index in" in told
    assert told.count("read") == 1


def test_the_page_is_served_even_if_the_first_build_fails(
    service: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    service.listed = IndexMissingError("There is none.")

    def rebuild(progress: Callable[[Progress], None]) -> BuildReport:
        raise BuildError("The corpus folder is empty.")

    service.rebuild = rebuild
    app._require_index(service)
    assert "The corpus folder is empty." in capsys.readouterr().err
