"""Which files a folder gives."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import build_toy
from read_documents import read_files

from qa.answering.source_filter import within
from qa.datatypes import Skipped
from qa.documents.files import INDEX_ENTRIES, find_files
from qa.errors import InputError
from qa.settings import Settings


def found(folder: Path, **given: object) -> list[str]:
    return [source for _, source in find_files([folder], Settings(**given), [])]  # type: ignore[arg-type]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.PDF", "old/c.txt", "old/deep/d.pdf", "new/e.pdf", "new/[x].txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text of {name}.", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ("", "", ["a.txt", "b.PDF", "new/[x].txt", "new/e.pdf", "old/c.txt", "old/deep/d.pdf"]),
        ("*.pdf", "", ["b.PDF", "new/e.pdf", "old/deep/d.pdf"]),
        ("*.pdf, *.txt", "old", ["a.txt", "b.PDF", "new/[x].txt", "new/e.pdf"]),
        ("old/**", "", ["old/c.txt", "old/deep/d.pdf"]),
        ("old/*", "deep", ["old/c.txt"]),
        ("**/d.pdf", "", ["old/deep/d.pdf"]),
        ("[ab].*", "", ["a.txt", "b.PDF"]),
        ("[!ab]*.txt", "", ["new/[x].txt", "old/c.txt"]),
        ("", "new/,old/deep/", ["a.txt", "b.PDF", "old/c.txt"]),
        ("?.txt", "", ["a.txt", "old/c.txt"]),
    ],
)
def test_patterns(tree: Path, include: str, exclude: str, expected: list[str]) -> None:
    assert found(tree, include=include, exclude=exclude) == expected


def test_patterns_do_not_hold_for_files_given_by_name(tree: Path) -> None:
    assert read_files(tree / "a.txt", settings=Settings(include="*.pdf")).names == ("a.txt",)


@pytest.mark.parametrize("pattern", ["[z-a]", "a.txt[z-a]", "!"])
def test_what_is_no_pattern(tree: Path, pattern: str) -> None:
    for option in ("include", "exclude"):
        with pytest.raises(InputError, match="is no pattern"):
            found(tree, **{option: pattern})
    with pytest.raises(InputError, match="is no pattern"):
        within([("a", "a.txt")], [pattern])


@pytest.mark.parametrize(
    "pattern",
    ["*.pdf", "old", "old/", "old/*", "new/*.pdf", "**/d.pdf", "old/**/*.pdf", "[ab].*", "DEEP/"],
)
def test_a_pattern_means_the_same_in_every_place(tree: Path, pattern: str) -> None:
    everything = found(tree)
    included = found(tree, include=pattern)
    assert included
    assert found(tree, exclude=pattern) == [name for name in everything if name not in included]
    assert sorted(within(zip(everything, everything, strict=True), [pattern])) == included


def test_a_star_stays_within_its_folder(tree: Path) -> None:
    assert found(tree, include="old/*.pdf") == []
    names = [("deep", "old/deep/d.pdf"), ("flat", "old/x.pdf")]
    assert within(names, ["old/*.pdf"]) == ["flat"]


def test_a_name_that_begins_like_a_comment(tmp_path: Path) -> None:
    for name in ("#1.txt", "2.txt"):
        (tmp_path / name).write_text("Text.", encoding="utf-8")
    assert found(tmp_path, exclude="#1*") == ["2.txt"]


def test_at_most_so_many_files(tree: Path) -> None:
    skipped: list[Skipped] = []
    files = find_files([tree], Settings(max_files=2), skipped)
    assert [source for _, source in files] == ["a.txt", "b.PDF"]
    assert [(each.source, each.reason) for each in skipped] == [
        (
            "new/[x].txt",
            "More than 2 files were found (max_files); this one and those after it were not read.",
        )
    ]


def test_links_out_of_the_folder_are_not_followed(tree: Path) -> None:
    (tree / "old" / "up").symlink_to("/etc")
    (tree / "new" / "passwd.txt").symlink_to("/etc/passwd")
    (tree / "new" / "a.txt").symlink_to(tree / "a.txt")
    (tree / "old" / "again").symlink_to(tree / "new")
    reading = read_files(tree, settings=Settings(include="*.txt"))
    assert reading.names == ("a.txt", "new/[x].txt", "old/c.txt")
    assert [each.source for each in reading.skipped] == ["new/passwd.txt", "old/up"]
    assert {each.reason for each in reading.skipped} == {
        "It is a link that leads outside the folder; it was not followed."
    }


def test_odd_names(tmp_path: Path) -> None:
    for name in ("two\nlines.txt", "two\rlines.txt", "..hidden.txt", "a..b.txt", "~.txt"):
        (tmp_path / name).write_text(f"Text of {name!r}.", encoding="utf-8")
    names = found(tmp_path)
    assert names[:3] == ["a..b.txt", "two\ufffdlines.txt", printable_path(tmp_path)]
    assert len(set(names)) == 4
    assert all(name.isprintable() for name in names)


def printable_path(folder: Path) -> str:
    return f"{folder.as_posix()}/two\ufffdlines.txt"


@pytest.mark.parametrize("name", ["no\0where", "../no-such-folder", "a" * 5000])
def test_paths_that_cannot_be(name: str) -> None:
    with pytest.raises(InputError, match="There is no file or folder"):
        read_files(Path(name))


def test_a_way_up_is_no_name(tree: Path) -> None:
    reading = read_files(tree / "old" / ".." / "a.txt")
    assert reading.names == ("a.txt",)


def test_very_deep_folders() -> None:
    top = Path(tempfile.mkdtemp())  # not pytest's folder: it could not remove so deep a one
    folders = [os.open(top, os.O_RDONLY)]
    try:
        for _ in range(1200):
            os.mkdir("d", dir_fd=folders[-1])
            folders.append(os.open("d", os.O_RDONLY, dir_fd=folders[-1]))
            os.close(folders[-2])
            folders[-2:-1] = []
        (top / "a.txt").write_text("Some text.", encoding="utf-8")
        assert read_files(top).names == ("a.txt",)
    finally:
        os.close(folders[-1])
        path = "/d" * 1200
        while path:  # from the innermost outwards
            Path(f"{top}{path}").rmdir()
            path = path[:-2]
        (top / "a.txt").unlink(missing_ok=True)
        top.rmdir()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of two texts."""
    (tmp_path / "texts").mkdir()
    for name in ("one.txt", "two.txt"):
        (tmp_path / "texts" / name).write_text(f"The text of {name}.", encoding="utf-8")
    return tmp_path / "texts"


@pytest.mark.parametrize("place", ["index", "deep/within/my index"])
def test_the_index_in_the_corpus_folder_is_not_read(
    settings: Settings, place: str, texts: Path
) -> None:
    settings = replace(settings, index=texts / place, include="*,generations/**,*.jsonl")
    another = replace(settings, index=texts / "another index")
    for index in (settings, settings, another, settings):
        report = build_toy(index, [], [texts])
        assert (report.documents, report.skipped) == (2, ())


def test_an_index_that_is_the_corpus_folder_itself(settings: Settings, texts: Path) -> None:
    settings = replace(settings, index=texts)
    for _ in range(2):
        report = build_toy(settings, [], [texts])
        assert (report.documents, report.skipped) == (2, ())
    inside = {path.name for path in texts.iterdir() if not path.name.startswith(".")}
    assert inside - {"one.txt", "two.txt"} <= INDEX_ENTRIES


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux")
def test_names_that_are_no_text_are_read(settings: Settings, texts: Path) -> None:
    (texts / os.fsdecode(b"caf\xe9")).mkdir()
    names = (b"caf\xe8.txt", b"caf\xe9.txt", b"caf\xe9/a.txt", b"notes.\xe9")
    for name in names:
        (texts / os.fsdecode(name)).write_text(f"Text of {name!r}.", encoding="utf-8")
    report = build_toy(settings, [], [texts])
    assert (report.documents, report.skipped) == (6, ())
    assert sum(name.endswith("caf\ufffd.txt") for name in report.read) == 2  # two names for two
    assert {"caf\ufffd/a.txt", "notes.\ufffd"} <= set(report.read)
    (texts / os.fsdecode(names[1])).write_text("Another text.", encoding="utf-8")
    again = build_toy(settings, [], [texts])
    assert (again.extracted, again.changes.changed.count) == (1, 1)
    alone = build_toy(settings, [], [texts / os.fsdecode(names[1])])
    assert alone.read == ("caf\ufffd.txt",)


LITTER = (
    ".DS_Store ._a.txt .~lock.a.odt# Thumbs.db desktop.ini Desktop.ini ~$letter.docx a.txt~ #a.txt#"
).split()


def test_litter_of_systems_is_counted_in_one_line(texts: Path) -> None:
    for name in LITTER:
        (texts / name).write_text("Not a text of anybody.", encoding="utf-8")
    (texts / "__MACOSX").mkdir()
    (texts / "__MACOSX" / "one.txt").write_text("Not a text of anybody.", encoding="utf-8")
    (texts / "~.txt").write_text("The text of a tilde.", encoding="utf-8")
    reading = read_files(texts)
    assert set(reading.names) == {"one.txt", "two.txt", "~.txt"}
    (skipped,) = reading.skipped
    assert skipped.source == f"{len(LITTER) + 1} files"
    first = ", ".join(sorted([*LITTER, "__MACOSX"])[:3])
    assert skipped.reason == f"Left by the system or by programs, passed over: {first}, …."


def test_litter_that_is_given_by_name_is_read(texts: Path) -> None:
    (texts / "a.txt~").write_text("The text of a copy.", encoding="utf-8")
    assert read_files(texts / "a.txt~").names == ("a.txt~",)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there are no sockets in folders")
def test_sockets_and_folders_that_cannot_be_opened_are_named(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(texts)  # the name of a socket may have 108 bytes
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("a.sock")
        (texts / "shut").mkdir()
        start = os.scandir

        def refuse(path: str) -> object:
            if str(path).endswith("shut"):
                raise PermissionError(13, "Permission denied")
            return start(path)

        monkeypatch.setattr(os, "scandir", refuse)  # root may open every folder
        reading = read_files(texts)
    assert reading.names == ("one.txt", "two.txt")
    assert set(reading.skipped) == {
        Skipped("a.sock", "It is not a regular file."),
        Skipped("shut", "The folder cannot be opened: Permission denied."),
    }
