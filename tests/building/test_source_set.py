"""What a set of sources covers, and how adding and removing change it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from qa.building.source_set import (
    SourceSet,
    SourceSetChange,
    absolute,
    change_from_json,
    from_records,
    relative,
)
from qa.errors import InputError

HOME = absolute(Path("/corpus"))
REPORTS, OLD = HOME / "reports", HOME / "reports" / "old"
NOTE, YEAR = HOME / "note.txt", OLD / "1999.txt"


def test_a_set_covers_what_lies_below_and_was_not_left_out() -> None:
    chosen = SourceSet(paths=(REPORTS, NOTE), left_out=(OLD,))
    assert chosen.covers(REPORTS)
    assert chosen.covers(REPORTS / "deep" / "x.txt")
    assert chosen.covers(REPORTS / "old" / ".." / "x.txt")
    assert chosen.covers(NOTE)
    assert not chosen.covers(OLD)
    assert not chosen.covers(YEAR)
    assert not chosen.covers(HOME)
    assert not chosen.covers(HOME / "reports2")
    assert not SourceSet().covers(HOME)


def test_what_is_covered_already_is_not_added_again() -> None:
    chosen = SourceSet(paths=(REPORTS,))
    assert chosen.with_path(REPORTS) == chosen
    assert chosen.with_path(YEAR) == chosen
    assert chosen.with_path(NOTE).paths == (REPORTS, NOTE)


def test_a_folder_takes_the_place_of_what_lies_in_it() -> None:
    chosen = SourceSet(paths=(NOTE, YEAR, absolute(Path("/other"))))
    assert chosen.with_path(REPORTS).paths == (NOTE, absolute(Path("/other")), REPORTS)


def test_adding_brings_back_what_was_left_out_there_and_only_there() -> None:
    other = REPORTS / "other"
    chosen = SourceSet(paths=(REPORTS,), left_out=(OLD, other))
    assert chosen.with_path(OLD) == SourceSet(paths=(REPORTS,), left_out=(other,))
    assert chosen.with_path(REPORTS) == SourceSet(paths=(REPORTS,))
    # A file of a folder that is left out: the folder stays out, the file is named by itself.
    assert chosen.with_path(YEAR) == SourceSet(paths=(REPORTS, YEAR), left_out=(OLD, other))


def test_removing_a_member_takes_it_out_and_with_it_what_lies_below() -> None:
    chosen = SourceSet(paths=(REPORTS, NOTE), left_out=(OLD,))
    assert chosen.without_path(REPORTS) == SourceSet(paths=(NOTE,))
    assert chosen.without_path(HOME) == SourceSet()
    assert SourceSet(paths=(OLD, NOTE)).without_path(REPORTS) == SourceSet(paths=(NOTE,))


def test_removing_a_part_of_a_folder_leaves_it_out() -> None:
    chosen = SourceSet(paths=(REPORTS,))
    without = chosen.without_path(REPORTS / "a.txt")
    assert without == SourceSet(paths=(REPORTS,), left_out=(REPORTS / "a.txt",))
    assert without.without_path(REPORTS / "a.txt") == without
    assert without.without_path(OLD).left_out == (REPORTS / "a.txt", OLD)
    assert chosen.without_path(NOTE) == chosen


def test_relative_paths_are_those_of_the_working_folder() -> None:
    here = Path.cwd()
    assert SourceSet().with_path(Path("a") / ".." / "b.txt").paths == (here / "b.txt",)
    assert SourceSet(paths=(here / "b.txt",)).without_path(Path("b.txt")) == SourceSet()


def test_a_text_is_removed_by_its_name() -> None:
    chosen = SourceSet(paths=(NOTE,), texts=(("a", "One."), ("b", "Two.")))
    assert chosen.without_text("a") == SourceSet(paths=(NOTE,), texts=(("b", "Two."),))
    assert chosen.without_text("c") == chosen


def test_a_set_in_words() -> None:
    chosen = SourceSet((NOTE,), (("memo", "One."),), (OLD,), "*.txt", "draft*")
    assert chosen.described() == (
        str(NOTE),
        'text "memo"',
        f"without {OLD}",
        "only files like *.txt",
        "no files like draft*",
    )
    assert SourceSet((NOTE,)).described() == (str(NOTE),)


def test_a_change_adds_then_removes() -> None:
    before = SourceSet((NOTE,), (("a", "One."), ("b", "Two.")), include="*.txt", exclude="x*")
    change = SourceSetChange(
        added_paths=(REPORTS, HOME / "c.txt"), removed_paths=(NOTE, OLD), removed_texts=("a", "b")
    )
    after = SourceSet((REPORTS, HOME / "c.txt"), (), (OLD,), "*.txt", "x*")
    assert change.applied_to(before) == after


def test_a_change_may_begin_with_another_set() -> None:
    before = SourceSet((NOTE,), include="*.txt", exclude="x*")
    new = SourceSet((REPORTS,), include="*.md")
    assert SourceSetChange(exactly=new).applied_to(before) == new
    assert SourceSetChange(exactly=new, added_paths=(NOTE,)).applied_to(before).paths == (
        REPORTS,
        NOTE,
    )


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (None, None, ("*.txt", "x*")),
        ("*.md", None, ("*.md", "x*")),
        (None, "y*", ("*.txt", "y*")),
        ("", "", ("", "")),
    ],
)
def test_patterns_stay_unless_others_are_given(
    include: str | None, exclude: str | None, expected: tuple[str, str]
) -> None:
    before = SourceSet((NOTE,), include="*.txt", exclude="x*")
    after = SourceSetChange(include=include, exclude=exclude).applied_to(before)
    assert after == SourceSet((NOTE,), (), (), *expected)


@pytest.mark.parametrize("exactly", [None, SourceSet((NOTE,), (("a", "One."),), (OLD,), "*.txt")])
def test_a_change_passes_to_another_process_whole(exactly: SourceSet | None) -> None:
    change = SourceSetChange(exactly, (REPORTS,), (OLD, NOTE), ("a", "b"), "*.md", None)
    passed = change_from_json(json.loads(json.dumps(asdict(change), default=str)))
    assert passed == change
    assert change_from_json(json.loads(json.dumps(asdict(SourceSetChange())))) == SourceSetChange()


def whole_set(root: Path) -> SourceSet:
    """A set with everything that a set can have, its files in `root`/corpus."""
    corpus = root / "corpus"
    return SourceSet(
        paths=(corpus / "reports", corpus / "note.txt"),
        texts=(("memo", "One.\nTwo."),),
        left_out=(corpus / "reports" / "old",),
        include="*.txt, *.md",
        exclude="draft*",
    )


def test_a_set_is_recorded_as_seen_from_the_index_so_that_both_can_move(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "reports").mkdir(parents=True)
    (tmp_path / "corpus" / "note.txt").write_text("A note.", encoding="utf-8")
    records = whole_set(tmp_path).records(tmp_path / "index")
    assert records == [
        ("folder", "../corpus/reports", ""),
        ("file", "../corpus/note.txt", ""),
        ("text", "memo", "One.\nTwo."),
        ("left out", "../corpus/reports/old", ""),
        ("include", "", "*.txt, *.md"),
        ("exclude", "", "draft*"),
    ]
    assert from_records(records, tmp_path / "index") == whole_set(tmp_path)
    moved = tmp_path / "moved"
    moved.mkdir()
    (tmp_path / "corpus").rename(moved / "corpus")
    assert from_records(records, moved / "index") == whole_set(moved)


def test_no_patterns_are_no_records(tmp_path: Path) -> None:
    assert SourceSet().records(tmp_path) == []
    assert from_records([], tmp_path) == SourceSet()


def test_a_file_that_is_gone_is_no_longer_in_the_set_a_folder_is_asked_for(tmp_path: Path) -> None:
    records = [("file", "gone.txt", ""), ("folder", "gone", ""), ("text", "memo", "One.")]
    with pytest.raises(InputError, match=r"^The folder .*gone, which the index .* qa remove "):
        from_records(records, tmp_path)
    found = from_records(records, tmp_path, whole=False)
    assert found == SourceSet((tmp_path / "gone",), (("memo", "One."),))


def test_paths_are_seen_from_the_index() -> None:
    assert relative(HOME / "a.txt", HOME / "index") == "../a.txt"
    assert relative(HOME / "a.txt", HOME / "index" / "..") == "a.txt"
