import numpy as np

from qa.index.embedding_cache import EmbeddingCache, rounded, text_hash


def test_gives_back_what_was_put_for_the_same_model_only(tmp_path):
    path = tmp_path / "cache" / "e.sqlite"
    vectors = np.array([[0.5, 0.25], [0.1, -0.9]], np.float32)
    keys = [text_hash("a"), text_hash("b")]
    cache = EmbeddingCache(path, "model-1")
    cache.put(keys, vectors)
    cache.close()
    again = EmbeddingCache(path, "model-1")
    found = again.get([*keys, text_hash("c")])
    assert set(found) == set(keys)
    stored = np.frombuffer(found[keys[1]], np.float16).astype(np.float32)
    assert stored.tolist() == rounded(vectors)[1].tolist()
    assert EmbeddingCache(path, "model-2").get(keys) == {}


def test_what_was_not_wanted_is_forgotten(tmp_path):
    cache = EmbeddingCache(tmp_path / "e.sqlite", "m")
    keys = [text_hash(text) for text in "abc"]
    cache.put(keys, np.eye(3, dtype=np.float32))
    cache.want(keys[:1])
    assert cache.keep_wanted() == 2
    cache.settle("g1")
    assert cache.settled("g1")
    assert not cache.settled("g2")
    assert list(cache.get(keys)) == keys[:1]


def test_a_damaged_cache_is_begun_anew(tmp_path):
    path = tmp_path / "e.sqlite"
    path.write_bytes(b"garbage" * 1000)
    cache = EmbeddingCache(path, "m")
    cache.put([text_hash("a")], np.ones((1, 2), np.float32))
    assert len(cache.get([text_hash("a")])) == 1
