"""What the reader of an office file gives: blocks, and all that is not in them, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa.documents.blocks import Block


@dataclass
class OfficeText:
    """Title, blocks in reading order, (text, what it is) of each part that is left out, and one
    sentence for each part that could not be read."""

    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def leave_out(self, text: str, what: str) -> None:
        """Note a text that is left out, once; nothing for one without a letter or digit."""
        words = " ".join(text.split())
        if any(map(str.isalnum, words)) and (words, what) not in self.left_out:
            self.left_out.append((words, what))
