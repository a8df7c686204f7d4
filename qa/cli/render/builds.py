"""What a build did, as lines for the shell. Pure; `qa.cli.shell` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.cli.render.accounts import account_lines, totals_lines
from qa.cli.render.lines import Line, counted, line, listed
from qa.documents.encodings import isolated

if TYPE_CHECKING:
    from qa.datatypes import BuildReport, Changes, PinnedOutcome

LISTED = 20
"""Read and skipped files named without --verbose."""

SAME_LISTED = 5
"""Sources with the same text named without --verbose."""

ABSENT = "not in these documents"


def report_lines(report: BuildReport, verbose: bool) -> list[Line]:
    """What a build read, skipped, left out and made."""
    most = None if verbose else LISTED
    read = [isolated(name) for name in report.read]
    lines = listed("Read", read, 0 if verbose and report.accounts else most)
    lines += account_lines(report.accounts) if verbose else []
    known = set(report.read)
    in_part = [s for s in report.skipped if {s.source, s.source.rpartition(" (")[0]} & known]
    for heading, some in (("Skipped", report.skipped), ("Read in part", in_part)):
        told = [s for s in some if some is in_part or s not in in_part]
        lines += listed(heading, [f"{isolated(s.source)}: {s.reason}" for s in told], most)
    if report.dropped:
        hint = "" if verbose else "; --verbose lists them"
        pieces = counted(max(report.dropped_count, len(report.dropped)), "piece")
        lines.append(line(f"Left out: {pieces}{hint}"))
    if verbose:
        for dropped in report.dropped:
            words = isolated(" ".join(dropped.text.split()))
            lines.append(
                (2, [(f"{isolated(dropped.source)}: ", "dim"), (f"{words} [{dropped.rule}]", "")])
            )
    made = (
        f"Indexed {counted(report.documents, 'document')}: "
        f"{counted(report.passages, 'passage')}, {counted(report.sentences, 'sentence')} "
        f"({report.embedded:,} embedded, {report.reused:,} reused) in {report.seconds:.1f} s."
    )
    lines += totals_lines(report.accounts) + _changes(report.changes, most)
    for names in report.same[:most]:
        first = ", ".join(isolated(name) for name in names.names[: most and SAME_LISTED])
        more = ", …" if most and names.count > SAME_LISTED else ""
        lines.append((0, [(f"Same text in {names.count:,} files: ", ""), (first + more, "dim")]))
    return [*lines, line(made, "bold"), *outcome_lines(report.pinned)]


def _changes(changes: Changes, most: int | None) -> list[Line]:
    """What is new since the build before; nothing where nothing was compared."""
    kinds = {
        "added": changes.added,
        "changed": changes.changed,
        "removed": changes.removed,
        "unchanged": changes.unchanged,
    }
    if not any(names.count for names in kinds.values()):
        return []
    counts = ", ".join(f"{names.count:,} {kind}" for kind, names in kinds.items())
    lines = [line(f"Sources: {counts}.")]
    for kind in ("changed", "removed"):
        names = kinds[kind]
        lines += [(2, [(f"{kind}: ", "dim"), (isolated(name), "")]) for name in names.names[:most]]
        left = names.count - len(names.names[:most])
        lines += [line(f"… and {left:,} more {kind}", "dim", 2)] if left else []
    return lines


def outcome_lines(outcomes: Sequence[PinnedOutcome]) -> list[Line]:
    """How the pinned questions fared in a build: counts, and each that changed or fails."""
    if not outcomes:
        return []
    improved = sum(outcome.improved for outcome in outcomes)
    regressed = sum(outcome.regressed for outcome in outcomes)
    passed = sum(outcome.passed for outcome in outcomes)
    counts = (
        f"Pinned questions: {passed} of {len(outcomes)} passed, "
        f"{improved} improved, {regressed} regressed."
    )
    lines = [line(counts, "bold" if passed == len(outcomes) else "bold yellow")]
    for outcome in outcomes:
        if outcome.passed and not outcome.improved:
            continue
        word = "Improved" if outcome.improved else "Regressed" if outcome.regressed else "Fails"
        style = "green" if outcome.improved else "red"
        got = isolated(outcome.answer or ABSENT)
        answers = f"expected {expected_words(outcome.expected)}; got {got}"
        lines.append((2, [(f"{word}: ", style), (f"{isolated(outcome.question)} ({answers})", "")]))
    return lines


def expected_words(accepted: Sequence[str]) -> str:
    """The texts that a right answer holds, one of which is enough."""
    return " or ".join(f"“{isolated(text)}”" for text in accepted) or ABSENT


def purged_lines() -> list[Line]:
    """What a purge alone did."""
    return [line("Older generations and what the caches held for them are gone.")]
