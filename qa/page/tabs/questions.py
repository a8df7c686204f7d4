"""The tab "Questions": what got no answer, and the judged questions as a file. And verdicts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.datatypes import Citation
from qa.errors import InputError
from qa.page.html.elements import error_notice, notice
from qa.page.html.feedback_card import questions_html
from qa.page.locale.translate import everywhere, label, t
from qa.page.tabs.wiring import HIDDEN, PAGE_SCRIPT, html_box, unseen_button
from qa.page.visitor import visitor_of

if TYPE_CHECKING:
    from qa.service import Service


def judge(service: Service, wanted: str, visitor: str = "") -> str:
    """Keep a verdict: JSON of question, verdict and place (document, start, end) or null."""
    try:
        question, verdict, citation = _judged(wanted)
        service.feedback.judge(question, verdict, citation, visitor)
        return f'<p class="qa-soft">{t("Thank you. This is kept on this machine.")}</p>'
    except Exception as error:
        return error_notice(error)


def _judged(wanted: str) -> tuple[str, Any, Citation | None]:
    try:
        question, verdict, place = json.loads(wanted)
        if place is None:
            return question, verdict, None
        document, start, end = place
        return question, verdict, Citation(str(document), int(start), int(end))
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise InputError(
            "This passage cannot be judged any more; ask the question again."
        ) from None


def listed(service: Service) -> str:
    """The unanswered questions as HTML; every error as a notice."""
    try:
        return questions_html(service.feedback.unanswered())
    except Exception as error:
        return error_notice(error)


def exported(service: Service) -> tuple[str, str]:
    """The judged questions as JSON Lines, and a notice where there is none or an error."""
    try:
        lines = service.feedback.export()
    except Exception as error:
        return "", error_notice(error)
    return lines, "" if lines else notice(t("No answer was judged yet, so there is no file."))


def verdicts(service: Service) -> None:
    """What the buttons for verdicts on an answer card need; nothing where they are off."""
    if not service.settings.feedback:
        return

    def keep(given: str, request: gr.Request) -> str:
        return f'<div role="status">{judge(service, given, visitor_of(request))}</div>'

    noted = html_box("", elem_id="qa-noted")
    wanted = gr.Textbox("", visible=False)
    button = unseen_button("qa-judge")
    button.click(
        keep,
        wanted,
        noted,
        js=f"() => [{PAGE_SCRIPT}.judged()]",
        trigger_mode="multiple",
        **HIDDEN,
    ).then(None, js=f"() => {PAGE_SCRIPT}.noted()", **HIDDEN)


def questions_tab(service: Service, tab: gr.Tab) -> None:
    """Lay out the tab and wire it; `tab` is what this lies in."""
    intro = everywhere(
        "These questions got no answer, or one that was called wrong; those that ask much the same "
        "stand together. They show what the documents lack."
    )
    html_box(f"<h2>{everywhere('Unanswered questions')}</h2><p>{intro}</p>")
    questions = html_box("", elem_id="qa-lacking")
    about = everywhere(
        "The judged questions with their right texts, for python -m qa evaluate and pinned "
        "questions. All of it lies in the index folder; nothing leaves this machine."
    )
    html_box(f"<h2>{everywhere('Judged questions')}</h2><p>{about}</p>")
    download = gr.Button(label("Download judged questions"), elem_id="qa-export")
    told_export = html_box("", elem_id="qa-export-told")
    lines = gr.Textbox("", visible=False)
    tab.select(lambda: (listed(service), ""), None, [questions, told_export], **HIDDEN)
    download.click(lambda: exported(service), None, [lines, told_export], **HIDDEN).then(
        None, lines, None, js=f"(text) => {PAGE_SCRIPT}.save(text)", **HIDDEN
    )
