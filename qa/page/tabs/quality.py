"""The tab "Quality": how sure the answers are and how often rightly so, from what is known here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import gradio as gr

from qa.page.html.elements import error_notice, notice
from qa.page.html.quality_card import asked_html, calibration_html, pinned_html, result_html
from qa.page.locale import N_
from qa.page.locale.translate import everywhere, t
from qa.page.tabs.wiring import HIDDEN, html_box

if TYPE_CHECKING:
    from qa.service import Service

INTRO = N_(
    "What is known on this machine of how good the answers are: from the pinned questions, the "
    "questions that were asked, and the verdicts on answers."
)
MAKE = "python -m qa evaluate SET --compare --json > FILE"


def quality_html(service: Service) -> str:
    """All sections as HTML; an error takes the place of its own sections only."""
    return _safe(lambda: _known(service)) + _results(service)


def _safe(make: Callable[[], str]) -> str:
    try:
        return make()
    except Exception as error:
        return error_notice(error)


def _known(service: Service) -> str:
    from qa.insight.quality import quality

    keeps = service.settings.feedback
    pins = service.pins.all()
    known = quality(
        service.retriever() if pins else None,
        pins,
        service.feedback.asked() if keeps else (),
        service.feedback.judged() if keeps else (),
        threshold=service.settings.threshold,
    )
    return (
        _section(t("Is it as sure as it should be?"), calibration_html(known))
        + _section(t("How sure the answers were"), asked_html(known, keeps))
        + _section(t("Pinned questions"), pinned_html(known.pinned))
    )


def _section(name: str, inside: str) -> str:
    return f'<section class="qa-quality"><h3>{name}</h3>{inside}</section>'


def _results(service: Service) -> str:
    place = service.settings.evaluation
    inside = _safe(lambda: _kept(place)) if place else _no_results()
    return _section(t("Signals side by side"), inside)


def _kept(place: str) -> str:
    """The results at `place`; a broken file hides no other one."""
    from qa.insight.evaluation.saved_results import read_result, result_files

    return "".join(
        _safe(lambda file=file: result_html(read_result(file)))  # type: ignore[misc]
        for file in result_files(place)
    )


def _no_results() -> str:
    advice = t("Run {command} and start the page with QA_EVALUATION=FILE.", command=MAKE)
    return notice(t("No result of an evaluation is given."), advice=advice, kind="done")


def quality_section(service: Service, tab: gr.Tab) -> None:
    """Lay out the section and wire it; it is made when `tab`, in which it lies, is opened."""
    html_box(
        f"<h2>{everywhere('Quality of the answers')}</h2><p class='qa-soft'>{everywhere(INTRO)}</p>"
    )
    shown = html_box(
        f'<p class="qa-soft">{everywhere("The figures are being made …")}</p>', elem_id="qa-quality"
    )
    tab.select(lambda: quality_html(service), None, shown, concurrency_limit=2, **HIDDEN)
