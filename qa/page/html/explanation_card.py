"""Why a text was not the answer, as HTML: the step that lost it, and the signals compared. Pure."""

from __future__ import annotations

from qa.insight.explanation.explain import Explanation, totals
from qa.page.html.elements import esc
from qa.page.html.why_card import SIGNALS, signal_name
from qa.page.locale.translate import N_, decimal, t

STEPS = {
    "document": N_("In a document"),
    "passage": N_("In a passage"),
    "candidate": N_("Among the candidates"),
    "duplicate": N_("Shown by itself"),
    "ranking": N_("First in the ranking"),
    "confidence": N_("Sure enough"),
    "sentence": N_("In the marked sentence"),
}
"""What each step of an explanation asks, by the step's name."""

VERDICTS = {
    "document": N_("It is in the text of no document of the index."),
    "candidate": N_("It is no candidate: the two searches found other passages nearer."),
    "duplicate": N_("It was folded into a passage that is nearly the same."),
    "ranking": N_("Another passage beat it, mostly by this: {signal}."),
    "confidence": N_("It is first, but the confidence is below the threshold."),
    "sentence": N_("Its passage is first, but another sentence of it is marked."),
}
"""What it means that a step lost the text, by the step's name."""


def verdict(explanation: Explanation) -> str:
    """What became of the text, from the step that lost it; signals in plain words."""
    lost = next((step.name for step in explanation.steps if not step.ok), None)
    if lost is None:
        return t("Nothing lost it: it is the answer.")
    if lost != "ranking":
        return t(VERDICTS[lost])
    most = max(explanation.compared, key=lambda line: line.lead)
    return t(VERDICTS[lost], signal=t(SIGNALS[most.name][0]))


def explanation_html(explanation: Explanation) -> str:
    """The verdict, then the steps, then the signals beside those of what won."""
    won = all(step.ok for step in explanation.steps)
    steps = "".join(
        f'<li class="{"qa-went" if step.ok else "qa-lost"}"><strong>'
        f"{t(STEPS[step.name])}: {t('yes') if step.ok else t('no')}</strong>"
        f'<p lang="en" dir="auto">{esc(step.text)}</p></li>'
        for step in explanation.steps
    )
    return (
        f'<section class="qa-card qa-verdict"><h2 class="qa-{"won" if won else "failed"}" '
        f'dir="auto">{esc(verdict(explanation))}</h2>'
        f'<ol class="qa-steps-list">{steps}</ol>{_compared(explanation)}</section>'
    )


def _compared(explanation: Explanation) -> str:
    lines = explanation.compared
    if not lines:
        return ""
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in (t("Signal"), t("Your text"), t("First hit"), t("Difference"))
    )
    rows = "".join(
        f'<tr><th scope="row">{signal_name(line.name)}</th>'
        + _cells(line.weight * line.expected, line.weight * line.winner)
        for line in sorted(lines, key=lambda line: -line.lead)
    )
    total = f'<tr><th scope="row">{t("Score")}</th>{_cells(*totals(lines))}'
    return (
        f"<h3>{t('What each signal gives to the score')}</h3>"
        f'<table class="qa-compared"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        f"<tfoot>{total}</tfoot></table>"
    )


def _cells(mine: float, first: float) -> str:
    """The figures of one row, and its end; the difference is what the first hit is ahead."""
    numbers = (decimal(mine), decimal(first), decimal(first - mine, signed=True))
    return "".join(f"<td>{number}</td>" for number in numbers) + "</tr>"
