"""The map as the page draws it: a point for each passage, hits by number, all of it escaped."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from conftest import TEXTS, build_toy
from contrast import contrast
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.insight.corpus_map import NAMED, Maps
from qa.page.html.corpus_map import LOOKS, map_html, side_html
from qa.page.tabs.map import drawn

EVIL = "<img src=x onerror=alert(1)>"
LIGHT, DARK = "#ffffff", "#1e1d1b"
"""The grounds of the cards, as in style.css."""


def grown(settings: Settings, texts: list[tuple[str, str]]) -> Service:
    build_toy(settings, texts)
    return Service(settings, encoder=ToyEncoder())


def opens(drawing: str) -> list[list[Any]]:
    """What each point opens: document, start, end."""
    points = re.findall(r'<use [^>]*data-spans="([^"]*)"', drawing)
    return [json.loads(html.unescape(point))[0][:3] for point in points]


def places(drawing: str, what: str) -> list[tuple[float, float]]:
    found = re.findall(rf'{what}[^>]* x="([^"]*)%" y="([^"]*)%"', drawing)
    return [(float(x), float(y)) for x, y in found]


def test_each_passage_is_a_point_or_a_numbered_hit(toy_service: Service) -> None:
    chart, answer, where = Maps(toy_service.retriever).asked(
        "Which warranty has the kettle?", top_k=2
    )
    drawing = map_html(chart, where, answer)
    shown = opens(drawing)
    hits = [[h.passage.document_id, h.passage.start, h.passage.end] for h in answer.hits]
    assert 0 < len(shown) < len(shown + hits)
    assert sorted(shown + hits) == sorted(
        [p.passage.document_id, p.passage.start, p.passage.end] for p in chart.points
    )
    assert re.findall(r'qa-map-hit"[^>]*data-show="([0-9]+)"', drawing) == ["2", "1"]  # 1 on top
    assert len(places(drawing, "qa-map-question")) == 1
    assert not re.search("https?://", drawing)


def test_points_lie_where_the_plane_has_them(toy_service: Service) -> None:
    chart = Maps(toy_service.retriever).current()
    drawing = map_html(chart)
    wanted = sorted((50 + 46.5 * p.x, 50 - 46.5 * p.y) for p in chart.points)  # 3.5 % of margin
    for place, expected in zip(sorted(places(drawing, "<use")), wanted, strict=True):
        assert place == pytest.approx(expected, abs=0.02)
    assert "qa-map-question" not in drawing


def test_a_question_outside_of_all_passages_is_still_on_the_map(toy_service: Service) -> None:
    chart, answer, where = Maps(toy_service.retriever).asked("Which warranty?")
    far = type(where)((4.0, 0.0), where.hits)
    drawing = map_html(chart, far, answer)
    assert places(drawing, "qa-map-question") == [(96.5, 50.0)]
    assert all(3.5 <= edge <= 96.5 for place in places(drawing, "<use") for edge in place)


def test_what_hovering_shows_is_escaped_and_so_is_what_stands_beside(settings: Settings) -> None:
    service = grown(settings, [(f"a{EVIL}", f"{EVIL} is a text & more."), *TEXTS])
    for shown in drawn(Maps(service.retriever), "Which text is more?"):
        assert EVIL not in shown
        assert "&lt;img" in shown
        assert 'data-show="1"' in shown


def test_an_error_of_the_question_leaves_the_passages_there(toy_service: Service) -> None:
    drawing, beside = drawn(Maps(toy_service.retriever), "x" * 2_001)
    assert opens(drawing)
    assert "at most 2,000" in beside
    assert "No question yet." in beside


def test_without_an_index_the_map_says_what_to_do(settings: Settings) -> None:
    drawing, beside = drawn(Maps(Service(settings, encoder=ToyEncoder()).retriever), "")
    assert drawing == ""
    assert "There is no index yet" in beside


def test_a_map_without_a_question_says_so_and_how_far_it_goes(settings: Settings) -> None:
    texts = [(f"text {n:02}", f"Text number {n} tells of thing {n}.") for n in range(12)]
    beside = side_html(Maps(grown(settings, texts).retriever, most=5).current())
    assert "5 of 12 passages are shown" in beside
    assert "All other documents" in beside
    assert "nearness on it is only a hint" in beside
    assert beside.count("<svg") == NAMED + 1


def test_each_look_is_one_of_its_kind_and_seen_on_both_grounds() -> None:
    colours, shapes = zip(*LOOKS, strict=True)
    assert len(set(colours)) == len(set(shapes)) == len(LOOKS) == NAMED + 1
    for colour in colours:
        assert min(contrast(colour, LIGHT), contrast(colour, DARK)) >= 3, colour
