"""The tab "Map": all passages as points, the question a star, its hits numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.insight.corpus_map import Maps
from qa.page.html.corpus_map import map_html, side_html
from qa.page.html.elements import NO_INDEX, error_notice, notice
from qa.page.locale import N_
from qa.page.locale.translate import everywhere, label, t
from qa.page.tabs.wiring import HIDDEN, PAGE_SCRIPT, html_box

if TYPE_CHECKING:
    from qa.service import Service

INTRO = N_(
    "Each point is a passage; points that lie near each other are often about the same. Open one "
    "with a click. Ask a question to see where it falls, as a star, and its hits, numbered."
)


def drawn(maps: Maps, question: str) -> tuple[str, str]:
    """The map, and what stands beside it. Without a question only the passages."""
    try:
        chart = maps.current()
    except Exception as error:
        return "", error_notice(error)
    if not chart.points:
        return "", notice(t("There is no passage to show yet."), advice=t(NO_INDEX))
    if not question.strip():
        return map_html(chart), side_html(chart)
    try:
        chart, answer, placed = maps.asked(question)
        return map_html(chart, placed, answer), side_html(chart, answer)
    except Exception as error:
        return map_html(chart), error_notice(error) + side_html(chart)


def map_section(service: Service, tab: gr.Tab) -> None:
    """Lay out the map and wire it; it is made when `tab`, in which it lies, is opened."""
    maps = Maps(service.retriever)
    html_box(
        f"<h2>{everywhere('Map of the passages')}</h2><p class='qa-soft'>{everywhere(INTRO)}</p>"
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
        with gr.Column(min_width=300, scale=5):
            chart = html_box(elem_id="qa-map")
        with gr.Column(min_width=260, scale=3):
            beside = html_box(
                f'<p class="qa-soft">{everywhere("The map is being drawn …")}</p>',
                elem_id="qa-map-beside",
            )
    together: dict[str, Any] = {"concurrency_limit": 4, "concurrency_id": "map", **HIDDEN}
    # The field is filled at once, in the browser: what is typed meanwhile must not be lost.
    tab.select(
        None, question, question, js=f"(typed) => [typed || {PAGE_SCRIPT}.question()]", **HIDDEN
    ).then(lambda asked: drawn(maps, asked or ""), question, [chart, beside], **together)
    gr.on(
        [button.click, question.submit],
        lambda asked: drawn(maps, asked or ""),
        question,
        [chart, beside],
        trigger_mode="always_last",
        **together,
    )
