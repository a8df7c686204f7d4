"""The state of the index, a running rebuild and its report as HTML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_service import EVIL, REPORT

from qa.accounts import Account, LeftOut
from qa.building import running_builds as builds
from qa.datatypes import (
    BuildReport,
    Dropped,
    Progress,
    Skipped,
)
from qa.index.status import Status
from qa.page.html import build_card


def test_status_line(service: Any) -> None:
    line = build_card.status_html(service.status())
    for fact in ("1 document", "3 passages", "20 sentences", "model mini", "46 kB"):
        assert f"<li>{fact}</li>" in line
    assert "<li>built 4 May 2026, 09:08 UTC</li>" in line


def test_status_without_index_says_what_to_do(tmp_path: Path) -> None:
    line = build_card.status_html(Status(tmp_path, problem="There is no index <here>."))
    assert "There is no index &lt;here&gt;." in line
    assert "Add and rebuild" in line


def test_progress_shows_stage_share_and_time() -> None:
    card = build_card.progress_html(Progress("embed", 3, 12, EVIL), 4.9)
    assert '<progress max="100" value="25"' in card  # 3 of 12
    assert "3 of 12 (25%)" in card
    assert ">4 s<" in card
    assert '<li class="qa-now" aria-current="step">Embedding sentences</li>' in card
    assert card.count("qa-done") == 3  # read, encoder and chunk are behind it
    assert "<img" not in card


def test_progress_of_unknown_length_claims_no_share() -> None:
    card = build_card.progress_html(Progress("encoder", 0, 0), 0.0)
    assert "%" not in card
    assert "value=" not in card


def test_report_names_what_was_added_skipped_and_left_out() -> None:
    report = BuildReport(
        *("g2", 2, 1234, 5000, 1, 4, 0.42, ("a.txt",)),
        skipped=(Skipped("added/broken.pdf", "It is damaged."), Skipped("old.bin", EVIL)),
        dropped=(Dropped("a.txt", "46 votes", "counter"), Dropped("a.txt", EVIL, "loading")),
    )
    added = builds.Added(
        {"added/tea (2).txt": "tea.txt", "added/broken.pdf": "broken.pdf"},
        (Skipped("big.txt", "Too big."),),
    )
    card = build_card.report_html(report, added)
    assert "Added tea.txt." in card
    assert "2 documents, 1,234 passages, 1 new vector, 4 reused, in 0.4 s." in card
    assert "broken.pdf is not in the index." in card
    assert "It is damaged." in card
    assert "big.txt could not be added." in card
    assert "1 file skipped" in card
    assert "<strong>old.bin</strong>" in card
    assert "2 pieces left out" in card
    assert "“46 votes”" in card
    assert "<img" not in card


def test_the_report_names_the_documents_of_which_words_were_left_out() -> None:
    accounts = (
        Account("a.html", 20, 12, 0, (LeftOut("cookie bar", 8),)),
        Account("b.txt", 5, 5),
    )
    card = build_card.report_html(replace(REPORT, accounts=accounts), builds.Added({}, ()))
    assert "Documents of which not every word was read: 1" in card
    assert "<strong>a.html</strong>: 8 words left out" in card
    assert "b.txt" not in card


@pytest.mark.parametrize(
    ("languages", "told"),
    [({"de": 4}, "in German"), ({"en": 1200, "fr": 1}, "in English (1,200), French (1)")],
)
def test_the_status_names_the_languages_of_the_documents(
    languages: dict[str, int], told: str
) -> None:
    status = Status(Path("idx"), "g1", None, "MiniLM", 4, 5, 6, 7, languages=languages)
    assert f"<li>{told}</li>" in build_card.status_html(status)


def test_progress_tells_the_time_left_and_what_is_counted() -> None:
    card = build_card.progress_html(Progress("read", 3, 12), 4.9, 75.2)
    assert "about 1 min 15 s left of this step" in card
    assert "Files: 3 of 12" in card
