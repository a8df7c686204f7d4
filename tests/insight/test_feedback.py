"""Questions and verdicts: kept, listed by likeness, exported, and never in the way of answers."""

from __future__ import annotations

import json
import logging
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from qa import Service
from qa.answering.judged_questions import read_judged_questions
from qa.cli.app import app
from qa.datatypes import Answer, Citation, Document, Hit, Passage, Sentence, Signals
from qa.errors import FeedbackError, InputError
from qa.insight.evaluation.spans import evaluate_questions
from qa.insight.feedback import HOURLY, AskedQuestion, Judgement, Store
from qa.insight.question_clusters import QuestionCluster, cluster_questions, cluster_rows
from qa.insight.question_history import UnansweredQuestion, export_judgements, unanswered_questions
from qa.page.html.answer_card import answer_html
from qa.page.html.feedback_card import questions_html
from qa.page.tabs import questions as page_feedback

ROOT = Path(__file__).resolve().parents[2]
KETTLE = "How many years of warranty has the kettle?"


def answer(question: str, text: str | None = None) -> Answer:
    return Answer(question, text, 0.2, (), "g1")


def asked(question: str, answered: bool = False, source: str = "a.txt") -> AskedQuestion:
    return AskedQuestion(question, source, 0.2, answered, "g1", "2026-01-01T00:00:00+00:00")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback.sqlite")


def test_what_was_asked_is_kept_with_its_facts(toy_service: Service, settings) -> None:
    found = toy_service.ask(KETTLE)
    assert toy_service.feedback.record(found)
    (kept,) = Store(settings.index / "feedback.sqlite").asked()
    assert (kept.question, kept.answered) == (KETTLE, found.text is not None)
    assert kept.source == found.hits[0].document.source
    assert kept.confidence == pytest.approx(found.confidence)
    assert kept.generation == found.generation
    assert kept.at.endswith("+00:00")


def test_only_the_newest_rows_are_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "feedback.sqlite", kept=5)
    for number in range(12):
        store.record(answer(f"question {number}"))
        store.judge(Judgement(f"question {number}", "up", "text"))
    expected = [f"question {number}" for number in range(7, 12)]
    assert [each.question for each in store.asked()] == expected
    assert [each.question for each in store.judged()] == expected


@pytest.mark.parametrize("visitor", ["", "a visitor"])
def test_a_flood_pushes_out_few_questions_and_verdicts(tmp_path: Path, visitor: str) -> None:
    store = Store(tmp_path / "feedback.sqlite", kept=3 * HOURLY)
    for number in range(2 * HOURLY):
        assert store.record(answer(f"real {number}"), str(number))
        store.judge(Judgement(f"real {number}", "up", "text"), str(number))
    kept = sum(store.record(answer(f"flood {number}"), visitor) for number in range(5 * HOURLY))
    assert kept == HOURLY
    for number in range(HOURLY):
        store.judge(Judgement(f"flood {number}", "up", "text"), visitor)
    with pytest.raises(InputError, match=r"At most 200 verdicts are kept within an hour"):
        store.judge(Judgement("one more", "up", "text"), visitor)
    for each in (store.asked(), store.judged()):
        assert sum(one.question.startswith("real") for one in each) == 2 * HOURLY
    assert store.record(answer("a real one meanwhile"), "somebody else")


def test_where_there_is_no_room_the_busiest_visitor_gives_way(tmp_path: Path) -> None:
    store = Store(tmp_path / "feedback.sqlite", kept=6)
    for question, visitor in [("first", "a"), ("second", "b"), ("third", "a")]:
        store.record(answer(question), visitor)
    for number in range(20):
        store.record(answer(f"flood {number}"), "busy")
    expected = ["first", "second", "third", "flood 17", "flood 18", "flood 19"]
    assert [each.question for each in store.asked()] == expected


def test_what_was_kept_before_visitors_were_told_apart_stays(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as db:
        db.execute(
            "CREATE TABLE asked (id INTEGER PRIMARY KEY, at TEXT NOT NULL, question TEXT NOT NULL,"
            " source TEXT NOT NULL, confidence REAL NOT NULL, answered INTEGER NOT NULL,"
            " generation TEXT NOT NULL)"
        )
        db.execute("INSERT INTO asked VALUES (1, '2026-01-01', 'Who?', 'a.txt', 0.2, 0, 'g1')")
        db.commit()
    store = Store(tmp_path / "feedback.sqlite")
    assert store.record(answer("Where?"), "a visitor")
    assert [each.question for each in store.asked()] == ["Who?", "Where?"]


def test_processes_lose_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from qa.insight.feedback import Judgement, Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for number in range(40):\n"
        "    store.judge(Judgement(f'{sys.argv[2]} {number}', 'up', 'text'), sys.argv[2])\n"
    )
    path = str(tmp_path / "feedback.sqlite")
    running = [
        subprocess.Popen([sys.executable, "-c", program, path, str(n)], cwd=ROOT) for n in range(3)
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert len(Store(Path(path)).judged()) == 120


def test_threads_and_other_stores_lose_nothing(tmp_path: Path) -> None:
    stores = [Store(tmp_path / "feedback.sqlite") for _ in range(3)]

    def work(number: int) -> None:
        for each in range(10):
            assert stores[number % 3].record(answer(f"{number} {each}"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.question for each in stores[0].asked()}) == 60


def test_the_last_verdict_on_a_text_counts(store: Store) -> None:
    store.judge(Judgement("Who?", "up", "The queen."))
    store.judge(Judgement(" who? ", "down", "The queen."))
    assert [(each.verdict, each.text) for each in store.judged()] == [("down", "The queen.")]


@pytest.mark.parametrize(
    "judged",
    [
        Judgement("Who?", "sideways", "x"),  # type: ignore[arg-type]
        Judgement("Who?", "right", "  "),
        Judgement("Who?", "up", "x" * 20_001),
    ],
)
def test_what_cannot_be_judged_is_refused(store: Store, judged: Judgement) -> None:
    with pytest.raises(InputError):
        store.judge(judged)
    assert store.judged() == []


def test_a_broken_file_is_told_once_and_can_be_cleared(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "feedback.sqlite"
    path.write_bytes(b"this is no database" * 100)
    store = Store(path)
    with caplog.at_level(logging.WARNING, "qa.insight.feedback"):
        assert [store.record(answer("Who?")) for _ in range(3)] == [False] * 3
    assert len(caplog.records) == 1
    for act in (store.asked, store.judged, lambda: store.judge(Judgement("Who?", "up"))):
        with pytest.raises(FeedbackError, match="feedback --clear"):
            act()
    store.clear()
    assert store.record(answer("Who?"))


def test_a_file_that_cannot_be_written_is_no_error(tmp_path: Path, caplog) -> None:
    (tmp_path / "feedback.sqlite").mkdir()
    store = Store(tmp_path / "feedback.sqlite")
    assert not store.record(answer("Who?"))
    assert not store.record(answer("Who?"))
    assert len(caplog.records) == 1
    assert not Store(tmp_path / "missing" / "feedback.sqlite").record(answer("Who?"))


def test_deleted_texts_leave_no_bytes(store: Store, tmp_path: Path) -> None:
    store.judge(Judgement("Who?", "right", "A zebra in pyjamas.", document="d1"))
    store.judge(Judgement("Where?", "right", "At home.", document="d2"))
    assert b"zebra" in (tmp_path / "feedback.sqlite").read_bytes()
    assert store.keep_documents(["d2"]) == 1
    assert b"zebra" not in (tmp_path / "feedback.sqlite").read_bytes()
    assert [each.question for each in store.judged()] == ["Where?"]


def test_unanswered_are_those_that_still_lack_an_answer() -> None:
    history = [
        *(asked("Old?"), asked("Old?", answered=True)),
        *(asked("Twice?"), asked("twice? ", source="b.txt"), asked("Once?")),
        *(asked("Liked?", answered=True), asked("Wrong?", answered=True), asked("Found?")),
    ]
    judged = [
        Judgement("Liked?", "up", "Yes."),
        Judgement("Wrong?", "down", "No."),
        Judgement("Found?", "right", "Here."),
        Judgement("Once?", "up", ""),
        Judgement("By link?", "down", "No."),
    ]
    assert unanswered_questions(history, judged) == [
        UnansweredQuestion("Twice?", 2, "b.txt"),
        UnansweredQuestion("By link?", wrong=True),
        UnansweredQuestion("Wrong?", 1, "a.txt", wrong=True),
        UnansweredQuestion("Once?", 1, "a.txt", confirmed=True),
    ]


def test_the_export_holds_only_what_people_said(tmp_path: Path) -> None:
    history = [asked("Silent?"), asked("Absent?"), asked("Good?", answered=True)]
    judged = [
        Judgement("Good?", "up", "A “sentence”\nover two lines."),
        Judgement("Good?", "right", "A whole passage."),
        Judgement("Absent?", "up", ""),
        Judgement("Missed?", "down", ""),
        Judgement("Bad?", "down", "No."),
        Judgement("One?", "right", "Ünïcode."),
    ]
    file = tmp_path / "own.jsonl"
    file.write_text(export_judgements(history, judged), encoding="utf-8")
    assert {each.text: each.accepted for each in read_judged_questions(file)} == {
        "Absent?": (),
        "Good?": ("A “sentence”\nover two lines.", "A whole passage."),
        "One?": ("Ünïcode.",),
    }


def unit(*rows: tuple[float, ...]) -> np.ndarray:
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_rows_join_the_nearest_group_or_open_one() -> None:
    vectors = unit((1, 0), (0, 1), (1, 0.1), (0.1, 1), (-1, 0))
    assert cluster_rows(vectors, 0.9) == [[0, 2], [1, 3], [4]]
    assert cluster_rows(vectors, -1.0) == [[0, 1, 2, 3, 4]]
    assert cluster_rows(np.empty((0, 2), np.float32)) == []


@given(st.lists(st.tuples(*[st.floats(0.1, 1)] * 3), min_size=1, max_size=20), st.floats(0.5, 1))
def test_groups_hold_each_row_once_and_only_rows_near_their_first(rows, threshold) -> None:
    vectors = unit(*rows)
    groups = cluster_rows(vectors, threshold)
    assert sorted(row for group in groups for row in group) == list(range(len(rows)))
    for group in groups:
        assert group == sorted(group)
        assert all(vectors[group[0]] @ vectors[row] >= threshold - 1e-5 for row in group[1:])


def test_groups_asked_most_often_come_first() -> None:
    lacks = [
        UnansweredQuestion("Tea?", 3),
        UnansweredQuestion("Cup?", 2),
        UnansweredQuestion("Mug?", 2),
    ]
    groups = cluster_questions(lacks, unit((1, 0), (0, 1), (0, 1)))
    assert [(each.question, each.times) for each in groups] == [("Cup?", 4), ("Tea?", 3)]
    assert [len(each.questions) for each in cluster_questions(lacks, None)] == [1, 1, 1]


def test_the_service_groups_by_its_encoder(toy_service: Service) -> None:
    for question in ("zebra zoo where?", "where zoo zebra?", "moon cheese"):
        toy_service.feedback.record(answer(question))
    assert [(each.question, each.times) for each in toy_service.feedback.unanswered()] == [
        ("where zoo zebra?", 2),
        ("moon cheese", 1),
    ]


def test_unanswered_questions_are_listed_without_an_index(settings) -> None:
    settings.index.mkdir(parents=True)
    service = Service(settings)
    service.feedback.record(answer("Who?"))
    assert [each.question for each in service.feedback.unanswered()] == ["Who?"]


def test_a_verdict_names_a_place_in_a_document(toy_service: Service, settings) -> None:
    best = toy_service.ask(KETTLE).hits[0]
    toy_service.feedback.judge(KETTLE, "right", best.citation)
    sentence = Citation(best.document.id, best.sentence.start, best.sentence.end)
    toy_service.feedback.judge(KETTLE, "up", sentence)
    right, up = Store(settings.index / "feedback.sqlite").judged()
    assert (right.text, up.text) == (best.passage.text, best.sentence.text)
    assert toy_service.resolve(up.citation).text == best.sentence.text
    for wrong in (Citation("0" * 16, 0, 5), Citation(best.document.id, 5, 5_000_000)):
        with pytest.raises(InputError):
            toy_service.feedback.judge(KETTLE, "up", wrong)


def test_the_export_is_evaluated_and_pinned(toy_service: Service, settings, tmp_path) -> None:
    service = Service(
        replace(settings, threshold=0.0), encoder=toy_service.retriever().index.encoder
    )
    service.feedback.judge(KETTLE, "right", service.ask(KETTLE).hits[0].citation)
    file = tmp_path / "own.jsonl"
    file.write_text(service.feedback.export(), encoding="utf-8")
    (row,) = evaluate_questions(file, service.retriever()).rows
    assert row["in the first passage"] == 1.0
    done = CliRunner().invoke(app, ["pin", "--from", str(file), "--index", str(settings.index)])
    assert done.exit_code == 0, done.output
    assert [pin.text for pin in service.pins.all()] == [KETTLE]


def test_purging_forgets_verdicts_on_texts_that_went(toy_service: Service, settings) -> None:
    store = Store(settings.index / "feedback.sqlite")
    store.judge(Judgement("Who?", "right", "A text that went.", document="gone"))
    toy_service.feedback.judge(KETTLE, "right", toy_service.ask(KETTLE).hits[0].citation)
    toy_service.generations.purge()
    assert [each.question for each in store.judged()] == [KETTLE]


def test_switched_off_nothing_is_kept(toy_service: Service, settings) -> None:
    service = Service(
        replace(settings, feedback=False), encoder=toy_service.retriever().index.encoder
    )
    found = service.ask(KETTLE)
    assert not service.feedback.record(found)
    with pytest.raises(InputError, match="feedback is off"):
        service.feedback.judge(KETTLE, "up")
    assert not (settings.index / "feedback.sqlite").exists()


def test_answers_come_although_nothing_can_be_kept(toy_service: Service, settings) -> None:
    from qa.page.tabs.ask import answered

    (settings.index / "feedback.sqlite").write_bytes(b"broken" * 1000)
    assert "qa-result" in answered(toy_service, KETTLE)


def run(settings, *words: str):
    return CliRunner().invoke(app, ["feedback", "--index", str(settings.index), *words])


def test_the_command_lists_exports_and_clears(toy_service: Service, settings, tmp_path) -> None:
    assert "No question is without an answer" in run(settings).stdout
    toy_service.feedback.record(answer("Who is the queen?"))
    toy_service.feedback.judge("Who is the queen?", "up")
    store = Store(settings.index / "feedback.sqlite")
    done = run(settings, "--json")
    (group,) = json.loads(done.stdout)["unanswered"]
    assert group["times"] == 1
    assert group["questions"][0]["question"] == "Who is the queen?"
    assert "Who is the queen? (1 time, confirmed: not there)" in run(settings).stdout
    file = tmp_path / "out.jsonl"
    assert run(settings, "--export", str(file)).exit_code == 0
    assert json.loads(file.read_text()) == {"question": "Who is the queen?", "expected": None}
    assert run(settings, "--clear").exit_code == 0
    assert store.asked() == store.judged() == []


def test_the_command_refuses_with_a_sentence(settings, tmp_path) -> None:
    settings.index.mkdir(parents=True)
    for words, told in (
        (("--export", str(tmp_path / "x.txt")), "must end in .jsonl"),
        (("--export", str(tmp_path / "x.jsonl")), "No answer was judged yet"),
    ):
        done = run(settings, *words)
        assert (done.exit_code, told in done.stderr) == (1, True), done.stderr


def hit() -> Hit:
    document = Document("d1", "Tea", "Tea is green. It is hot.", "tea.txt")
    sentence = Sentence(0, 13, "Tea is green.")
    passage = Passage("d1:0-24", "d1", 0, 24, document.text, (sentence,))
    return Hit(passage, document, 1.0, 1, sentence, Signals(0.5, 0.5, 0.5))


def test_the_card_has_buttons_only_where_verdicts_are_kept() -> None:
    found = Answer("Tea?", "Tea is green.", 0.9, (hit(), hit()))
    card = answer_html(found, judged=True)
    assert card.count("data-judge=") == 3
    assert "[&quot;up&quot;, [&quot;d1&quot;, 0, 13]]" in card
    assert "[&quot;right&quot;, [&quot;d1&quot;, 0, 24]]" in card
    assert "data-judge" not in answer_html(found)
    none = answer_html(Answer("Tea?", None, 0.1, (hit(),)), judged=True)
    assert none.count("data-judge=") == 3
    assert "[&quot;up&quot;, null]" in none


def test_a_verdict_from_the_page_is_kept_or_refused(toy_service: Service, settings) -> None:
    best = toy_service.ask(KETTLE).hits[0]
    place = [best.document.id, best.passage.start, best.passage.end]
    given = json.dumps([KETTLE, "right", place])
    assert "kept on this machine" in page_feedback.judge(toy_service, given)
    wrong = [
        "",
        "[]",
        "{}",
        "null",
        "7",
        '["q", "up", 7]',
        '["q", "up", ["x", "y", 1]]',
        "[1, 2, null]",
    ]
    for wanted in [*wrong, json.dumps([KETTLE, "sideways", None])]:
        assert 'role="alert"' in page_feedback.judge(toy_service, wanted), wanted
    assert len(Store(settings.index / "feedback.sqlite").judged()) == 1


def test_the_tab_lists_escapes_and_exports(toy_service: Service, settings) -> None:
    assert "No question is without an answer" in page_feedback.listed(toy_service)
    assert page_feedback.exported(toy_service)[0] == ""
    evil = QuestionCluster(
        (UnansweredQuestion("<b>?", 2, "<i>.txt", wrong=True), UnansweredQuestion("<u>?"))
    )
    shown = questions_html([evil])
    assert "asked 3 times" in shown
    assert not {"<b>", "<i>", "<u>"} & set(shown.split())
    assert "&lt;b&gt;?" in shown
    (settings.index / "feedback.sqlite").write_bytes(b"broken" * 1000)
    assert 'role="alert"' in page_feedback.listed(toy_service)
    lines, told = page_feedback.exported(toy_service)
    assert (lines, "feedback --clear" in told) == ("", True)


def test_the_file_is_plain_sqlite(store: Store, tmp_path: Path) -> None:
    store.record(answer("Who?"))
    with sqlite3.connect(tmp_path / "feedback.sqlite") as db:
        assert db.execute("SELECT question, answered FROM asked").fetchall() == [("Who?", 0)]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_only_the_owner_reads_what_was_asked(tmp_path: Path) -> None:
    for path in (tmp_path / "new.sqlite", tmp_path / "old.sqlite"):
        if path.name == "old.sqlite":
            sqlite3.connect(path).close()
            path.touch()
            path.chmod(0o644)
        assert Store(path).record(answer("What is tea?"))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
