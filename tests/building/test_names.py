"""Any name that a file system allows goes through build, answer, citation and removal."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder
from toy_job import ToyJob

from qa import Service, Settings
from qa.building import inbox
from qa.building.running_builds import RunningBuilds, SourcesToAdd
from qa.cli.render.answers import answer_lines
from qa.cli.render.builds import report_lines
from qa.cli.render.index import status_lines
from qa.cli.shell import print_json, print_lines
from qa.documents.encodings import isolated, printable
from qa.errors import InputError
from qa.page.html.build_card import status_html

NAMES = [
    "a#b+c.txt",
    "50 % off?.txt",
    'it\'s "quoted" `name` $HOME.txt',
    "back\\slash.txt",
    "two\nlines\ttab\x01.txt",
    "\u202egpj.txt",
    "\u05de\u05e4\u05ea\u05d7.txt",
    "a\u2069b\u2067c.txt",
    "<img src=x onerror=alert(1)>.txt",
    "e\u0301 \U0001f600.txt",
    " leading and trailing .txt ",
    "-rf.txt",
    "*.txt",
    "!not.txt",
    "a" * 251 + ".txt",
    "\u6587" * 83 + ".txt",
    "caf\udce9.txt",
]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow these names")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_goes_all_the_way(settings: Settings, name: str) -> None:
    settings.corpus.mkdir()
    path = settings.corpus / name
    path.write_text("The brass kettle of the harbour master weighs nine pounds.", encoding="utf-8")
    (settings.corpus / "other.txt").write_text("Parcels leave on Monday.", encoding="utf-8")
    report = build_toy(settings, [], [settings.corpus])
    source = printable(name)
    assert set(report.read) == {source, "other.txt"}
    service = Service(settings, encoder=ToyEncoder())
    best = service.ask("How many pounds does the brass kettle weigh?").hits[0]
    assert best.document.source == source
    resolved = service.resolve(str(best.citation))
    assert (resolved.state, resolved.text) == ("same", best.passage.text)
    shown = "".join(text for _, parts in report_lines(report, verbose=True) for text, _ in parts)
    assert isolated(source) in shown
    shown.encode("utf-8")  # no surrogate is left
    assert isolated(source) in "".join(
        text for _, parts in answer_lines(service.ask("the brass kettle")) for text, _ in parts
    )
    again = build_toy(settings, [], [settings.corpus])
    assert (again.extracted, again.changes.unchanged.count) == (0, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow these names")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("how", ["as recorded", "as shown", "by its path"])
def test_a_name_is_removed(settings: Settings, name: str, how: str) -> None:
    settings.corpus.mkdir()
    path = settings.corpus / name
    for each in (path, settings.corpus / "other.txt"):
        each.write_text("The brass kettle weighs nine pounds.", encoding="utf-8")
    build_toy(settings, [], [settings.corpus])
    service = Service(settings, encoder=ToyEncoder(), new_job=ToyJob)
    source = printable(name)
    wanted = {"as recorded": source, "as shown": isolated(source), "by its path": str(path)}[how]
    service.remove(wanted)
    assert [each.source for each in service.documents()] == ["other.txt"]
    assert path.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../x.txt", "x.txt"),
        ("..", ""),
        ("a#b+c.txt", "a#b+c.txt"),
        ("50 % off.txt", "50 % off.txt"),
        ("a" * 251 + ".pdf", "a" * 196 + ".pdf"),
        ("\u6587" * 83 + ".txt", "\u6587" * 65 + ".txt"),
        ("No. 5 is a sentence of some length without any ending", None),
        ("con.txt", "con_.txt"),
        ("a\u202eb.txt", "a\u202eb.txt"),
    ],
)
def test_names_of_uploads(given: str, kept: str | None) -> None:
    safe = inbox.safe_name(given)
    assert safe == (given if kept is None else kept)
    assert len(os.fsencode(inbox.hidden_name(Path(safe or "file")).name)) <= 255


def test_uploads_keep_their_names_and_titles(settings: Settings, tmp_path: Path) -> None:
    settings = replace(settings, corpus=tmp_path / "corpus")
    service = Service(settings, encoder=ToyEncoder(), new_job=ToyJob)
    given = []
    names = ["a#b+c.txt", "same.txt", "same.txt", "b" * 196 + ".txt", 'Why "5 < 6"? a:b*.txt']
    for number, name in enumerate(names):
        place = tmp_path / f"{number}.txt"
        place.write_text(f"Text number {number} tells of a kettle.", encoding="utf-8")
        given.append((place, name))
    build = RunningBuilds(service.sources).start(SourcesToAdd(files=tuple(given)))
    while build.running:
        pass
    assert build.error is None
    titles = {document.source: document.title for document in service.documents()}
    assert titles == {
        "added/a#b+c.txt": "a#b+c",
        "added/same.txt": "same",
        "added/same (2).txt": "same (2)",
        f"added/{'b' * 196}.txt": "b" * 196,
        "added/Why ＂5 ＜ 6＂？ a：b＊.txt": 'Why "5 < 6"? a:b*',
    }


@pytest.mark.parametrize("name", ["Thumbs.db", ".DS_Store", "~$letter.docx"])
def test_litter_is_not_taken_as_an_upload(settings: Settings, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Not a text of anybody.", encoding="utf-8")
    with pytest.raises(InputError, match="left by a system"):
        Service(settings, encoder=ToyEncoder()).sources.add_file(tmp_path / name)
    assert not inbox.folder(settings.corpus).exists()


def test_a_long_name_in_the_inbox_is_removed(settings: Settings) -> None:
    place = inbox.folder(settings.corpus) / ("a" * 251 + ".txt")
    place.parent.mkdir(parents=True)
    place.write_text("The brass kettle weighs nine pounds.", encoding="utf-8")
    (settings.corpus / "other.txt").write_text("Parcels leave on Monday.", encoding="utf-8")
    build_toy(settings, [], [settings.corpus])
    Service(settings, encoder=ToyEncoder(), new_job=ToyJob).remove(f"added/{place.name}")
    assert not place.exists()


def test_a_tilde_is_the_home_folder(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("tea.txt", "milk.txt"):
        (home / name).write_text(f"The kettle of {name} weighs nine pounds.", encoding="utf-8")
    service = Service(settings, encoder=ToyEncoder(), new_job=ToyJob)
    assert service.add(["~/tea.txt", Path("~/milk.txt")]).read == ("tea.txt", "milk.txt")
    assert service.remove("~/tea.txt").read == ("milk.txt",)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow these names")
def test_a_folder_whose_name_is_no_text_is_told(
    settings: Settings, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / "a.txt").write_text("The kettle weighs nine pounds.", encoding="utf-8")
    build_toy(settings, [], [folder])
    service = Service(settings, encoder=ToyEncoder())
    status = service.status()
    assert str(folder) in status.built_from
    print_lines(status_lines(status))
    print_json({"built_from": status.built_from})
    told = capfdbinary.readouterr().out.decode()
    assert "caf\ufffd" in told
    assert "caf\\udce9" in told
    status_html(status).encode()
