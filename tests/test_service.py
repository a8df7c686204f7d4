"""The service over the toy index: asking, switching, adding, checking."""

import json
import shutil
import threading
from dataclasses import replace

import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder

import qa
from qa import Service
from qa.datatypes import Citation
from qa.errors import IndexDamagedError, IndexMissingError, InputError
from qa.index.generations import IndexFolder

CITATION = Citation("d", 0, 5, "0" * 16)


def test_the_hit_has_everything_a_citation_needs(toy_service):
    answer = toy_service.ask("kettle warranty years", top_k=2)
    hit = answer.hits[0]
    assert hit.rank == 1
    assert hit.document.title == "warranty"
    assert hit.sentence.text == "The kettle has a warranty of three years."
    assert hit.document.text[hit.sentence.start : hit.sentence.end] == hit.sentence.text
    assert hit.document.text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert answer.generation == toy_service.status().generation
    assert len(answer.hits) == 2
    assert answer.hits[0].score >= answer.hits[1].score


@pytest.mark.parametrize("question", ["", "  \n\t ", "x" * 2001])
def test_questions_that_cannot_be_asked(toy_service, question):
    with pytest.raises(InputError):
        toy_service.ask(question)


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>", "\0", "?", "🙂", "\ud800 kettle"]
)
def test_odd_questions_are_only_text(toy_service, question):
    if question == "\0":
        with pytest.raises(InputError):
            toy_service.ask(question)
    else:
        assert len(toy_service.ask(question).hits) == 3


def test_top_k(toy_service):
    assert len(toy_service.ask("kettle", top_k=1).hits) == 1
    assert len(toy_service.ask("kettle", top_k=100).hits) == 3
    with pytest.raises(InputError, match="top_k is 0"):
        toy_service.ask("kettle", top_k=0)


def test_identical_passages_fold_into_one_hit(settings):
    copy = ("warranty copy", TEXTS[2][1])
    build_toy(settings, [*TEXTS, copy])
    answer = qa.Service(settings, encoder=ToyEncoder()).ask("kettle warranty")
    assert len(answer.hits) == 3
    assert len(answer.hits[0].duplicates) == 1
    assert answer.hits[0].duplicates[0].text == answer.hits[0].passage.text


def test_a_new_generation_is_picked_up_without_restart(settings, toy_service):
    assert toy_service.ask("zorblax").hits[0].document.title != "zorblax"
    build_toy(settings, [*TEXTS, ("zorblax", "The Zorblax hums at night.")])
    assert toy_service.ask("zorblax hums").hits[0].document.title == "zorblax"


def test_when_the_new_generation_is_damaged_the_last_good_one_answers(settings, toy_service):
    before = toy_service.ask("kettle").generation
    report = build_toy(settings)
    (IndexFolder(settings.index).path(report.generation) / "passages.faiss").unlink()
    assert toy_service.ask("kettle").generation == before
    (settings.index / "CURRENT").unlink()
    assert toy_service.ask("kettle").generation == before


def test_no_index(settings):
    service = qa.Service(settings, encoder=ToyEncoder())
    with pytest.raises(IndexMissingError, match="python -m qa index"):
        service.ask("kettle")
    assert "There is no index" in service.status().problem
    assert service.generations.verify() == [service.status().problem]


def test_status_counts(toy_service):
    state = toy_service.status()
    assert (state.documents, state.passages, state.sentences) == (3, 3, 6)
    assert state.problem is None
    assert state.model == "toy"
    assert state.bytes_on_disk > 1000


def test_documents_are_listed_with_their_words(toy_service):
    lines = toy_service.documents()
    assert [line.title for line in lines] == ["refunds", "shipping", "warranty"]
    assert lines[0].account.read == len(TEXTS[0][1].split())
    assert toy_service.document(lines[0].id).text == TEXTS[0][1]
    with pytest.raises(InputError, match="no document"):
        toy_service.document("nonsense")


def test_verify_finds_a_passage_that_left_its_document(settings, toy_service):
    assert toy_service.generations.verify() == []
    folder = IndexFolder(settings.index)
    place = folder.path(folder.live())
    path = place / "catalog.sqlite"
    data = path.read_bytes().replace(b"Batteries are not covered", b"Batteries are now covered")
    path.write_bytes(data)
    assert any("another content" in problem for problem in toy_service.generations.verify())


def test_many_threads_get_the_same_answers(toy_service):
    questions = ["kettle warranty", "refund receipt", "shipping abroad"] * 5
    alone = [toy_service.ask(question) for question in questions]
    together = [None] * len(questions)

    def ask(position):
        together[position] = toy_service.ask(questions[position])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_texts_must_be_a_list(toy_service):
    with pytest.raises(InputError, match="list"):
        toy_service.sources.start_build(texts="one text")


def test_the_manifest_is_readable_json_without_absolute_paths(settings, toy_service):
    folder = IndexFolder(settings.index)
    text = (folder.path(folder.live()) / "manifest.json").read_text(encoding="utf-8")
    values = json.loads(text)
    assert values["counts"] == {"documents": 3, "passages": 3, "sentences": 6}
    assert str(settings.index) not in text


def test_globs_of_one_build_stand_before_those_of_the_settings(toy_service):
    service = Service(replace(toy_service.settings, include="*.md", exclude="old"))
    change = service.sources.start_build(include=["*.pdf", "a/**"]).change
    assert (change.include, change.exclude) == ("*.pdf,a/**", "old")
    assert service.sources.start_build(include="").change.include == ""


@pytest.fixture
def other_index(settings, toy_service, tmp_path):
    """Beside the toy index: one built from a folder that is gone since, and a text of that name."""
    folder = tmp_path / "gone"
    folder.mkdir()
    (folder / "kettles.txt").write_text("Kettles are heated by steam.")
    other = replace(settings, index=tmp_path / "other")
    build_toy(other, [("shipping", "Ships sail to the islands.")], [folder])
    shutil.rmtree(folder)
    return other.index


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda **where: qa.ask("kettle", **where), IndexDamagedError, "other"),
        (qa.rebuild, InputError, "gone"),
        (lambda **where: qa.add(texts=[("a", "b")], **where), InputError, "gone"),
        (lambda **where: qa.remove("refunds", **where), InputError, "no source called 'refunds'"),
        (lambda **where: qa.resolve(CITATION, **where), IndexDamagedError, "other"),
    ],
    ids=["ask", "rebuild", "add", "remove", "resolve"],
)
def test_the_index_given_wins_over_the_one_of_the_settings(
    settings, other_index, call, error, words
):
    if error is IndexDamagedError:
        (other_index / "CURRENT").write_text("no such generation")
    with pytest.raises(error, match=words):
        call(index=other_index, settings=settings)
