"""Why a passage was found, as HTML: a bar for each signal, and the question's words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from qa.insight.explanation.why import Contribution, HitExplanation
from qa.page.html.elements import esc
from qa.page.locale.explanation import SIGNALS
from qa.page.locale.translate import decimal, t


def reach(reasons: Sequence[HitExplanation]) -> tuple[float, float]:
    """How far the bars of one answer go below and above 0, so that its charts share a scale."""
    given = [part.amount for reason in reasons for part in reason.contributions]
    return max(0.0, -min(given, default=0.0)), max(0.0, max(given, default=0.0))


def why_html(reason: HitExplanation, span: tuple[float, float]) -> str:
    """The closed part "Why this passage?" of a hit; `span` is `reach` of its answer."""
    rows = "".join(
        _row(part, span) for part in sorted(reason.contributions, key=lambda part: -part.amount)
    )
    head = "".join(
        f'<th scope="col">{name}</th>' for name in (t("Signal"), t("Gives to the score"))
    )
    total = f'<tr><th scope="row">{t("Score")}</th><td>{decimal(reason.score)}</td></tr>'
    about = t("What gives this passage its score")
    return (
        f'<details class="qa-why"><summary>{t("Why this passage?")}</summary>{_words(reason)}'
        f'<table class="qa-bars" aria-label="{about}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody><tfoot>{total}</tfoot></table></details>"
    )


def signal_name(name: str) -> str:
    """A signal in plain words, its standard term in a second line."""
    plain, term = SIGNALS[name]
    return f'{t(plain)}<small class="qa-soft">{t(term)}</small>'


def _row(part: Contribution, span: tuple[float, float]) -> str:
    below, above = span
    whole = below + above or 1.0
    start = below + min(part.amount, 0.0)
    look = "qa-bar qa-less" if part.amount < 0 else "qa-bar"
    bar = (
        f'<span class="qa-track" aria-hidden="true"><span class="{look}" style="margin-left:'
        f'{100 * start / whole:.1f}%;width:{100 * abs(part.amount) / whole:.1f}%"></span></span>'
    )
    made = f"{decimal(part.value)} × {decimal(part.weight)}"
    return (
        f'<tr><th scope="row">{signal_name(part.signal)}</th>'
        f'<td title="{made}"><div>{bar}<span>{decimal(part.amount)}</span></div></td></tr>'
    )


def _words(reason: HitExplanation) -> str:
    kinds = {
        t("In this passage"): [word.text for word in reason.words if word.held],
        t("Not in this passage"): [w.text for w in reason.words if w.known and not w.held],
        t("In no passage at all"): [word.text for word in reason.words if not word.known],
    }
    items = "".join(
        f"<li><span>{kind}:</span> "
        + ", ".join(f'<b class="qa-word" dir="auto">{esc(word)}</b>' for word in words)
        + "</li>"
        for kind, words in kinds.items()
        if words
    )
    return f'<ul class="qa-words">{items}</ul>' if items else ""
