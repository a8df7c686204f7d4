"""Random documents printed to PDF: each word comes out once, in order, as it is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from printed_documents import PRINTED, by_libreoffice, by_reportlab, judge_prints
from random_documents import Maker

DOCUMENTS = [Maker(seed, PRINTED).document().printable() for seed in range(12)]


def test_every_word_of_a_pdf_by_reportlab(tmp_path: Path) -> None:
    for number, document in enumerate(DOCUMENTS):
        (tmp_path / f"{number}.pdf").write_bytes(by_reportlab(document))
    judge_prints(tmp_path, DOCUMENTS)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_word_of_a_pdf_by_libreoffice(tmp_path: Path) -> None:
    """But for blanks that do not break: it draws none, and its gaps look like those of cells.
    Not in order where a table goes on on the next page without its header."""
    documents = [Maker(seed, PRINTED).document().printable("\t\u00a0") for seed in range(12)]
    by_libreoffice(documents, tmp_path)
    judge_prints(tmp_path, documents, ordered=False)
