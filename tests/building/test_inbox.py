import os
import stat
import threading

import pytest

from qa.building.inbox import (
    add_file,
    add_text,
    empty_hidden,
    safe_name,
    set_aside,
    wait_for_build,
)
from qa.errors import InputError


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("notes.txt", "notes.txt"),
        ("../../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\evil.txt", "evil.txt"),
        ("a\nb\0c", "a b c"),
        (".hidden", "hidden"),
        ("<script>alert(1)</script>", "script＞"),
        ("日本語", "日本語"),
        ("///", ""),
        ("CON", "CON_"),
    ],
)
def test_safe_name(name, expected):
    assert safe_name(name) == expected


def test_a_text_never_overwrites_another(tmp_path):
    first = add_text(tmp_path, "Fees", "Ten euros.")
    second = add_text(tmp_path, "Fees", "Twelve euros.")
    assert (first.name, second.name) == ("Fees.txt", "Fees (2).txt")
    assert first.read_text(encoding="utf-8") == "Ten euros."
    assert second.read_text(encoding="utf-8") == "Twelve euros."
    assert first.parent == tmp_path / "added"


def test_a_nameless_text_gets_a_name(tmp_path):
    assert add_text(tmp_path, " ", "Ten euros.").name == "pasted text.txt"


def test_an_empty_text_is_refused(tmp_path):
    with pytest.raises(InputError, match="empty"):
        add_text(tmp_path, "x", " \n ")
    assert not list(tmp_path.rglob("*.txt"))


def test_a_file_is_copied_under_a_safe_name(tmp_path):
    source = tmp_path / "upload.bin"
    source.write_bytes(b"%PDF-")
    copied = add_file(tmp_path / "corpus", source, "../../report.pdf", 100)
    assert copied == tmp_path / "corpus" / "added" / "report.pdf"
    assert copied.read_bytes() == b"%PDF-"


def test_a_file_above_the_limit_is_refused(tmp_path):
    source = tmp_path / "big.txt"
    source.write_bytes(b"x" * 1_000_001)
    with pytest.raises(InputError, match=r"big\.txt is larger than 1 MB"):
        add_file(tmp_path / "corpus", source, None, 1_000_000)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"no file gone\.txt"):
        add_file(tmp_path / "corpus", tmp_path / "gone.txt", None, 100)


def test_the_same_text_or_file_is_saved_once(tmp_path):
    first = add_text(tmp_path, "Fees", "Ten euros.")
    other = add_text(tmp_path, "Fees", "Twelve euros.")
    assert add_text(tmp_path, "Fees", "Ten euros.") == first
    assert add_text(tmp_path, "Fees", "Twelve euros.") == other
    source = tmp_path / "Fees.txt"
    source.write_text("Ten euros.", encoding="utf-8")
    assert add_file(tmp_path, source, None, 100) == first
    assert len(list(first.parent.iterdir())) == 2


def test_a_text_takes_the_place_of_another_if_asked(tmp_path):
    add_text(tmp_path, "Fees", "Ten euros.")
    place = add_text(tmp_path, "Fees", "Twelve euros.", replace=True)
    assert [path.name for path in place.parent.iterdir()] == ["Fees.txt"]
    assert place.read_text(encoding="utf-8") == "Twelve euros."


@pytest.mark.skipif(os.name != "posix", reason="other systems know no owners")
def test_what_visitors_add_only_its_owner_can_read(tmp_path):
    source = tmp_path / "tea.txt"
    source.write_text("Tea is hot.", encoding="utf-8")
    source.chmod(0o644)
    for place in (
        add_text(tmp_path, "Fees", "Ten euros."),
        add_text(tmp_path, "Fees", "Twelve euros.", replace=True),
        add_file(tmp_path, source, None, 100),
    ):
        assert stat.S_IMODE(place.stat().st_mode) == 0o600


@pytest.mark.parametrize("links", [True, False])
def test_of_two_that_take_a_name_at_once_none_is_lost(tmp_path, monkeypatch, links):
    """Also where the file system does not let a file have two names."""
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: os.lstat("/no such file"))
    names = 20
    begin = threading.Barrier(4)

    def work(number):
        for name in range(names):
            begin.wait()
            add_text(tmp_path, f"{name}", f"Text {number} of {name}.")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = {path.read_text(encoding="utf-8") for path in (tmp_path / "added").iterdir()}
    assert texts == {f"Text {number} of {name}." for number in range(4) for name in range(names)}


def test_a_folder_or_file_that_cannot_be_used_is_told_without_its_path(tmp_path):
    (tmp_path / "added").write_text("no folder", encoding="utf-8")
    for change in (
        lambda: add_text(tmp_path, "Fees", "Ten euros."),
        lambda: wait_for_build(tmp_path),
    ):
        with pytest.raises(InputError, match="in the corpus folder cannot be written") as told:
            change()
        assert str(tmp_path) not in str(told.value)


def test_only_files_of_the_inbox_are_set_aside(tmp_path):
    own = tmp_path / "added" / "tool.exe"
    own.parent.mkdir()
    own.write_bytes(b"x")
    other = tmp_path / "other.exe"
    other.write_bytes(b"y")
    assert set_aside(tmp_path, [own, other]) == [tmp_path / "added" / ".unread" / "tool.exe"]
    assert other.exists()
    litter = tmp_path / "added" / ".Fees.txt-0123abcd"
    litter.write_text("left by a kill", encoding="utf-8")
    empty_hidden(tmp_path)
    assert list(own.parent.iterdir()) == []
