"""Random documents printed to PDF: each word comes out once, in order, as it is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from printed_documents import PRINTED, by_libreoffice, by_reportlab, judge_prints
from random_documents import Maker, Paragraph, RandomDocument, judge
from read_documents import read_files

DOCUMENTS = [Maker(seed, PRINTED).document().printable() for seed in range(12)]


def test_every_word_of_a_pdf_by_reportlab(tmp_path: Path) -> None:
    for number, document in enumerate(DOCUMENTS):
        (tmp_path / f"{number}.pdf").write_bytes(by_reportlab(document))
    judge_prints(tmp_path, DOCUMENTS)


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """Prose whose lines stand on different baselines left and right, over several pages; but for
    what no page tells: whether a few lines below a shorter column belong to the other one."""
    documents = [
        RandomDocument(
            tuple(
                part
                for chapter in range(5)
                for part in Maker(40 * chapter + seed, PRINTED).document().printable("").parts
                if isinstance(part, Paragraph)
            )
        )
        for seed in range(6)
    ]
    disordered = words = 0
    for number, document in enumerate(documents):
        (tmp_path / f"{number}.pdf").write_bytes(by_reportlab(document, columns=2))
    reading = read_files(tmp_path)
    texts = {document.source: document.text for document in reading.documents}
    for number, document in enumerate(documents):
        verdict = judge(document, texts[f"{number}.pdf"])
        assert verdict.faults == verdict.disordered
        words, disordered = words + verdict.words, disordered + verdict.disordered
    assert words > 3000
    assert disordered < words / 50


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_word_of_a_pdf_by_libreoffice(tmp_path: Path) -> None:
    """But for blanks that do not break: it draws none, and its gaps look like those of cells.
    Not in order where a table goes on on the next page without its header."""
    documents = [Maker(seed, PRINTED).document().printable("\t\u00a0") for seed in range(12)]
    by_libreoffice(documents, tmp_path)
    judge_prints(tmp_path, documents, ordered=False)
