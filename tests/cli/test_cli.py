"""The shell, in-process with a stand-in for the service: words, JSON, exit codes, streams."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
import typer
from typer.testing import CliRunner

from qa import errors
from qa.accounts import Account, LeftOut
from qa.building.generations import Generation
from qa.building.purge import Trace
from qa.cli import app as cli
from qa.cli.render.builds import report_lines
from qa.cli.shell import EXIT_CODES
from qa.datatypes import (
    Answer,
    BuildReport,
    Changes,
    Document,
    Dropped,
    Hit,
    NameSample,
    Passage,
    PinnedOutcome,
    Progress,
    Sentence,
    Signals,
    Skipped,
)
from qa.index.status import Status
from qa.index.summaries import DocumentSummary
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

TEXT = "Cats purr.\nDogs bark loudly. Fish swim."
DOCUMENT = Document("d1", "Animals", TEXT, "pets/animals.pdf")


def hit(rank: int, start: int, end: int, sentence: tuple[int, int]) -> Hit:
    passage = Passage(
        f"d1:{start}-{end}",
        "d1",
        start,
        end,
        TEXT[start:end],
        (Sentence(*sentence, TEXT[slice(*sentence)]),),
        headings=("Sounds", "Loud"),
        page=3,
    )
    return Hit(passage, DOCUMENT, 2.0 / rank, rank, passage.sentences[0], Signals(0.5, 0.75, 0.25))


FOUND = Answer(
    "What do dogs do?",
    "Dogs bark loudly.",
    0.93,
    (hit(1, 0, 28, (11, 28)), hit(2, 29, 39, (29, 39))),
    "g1",
)
NOT_FOUND = Answer("What is a KPO?", None, 0.07, (hit(1, 0, 28, (0, 10)),), "g1")

REPORT = BuildReport(
    "g2",
    documents=1,
    passages=2,
    sentences=1200,
    embedded=2,
    reused=1200,
    seconds=1.25,
    read=("a.txt",),
    skipped=(Skipped("b.exe", "it is a program"),),
    dropped=(Dropped("a.txt", "Rate your\nexperience!", "counter"),),
)
CHANGED = BuildReport(
    *("g3", 3, 4, 5, 6, 7, 0.5),
    changes=Changes(
        NameSample(2, ("a", "b")), NameSample(1, ("c",)), NameSample(22, ("d", "e")), NameSample(9)
    ),
    same=(NameSample(3, ("a", "b", "c")),),
)


ACCOUNTS = (
    Account(
        "pets/animals.pdf",
        in_file=90,
        read=79,
        missing=2,
        left_out=(LeftOut("running header or footer", 8, 2), LeftOut("page number", 1)),
        unread=("(page 3) There is no text on it.",),
    ),
    Account("note", in_file=1200, read=1200),
    Account("old.doc", read=7),
)


class FakeService:
    """Answers from a list; raises what it is told to raise."""

    def __init__(self) -> None:
        self.settings = Settings(index=Path("idx"))
        self.answers: list[Answer | BaseException] = [FOUND]
        self.build: BuildReport | BaseException = REPORT
        self.state = Status(Path("idx"), "g2", "2025-01-02T03:04:05+00:00", "MiniLM", 1, 2, 1200, 1)
        self.problems: list[str] = []
        self.found: list[Trace] = []
        self.known_generations: list[Generation] = []
        self.calls: list[Any] = []
        self.given: dict[str, Any] = {}
        self.generations = self

    def ask(self, question: str, *, top_k: int = 5, sources: Sequence[str] = ()) -> Answer:
        self.calls.append(("ask", question, top_k, *sources))
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def rebuild(
        self,
        paths: Any = None,
        *,
        texts: Sequence[str] = (),
        progress: Callable[[Progress], None] | None = None,
    ) -> BuildReport:
        self.calls.append(("rebuild", paths, list(texts)))
        assert progress is not None
        for done in range(0, 101, 5):
            progress(Progress("embed", done, 100))
        progress(Progress("switch", 1, 1))
        if isinstance(self.build, BaseException):
            raise self.build
        return self.build

    def documents(self) -> list[DocumentSummary]:
        return [DocumentSummary("d", "T", one.source, 1, one) for one in ACCOUNTS]

    @property
    def sources(self) -> SimpleNamespace:
        return SimpleNamespace(unread=lambda: list(REPORT.skipped))

    def status(self) -> Status:
        return self.state

    def add(self, paths: Any, *, texts: Any, replace: bool, progress: Any) -> BuildReport:
        self.calls.append(("add", paths, list(texts), replace))
        return CHANGED

    def remove(self, names: Any, *, purge: bool, progress: Any) -> BuildReport:
        self.calls.append(("remove", names, purge))
        return CHANGED

    def purge(self) -> None:
        self.calls.append(("purge",))

    def traces(self, text: str) -> list[Trace]:
        self.calls.append(("traces", text))
        return self.found

    def verify(self) -> list[str]:
        return self.problems

    def history(self) -> list[Generation]:
        return self.known_generations


class Shell:
    """The command line over a service; remembers the settings that it was opened with."""

    def __init__(self, service: FakeService) -> None:
        self.service = service

    def open(self, **given: Any) -> FakeService:
        self.service.given = given
        return self.service

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        result = CliRunner().invoke(cli.app, list(arguments), obj=self.open)
        return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def fake() -> FakeService:
    return FakeService()


@pytest.fixture
def run(fake: FakeService) -> Shell:
    return Shell(fake)


def test_an_answer_in_words(fake: FakeService, run: Shell) -> None:
    code, out, err = run("ask", "What do dogs do?", "--top-k", "2", "--index", "other")
    assert (code, err) == (0, "")
    assert out == (
        "Dogs bark loudly.\n"
        "Very likely (93%), Animals, pets/animals.pdf, Sounds › Loud, page 3, characters 0–28\n"
        "\n"
        "  Cats purr.\n"
        "  Dogs bark loudly.\n"
        "\n"
        "Further passages:\n"
        "  2. Fish swim. (Animals, pets/animals.pdf, Sounds › Loud, page 3, characters 29–39)\n"
    )
    assert fake.calls == [("ask", "What do dogs do?", 2)]
    assert fake.given == {"index": Path("other"), "rerank": None}


def test_words_need_no_quotes(fake: FakeService, run: Shell) -> None:
    run("ask", "What", "do", "dogs", "do?")
    assert fake.calls == [("ask", "What do dogs do?", 5)]


def test_only_some_documents_are_asked(fake: FakeService, run: Shell) -> None:
    run("ask", "What do dogs do?", "--in", "pets", "--in", "*.pdf")
    assert fake.calls == [("ask", "What do dogs do?", 5, "pets", "*.pdf")]


def test_not_in_these_documents_is_exit_code_3(fake: FakeService, run: Shell) -> None:
    fake.answers = [NOT_FOUND]
    code, out, err = run("ask", "What is a KPO?")
    assert (code, err) == (3, "")
    assert out == (
        "Not in these documents. The closest passage answers with 7% probability.\n"
        "\n"
        "Closest passages:\n"
        "  1. Cats purr. (Animals, pets/animals.pdf, Sounds › Loud, page 3, characters 0–28)\n"
    )


def test_an_answer_as_json_has_every_field(fake: FakeService, run: Shell) -> None:
    code, out, err = run("ask", "What do dogs do?", "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert list(answer) == [
        "question",
        "corrected_question",
        "text",
        "confidence",
        "generation",
        "warning",
        "hits",
    ]
    assert answer["text"] == "Dogs bark loudly."
    assert answer["confidence"] == 0.93
    first = answer["hits"][0]
    assert set(first) == set(Hit.__dataclass_fields__)
    assert set(first["passage"]) == set(Passage.__dataclass_fields__)
    assert (first["passage"]["start"], first["passage"]["end"]) == (0, 28)
    assert first["passage"]["page"] == 3
    assert first["sentence"] == {"start": 11, "end": 28, "text": "Dogs bark loudly."}
    assert set(first["signals"]) == set(Signals.__dataclass_fields__)
    assert (first["signals"]["dense"], first["signals"]["bm25"]) == (0.5, 0.25)
    assert first["document"] == {"id": "d1", "title": "Animals", "source": "pets/animals.pdf"}


def test_json_without_an_answer_is_exit_code_3_too(fake: FakeService, run: Shell) -> None:
    fake.answers = [NOT_FOUND]
    code, out, _ = run("ask", "What is a KPO?", "--json")
    assert code == 3
    assert json.loads(out)["text"] is None


def test_a_missing_index_is_built_first(fake: FakeService, run: Shell) -> None:
    fake.answers = [errors.IndexMissingError("There is no index."), FOUND]
    code, out, err = run("ask", "What do dogs do?", "--json")
    assert code == 0
    assert json.loads(out)["text"] == "Dogs bark loudly."
    assert [call[0] for call in fake.calls] == ["ask", "rebuild", "ask"]
    assert err.startswith("There is no index in idx yet.\nEmbedding text 0 of 100\n")


@pytest.mark.parametrize(
    "error",
    [
        errors.InputError("The question is empty."),
        errors.IndexDamagedError("a.sqlite is missing. Rebuild: python -m qa index"),
        errors.EncoderError("No model."),
    ],
)
def test_an_error_is_one_sentence_on_standard_error(
    fake: FakeService, error: Exception, run: Shell
) -> None:
    fake.answers = [error]
    assert run("ask", "x") == (1, "", f"Error: {error}\n")


def test_an_unexpected_error_is_a_sentence_too(fake: FakeService, run: Shell) -> None:
    fake.answers = [KeyError("oh\nno")]
    code, out, err = run("ask", "x")
    assert (code, out) == (1, "")
    assert err.startswith("Error: Something unexpected happened (KeyError: ")
    assert err.count("\n") == 1


def test_ctrl_c_is_130_and_says_that_the_index_stays(fake: FakeService, run: Shell) -> None:
    fake.build = KeyboardInterrupt()
    code, out, err = run("index")
    assert (code, out) == (130, "")
    assert err.endswith("Stopped. The index that was there before is unchanged.\n")


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", "x", "--top-k", "0"], ["index", "--nonsense"], ["what"]]
)
def test_usage_errors_are_exit_code_2(fake: FakeService, arguments: list[str], run: Shell) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Error" in err
    assert fake.calls == []


def test_an_impossible_setting_is_an_error() -> None:
    done = CliRunner().invoke(cli.app, ["status"], env={"QA_PORT": "many"})
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Error: QA_PORT is 'many', but must be a whole number.\n"


def test_a_file_that_is_read_in_part_is_not_called_skipped() -> None:
    notes = (
        Skipped("a.pdf (page 2)", "There is no text on it."),
        Skipped("b.xlsx", "A formula has no stored value (B3)."),
        Skipped("c.exe", "It is a program."),
    )
    report = BuildReport("g", 2, 2, 2, 2, 0, 1.0, read=("a.pdf", "b.xlsx"), skipped=notes)
    told = "\n".join("".join(text for text, _ in parts) for _, parts in report_lines(report, False))
    skipped, in_part = told[told.index("Skipped: 1") :].split("Read in part: 2")
    assert "c.exe" in skipped
    assert "b.xlsx" not in skipped
    assert "a.pdf (page 2)" in in_part
    assert "b.xlsx" in in_part


def test_index_tells_what_it_did(fake: FakeService, run: Shell) -> None:
    code, out, err = run(
        "index", "a.txt", "b.exe", "--text", "one", "--text", "two", "--model", "m"
    )
    assert code == 0
    assert out == (
        "Read: 1\n"
        "  a.txt\n"
        "Skipped: 1\n"
        "  b.exe: it is a program\n"
        "Left out: 1 piece; --verbose lists them\n"
        "Indexed 1 document: 2 passages, 1,200 sentences (2 embedded, 1,200 reused) in 1.2 s.\n"
    )
    assert fake.calls == [("rebuild", [Path("a.txt"), Path("b.exe")], ["one", "two"])]
    assert set(fake.given) == {"index", "model", "include", "exclude", "wait", "require_pinned"}
    assert {name: value for name, value in fake.given.items() if value} == {"model": "m"}
    # One line as the stage begins and one for each tenth of 100, then the next stage.
    tenths = [f"Embedding text {done} of 100" for done in range(0, 101, 10)]
    assert err.splitlines() == [*tenths, "Switching to it"]


def test_index_takes_globs(fake: FakeService, run: Shell) -> None:
    globs = ("--include", "*.pdf", "--include", "a/**", "--exclude", "old")
    assert run("index", "texts", *globs)[0] == 0
    assert (fake.given["include"], fake.given["exclude"]) == ("*.pdf,a/**", "old")


def test_index_verbose_lists_what_was_left_out(fake: FakeService, run: Shell) -> None:
    out = run("index", "--verbose")[1]
    assert "  a.txt: Rate your experience! [counter]\n" in out
    assert "--verbose" not in out
    assert fake.calls == [("rebuild", None, [])]


def test_a_long_list_is_cut_unless_verbose(fake: FakeService, run: Shell) -> None:
    names = tuple(f"f{number}.txt" for number in range(1025))
    fake.build = BuildReport("g", 1025, 1, 1, 1, 0, 1.0, read=names)
    out = run("index")[1]
    assert "Read: 1,025\n" in out
    assert "f19.txt" in out
    assert "f20.txt" not in out
    assert "  … and 1,005 more; --verbose lists them\n" in out
    assert "f1024.txt" in run("index", "-v")[1]


def test_index_as_json(fake: FakeService, run: Shell) -> None:
    code, out, _ = run("index", "--json")
    report = json.loads(out)
    assert code == 0
    assert set(report) == set(BuildReport.__dataclass_fields__)
    assert report["skipped"] == [{"source": "b.exe", "reason": "it is a program"}]


def test_status(fake: FakeService, run: Shell) -> None:
    code, out, err = run("status")
    assert (code, err) == (0, "")
    assert "sentences  1,200\n" in out
    assert "model      MiniLM\n" in out
    state = json.loads(run("status", "--json")[1])
    assert set(state) == set(Status.__dataclass_fields__)
    assert state["index"] == "idx"


def test_status_tells_what_became_of_the_words_of_each_document(
    fake: FakeService, run: Shell
) -> None:
    out = run("status", "-v")[1]
    assert out.endswith(
        "  pets/animals.pdf: 90 words in the file, 79 read, 9 left out, 2 missing\n"
        "    left out: running header or footer (8 words in 2 pieces), page number (1 word)\n"
        "    (page 3) There is no text on it.\n"
        "  note: 1,200 words, all read\n"
        "  old.doc: 7 words read\n"
        "Not read: 1\n"
        "  b.exe: it is a program\n"
    )
    state = json.loads(run("status", "-v", "--json")[1])
    assert [one["source"] for one in state["accounts"]] == ["pets/animals.pdf", "note", "old.doc"]
    assert (state["accounts"][0]["in_file"], state["accounts"][0]["missing"]) == (90, 2)
    assert state["unread"] == [{"source": "b.exe", "reason": "it is a program"}]
    assert "accounts" not in json.loads(run("status", "--json")[1])


def test_verbose_builds_tell_it_too(fake: FakeService, run: Shell) -> None:
    fake.build = replace(REPORT, accounts=ACCOUNTS)
    out = run("index", "-v")[1]
    assert "Read: 1\n  pets/animals.pdf: 90 words in the file" in out
    assert "Words: 1,286 read, 9 left out, 2 missing.\n" in out  # 79 + 1,200 + 7
    assert "pets/animals.pdf" not in run("index")[1]


def test_status_of_an_unusable_index_is_an_error(fake: FakeService, run: Shell) -> None:
    fake.state = Status(Path("idx"), problem="There is no index in idx.")
    assert run("status") == (1, "", "Error: There is no index in idx.\n")
    code, out, _ = run("status", "--json")
    assert code == 1
    assert json.loads(out)["problem"] == "There is no index in idx."


def test_verify(fake: FakeService, run: Shell) -> None:
    assert run("verify") == (
        0,
        "The index is whole: files, counts, offsets, vectors and model fit.\n",
        "",
    )
    assert json.loads(run("verify", "--json")[1]) == {"ok": True, "problems": []}
    fake.problems = ["a is missing.", "b has 3 bytes."]
    verdict = "The index has 2 problems. Rebuild: python -m qa index"
    assert run("verify") == (4, f"a is missing.\nb has 3 bytes.\n{verdict}\n", "")
    fake.known_generations = [Generation("g1"), Generation("g2", live=True)]
    assert run("verify")[1].endswith(f"{verdict}, or go back: python -m qa rollback g1\n")
    code, out, _ = run("verify", "--json")
    assert code == 4
    assert json.loads(out) == {"ok": False, "problems": fake.problems}


def test_add_and_remove_tell_what_changed(fake: FakeService, run: Shell) -> None:
    code, out, _ = run("add", "a", "b", "--text", "It is nine.", "--name", "hours", "--replace")
    assert code == 0
    assert out == (
        "Sources: 2 added, 1 changed, 22 removed, 9 unchanged.\n"
        "  changed: c\n"
        "  removed: d\n"
        "  removed: e\n"
        "  … and 20 more removed\n"
        "Same text in 3 files: a, b, c\n"
        "Indexed 3 documents: 4 passages, 5 sentences (6 embedded, 7 reused) in 0.5 s.\n"
    )
    assert fake.calls.pop() == ("add", [Path("a"), Path("b")], [("hours", "It is nine.")], True)
    assert run("remove", "hours", "c.txt", "--purge")[:2] == (0, out)
    assert fake.calls.pop() == ("remove", ["hours", "c.txt"], True)
    report = json.loads(run("remove", "hours", "--json")[1])
    assert report["changes"]["removed"] == {"count": 22, "names": ["d", "e"]}
    assert run("remove", "--purge")[0] == 0
    assert fake.calls.pop() == ("purge",)


def test_verify_removed(fake: FakeService, run: Shell) -> None:
    code, out, _ = run("verify", "--removed", "a secret")
    assert (code, out) == (0, "No trace of this text: not in the index, its caches or the inbox.\n")
    fake.found = [Trace("catalog", Path("c.sqlite"), "document a of an older generation")]
    code, out, _ = run("verify", "--removed", "a secret")
    assert code == 4
    assert out.splitlines()[0] == "catalog: document a of an older generation (c.sqlite)"
    assert "remove --purge" in out
    found = json.loads(run("verify", "--removed", "a secret", "--json")[1])
    assert found["traces"][0]["part"] == "catalog"
    assert found["ok"] is False


def test_a_lost_pinned_question_is_exit_code_5(fake: FakeService, run: Shell) -> None:
    fake.build = errors.PinnedLostError("It would lose “x”.")
    code, out, err = run("index", "--require-pinned", "--wait", "3")
    assert (code, out) == (5, "")
    assert err.endswith("Error: It would lose “x”.\n")
    assert (fake.given["require_pinned"], fake.given["wait"]) == (True, 3.0)


def test_index_tells_how_the_pinned_questions_fared(fake: FakeService, run: Shell) -> None:
    fake.build = replace(
        REPORT,
        pinned=(
            PinnedOutcome("Fine?", ("yes",), "yes", True, True),
            PinnedOutcome("Better?", ("yes",), "yes", True, False),
            PinnedOutcome("Worse?", (), "no", False, True),
            PinnedOutcome("Never?", ("a", "b"), None, False, False),
        ),
    )
    out = run("index")[1]
    assert out.endswith(
        "Pinned questions: 2 of 4 passed, 1 improved, 1 regressed.\n"
        "  Improved: Better? (expected “yes”; got yes)\n"
        "  Regressed: Worse? (expected not in these documents; got no)\n"
        "  Fails: Never? (expected “a” or “b”; got not in these documents)\n"
    )


def test_version_and_help(run: Shell) -> None:
    assert run("--version") == (0, "qa 0.1.0\n", "")
    code, out, _ = run("--help")
    assert code == 0
    for number, meaning in EXIT_CODES.items():
        assert f"{number}  {meaning}\n" in out
    assert run()[0] == 2


def test_every_command_has_a_line_of_help_that_is_whole(run: Shell) -> None:
    listed = run("--help")[1].split("Commands:\n")[1].split("\n\n")[0].splitlines()
    assert len(listed) == len(cli.app.registered_commands)
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []


def test_every_option_says_in_words_what_it_does() -> None:
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    helps = {
        (name, option.name): option.help.split("[QA_")[0].strip()
        for name, command in commands.items()
        for option in command.params
    }
    assert len(helps) > 60
    curt = {key: text for key, text in helps.items() if len(text.split()) < 3 or text[-1] != "."}
    assert curt == {}


def test_a_document_cannot_send_commands_to_the_terminal(fake: FakeService, run: Shell) -> None:
    fake.answers = [Answer("q", "a\x1b[2Jb\x9bc\rd", 0.9, FOUND.hits)]
    out = run("ask", "q")[1]
    # The answer is one line with white space made simple; the other controls become a mark.
    assert out.splitlines()[0] == "a\ufffd[2Jb\ufffdc d"


def stand_in(code: str) -> str:
    """A script that runs the shell with a stand-in for the service, prepared by `code`."""
    return (
        "import sys; sys.path[:0] = ['tests', 'tests/cli']\n"
        "import test_cli as t\n"
        f"service = t.FakeService()\n{code}\n"
        "t.cli.main(lambda **_: service)"
    )


def real(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", stand_in(code), *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_an_output_that_cannot_show_a_letter_shows_a_mark() -> None:
    done = real("", "ask", "q", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"Sounds ? Loud" in done.stdout


def test_json_loses_nothing_on_a_narrow_output() -> None:
    code = "service.answers = [t.Answer('q', 'na\\u00efve \\u4e16', 1, t.FOUND.hits)]"
    done = real(code, "ask", "q", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["text"] == "naïve 世"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
@pytest.mark.parametrize("plain", [False, True])
def test_a_terminal_gets_marks_and_a_bar(plain: bool) -> None:
    import pty

    leader, follower = pty.openpty()
    script = stand_in("service.answers.insert(0, t.errors.IndexMissingError('none'))")
    unset = ("NO_COLOR", "FORCE_COLOR")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "100"} | (
        {"NO_COLOR": "1"} if plain else {}
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, "ask", "q"],
        cwd=ROOT,
        env=environment,
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    seen = b""
    try:
        while part := os.read(leader, 65536):
            seen += part
    except OSError:
        pass  # Linux says so when the other side has closed
    os.close(leader)
    assert process.wait() == 0
    assert "━".encode() in seen
    assert (b"\x1b[30;43mDogs bark loudly." in seen) == (not plain)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small corpus, in which `python -m qa` is run for real."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "zorblax.txt").write_text(
        "The Zorblax 9000 runs at 42 volts. Its fuse is blue.\n", encoding="utf-8"
    )
    for name in [name for name in os.environ if name.startswith("QA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.model
def test_a_question_builds_the_index_and_is_answered(place: Path) -> None:
    code, out, err = shell("ask", "At how many volts does the Zorblax run?", "--json")
    answer = json.loads(out)
    assert (code, answer["text"]) == (0, "The Zorblax 9000 runs at 42 volts.")
    assert answer["hits"][0]["document"]["source"] == "zorblax.txt"
    assert "Reading files" in err
    assert shell("ask", "At how many volts does the Zorblax run?")[2] == ""
    assert shell("ask", "Who won the chess match in Reykjavik?")[0] == 3


@pytest.mark.model
def test_a_damaged_file_is_found(place: Path) -> None:
    assert shell("index")[0] == 0
    catalog = next((place / "index" / "generations").glob("*/catalog.sqlite"))
    data = bytearray(catalog.read_bytes())
    data[-1] ^= 1
    catalog.write_bytes(data)
    code, out, _ = shell("verify")
    assert code == 4
    assert "catalog.sqlite" in out


def test_mistakes_are_one_sentence_in_a_real_process(place: Path) -> None:
    for arguments in [["status"], ["index", "nowhere.txt"], ["ask", "  "]]:
        code, out, err = shell(*arguments)
        assert (code, out) == (1, ""), arguments
        assert "Traceback" not in err
        assert err.splitlines()[-1].startswith("Error: "), arguments


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_stops_the_build_and_keeps_the_index(place: Path) -> None:
    assert shell("index")[0] == 0
    before = (place / "index" / "CURRENT").read_text(encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "qa", "index", "--text", "Something else."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    assert process.stderr.readline() != ""  # the first line of progress: the child is at work
    children = psutil.Process(process.pid).children()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert err.endswith("Stopped. The index that was there before is unchanged.\n")
    assert len(children) == 1
    assert psutil.wait_procs(children, timeout=10)[1] == []
    assert (place / "index" / "CURRENT").read_text(encoding="utf-8") == before
    assert shell("ask", "At how many volts does the Zorblax run?")[0] == 0


def test_a_tilde_in_a_path_is_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    given: list[Any] = []

    def record(**named: Any) -> Any:
        given.append(named)
        raise errors.InputError("Enough.")

    for command in (["status"], ["index", "~/texts"]):
        CliRunner().invoke(cli.app, [*command, "--index", "~/index"], obj=record)
    assert [named["index"] for named in given] == [tmp_path / "index"] * 2
