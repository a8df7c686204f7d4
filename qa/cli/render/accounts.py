"""What became of the words of each document, as lines for the shell. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.cli.render.lines import Line, counted, line
from qa.documents.encodings import isolated

if TYPE_CHECKING:
    from qa.accounts import Account, LeftOut


def account_lines(accounts: Sequence[Account]) -> list[Line]:
    """A line for each document, and below it what was left out and what could not be read."""
    lines: list[Line] = []
    for one in accounts:
        lines.append((2, [(f"{isolated(one.source)}: ", "dim"), (words_told(one), "")]))
        if one.left_out:
            lines.append(line(f"left out: {', '.join(map(_reason, one.left_out))}", "dim", 4))
        lines += [line(reason, "yellow", 4) for reason in one.unread]
    return lines


def words_told(one: Account) -> str:
    """How many words the file holds, and what became of them.

    >>> from qa.accounts import Account, LeftOut
    >>> words_told(Account("a.html", 1204, 1120, 0, (LeftOut("cookie bar", 84),)))
    '1,204 words in the file, 1,120 read, 84 left out'
    """
    if one.in_file is None:
        return f"{counted(one.read, 'word')} read"
    if one.in_file == one.read:
        return f"{counted(one.read, 'word')}, all read"
    parts = [f"{counted(one.in_file, 'word')} in the file", f"{one.read:,} read"]
    parts += [f"{one.words_left_out:,} left out"] if one.words_left_out else []
    parts += [f"{one.missing:,} missing"] if one.missing else []
    return ", ".join(parts)


def totals_lines(accounts: Sequence[Account]) -> list[Line]:
    """What became of the words of all documents together; nothing without documents."""
    read, away = sum(one.read for one in accounts), sum(one.words_left_out for one in accounts)
    missing = sum(one.missing for one in accounts)
    parts = [f"{read:,} read"] if accounts else []
    parts += [f"{away:,} left out"] if away else []
    parts += [f"{missing:,} missing"] if missing else []
    return [line(f"Words: {', '.join(parts)}.")] if parts else []


def _reason(one: LeftOut) -> str:
    pieces = f" in {one.pieces:,} pieces" if one.pieces > 1 else ""
    return f"{one.reason} ({counted(one.words, 'word')}{pieces})"
