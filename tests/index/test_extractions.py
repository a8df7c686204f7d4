"""The cache of extracted texts, and the spools of a build."""

import numpy as np
import pytest

from qa.building.temporary_files import VECTORS_AT_ONCE, TextFile, VectorFile
from qa.index.dense import DenseIndex
from qa.index.extraction_cache import PUTS_AT_ONCE, ExtractionCache


def test_gives_back_what_was_put_and_forgets_what_was_not_used(tmp_path):
    path = tmp_path / "cache" / "e.sqlite"
    cache = ExtractionCache(path)
    for number in range(PUTS_AT_ONCE + 1):
        cache.put(bytes([number]), f"Größe {number}")
    cache.close()
    again = ExtractionCache(path)
    assert again.get(bytes([7])) == "Größe 7"
    assert again.get(b"nothing") is None
    assert again.keep_used() == PUTS_AT_ONCE
    assert list(again.texts()) == ["Größe 7"]
    again.settle("g1")
    assert again.settled("g1")
    again.put(b"more", "A text.")
    assert not again.settled("g1")
    again.clear()
    assert again.settled("any")  # nothing is in it


def test_what_is_forgotten_is_overwritten(tmp_path):
    path = tmp_path / "e.sqlite"
    cache = ExtractionCache(path)
    cache.put(b"a" * 32, "short")
    cache.close()
    assert b"a" * 32 in path.read_bytes()
    cache = ExtractionCache(path)
    cache.keep_used()
    cache.close()
    assert b"a" * 32 not in path.read_bytes()


def test_a_damaged_cache_is_begun_anew(tmp_path):
    path = tmp_path / "e.sqlite"
    path.write_bytes(b"garbage" * 1000)
    cache = ExtractionCache(path)
    cache.put(b"a", "A text.")
    assert cache.get(b"a") == "A text."


def test_texts_come_back_from_the_spool_in_order(tmp_path):
    spool = TextFile(tmp_path / ".texts")
    spool.add("One\nline \u2028 two", ["a", "b"])
    spool.add("Two", ["c"])
    spool.finish()
    assert list(spool.passages()) == ["One\nline \u2028 two", "Two"]
    assert list(spool.others()) == ["a", "b", "c"]
    assert spool.counts == [2, 1]
    spool.remove()
    assert not (tmp_path / ".texts").exists()


@pytest.mark.parametrize("kind", ["Flat", "SQfp16", "HNSW32_SQfp16"])
def test_vectors_in_blocks_make_the_same_index_as_at_once(tmp_path, kind):
    vectors = np.random.default_rng(0).normal(size=(VECTORS_AT_ONCE + 5, 8)).astype(np.float32)
    spool = VectorFile(tmp_path / ".vectors", 8)
    spool.write(iter([vectors[:100], vectors[100:]]))
    assert [len(block) for block in spool.blocks()] == [VECTORS_AT_ONCE, 5]
    path, whole = tmp_path / "blocks.faiss", tmp_path / "whole.faiss"
    DenseIndex.write_blocks(spool.blocks(), len(vectors), 8, path, kind)
    DenseIndex.write(vectors, whole, kind)
    rows = np.arange(0, len(vectors), 97)
    one, two = DenseIndex.open(path), DenseIndex.open(whole)
    assert one.vectors(rows).tolist() == two.vectors(rows).tolist()
    assert one.count == len(vectors)
    with pytest.raises(ValueError, match="5 vectors came for 6"):
        DenseIndex.write_blocks([vectors[:5]], 6, 8, path, kind)
