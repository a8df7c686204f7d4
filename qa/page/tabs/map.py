"""The tab "Map": all passages as points, the question a star, its hits numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.components.plot import PlotData

from qa.insight.corpus_map import NAMED, Maps
from qa.page.html.elements import error_notice, esc, notice, one_line
from qa.page.html.map_figure import LOOKS, figure_json
from qa.page.html.reader import spans
from qa.page.locale.translate import N_, counted, everywhere, figure, label, percent, t

if TYPE_CHECKING:
    from qa.datatypes import Answer
    from qa.insight.corpus_map import CorpusMap
    from qa.service import Service

HIDDEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
SCRIPT = "window.qaMap"
INTRO = N_(
    "Each point is a passage; points that lie near each other are often about the same. Open one "
    "with a click. Ask a question to see where it falls, as a star, and its hits, numbered."
)
HINT = N_(
    "The map holds {share} of what tells the passages apart, so nearness on it is only a hint: "
    "the ranking looks at all of it."
)
_SHAPES = {
    "circle": '<circle cx="8" cy="8" r="5.5"/>',
    "square": '<path d="M3 3h10v10H3z"/>',
    "diamond": '<path d="M8 1.5 14.5 8 8 14.5 1.5 8z"/>',
    "triangle-up": '<path d="M8 2l6.5 11.5h-13z"/>',
    "triangle-down": '<path d="M8 14 1.5 2.5h13z"/>',
    "cross": '<path d="M6 2h4v4h4v4h-4v4H6v-4H2V6h4z"/>',
    "x": '<path d="M8 5.5 11.5 2 14 4.5 10.5 8l3.5 3.5-2.5 2.5L8 10.5 4.5 14 2 11.5 5.5 8 2 4.5 4.5 2z"/>',  # noqa: E501
    "pentagon": '<path d="M8 1.5l6.5 4.8-2.5 7.7H4L1.5 6.3z"/>',
    "circle-open": '<circle cx="8" cy="8" r="5" fill="none" stroke-width="2.5"/>',
}
"""The shapes of LOOKS, 16 × 16, for the legend."""


def drawn(maps: Maps, question: str) -> tuple[Any, str]:
    """The plot, and what stands beside it. Without a question only the passages."""
    try:
        chart = maps.current()
    except Exception as error:
        return gr.Plot(visible=False), error_notice(error)
    if not chart.points:
        advice = t("Open “Documents”, add a text or a file, and press “Add and rebuild”.")
        return gr.Plot(visible=False), notice(t("There is no passage to show yet."), advice=advice)
    if not question.strip():
        return _plot(figure_json(chart)), side_html(chart)
    try:
        chart, answer, placed = maps.asked(question)
        return _plot(figure_json(chart, placed, answer.hits)), side_html(chart, answer)
    except Exception as error:
        return _plot(figure_json(chart)), error_notice(error) + side_html(chart)


def _plot(made: str) -> Any:
    return gr.Plot(PlotData(type="plotly", plot=made), visible=True)


def side_html(chart: CorpusMap, answer: Answer | None = None) -> str:
    """The hits as buttons, the documents' looks, and how far the map can be trusted."""
    hits = hits_html(answer) if answer else f'<p class="qa-soft">{t("No question yet.")}</p>'
    named = [_sign(at, name) for at, name in enumerate(chart.names)]
    if len(chart.titles) > len(chart.names):
        named.append(_sign(NAMED, t("All other documents")))
    share = percent(chart.plane.share)
    shown = counted(len(chart.points), "passage", "passages")
    if len(chart.points) < chart.total:
        shown = t(
            "{shown} of {total} passages are shown, spread evenly.",
            shown=figure(len(chart.points)),
            total=figure(chart.total),
        )
    return (
        f'<div class="qa-map-side" data-name="{esc(t("Map of the passages"))}">{hits}'
        f'<h3>{t("Documents")}</h3><ul class="qa-signs">{"".join(named)}</ul>'
        f'<p class="qa-soft">{esc(shown)}</p><p class="qa-soft">{t(HINT, share=share)}</p></div>'
    )


def hits_html(answer: Answer) -> str:
    """The hits of a question, each a button that opens its document there."""
    if not answer.hits:
        return f'<p class="qa-soft">{t("Nothing was found for this question.")}</p>'
    unsure = "" if answer.text else f'<p class="qa-soft">{t("Not in these documents")}</p>'
    name = t("Hits") if answer.text else t("Closest passages")
    items = "".join(
        f'<li><button type="button" data-show="{number}" aria-haspopup="dialog">'
        f'<span class="qa-number">{number}</span><span dir="auto">'
        f"{esc(one_line(hit.sentence.text, 90))}</span></button>"
        f'<span class="qa-soft" dir="auto">{esc(hit.document.title.strip() or hit.document.source)}'
        "</span></li>"
        for number, hit in enumerate(answer.hits, start=1)
    )
    return f'{unsure}<h3>{name}</h3><ol class="qa-map-hits" data-spans="{esc(spans(answer.hits))}">{items}</ol>'  # noqa: E501


def _sign(look: int, name: str) -> str:
    colour, shape = LOOKS[look]
    return (
        f'<li><svg viewBox="0 0 16 16" width="16" height="16" fill="{colour}" stroke="{colour}" '
        f'stroke-width="0" aria-hidden="true" focusable="false">{_SHAPES[shape]}</svg>'
        f'<span dir="auto">{esc(one_line(name, 70))}</span></li>'
    )


def map_section(service: Service, tab: gr.Tab) -> None:
    """Lay out the map and wire it; it is made when `tab`, in which it lies, is opened."""
    maps = Maps(service)
    gr.HTML(
        f"<h2>{everywhere('Map of the passages')}</h2><p class='qa-soft'>{everywhere(INTRO)}</p>",
        apply_default_css=False,
    )
    with gr.Row(elem_id="qa-map-ask"):
        question = gr.Textbox(
            label=label("Question on the map"),
            placeholder=label("Ask in your own words"),
            max_lines=2,
            scale=1,
            elem_id="qa-map-question",
        )
        button = gr.Button(label("Show"), scale=0, min_width=96, elem_id="qa-map-show")
    with gr.Row(elem_id="qa-map-row"):
        plot = gr.Plot(
            show_label=False,
            container=False,
            visible=False,
            elem_id="qa-map",
            min_width=300,
            scale=5,
        )
        with gr.Column(min_width=260, scale=3):
            beside = gr.HTML(
                f'<p class="qa-soft">{everywhere("The map is being drawn …")}</p>',
                elem_id="qa-map-beside",
                apply_default_css=False,
            )
    together: dict[str, Any] = {"concurrency_limit": 4, "concurrency_id": "map", **HIDDEN}
    # The field is filled at once, in the browser: what is typed meanwhile must not be lost.
    tab.select(
        None, question, question, js=f"(question) => [{SCRIPT}.opened(question)]", **HIDDEN
    ).then(lambda asked: drawn(maps, asked or ""), question, [plot, beside], **together)
    gr.on(
        [button.click, question.submit],
        lambda asked: drawn(maps, asked or ""),
        question,
        [plot, beside],
        trigger_mode="always_last",
        **together,
    )
