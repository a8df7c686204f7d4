"""The map of the passages as SVG, and what stands beside it. Pure.

The map has no ground of its own, so that it fits both themes. Colours never stand alone: each
document has a shape, too. Places are shares of the width and height, so that the browser fits the
map to any screen while points and text keep their size.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qa.insight.corpus_map import NAMED
from qa.page.html.elements import document_name, esc, named, one_line
from qa.page.html.reader import spans
from qa.page.locale import N_
from qa.page.locale.translate import counted, figure, percent, t

if TYPE_CHECKING:
    from qa.datatypes import Answer, Passage
    from qa.insight.corpus_map import CorpusMap, PlacedAnswer

LOOKS = (
    ("#4477aa", "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z"),  # circle
    ("#d95f1a", "M3 3h10v10H3z"),  # square
    ("#228833", "M8 1.5 14.5 8 8 14.5 1.5 8z"),  # diamond
    ("#b5478a", "M8 2l6.5 11.5h-13z"),  # triangle, up
    ("#997700", "M6 2h4v4h4v4h-4v4H6v-4H2V6h4z"),  # plus
    (
        "#008fae",  # cross
        "M8 5.5 11.5 2 14 4.5 10.5 8l3.5 3.5-2.5 2.5L8 10.5 4.5 14 2 11.5 5.5 8 2 4.5 4.5 2z",
    ),
    ("#cc3311", "M8 14 1.5 2.5h13z"),  # triangle, down
    ("#7b61c9", "M8 1.5l6.5 4.8-2.5 7.7H4L1.5 6.3z"),  # pentagon
    ("#858585", "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zm0 2.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z"),
)
"""Colour and shape (a path in a square of 16) of each named document; the last, a ring, is that of
all others. Seen apart by colour-blind people (after Paul Tol), and 3 : 1 against both grounds."""

STAR = "M0-12 3-4 11.5-3.7 4.8 1.5 7 9.7 0 5-7 9.7-4.8 1.5-11.5-3.7-3-4z"
SIZES = ((300, 9), (1_000, 7), (10**9, 5))
"""Up to so many points, each is so many pixels large: many must leave room for each other."""
MARGIN = 3.5
"""Percent of the map on each side in which no passage's point lies, so that none is cut off."""
HOVER = 110
"""Characters of a passage that hovering shows."""
HINT = N_(
    "The map holds {share} of what tells the passages apart, so nearness on it is only a hint: "
    "the ranking looks at all of it."
)


def map_html(
    chart: CorpusMap, placed: PlacedAnswer | None = None, answer: Answer | None = None
) -> str:
    """The map; a click on a point opens its passage. With a question: it, and its hits by number.

    `placed` tells where the question of `answer` and its hits lie.
    """
    hits = answer.hits if answer else ()
    numbered = {_span(hit.passage) for hit in hits}  # a hit has its number, and no point besides
    places = [(point.x, point.y) for point in chart.points]
    places += [placed.question, *placed.hits] if placed else []
    reach = max(1.0, *(abs(edge) for place in places for edge in place))
    size = next(size for most, size in SIZES if len(chart.points) <= most)
    shapes = "".join(
        f'<path id="qa-look-{look}" fill="{colour}" d="{path}" '
        f'transform="scale({size / 12:.3f}) translate(-8 -8)"/>'
        for look, (colour, path) in enumerate(LOOKS)
    )
    drawn = "".join(
        f'<use href="#qa-look-{point.colour}" {_at((point.x, point.y), reach)} data-show="1" '
        f'data-spans="{_opened(point.passage)}">'
        f"{_hover(chart, point.passage)}</use>"
        for point in sorted(chart.points, key=lambda point: -point.colour)  # named ones on top
        if _span(point.passage) not in numbered
    )
    if placed:
        drawn += _asked(chart, placed, answer, reach) if answer else ""
    name = esc(t("Map of the passages"))
    return f'<svg role="img" aria-label="{name}"><defs>{shapes}</defs>{drawn}</svg>'


def _asked(chart: CorpusMap, placed: PlacedAnswer, answer: Answer, reach: float) -> str:
    hits = [
        f'<svg class="qa-map-hit" {_at(place, reach)} data-show="{number}"><circle r="10"/>'
        f'<text y="4">{number}</text>{_hover(chart, hit.passage)}</svg>'
        for number, (place, hit) in enumerate(zip(placed.hits, answer.hits, strict=True), start=1)
    ]
    star = (
        f'<svg class="qa-map-question" {_at(placed.question, reach)}><path d="{STAR}"/>'
        f"<title>{t('Your question')}</title></svg>"
    )
    best_on_top = "".join(reversed(hits))
    return f'<g data-spans="{esc(spans(answer.hits))}">{best_on_top}</g>{star}'


def _at(place: tuple[float, float], reach: float) -> str:
    """Attributes for a place, each coordinate from -`reach` to `reach`, upwards as in a chart."""
    x, y = (50 + (50 - MARGIN) * edge / reach for edge in (place[0], -place[1]))
    return f'x="{x:.2f}%" y="{y:.2f}%"'


def _span(passage: Passage) -> tuple[str, int, int]:
    return passage.document_id, passage.start, passage.end


def _opened(passage: Passage) -> str:
    """The passage as `reader.read` opens it, with no sentence marked."""
    return esc(json.dumps([[*_span(passage), passage.start, passage.start]]))


def _hover(chart: CorpusMap, passage: Passage) -> str:
    title = chart.titles.get(passage.document_id, "")
    return f"<title>{named(one_line(title))}: {esc(one_line(passage.text, HOVER))}</title>"


def side_html(chart: CorpusMap, answer: Answer | None = None) -> str:
    """The hits as buttons, the documents' looks, and how far the map can be trusted."""
    hits = _hits(answer) if answer else f'<p class="qa-soft">{t("No question yet.")}</p>'
    named = [_legend(look, name) for look, name in enumerate(chart.names)]
    if len(chart.titles) > len(chart.names):
        named.append(_legend(NAMED, t("All other documents")))
    shown = counted(len(chart.points), "passage", "passages")
    if len(chart.points) < chart.total:
        shown = t(
            "{shown} of {total} passages are shown, spread evenly.",
            shown=figure(len(chart.points)),
            total=figure(chart.total),
        )
    hint = t(HINT, share=percent(chart.plane.share))
    return (
        f'<div class="qa-map-side">{hits}<h3>{t("Documents")}</h3>'
        f'<ul class="qa-signs">{"".join(named)}</ul>'
        f'<p class="qa-soft">{shown}</p><p class="qa-soft">{hint}</p></div>'
    )


def _hits(answer: Answer) -> str:
    """The hits of a question, each a button that opens its document there."""
    if not answer.hits:
        return f'<p class="qa-soft">{t("Nothing was found for this question.")}</p>'
    unsure = "" if answer.text else f'<p class="qa-soft">{t("Not in these documents")}</p>'
    name = t("Hits") if answer.text else t("Closest passages")
    items = "".join(
        f'<li><button type="button" data-show="{number}" aria-haspopup="dialog">'
        f'<span class="qa-number">{number}</span><span dir="auto">'
        f"{esc(one_line(hit.sentence.text, 90))}</span></button>"
        f'<span class="qa-soft" dir="auto">{named(document_name(hit.document))}</span></li>'
        for number, hit in enumerate(answer.hits, start=1)
    )
    return (
        f'{unsure}<h3>{name}</h3><ol class="qa-map-hits" data-spans="{esc(spans(answer.hits))}">'
        f"{items}</ol>"
    )


def _legend(look: int, name: str) -> str:
    colour, path = LOOKS[look]
    return (
        f'<li><svg viewBox="0 0 16 16" width="16" height="16" fill="{colour}" aria-hidden="true" '
        f'focusable="false"><path d="{path}"/></svg>'
        f'<span dir="auto">{esc(one_line(name, 70))}</span></li>'
    )
