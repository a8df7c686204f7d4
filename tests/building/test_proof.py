"""`verify` finds what checksums cannot: an index that was written wrong."""

import json
import sqlite3

import faiss
import numpy as np
import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder

from qa import Service
from qa.index.generations import IndexFolder, file_hash
from qa.index.manifest import checksum, probe


@pytest.fixture
def live(settings):
    build_toy(settings)
    folder = IndexFolder(settings.index)
    return folder.path(folder.live())


def signed(live, change=lambda _: None):
    """Make the manifest agree with the files as they are now, as a wrong build would."""
    path = live / "manifest.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    for name in values["files"]:
        values["files"][name] = {
            "bytes": (live / name).stat().st_size,
            "sha256": file_hash(live / name),
            "probe": probe(live / name),
        }
    change(values)
    values["checksum"] = checksum(values)
    path.write_text(json.dumps(values), encoding="utf-8")


def found(settings):
    return Service(settings, encoder=ToyEncoder()).generations.verify()


def change_catalog(live, sql):
    db = sqlite3.connect(live / "catalog.sqlite")
    db.executescript(sql)
    db.close()
    signed(live)


def test_a_good_index_has_no_problem(settings, live):
    assert found(settings) == []
    signed(live)
    assert found(settings) == []


def test_vectors_of_other_texts(settings, live):
    index = faiss.read_index(str(live / "passages.faiss"))
    vectors = index.reconstruct_n(0, index.ntotal)
    other = faiss.index_factory(vectors.shape[1], "Flat", faiss.METRIC_INNER_PRODUCT)
    other.add(vectors[[1, 0, 2]])
    faiss.write_index(other, str(live / "passages.faiss"))
    signed(live)
    problems = found(settings)
    assert len(problems) == 2
    assert "of refunds does not belong to its text (cosine" in problems[0]


def test_sentence_vectors_of_other_texts(settings, live):
    codes = np.load(live / "sentences.npy")
    np.save(live / "sentences.npy", codes[::-1].copy())
    signed(live)
    assert any("A sentence vector of passage" in problem for problem in found(settings))


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE documents SET source = 'x' WHERE source = 'refunds'", "is not the text that its"),
        ("UPDATE passages SET start = 1 WHERE row = 0", "differs from its document"),
        ("UPDATE passages SET sentences = '[[0, 999]]' WHERE row = 0", "lie outside it"),
        ("UPDATE passages SET sentences = '[]' WHERE row = 0", "has no sentence"),
        ("UPDATE passages SET sentences = '[[0, 36]]' WHERE row = 0", "has 3 sentence vectors"),
        ("UPDATE documents SET sections = '[[0, 999, []]]'", "lies outside its text"),
        ("UPDATE passages SET row = 7 WHERE row = 2", "contradicts itself"),
        ("DELETE FROM passages WHERE row = 2", "do not fit together"),
        ("DELETE FROM documents WHERE source = 'refunds'", "not what the manifest says"),
        ("DROP TABLE documents", "cannot be read as a catalog"),
    ],
)
def test_a_catalog_that_was_written_wrong(settings, live, sql, problem):
    change_catalog(live, sql)
    assert any(problem in each for each in found(settings)), found(settings)


def test_a_file_that_the_manifest_does_not_know(settings, live):
    (live / "extra.txt").write_text("x", encoding="utf-8")
    assert [problem for problem in found(settings) if "not in the manifest" in problem]


def test_many_problems_are_counted(settings):
    texts = [(f"text {n}", f"Kettle {n} has a warranty of {n} years.") for n in range(60)]
    build_toy(settings, [*TEXTS, *texts])
    folder = IndexFolder(settings.index)
    change_catalog(folder.path(folder.live()), "UPDATE passages SET start = start + 1")
    problems = found(settings)
    assert len(problems) == 21
    assert problems[-1].endswith("problems more.")


def test_every_canary_counts(settings, live):
    def spoil(values):
        values["canaries"][1]["vector"] = values["canaries"][0]["vector"]

    signed(live, spoil)
    assert "does not give the vectors" in found(settings)[0]


def test_a_long_title_needs_the_encoders_tokenizer(settings):
    title = " ".join(f"title{n}" for n in range(80))
    build_toy(settings, [(title, TEXTS[0][1])])
    assert found(settings) == []
