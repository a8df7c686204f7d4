"""A passage that was changed in any part does not come from its document any more."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_files import pdf
from read_documents import read_files
from toy_encoder import ToyTokenizer

from qa.chunking.context import without_headings
from qa.chunking.origin import comes_from
from qa.chunking.passages import chunk
from qa.datatypes import Sentence

TEXT = """# Tea

Tea is grown on hills. It is picked by hand, and then it is dried.

## Green tea

### Of China

It is steamed. It is drunk without milk.

Some drink it cold.

## Black tea

It is dark. It is drunk with milk.
"""


def passages(document, tokens):
    found = chunk(document, ToyTokenizer(), max_tokens=tokens)
    return list(without_headings(document, found))


@pytest.fixture(params=[6, 20, 60])
def cut(request, tmp_path):
    (tmp_path / "tea.md").write_text(TEXT, encoding="utf-8")
    (document,) = read_files(tmp_path / "tea.md").documents
    return document, passages(document, request.param)


def test_what_was_cut_from_a_document_comes_from_it(cut):
    document, found = cut
    assert found
    assert all(comes_from(passage, document) for passage in found)


def test_pages_and_corpora_too(tmp_path):
    root = Path(__file__).parents[2]
    file = tmp_path / "pages.pdf"
    file.write_bytes(pdf([["Tea is hot. Drink it now."], ["Coffee is black. It is strong."]]))
    documents = read_files(file, root / "corpus", root / "README.md").documents
    for document in documents:
        for tokens in (8, 40):
            for passage in passages(document, tokens):
                assert comes_from(passage, document), (document.source, passage)
    assert any(document.pages for document in documents)


def test_every_single_change_is_noticed(cut):
    document, found = cut
    for passage in found:
        changed = [
            replace(passage, text=passage.text[:-1] + "?"),
            replace(passage, start=passage.start + 1),
            replace(passage, end=passage.end - 1),
            replace(passage, page=1),
            replace(passage, headings=("Another", *passage.headings[1:])),
        ]
        for number, sentence in enumerate(passage.sentences):
            for start, end in ((1, 0), (-1, 0), (0, -1), (8, 0), (0, -8), (0, 64)):
                moved = Sentence(sentence.start + start, sentence.end + end, sentence.text)
                others = list(passage.sentences)
                others[number] = moved
                changed.append(replace(passage, sentences=tuple(others)))
        for one in changed:
            assert not comes_from(one, document), one


def test_another_document_is_noticed(cut):
    document, found = cut
    other = replace(document, text=document.text.replace("it", "at"))
    for passage in found:
        assert comes_from(passage, other) == ("it" not in passage.text)
