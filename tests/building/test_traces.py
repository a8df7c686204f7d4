"""Removing leaves no trace: what still holds a text is named, and dropped by a purge."""

import json

import pytest
from conftest import TEXTS
from toy_encoder import ToyEncoder
from toy_job import service_with_toy_jobs

from qa import Service, Settings
from qa.building.temporary_files import TextFile
from qa.errors import IndexMissingError, InputError
from qa.index.embedding_cache import EmbeddingCache, text_hash
from qa.index.generations import IndexFolder
from qa.index.keywords import KeywordIndex
from qa.insight.feedback import Judgement, Store

SECRET = "The Zorblax password is swordfish."
WORDS = ("Zorblax", "zorblax", "swordfish")


@pytest.fixture
def service(settings):
    """A service with a secret text among its documents."""
    settings.corpus.mkdir()
    for name, text in TEXTS:
        (settings.corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    service = service_with_toy_jobs(settings)
    service.rebuild()
    service.add(texts=[("secret", f"{SECRET} Tell nobody.")])
    return service


def parts(service, text=SECRET):
    return {(trace.part, "older" in trace.what) for trace in service.generations.traces(text)}


def holding(folder, *words):
    """Files anywhere under a folder whose raw bytes hold one of the words."""
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    ]


def test_every_part_that_holds_a_text_is_named(service):
    assert parts(service) == {
        ("catalog", False),
        ("vectors", False),
        ("keyword index", False),
        ("extraction cache", False),
        ("inbox", False),
    }
    assert parts(service, "the  zorblax PASSWORD\nis swordfish.") == parts(service)
    assert "kettle" in TEXTS[2][1]
    assert parts(service, "marmots in winter") == set()


def test_after_removing_only_older_generations_hold_it(service):
    service.remove("secret")
    assert parts(service) == {("catalog", True), ("vectors", True), ("keyword index", True)}


def test_after_a_purge_no_byte_of_it_is_left(service, settings):
    cache = IndexFolder(settings.index).cache
    embedded = [f"secret. {SECRET}", SECRET, f"secret. {SECRET} Tell nobody."]
    before = EmbeddingCache(cache, ToyEncoder().fingerprint)
    vectors = list(before.get([text_hash(text) for text in embedded]).values())
    before.close()
    assert vectors
    assert holding(settings.index, *WORDS)
    service.remove("secret", purge=True)
    assert service.generations.traces(SECRET) == []
    assert service.generations.verify() == []
    assert holding(settings.index, *WORDS) == []
    assert holding(settings.corpus, *WORDS) == []
    assert not any(vector in cache.read_bytes() for vector in vectors)
    assert not any(text_hash(text) in cache.read_bytes() for text in embedded)
    folder = IndexFolder(settings.index)
    keywords = KeywordIndex.open(folder.path(folder.live()) / "lexical")
    assert keywords.count == 3
    assert [keywords.search({word: 1.0}, 5)[0].size for word in ("zorblax", "swordfish")] == [0, 0]
    assert service.ask("kettle warranty years").hits[0].document.title == "warranty"
    assert service.rebuild().embedded == 0  # the purge kept what is needed


def test_vectors_that_an_interrupted_build_left_are_told_and_purged(service, settings):
    folder = IndexFolder(settings.index)
    for fingerprint in (ToyEncoder().fingerprint, "another model"):
        cache = EmbeddingCache(folder.cache, fingerprint)
        cache.put([text_hash("left over")], ToyEncoder().encode_documents(["left over"]))
        cache.close()
    assert ("embedding cache", False) in parts(service, "left over")
    service.generations.purge()
    assert parts(service, "left over") == set()


def test_a_file_set_aside_is_a_trace_until_purged(service, settings, tmp_path):
    upload = tmp_path / "swordfish.exe"
    upload.write_bytes(b"MZ\x90\0\3\0\0\0" + SECRET.encode() + bytes(40))
    service.remove("secret", purge=True)
    service.sources.add_file(upload)
    service.sources.start_build().run()
    (trace,) = service.generations.traces(SECRET)
    assert (trace.part, trace.what) == ("inbox", "a file set aside")
    service.generations.purge()
    assert service.generations.traces(SECRET) == []


def test_words_of_people_are_told_with_the_command_that_removes_them(service, settings):
    service.pins.add("What is the zorblax password?", ["swordfish"])
    service.pins.add("How long is the warranty?", ["two years"])
    store = Store(settings.index / "feedback.sqlite")
    store.record(service.ask("Is it true that the Zorblax password is swordfish."))
    store.judge(Judgement("What is it?", "right", SECRET))
    service.remove("secret", purge=True)
    told = {trace.part: trace for trace in service.generations.traces("swordfish")}
    assert set(told) == {"pinned question", "feedback"}
    assert told["pinned question"].what.endswith("python -m qa unpin 1")
    assert told["feedback"].what.startswith("1 questions asked and 1 verdicts;")
    assert told["feedback"].what.endswith("python -m qa feedback --clear")
    service.pins.remove("1")
    store.clear()
    assert service.generations.traces("swordfish") == []
    assert holding(settings.index, "swordfish") == []


def test_what_feedback_forgets_is_in_none_of_its_bytes(service, settings):
    path = settings.index / "feedback.sqlite"
    store = Store(path, kept=3)
    for number in range(200):
        text = f"swordfish {number} " * 400  # longer than a page of the file
        store.judge(Judgement("What is it?", "right", text[:15_000], "", "gone"))
    for number in range(4):
        store.judge(Judgement(f"Question {number}?", "up"))
    assert holding(settings.index / "..", "swordfish 1") == []
    assert [one.name for one in settings.index.glob("feedback.sqlite*")] == [path.name]


@pytest.mark.parametrize("text", ["Käse und Brot", 'the word "tea"', "one\ntwo"])
def test_a_spool_that_a_stopped_build_left_is_told_and_purged(service, settings, text):
    left = settings.index / "generations/.building-x"
    left.mkdir()
    spool = TextFile(left / "texts.jsonl")
    spool.add(f"before {text} after", [text])
    spool.finish()
    (left / "old.json").write_text(json.dumps([text]), encoding="ascii")
    assert [trace.path.name for trace in service.generations.traces(text)] == [
        "old.json",
        "texts.jsonl",
    ]
    service.generations.purge()
    assert service.generations.traces(text) == []
    assert not left.exists()


def test_a_search_that_does_not_fit_its_catalog_is_told(service, settings, monkeypatch):
    service.remove("secret", purge=True)
    monkeypatch.setattr(KeywordIndex, "count", property(lambda _: 4))
    (trace,) = service.generations.traces(SECRET)
    assert trace.part == "keyword index"


def test_what_cannot_be_looked_for(settings, service, tmp_path):
    with pytest.raises(InputError, match="empty"):
        service.generations.traces(" \n ")
    elsewhere = Service(Settings(index=tmp_path / "none"), encoder=ToyEncoder())
    with pytest.raises(IndexMissingError):
        elsewhere.generations.traces("kettle")


def test_a_short_passage_of_another_document_is_no_trace_of_a_text_that_holds_it(service):
    service.add(texts=[("answer", "Yes.")])
    long = "Is it open? Yes. The otters of the northern river are fed at nine in the morning."
    piece = "The otters of the northern river are fed at nine in the morning."
    assert parts(service, long) == set()
    service.add(texts=[("otters", piece)])
    assert ("vectors", False) in parts(service, long)
