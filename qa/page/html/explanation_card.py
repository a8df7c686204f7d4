"""Why a text was not the answer, as HTML: the step that lost it, and the signals compared. Pure."""

from __future__ import annotations

from qa.insight.explanation.explain import Explanation
from qa.insight.explanation.steps import Statement
from qa.page.html.elements import esc
from qa.page.html.why_card import signal_name
from qa.page.locale import N_
from qa.page.locale.explanation import SENTENCES, SIGNALS, shown_values
from qa.page.locale.translate import decimal, figure, t

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


def sentence(statement: Statement) -> str:
    """A statement in the visitor's language, signals in plain words."""
    values = shown_values(
        statement,
        number=figure,
        decimal=lambda value: decimal(value, 3),
        signal=lambda name: t(SIGNALS[name][0]),
    )
    return t(SENTENCES[statement.kind], **values)


def explanation_html(explanation: Explanation) -> str:
    """The verdict, then the steps, then the signals beside those of what won."""
    won = explanation.steps[-1].passed
    steps = "".join(
        f'<li class="{"qa-went" if step.passed else "qa-lost"}"><strong>'
        f"{t(STEPS[step.name])}: {t('yes') if step.passed else t('no')}</strong>"
        f'<p dir="auto">{esc(" ".join(sentence(said) for said in step.statements))}</p></li>'
        for step in explanation.steps
    )
    return (
        f'<section class="qa-card qa-verdict"><h2 class="qa-{"won" if won else "failed"}" '
        f'dir="auto">{esc(sentence(explanation.verdict))}</h2>'
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
    total = f'<tr><th scope="row">{t("Score")}</th>{_cells(*explanation.scores)}'
    return (
        f"<h3>{t('What each signal gives to the score')}</h3>"
        f'<table class="qa-compared"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        f"<tfoot>{total}</tfoot></table>"
    )


def _cells(mine: float, first: float) -> str:
    """The figures of one row, and its end; the difference is what the first hit is ahead."""
    numbers = (decimal(mine), decimal(first), decimal(first - mine, signed=True))
    return "".join(f"<td>{number}</td>" for number in numbers) + "</tr>"
