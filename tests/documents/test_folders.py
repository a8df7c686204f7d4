"""Which files a folder gives."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from qa.datatypes import Skipped
from qa.documents.assemble import read_paths
from qa.documents.files import find_files, matches
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
def test_globs(tree: Path, include: str, exclude: str, expected: list[str]) -> None:
    assert found(tree, include=include, exclude=exclude) == expected


def test_globs_do_not_hold_for_files_given_by_name(tree: Path) -> None:
    assert read_paths([tree / "a.txt"], Settings(include="*.pdf")).read == ("a.txt",)


@pytest.mark.parametrize("glob", ["[z-a]", "a.txt[z-a]"])
def test_what_is_no_glob(glob: str) -> None:
    with pytest.raises(InputError, match="is no glob"):
        matches("a.txt", glob)


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
    reading = read_paths([tree], Settings(include="*.txt"))
    assert reading.read == ("a.txt", "new/[x].txt", "old/c.txt")
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
        read_paths([Path(name)], Settings())


def test_a_way_up_is_no_name(tree: Path) -> None:
    reading = read_paths([tree / "old" / ".." / "a.txt"], Settings())
    assert reading.read == ("a.txt",)


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
        assert read_paths([top], Settings()).read == ("a.txt",)
    finally:
        os.close(folders[-1])
        path = "/d" * 1200
        while path:  # from the innermost outwards
            Path(f"{top}{path}").rmdir()
            path = path[:-2]
        (top / "a.txt").unlink(missing_ok=True)
        top.rmdir()
