"""The map of the passages as a Plotly figure. The only file that imports plotly.

The figure holds no words but what hovering shows, and no ground: what it lies on is the page's,
so that it fits both themes. Colours never stand alone: each document has a shape, too.
"""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qa.page.html.elements import one_line
from qa.page.locale.translate import t

if TYPE_CHECKING:
    from qa.datatypes import Hit, Passage
    from qa.insight.corpus_map import CorpusMap, Placed, Point

LOOKS = (
    ("#4477aa", "circle"),
    ("#d95f1a", "square"),
    ("#228833", "diamond"),
    ("#b5478a", "triangle-up"),
    ("#997700", "cross"),
    ("#008fae", "x"),
    ("#cc3311", "triangle-down"),
    ("#7b61c9", "pentagon"),
    ("#858585", "circle-open"),
)
"""Colour and shape of each named document, then of all others. Seen apart by colour-blind people
(after Paul Tol), and 3 : 1 against the grounds of both themes."""

INK, PAPER = "#111111", "#ffffff"
"""Question and hits are black with a white rim: one of both shows on any ground."""

HEIGHT = 440
SIZES = ((300, 9), (1_000, 7), (10**9, 5))
"""Up to so many points, each is so large."""
SHOWN = 110
WIDTH = 44
"""Characters of a passage that hovering shows, and of a line of it."""
GIVEN = {"displaylogo": False, "scrollZoom": False}


def figure_json(chart: CorpusMap, placed: Placed | None = None, hits: Sequence[Hit] = ()) -> str:
    """The figure as JSON. A passage's point carries the number of its document, start and end;
    a hit's point its number from 1. `layout.meta.documents` lists the documents' ids."""
    import plotly.graph_objects as go  # type: ignore[import-untyped]

    documents = list(chart.titles)
    number = {identity: at for at, identity in enumerate(documents)}
    found = {_place(hit.passage) for hit in hits}
    # A hit's own point would lie below its number, and take the clicks: Plotly gives them to the
    # smaller of two marks.
    others = [point for point in chart.points if _place(point.passage) not in found]
    traces = [
        go.Scatter(**_passages(chart, points, number, look))
        for look in range(len(LOOKS) - 1, -1, -1)  # named documents lie on top of the others
        if (points := [point for point in others if point.colour == look])
    ]
    if placed is not None:
        traces += [go.Scatter(**one) for one in _asked(chart, placed, hits)]
    figure = go.Figure(traces, _layout(documents))
    drawn: dict[str, Any] = json.loads(figure.to_json(validate=False))
    return json.dumps({**drawn, "config": GIVEN}, ensure_ascii=False, separators=(",", ":"))


def _size(chart: CorpusMap) -> int:
    """How large a point is drawn, in pixels: many must leave room for each other."""
    return next(size for most, size in SIZES if len(chart.points) <= most)


def _place(passage: Passage) -> tuple[str, int, int]:
    return passage.document_id, passage.start, passage.end


def _layout(documents: Sequence[str]) -> dict[str, Any]:
    axis = {"visible": False, "zeroline": False}
    clear = "rgba(0,0,0,0)"
    return {
        "template": None,
        "height": HEIGHT,
        "margin": {"l": 4, "r": 4, "t": 34, "b": 4},
        "paper_bgcolor": clear,
        "plot_bgcolor": clear,
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"align": "left", "bgcolor": INK, "font": {"color": PAPER, "size": 13}},
        "modebar": {
            "remove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
            "bgcolor": clear,
            "color": "#858585",
            "activecolor": "#4477aa",
        },
        "xaxis": axis,
        "yaxis": axis,
        "meta": {"documents": list(documents)},
    }


def _passages(
    chart: CorpusMap, points: Sequence[Point], number: dict[str, int], look: int
) -> dict[str, Any]:
    colour, shape = LOOKS[look]
    return {
        "mode": "markers",
        "x": [round(point.x, 4) for point in points],
        "y": [round(point.y, 4) for point in points],
        "customdata": [
            [number[p.passage.document_id], p.passage.start, p.passage.end] for p in points
        ],
        "text": [_told(chart, point.passage.document_id, point.passage.text) for point in points],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": colour, "symbol": shape, "size": _size(chart), "opacity": 0.85},
    }


def _asked(chart: CorpusMap, placed: Placed, hits: Sequence[Hit]) -> list[dict[str, Any]]:
    rim = {"color": PAPER, "width": 2}
    backwards = range(len(hits), 0, -1)  # what comes last lies on top
    hits = hits[::-1]
    return [
        {
            "mode": "markers+text",
            "x": [round(x, 4) for x, _ in placed.hits[::-1]],
            "y": [round(y, 4) for _, y in placed.hits[::-1]],
            "customdata": [[at] for at in backwards],
            "text": [str(at) for at in backwards],
            "textfont": {"color": PAPER, "size": 12},
            "hovertext": [_told(chart, hit.document.id, hit.passage.text) for hit in hits],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {"color": INK, "size": 20, "line": rim, "opacity": 1},
        },
        {
            "mode": "markers",
            "x": [round(placed.question[0], 4)],
            "y": [round(placed.question[1], 4)],
            "text": [t("Your question")],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"color": INK, "symbol": "star", "size": 22, "line": rim, "opacity": 1},
        },
    ]


def _told(chart: CorpusMap, document_id: str, text: str) -> str:
    """What hovering shows: Plotly reads a little HTML there, so all of it is escaped."""
    title = one_line(chart.titles.get(document_id, ""), WIDTH)
    lines = textwrap.wrap(one_line(text, SHOWN), WIDTH)
    return "<br>".join(
        [f"<b>{html.escape(title, quote=False)}</b>", *(html.escape(x, quote=False) for x in lines)]
    )
