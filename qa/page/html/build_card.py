"""The index, a running rebuild and its result as HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from qa.building.running_builds import Added, Build
from qa.datatypes import BuildReport, Changes, NameSample, Progress, Skipped
from qa.documents.encodings import isolated
from qa.page.html.account import words_told
from qa.page.html.elements import error_notice, esc, named, no_index, notice, one_line, seconds
from qa.page.locale import N_
from qa.page.locale.reading import reason_text, source_text
from qa.page.locale.translate import counted, date, decimal, figure, language_name, t

if TYPE_CHECKING:
    from qa.index.status import Status

STAGES = {
    "read": N_("Reading files"),
    "encoder": N_("Preparing the model"),
    "chunk": N_("Cutting passages"),
    "embed": N_("Embedding sentences"),
    "write": N_("Writing the index"),
    "switch": N_("Switching over"),
}
UNITS = {
    "read": N_("Files"),
    "chunk": N_("Documents"),
    "embed": N_("Sentences"),
    "write": N_("Passages"),
}
"""What the figures of a stage count."""
CHANGES = {
    "added": N_("Added: {number}"),
    "changed": N_("Changed: {number}"),
    "removed": N_("Removed: {number}"),
}
MEANWHILE = N_("Questions are still answered from the index that was there before.")
LISTED = 200
LANGUAGES = 3
"""Languages of documents that are named."""


def status_html(status: Status) -> str:
    """One line on the state of the index."""
    if status.generation is None:
        return notice(t(status.problem or "There is no index yet."), advice=no_index())
    problem = notice(t(status.problem), kind="error") if status.problem else ""
    facts = [
        counted(status.documents, "document", "documents"),
        counted(status.passages, "passage", "passages"),
        counted(status.sentences, "sentence", "sentences"),
        *([t("in {languages}", languages=_languages(status))] if status.languages else []),
        t("model {name}", name=status.model),
        size(status.bytes_on_disk),
        t("built {when}", when=when(status.built_at)),
    ]
    items = "".join(f"<li>{esc(fact)}</li>" for fact in facts)
    return f'{problem}<ul class="qa-facts" aria-label="{t("The index")}">{items}</ul>'


def _languages(status: Status) -> str:
    """The languages of the documents, with how many are in each where there are several."""
    names = {language_name(code): number for code, number in status.languages.items()}
    if len(names) == 1:
        return next(iter(names))
    shown = list(names.items())[:LANGUAGES]
    more = ", …" if len(names) > LANGUAGES else ""
    return ", ".join(f"{name} ({figure(number)})" for name, number in shown) + more


def when(built_at: str | None) -> str:
    """An ISO 8601 time in UTC as people write it.

    >>> when("2026-05-04T09:08:07+00:00"), when("?")
    ('4 May 2026, 09:08 UTC', '?')
    """
    try:
        moment = datetime.fromisoformat((built_at or "").replace("Z", "+00:00"))
    except ValueError:
        return built_at or t("at an unknown time")
    return f"{date(moment)}, {moment:%H:%M} UTC"


def size(count: int) -> str:
    """A number of bytes for people.

    >>> size(999), size(45_600), size(1_234_567)
    ('999 bytes', '46 kB', '1.2 MB')
    """
    if count < 1_000:
        return counted(count, "byte", "bytes")
    return f"{count / 1e3:.0f} kB" if count < 1_000_000 else f"{decimal(count / 1e6, 1)} MB"


def progress_html(step: Progress, elapsed: float, left: float | None = None) -> str:
    """How far a rebuild is: its stages, the bar of the one that runs, the time so far, and the
    seconds that are `left` of this stage."""
    names = list(STAGES)
    at = names.index(step.stage) if step.stage in STAGES else 0
    items = []
    for number, name in enumerate(names):
        state = "done" if number < at else "now" if number == at else "later"
        current = ' aria-current="step"' if state == "now" else ""
        items.append(f'<li class="qa-{state}"{current}>{t(STAGES[name])}</li>')
    known = step.total > 0
    share = min(100, 100 * step.done // step.total) if known else 0
    value = f' value="{share}"' if known else ""
    count = (
        t(
            "{done} of {total} ({share}%)",
            done=figure(step.done),
            total=figure(step.total),
            share=share,
        )
        if known
        else ""
    )
    unit = f"{t(UNITS[names[at]])}: " if known and names[at] in UNITS else ""
    told_left = t("about {time} left of this step", time=seconds(round(left))) if left else ""
    rest = f'<span class="qa-left">{told_left}</span> ' if told_left else ""
    note = f'<p class="qa-note">{named(one_line(step.note, 80))}</p>' if step.note else ""
    return (
        f'<section class="qa-card qa-progress" aria-label="{t("Rebuild")}">'
        f'<ol class="qa-stages">{"".join(items)}</ol>'
        f'<progress max="100"{value} aria-label="{t(STAGES[names[at]])}"></progress>'
        f'<p class="qa-counts"><span class="qa-stage">{t(STAGES[names[at]])}</span>'
        f'<span class="qa-count">{unit}{count}</span>'
        f'<span class="qa-elapsed">{rest}<span>{int(elapsed)} s</span></span></p>{note}'
        f'<p class="qa-soft">{t(MEANWHILE)}</p></section>'
    )


def result_html(build: Build) -> str:
    """How a rebuild ended: its report, or its error and what became of the added files."""
    if build.report is not None:
        return report_html(build.report, build.added)
    error = build.error or RuntimeError("The build ended without a result.")
    saved = ", ".join(map(isolated, build.added.names))
    kept = (
        notice(t("Saved all the same, for the next rebuild: {names}.", names=saved))
        if saved
        else ""
    )
    return error_notice(error) + kept


def report_html(report: BuildReport, added: Added) -> str:
    """What a rebuild read, skipped, left out and made; what was just added comes first."""
    unread = {one.source: one.reason for one in report.skipped if one.source in added.names}
    others = [one for one in report.skipped if one.source not in unread]
    problems = "".join(
        notice(
            t("{name} could not be added.", name=isolated(one.source)),
            advice=reason_text(one.reason),
            kind="error",
        )
        for one in added.refused
    ) + "".join(
        notice(
            t("{name} is not in the index.", name=isolated(added.names[source])),
            advice=reason_text(reason),
            kind="error",
        )
        for source, reason in unread.items()
    )
    good = [name for source, name in added.names.items() if source not in unread]
    headline = (
        t("Added {names}", names=", ".join(map(isolated, good)))
        if good
        else t("The index is rebuilt")
    )
    figures = t(
        "{documents}, {passages}, {vectors}, {reused} reused, in {time}.",
        documents=counted(report.documents, "document", "documents"),
        passages=counted(report.passages, "passage", "passages"),
        vectors=counted(report.embedded, "new vector", "new vectors"),
        reused=figure(report.reused),
        time=seconds(report.seconds),
    )
    return (
        f'{problems}<section class="qa-card qa-report" role="status">'
        f"<p><strong>{esc(headline)}.</strong> {esc(figures)}</p>"
        f"{_changes(report.changes)}{skipped_html(others)}{_dropped(report)}{_accounts(report)}</section>"
    )


def _changes(changes: Changes) -> str:
    """What was added, changed and removed since the index before."""
    parts = ""
    for kind, words in CHANGES.items():
        names: NameSample = getattr(changes, kind)
        if names.count:
            items = "".join(f'<li dir="auto">{named(name)}</li>' for name in names.names)
            parts += (
                '<details class="qa-list"><summary>'
                f"{t(words, number=figure(names.count))}</summary><ul>{items}</ul></details>"
            )
    return parts


def skipped_html(skipped: Sequence[Skipped]) -> str:
    """Files that could not be read, and why, as an open list; nothing where there are none."""
    if not skipped:
        return ""
    items = "".join(
        f"<li><strong>{named(source_text(one.source))}</strong>: "
        f"{esc(reason_text(one.reason))}</li>"
        for one in skipped[:LISTED]
    )
    files = counted(len(skipped), "file", "files")
    return (
        f'<details class="qa-list" open><summary>{t("{files} skipped", files=files)}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _accounts(report: BuildReport) -> str:
    """The documents of which some words are not in the index, and which these are."""
    short = [one for one in report.accounts if one.left_out or one.missing]
    items = "".join(
        f"<li><strong>{named(one.source)}</strong>: {words_told(one)}</li>"
        for one in short[:LISTED]
    )
    if not items:
        return ""
    title = t("Documents of which not every word was read: {number}", number=figure(len(short)))
    return f'<details class="qa-list"><summary>{title}</summary><ul>{items}</ul></details>'


def _dropped(report: BuildReport) -> str:
    if not report.dropped:
        return ""
    items = "".join(
        f"<li><strong>{named(one.source)}</strong>: “{esc(one_line(one.text))}” "
        f'<span class="qa-soft">({esc(reason_text(one.rule))})</span></li>'
        for one in report.dropped[:LISTED]
    )
    pieces = max(report.dropped_count, len(report.dropped))
    told_lines = t("{pieces} left out", pieces=counted(pieces, "piece", "pieces"))
    return f'<details class="qa-list"><summary>{told_lines}</summary><ul>{items}</ul></details>'
