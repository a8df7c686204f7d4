"""Charts as SVG, each with a text for those who cannot see it and a table of its numbers. Pure.

Colours are the page's variables, so both themes fit; what differs in colour differs in filling,
place or shape, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.page.html.elements import esc
from qa.page.locale.translate import figure, percent, t

if TYPE_CHECKING:
    from qa.insight.evaluation.measures import Bin
    from qa.insight.quality import Share

WIDE, HIGH = 360, 250
LEFT, RIGHT, TOP, BOTTOM = 62, 10, 16, 44
_ACROSS, _UP = WIDE - LEFT - RIGHT, HIGH - TOP - BOTTOM


def calibration(curve: Sequence[Bin]) -> str:
    """Confidence against the share that was right, a point for each bin with its count."""
    points = [(_x(one.confidence), _y(one.right), one) for one in curve]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    marks = "".join(
        f'<circle class="qa-dot" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
        f'<text class="qa-count" x="{x:.1f}" y="{_clear(y):.1f}" text-anchor="middle">'
        f"{esc(figure(one.questions))}</text>"
        for x, y, one in points
    )
    drawn = (
        f'<line class="qa-ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
        f'<polyline class="qa-line" points="{line}"/>{marks}'
    )
    said = "; ".join(
        t(
            "{confidence} sure, {right} right",
            confidence=percent(b.confidence),
            right=percent(b.right),
        )
        for b in curve
    )
    ticks = [(at, percent(at)) for at in (0, 0.5, 1)]
    rows = [
        (_range(b.low, b.high), figure(b.questions), percent(b.confidence), percent(b.right))
        for b in curve
    ]
    head = (t("Confidence"), t("Questions"), t("Mean confidence"), t("Share right"))
    picture = _picture(
        f"{t('Confidence against the share of right answers')}: {said}",
        _axes(ticks, ticks, t("Confidence"), t("Share right")) + drawn,
    )
    return _with_numbers(picture, head, rows)


def distribution(shares: Sequence[Share], threshold: float) -> str:
    """How many questions were how sure: answered ones filled, the others hatched."""
    most = max(1, *(one.answered + one.unanswered for one in shares))
    width = _ACROSS / len(shares)
    bars = "".join(_bar(one, width, most) for one in shares)
    x = _x(threshold)
    anchor = "end" if threshold > 0.6 else "start"
    mark = (
        f'<line class="qa-threshold" x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{_y(0)}"/>'
        f'<text class="qa-count" x="{x + (-5 if anchor == "end" else 5):.1f}" y="{TOP}" '
        f'text-anchor="{anchor}">{t("Threshold")} {percent(threshold)}</text>'
    )
    pattern = (
        '<defs><pattern id="qa-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="qa-hatching" x1="0" y1="0" x2="0" y2="6"/>'
        "</pattern></defs>"
    )
    answered, unanswered = (
        sum(one.answered for one in shares),
        sum(one.unanswered for one in shares),
    )
    said = t(
        "Questions by confidence: {answered} answered, {unanswered} not",
        answered=figure(answered),
        unanswered=figure(unanswered),
    )
    rows = [
        (_range(one.low, one.high), figure(one.answered), figure(one.unanswered)) for one in shares
    ]
    head = (t("Confidence"), t("Answered"), t("Not answered"))
    heights = [(0, "0"), (1, figure(most))]
    picture = _picture(
        said,
        pattern
        + _axes([(at, percent(at)) for at in (0, 0.5, 1)], heights, t("Confidence"), t("Questions"))
        + bars
        + mark,
    )
    key = (
        f'<ul class="qa-key"><li class="qa-key-full">{t("Answered")}</li>'
        f'<li class="qa-key-hatched">{t("Not answered")}</li></ul>'
    )
    return _with_numbers(picture + key, head, rows)


def _bar(one: Share, width: float, most: int) -> str:
    x, parts = _x(one.low) + 1.5, []
    low, full = _y(0), _UP / most
    looks = (
        (one.answered, "qa-full", ""),
        (one.unanswered, "qa-hatched", ' fill="url(#qa-hatch)"'),
    )
    for count, look, fill in looks:
        if count:
            low -= count * full
            parts.append(
                f'<rect class="{look}"{fill} x="{x:.1f}" y="{low:.1f}" width="{width - 3:.1f}" '
                f'height="{count * full:.1f}"/>'
            )
    return "".join(parts)


def _x(share: float) -> float:
    return LEFT + share * _ACROSS


def _y(share: float) -> float:
    return TOP + (1 - share) * _UP


def _clear(y: float) -> float:
    """Where a point's count stands: above it, or below where there is no room."""
    return y - 9 if y - 9 > TOP else y + 18


def _range(low: float, high: float) -> str:
    return f"{round(100 * low)}–{percent(high)}"


def _axes(
    across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]], below: str, beside: str
) -> str:
    lines = (
        f'<path class="qa-axis" d="M{LEFT} {TOP}V{_y(0)}H{_x(1)}"/>'
        f'<text x="{_x(0.5)}" y="{HIGH - 6}" text-anchor="middle">{esc(below)}</text>'
        f'<text transform="translate(12 {_y(0.5)}) rotate(-90)" text-anchor="middle">'
        f"{esc(beside)}</text>"
    )
    lines += "".join(
        f'<text x="{_x(at)}" y="{_y(0) + 16}" text-anchor="{"end" if at == 1 else "middle"}">'
        f"{esc(name)}</text>"
        for at, name in across
    )
    return lines + "".join(
        f'<text x="{LEFT - 5}" y="{_y(at) + 4}" text-anchor="end">{esc(name)}</text>'
        for at, name in up
    )


def _picture(said: str, inside: str) -> str:
    return (
        f'<svg class="qa-chart" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{esc(said)}" '
        f'focusable="false">{inside}</svg>'
    )


def _with_numbers(picture: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return f"{picture}<details><summary>{t('The numbers')}</summary>{table(head, rows)}</details>"


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], name: str = "", *, fixed: bool = False
) -> str:
    """A table of texts, the first of each row its head; all of it is escaped.

    `fixed`: lines of cells end only where the texts say so.
    """
    top = "".join(f'<th scope="col">{esc(each)}</th>' for each in head)
    body = "".join(
        f'<tr><th scope="row" dir="auto">{esc(first)}</th>'
        + "".join(
            f'<td data-name="{esc(column)}">{esc(cell)}</td>'
            for column, cell in zip(head[1:], cells, strict=True)
        )
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f'<div class="qa-numbers{" qa-fixed" if fixed else ""}" tabindex="0" role="region" '
        f'aria-label="{esc(name or t("The numbers"))}">'
        f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )
