"""Verdicts and unanswered questions as HTML. Pure, and everything is escaped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.datatypes import Hit
from qa.documents.encodings import isolated
from qa.page.html.elements import esc
from qa.page.locale.translate import figure, plural, t

if TYPE_CHECKING:
    from qa.insight.question_clusters import QuestionCluster
    from qa.insight.question_history import UnansweredQuestion

THUMB = (
    '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linejoin="round" aria-hidden="true" focusable="false">'
    '<path d="M2 11h4v10H2z"/><path d="M6 12l4-9c2 0 3 1 3 3v4h6.5c1.2 0 2 1 1.7 2.2'
    'l-1.7 7c-.3 1.2-1 1.8-2 1.8H6"/></svg>'
)


def _judge(verdict: str, place: tuple[str, int, int] | None, name: str, inside: str = "") -> str:
    """A button for a verdict on the text at `place`: document, start, end; None: on none."""
    judged = esc(json.dumps([verdict, place]))
    labelled = f' aria-label="{name}" title="{name}"' if inside else ""
    return (
        f'<button type="button" class="qa-action qa-judge qa-{verdict}" aria-pressed="false" '
        f'data-judge="{judged}"{labelled}>{inside or name}</button>'
    )


def thumbs(hit: Hit | None = None) -> str:
    """Thumbs up and down for the sentence of a hit; without one, for "not in these documents"."""
    place = (hit.document.id, hit.sentence.start, hit.sentence.end) if hit else None
    up = t("This is right") if hit else t("Right, it is not there")
    down = t("This is wrong") if hit else t("Wrong, it is there")
    return (
        f'<span class="qa-thumbs" role="group" aria-label="{t("Is this right?")}">'
        f"{_judge('up', place, up, THUMB)}{_judge('down', place, down, THUMB)}</span>"
    )


def is_right(hit: Hit) -> str:
    """The button that calls the passage of a hit the right one."""
    place = (hit.document.id, hit.passage.start, hit.passage.end)
    return _judge("right", place, t("This is the right passage"))


def questions_html(groups: Sequence[QuestionCluster]) -> str:
    """Questions without an answer, a list item for each group."""
    if not groups:
        told = t("No question is without an answer so far.")
        return f'<p class="qa-soft">{told}</p>'
    items = "".join(f"<li>{_group(group)}</li>" for group in groups)
    return f'<ol class="qa-lacks">{items}</ol>'


def _group(group: QuestionCluster) -> str:
    first = _line(group.questions[0], group.times)
    if len(group.questions) == 1:
        return first
    others = "".join(f"<li>{_line(lack, lack.times)}</li>" for lack in group.questions[1:])
    summary = t("Similar questions: {number}", number=figure(len(group.questions) - 1))
    return f"{first}<details><summary>{summary}</summary><ul>{others}</ul></details>"


def _line(lack: UnansweredQuestion, times: int) -> str:
    facts = [plural("asked once", "asked {number} times", times)]
    if lack.wrong:
        facts.append(t("the answer was called wrong"))
    if lack.confirmed:
        facts.append(t("confirmed: not there"))
    if lack.source:
        facts.append(t("closest: {source}", source=isolated(lack.source)))
    told = esc(" · ".join(facts))
    return (
        f'<span class="qa-lack" dir="auto">{esc(lack.question)}</span>'
        f'<span class="qa-soft"> {told}</span>'
    )
