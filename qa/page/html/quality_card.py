"""How sure the answers are, how often rightly so, and figures of evaluations, as HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.insight.quality import ENOUGH
from qa.page.html import charts
from qa.page.html.elements import esc, notice, one_line
from qa.page.locale import N_
from qa.page.locale.translate import counted, percent, t

if TYPE_CHECKING:
    from qa.insight.evaluation.measures import Estimate
    from qa.insight.evaluation.saved_results import SavedResult
    from qa.insight.quality import PinResult, Quality

SYSTEMS = {
    "full": N_("Full ranking"),
    "dense": N_("Passage vectors"),
    "sentence": N_("Best sentence"),
    "BM25": N_("Words (BM25)"),
    "RRF": N_("Vectors and words by rank (RRF)"),
}


def calibration_html(known: Quality) -> str:
    """The calibration curve and what it says, or what must be there first."""
    if known.error is None:
        return _first(
            t("Nothing to compare with yet."),
            t(
                "Judge answers with the thumbs on the tab “Ask”, or pin questions on the tab "
                "“Documents”."
            ),
        )
    says = t(
        "Of answers that are {low} sure, about {low} should be right: the closer to the dashed "
        "line, the better. Mean distance: {error} (expected calibration error), from {number}.",
        low=percent(0.7),
        error=percent(known.error),
        number=counted(len(known.labelled), "question", "questions"),
    )
    return f"{_few(len(known.labelled))}<p>{says}</p>{charts.calibration(known.curve)}"


def asked_html(known: Quality, kept: bool) -> str:
    """How sure the answers to visitors' questions were, or what must be there first."""
    if not kept:
        return _first(
            t("Questions are not kept here."), t("The setting QA_FEEDBACK=yes keeps them.")
        )
    if not known.shares:
        return _first(
            t("No question was asked yet."), t("Ask on the tab “Ask”; each question counts.")
        )
    number = sum(share.answered + share.unanswered for share in known.shares)
    says = t(
        "{number} asked. Below the threshold of {threshold} the answer is “not in these "
        "documents”; many questions close to it are a reason to judge some of them.",
        number=counted(number, "question", "questions"),
        threshold=percent(known.threshold),
    )
    return f"{_few(number)}<p>{says}</p>{charts.distribution(known.shares, known.threshold)}"


def _few(number: int) -> str:
    if number >= ENOUGH:
        return ""
    few = t("Fewer than {enough} questions: this says little yet.", enough=ENOUGH)
    return f'<p class="qa-few">{few}</p>'


def _first(sentence: str, advice: str) -> str:
    return notice(sentence, advice=advice, kind="done")


def pinned_html(trials: Sequence[PinResult]) -> str:
    """Which pinned questions the live index answers rightly, now."""
    if not trials:
        return _first(
            t("No question is pinned yet."),
            t(
                "Open “Pinned questions” on the tab “Documents”, and write one with words that "
                "its answer must hold."
            ),
        )
    passed = sum(trial.passed for trial in trials)
    says = t("{passed} of {number} pass.", passed=passed, number=len(trials))
    head = (t("Question"), t("Expected"), t("Result"), t("Confidence"))
    rows = [
        (
            one_line(trial.question),
            one_line(" / ".join(trial.expected) or t("Not in these documents")),
            t("Passes") if trial.passed else t("Fails"),
            percent(trial.confidence),
        )
        for trial in sorted(trials, key=lambda trial: trial.passed)
    ]
    return f"<p>{says}</p>{charts.table(head, rows, t('Pinned questions'))}"


def result_html(kept: SavedResult) -> str:
    """The figures of one evaluation. Of a ranking: a row for each signal, a column for each
    measure; of the other kinds: a row for each measure."""
    facts = t(
        "{name}, {at}: {questions}, {passages}, model {model}. In brackets the 95 % interval.",
        name=kept.name,
        at=kept.at,
        questions=counted(int(kept.facts.get("questions", 0)), "question", "questions"),
        passages=counted(int(kept.facts.get("passages", 0)), "passage", "passages"),
        model=str(kept.facts.get("model", "?")),
    )
    table = _signals(kept) if kept.kind == "ranking" else _measures(kept)
    more = ""
    if kept.kind == "ranking" and not kept.compared:
        more = t("These are figures of the full ranking only; --compare adds each signal alone.")
    rest = f'<p class="qa-soft">{more}</p>' if more else ""
    return f'<p class="qa-soft">{esc(facts)}</p>{table}{rest}'


def _signals(kept: SavedResult) -> str:
    measures = list(dict.fromkeys(name for by_name in kept.figures.values() for name in by_name))
    rows = [
        (
            t(SYSTEMS[system]) if system in SYSTEMS else system,
            *(_figure(measured.get(name), "\n") for name in measures),
        )
        for system, measured in kept.figures.items()
    ]
    return charts.table((t("Ranking by"), *measures), rows, kept.name, fixed=True)


def _measures(kept: SavedResult) -> str:
    several = len(kept.figures) > 1
    rows = [
        (f"{group}: {name}" if several else name, _figure(estimate, " "))
        for group, measured in kept.figures.items()
        for name, estimate in measured.items()
    ]
    return charts.table((t("Measure"), t("Result")), rows, kept.name)


def _figure(estimate: Estimate | None, between: str) -> str:
    if estimate is None:
        return "–"
    return f"{estimate.mean:.3f}{between}({estimate.low:.3f}–{estimate.high:.3f})"
