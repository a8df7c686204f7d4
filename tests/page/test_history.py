"""The part "History": the generations, going back, and removing old ones."""

from __future__ import annotations

from typing import Any

from qa.page.html.generation_table import generations_html
from qa.page.tabs import history


def test_the_history_tells_the_live_one_and_goes_back(service: Any) -> None:
    table = history.shown(service)
    assert 'data-rollback="g1"' in table
    assert 'data-rollback="g2"' not in table
    assert "<img" not in table
    assert "g1 is live now" in history.went_back(service, "g1")
    assert "There is no generation gone." in history.went_back(service, "gone")
    assert "Removed: g0" in history.pruned(service)
    assert "Add documents above" in generations_html([])
