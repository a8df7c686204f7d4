"""What a file that was read once is known by, and that it comes back as it was read."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from qa.datatypes import Dropped, Skipped
from qa.documents.blocks import Block
from qa.documents.extraction_key import (
    content_hash,
    key_of,
    packed,
    reader_version,
    state,
    unpacked,
)
from qa.documents.formats.registry import Parsed
from qa.errors import DocumentError
from qa.settings import Settings

SETTINGS = Settings()


def test_the_key_is_that_of_content_ending_and_what_reading_depends_on() -> None:
    key = key_of("a" * 64, ".pdf", SETTINGS)
    assert key == key_of("a" * 64, ".pdf", Settings())
    assert len(key) == 32
    assert key != key_of("b" * 64, ".pdf", SETTINGS)
    assert key != key_of("a" * 64, ".txt", SETTINGS)


def test_the_version_of_the_readers_is_that_of_the_library_and_of_our_code() -> None:
    *libraries, code = reader_version().split()
    assert metadata.version("kreuzberg") in libraries
    assert len(code) == 64


def test_a_file_is_known_by_size_and_time_unless_it_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1_000_000)
    os.utime(path, ns=(5, 7))
    one_megabyte = replace(SETTINGS, max_file_mb=1)
    assert state(path, one_megabyte) == (1_000_000, 7)
    path.write_bytes(b"x" * 1_000_001)
    assert state(path, one_megabyte) is None
    assert state(path, replace(SETTINGS, max_file_mb=2)) is not None
    assert state(tmp_path, SETTINGS) is None
    assert state(tmp_path / "none.txt", SETTINGS) is None


def test_the_hash_of_a_content(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    # The examples of FIPS 180-2: "abc", and a million times "a".
    path.write_bytes(b"abc")
    assert content_hash(path) == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    path.write_bytes(b"a" * 1_000_000)
    assert content_hash(path) == (
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    )
    with pytest.raises(DocumentError, match=r"^It cannot be opened: No such file or directory\.$"):
        content_hash(tmp_path / "none.txt")


def test_what_was_read_comes_back_under_the_name_of_the_file_that_is_asked_for() -> None:
    read = Parsed(
        "old/tea-house.txt",
        "tea house",
        [Block("Tea", level=1), Block("It is brewed.", page=2)],
        [Dropped("old/tea-house.txt", "Page 1", "page number")],
        [Skipped("old/tea-house.txt, page 3", "It has no text.")],
    )
    assert unpacked(packed(read), "old/tea-house.txt") == read
    again = unpacked(packed(read), "new/coffee_house.txt")
    assert (again.source, again.title) == ("new/coffee_house.txt", "coffee house")
    assert again.blocks == read.blocks
    assert again.dropped == [Dropped("new/coffee_house.txt", "Page 1", "page number")]
    assert again.notes == [Skipped("new/coffee_house.txt, page 3", "It has no text.")]
    assert "tea-house" not in packed(read)
    kept = json.loads(packed(read))
    assert (kept["source"], kept["dropped"][0]["source"]) == ("", "")


def test_a_title_that_the_file_gives_itself_stays() -> None:
    read = Parsed("a.html", "All about tea", [Block("Tea")])
    assert unpacked(packed(read), "b.html") == Parsed("b.html", "All about tea", [Block("Tea")])
