"""The build with the toy encoder: what it writes, reuses, refuses and leaves alone."""

import shutil

import numpy as np
import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder, ToyTokenizer

from qa import Retriever
from qa.chunking.context import CONTEXT_TOKENS, SPECIAL_TOKENS
from qa.errors import BuildError, IndexBusyError, IndexDamagedError, IndexMismatchError
from qa.index.generations import IndexFolder


def test_the_parts_agree_and_the_texts_are_exact(settings):
    report = build_toy(settings)
    assert report.documents == 3
    assert report.sentences == 6
    retriever = Retriever.open(settings.index, encoder=ToyEncoder())
    passages = list(retriever.catalog.all_passages())
    assert len(passages) == report.passages
    for passage in passages:
        text = retriever.document(passage.document_id).text
        assert text[passage.start : passage.end] == passage.text
        for sentence in passage.sentences:
            assert text[sentence.start : sentence.end] == sentence.text
    assert [s.text for p in passages for s in p.sentences][:2] == [
        "Refunds are paid within thirty days.",
        "A receipt is needed for every refund.",
    ]


def test_vectors_belong_to_their_texts(settings):
    build_toy(settings, [(f"page {n}", text) for n, (_, text) in enumerate(TEXTS)])
    encoder = ToyEncoder()
    retriever = Retriever.open(settings.index, encoder=encoder)
    rows = np.arange(retriever.catalog.passage_count)
    for row, passage in enumerate(retriever.catalog.all_passages()):
        title = retriever.document(passage.document_id).title
        expected = encoder.encode_documents([f"{title}. {passage.text}"])[0]
        np.testing.assert_allclose(retriever.index.dense.vectors(rows)[row], expected, atol=1e-3)


def test_a_second_build_embeds_only_new_text(settings):
    encoder = ToyEncoder()
    first = build_toy(settings, encoder=encoder)
    assert first.embedded == 2 * first.passages + first.sentences == encoder.encoded
    again = build_toy(settings, encoder=encoder)
    assert (again.embedded, again.reused) == (0, first.embedded)
    more = build_toy(settings, [*TEXTS, ("hours", "The shop opens at nine.")], encoder=encoder)
    assert more.embedded == 2  # its title, and the passage, which is also its one sentence
    assert encoder.encoded == first.embedded + 2


def test_the_same_sources_give_the_same_vectors_with_and_without_cache(settings, tmp_path):
    build_toy(settings)
    first = Retriever.open(settings.index, encoder=ToyEncoder())
    shutil.rmtree(settings.index / "cache")
    build_toy(settings)
    second = Retriever.open(settings.index, encoder=ToyEncoder())
    assert first.generation != second.generation
    for one, two in zip(
        first.retrieve("refund receipt"), second.retrieve("refund receipt"), strict=True
    ):
        assert (one.passage, one.score) == (two.passage, two.score)


def test_an_interrupted_build_keeps_what_it_embedded(settings, monkeypatch):
    encoder = ToyEncoder()

    def fail(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("qa.building.build.KeywordIndex.write", fail)
        with pytest.raises(BuildError, match=r"No space left on device.*unchanged"):
            build_toy(settings, encoder=encoder)
    assert IndexFolder(settings.index).live() is None
    assert build_toy(settings, encoder=encoder).embedded == 0


def test_a_failed_build_leaves_the_live_index_alone(settings, monkeypatch):
    report = build_toy(settings)
    with pytest.raises(BuildError, match="no readable text"):
        build_toy(settings, [])
    with pytest.raises(BuildError, match="empty: The text is empty"):
        build_toy(settings, [("empty", "  \n ")])
    assert IndexFolder(settings.index).live() == report.generation
    assert Retriever.open(settings.index, encoder=ToyEncoder()).retrieve("refund")


def test_two_builds_at_once_are_refused(settings):
    with IndexFolder(settings.index).writing(), pytest.raises(IndexBusyError):
        build_toy(settings)


def test_progress_goes_through_the_stages_in_order(settings):
    steps = []
    build_toy(settings, progress=steps.append)
    stages = list(dict.fromkeys(step.stage for step in steps))
    assert stages == ["encoder", "chunk", "embed", "write", "switch"]
    embed = [step for step in steps if step.stage == "embed"]
    assert embed[-1].done == embed[-1].total == 12  # 3 passages, 6 sentences and 3 titles
    assert [step.done for step in embed] == sorted(step.done for step in embed)


def test_a_folder_is_read_beside_texts(settings):
    settings.corpus.mkdir()
    (settings.corpus / "hours.txt").write_text("The shop opens at nine.", encoding="utf-8")
    report = build_toy(settings, TEXTS[:1], [settings.corpus])
    assert report.read == ("hours.txt", "refunds")


def test_another_model_is_refused_with_both_sides(settings):
    build_toy(settings)
    with pytest.raises(IndexMismatchError, match=r"built with toy \(64.*this is toyB \(64"):
        Retriever.open(settings.index, encoder=ToyEncoder("B"))


def test_a_swapped_model_with_the_same_name_and_size_is_caught(settings):
    build_toy(settings)
    impostor = ToyEncoder("B")
    impostor.name, impostor.fingerprint = ToyEncoder().name, ToyEncoder().fingerprint
    with pytest.raises(IndexMismatchError, match="does not give the vectors"):
        Retriever.open(settings.index, encoder=impostor)


@pytest.mark.parametrize(
    "part", ["passages.faiss", "sentences.npy", "catalog.sqlite", "sentence_starts.npy"]
)
def test_a_damaged_part_is_refused_by_name(settings, part):
    report = build_toy(settings)
    path = IndexFolder(settings.index).path(report.generation) / part
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(IndexDamagedError, match=rf"{part}.*Rebuild: python -m qa index"):
        Retriever.open(settings.index, encoder=ToyEncoder())


def test_no_text_is_longer_than_the_model_reads(settings):
    encoder = ToyEncoder(max_tokens=64)
    given = []
    encode = encoder.encode_documents

    def note(texts, on_batch=None):
        given.extend(texts)
        return encode(texts, on_batch)

    encoder.encode_documents = note
    title = " ".join(f"title{n}" for n in range(200))
    text = " ".join(f"word{n}" for n in range(500)) + ". " + "Short one. " * 50
    build_toy(settings, [(title, text)], encoder=encoder)
    lengths = [len(spans) for spans in ToyTokenizer().token_spans(given)]
    assert max(lengths) <= 64 - SPECIAL_TOKENS
    assert max(lengths) > CONTEXT_TOKENS  # the title was there, cut
