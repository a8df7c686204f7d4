"""Flipped bits and files cut or overwritten under a running server: refused, never answered from.

The index is answered by a query encoder of its own, as any other is, and its vectors, its encoder
and its texts are each larger than a megabyte.
"""

import json
import random
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from tiny_encoder import FINGERPRINT, tiny_pair, write_tiny_encoder

from qa import Service, Settings
from qa.answering.retriever import Retriever
from qa.building.build import build
from qa.building.source_set import SourceSet
from qa.building.sources import read_sources
from qa.errors import IndexDamagedError, QAError
from qa.index.generations import IndexFolder

WORDS = [a + b + c for a in "bdfgklmnpr" for b in "aeiou" for c in ("dar", "lim", "nox", "sek")]
DOCUMENTS, PARAGRAPHS = 20, 40
FLIPS = 4
LIVE = ["passages.faiss", "sentences.npy", "sentence_scales.npy", "sentence_starts.npy"]
LIVE += ["catalog.sqlite", "words.txt", "manifest.json", "lexical"]
ENCODER = ["model.onnx", "tokenizer.json", "encoder.json"]
QUESTIONS = ["badar belim year 1903", "why is budar in fadar?", "gadar, gidar and kulim"]


def texts(edition):
    """Documents of headings and paragraphs of three sentences; every sentence names its edition."""
    chance = random.Random(5)
    for number in range(DOCUMENTS):
        paragraphs = []
        for part in range(PARAGRAPHS):
            if part % 10 == 0:
                paragraphs.append(f"## Part {part} on {chance.choice(WORDS)}")
            sentences = (
                f"{' '.join(chance.choices(WORDS, k=14)).capitalize()} in the year "
                f"{chance.randrange(1000, 2000)} of edition{edition}."
                for _ in range(3)
            )
            paragraphs.append(" ".join(sentences))
        yield f"text {number}.md", "\n\n".join([f"# Text {number}", *paragraphs])


def settings_of(index):
    return Settings(index=index, corpus=index / "nowhere", passage_tokens=72, language="en")


def make(index, edition):
    settings = settings_of(index)
    return build(
        lambda _: read_sources(SourceSet((), tuple(texts(edition))), settings),
        settings,
        lambda folder: tiny_pair(folder.encoders / FINGERPRINT),
    ).generation


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    index = tmp_path_factory.mktemp("flips") / "index"
    more = [f"word{n}" for n in range(1200)]
    write_tiny_encoder(index / "encoders" / FINGERPRINT, [*WORDS, *more])
    for edition in (1, 2):
        make(index, edition)
    return index


@pytest.fixture
def index(original, tmp_path):
    place = tmp_path / "index"
    shutil.copytree(original, place)
    return place


@pytest.fixture(scope="module")
def expected(original):
    return told(service_on(original))


def service_on(index):
    return Service(settings_of(index))


def told(service):
    """All that the answers say, but for the generation."""
    answers = [service.ask(question, top_k=5) for question in QUESTIONS]
    return [(one.text, one.confidence, shown(one.hits)) for one in answers]


def shown(hits):
    return [(hit.document, hit.passage, hit.sentence, hit.score) for hit in hits]


def edition_of(service):
    """The edition that an answer and all its passages name, the answer, and its warning."""
    answer = service.ask(QUESTIONS[0], top_k=5)
    named = {name for hit in answer.hits for name in re.findall(r"edition\d", hit.document.text)}
    assert len(named) == 1
    return named.pop(), answer


def files_of(index, kind):
    folder = IndexFolder(index)
    if kind == "CURRENT":
        return [folder.current]
    if kind in ENCODER:
        return [folder.encoders / FINGERPRINT / kind]
    place = folder.path(folder.live()) / kind
    if kind != "lexical":
        return [place]
    return sorted(p for p in place.iterdir() if p.suffix != ".lock" and p.stat().st_size)


def overwrite(path, at, new):
    """Write in place: the file keeps its number."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(new)


def flip(path, at, bits):
    data = path.read_bytes()
    overwrite(path, at, bytes([data[at] ^ bits]))
    return data[at : at + 1]


def told_or_refused(index):
    """What the answers say, or the sentence with which they are refused."""
    try:
        return told(service_on(index))
    except QAError as error:
        return str(error)


@pytest.mark.parametrize("kind", [*LIVE, *ENCODER, "CURRENT"])
def test_a_flipped_bit_changes_no_answer(index, expected, kind):
    chance = random.Random(kind)
    refused = 0
    for _ in range(FLIPS):
        (path,) = chance.choices(files_of(index, kind), k=1)
        at = chance.randrange(path.stat().st_size)
        was = flip(path, at, 1 << chance.randrange(8))
        found = told_or_refused(index)
        assert found == expected or "python -m qa index" in found
        refused += found != expected
        overwrite(path, at, was)
    assert refused == FLIPS if kind not in ("manifest.json", "encoder.json", "CURRENT") else refused
    assert told(service_on(index)) == expected


def exponents(path, count, dim=384):
    """Where the top byte of some stored numbers of a flat index lies."""
    chance, size = random.Random(1), path.stat().st_size
    numbers = Retriever.open(path.parents[2]).index.dense.count * dim
    return [size - 4 * chance.randrange(numbers) - 1 for _ in range(count)]


def test_a_flipped_exponent_is_refused(index):
    (path,) = files_of(index, "passages.faiss")
    assert path.stat().st_size > 1_000_000
    for at in exponents(path, 6):
        was = flip(path, at, 0x40)
        with pytest.raises(IndexDamagedError, match=r"passages\.faiss has another content"):
            service_on(index).ask(QUESTIONS[0])
        overwrite(path, at, was)


def digits(path, count):
    """Where digits of years stand in the texts of a catalog."""
    found = [m.start(1) for m in re.finditer(rb"in the year \d\d(\d)\d", path.read_bytes())]
    return random.Random(2).sample(found, count)


def test_a_flipped_digit_is_refused(index):
    (path,) = files_of(index, "catalog.sqlite")
    for at in digits(path, 6):
        was = flip(path, at, 1)
        with pytest.raises(IndexDamagedError, match=r"catalog\.sqlite has another content"):
            service_on(index).ask(QUESTIONS[0])
        overwrite(path, at, was)


@pytest.mark.parametrize(
    "key", ["name", "fingerprint", "dim", "max_tokens", "query_prompt", "document_prompt", "files"]
)
@pytest.mark.parametrize("signed", [True, False])
def test_an_encoder_that_lacks_a_fact(index, key, signed):
    """One without a checksum, as earlier versions wrote it, is looked through too."""
    (path,) = files_of(index, "encoder.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    if not signed:
        del facts["checksum"]
    for spoiled in ({n: v for n, v in facts.items() if n != key}, {**facts, key: None}):
        path.write_text(json.dumps(spoiled), encoding="utf-8")
        with pytest.raises(IndexDamagedError, match=r"encoder\.json"):
            service_on(index).ask(QUESTIONS[0])
        assert ["encoder.json" in one for one in service_on(index).generations.verify()] == [True]


def test_an_encoder_with_another_fact(index):
    (path,) = files_of(index, "encoder.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**facts, "max_tokens": 252}), encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"encoder\.json was changed after"):
        service_on(index).ask(QUESTIONS[0])


def cut(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 3)


def scramble(path):
    data = bytearray(path.read_bytes())
    half = len(data) // 2
    overwrite(path, 0, bytes(data[half:] + data[:half]))


def replace_file(path):
    other = path.with_name("other")
    other.write_bytes(path.read_bytes()[::-1])
    other.replace(path)


SPOIL = {"cut": cut, "overwritten": scramble, "replaced": replace_file, "gone": Path.unlink}
READ_LATER = ("catalog.sqlite", "sentences.npy", "words.txt")


@pytest.mark.parametrize("damage", SPOIL)
@pytest.mark.parametrize("kind", [*LIVE, *ENCODER, "CURRENT"])
def test_under_a_running_server(index, caplog, kind, damage):
    """What is in memory goes on answering; where files are still read, the generation before."""
    service = service_on(index)
    good = told(service)
    assert edition_of(service)[0] == "edition2"
    kept = {path: path.read_bytes() for path in files_of(index, kind)}
    for path in kept:
        SPOIL[damage](path)
    named, answer = edition_of(service)
    assert named == ("edition1" if kind in READ_LATER else "edition2")
    assert "damaged" in answer.warning
    if named == "edition2":
        assert told(service) == good
    problem = service.status().problem
    assert problem is not None
    assert "python -m qa index" in caplog.text
    assert f"Generation {answer.generation} answers meanwhile" in caplog.text
    told_once = len(caplog.records)
    for path, content in kept.items():
        edition_of(service)
        path.write_bytes(content)
    assert told(service) == good
    assert len(caplog.records) - told_once < len(kept)  # not once for each question
    assert service.ask(QUESTIONS[0]).warning == ""
    assert service.status().problem is None


def test_without_another_generation_nothing_is_answered(index):
    folder = IndexFolder(index)
    shutil.rmtree(folder.path(folder.names()[0]))
    service = service_on(index)
    service.ask(QUESTIONS[0])
    (path,) = files_of(index, "catalog.sqlite")
    flip(path, digits(path, 1)[0], 1)
    for _ in range(2):
        with pytest.raises(IndexDamagedError, match=r"catalog\.sqlite .*python -m qa index"):
            service.ask(QUESTIONS[0])


def test_damage_while_a_question_is_answered(index):
    service = service_on(index)
    (path,) = files_of(index, "catalog.sqlite")

    def reading(retriever):
        if retriever.generation == IndexFolder(index).live():
            scramble(path)
        return retriever.generation

    assert service._live.read(reading) == IndexFolder(index).names()[0]


def test_the_same_content_in_another_file_answers_on(index, caplog):
    service = service_on(index)
    good = told(service)
    for kind in LIVE:
        for path in files_of(index, kind):
            other = path.with_name("other")
            shutil.copyfile(path, other)
            other.replace(path)
    assert told(service) == good
    assert caplog.text == ""
    assert service.ask(QUESTIONS[0]).warning == ""


def unchecked(index):
    """The live generation while none of its files is hashed yet."""
    folder = IndexFolder(index)
    manifest = folder.manifest(folder.live())
    encoder = tiny_pair(folder.encoders / FINGERPRINT).query
    place = folder.path(manifest.generation)
    return Retriever(place, manifest, encoder, settings_of(index), check=Unfinished())


class Unfinished:
    finished = False

    def can_be_read(self):
        return True


def test_what_is_not_hashed_yet_is_compared_with_its_document(index):
    (path,) = files_of(index, "catalog.sqlite")
    good = unchecked(index).retrieve(QUESTIONS[0], 5)
    data = path.read_bytes()
    for hit in good:
        sentence = hit.sentence.text.encode()
        noticed = 0
        for match in re.finditer(re.escape(sentence), data):  # one of them is in no answer
            at = match.start() + sentence.index(b"in the year") + 14
            was = flip(path, at, 1)
            try:
                assert shown(unchecked(index).retrieve(QUESTIONS[0], 5)) == shown(good)
            except IndexDamagedError:
                noticed += 1
            overwrite(path, at, was)
        assert noticed == 2  # in the document and in the passage


def test_a_title_that_is_not_hashed_yet(index):
    (path,) = files_of(index, "catalog.sqlite")
    (hit,) = unchecked(index).retrieve(QUESTIONS[0], 1)
    row = f"{hit.document.id}{hit.document.title}{hit.document.source}".encode()
    (at,) = [match.start() for match in re.finditer(re.escape(row), path.read_bytes())]
    flip(path, at + len(hit.document.id), 1)
    with pytest.raises(IndexDamagedError, match="is not the text that its id"):
        unchecked(index).retrieve(QUESTIONS[0], 1)


def test_cosines_that_are_none_are_refused(index):
    (path,) = files_of(index, "passages.faiss")
    dense = Retriever.open(index).index.dense
    found, _ = dense.search(dense.vectors(np.array([3]))[0], 1)
    begin = path.stat().st_size - (dense.count - int(found[0])) * 384 * 4
    was = flip(path, begin + 4 * 17 + 3, 0x40)
    spoiled = unchecked(index)
    (passage,) = spoiled.catalog.passages([3])
    with pytest.raises(IndexDamagedError, match="vectors in"):
        spoiled.retrieve(passage.text[:200])
    overwrite(path, begin + 4 * 17 + 3, was)


def ask_until_refused(service):
    for _ in range(10_000):
        service.retriever()


def test_large_files_are_hashed_after_opening(index, monkeypatch):
    monkeypatch.setattr("qa.index.generation_check.HASHED_FIRST_BYTES", 0)
    folder = IndexFolder(index)
    shutil.rmtree(folder.path(folder.names()[0]))
    (path,) = files_of(index, "sentences.npy")
    flip(path, path.stat().st_size - 5, 1)
    service = service_on(index)
    with pytest.raises(IndexDamagedError, match=r"sentences\.npy has another content"):
        ask_until_refused(service)
    with pytest.raises(IndexDamagedError, match=r"sentences\.npy has another content"):
        Retriever.open(index, thorough=True)
