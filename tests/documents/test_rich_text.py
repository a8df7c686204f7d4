"""RTF as its specification writes it, and as programs do."""

from __future__ import annotations

import pytest

from qa.documents.formats.rich_text import rich_text
from qa.errors import DocumentError

FONTS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Symbol;}"
    r"{\f3\fcharset128 Gothic;}}"
)
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 Main;}{\s2 heading 2;}}"


def lines(body: str) -> list[str]:
    return [block.text for block in rich_text(whole(body)).blocks]


def whole(body: str) -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1252 {FONTS}{STYLES}{body}}}".encode("ascii")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"R&D stays < 5 \{mm\} and 4 \'80", "R&D stays < 5 {mm} and 4 €"),
        (r"{\b non}{\i pay}ment, co\-operate, non\_stop", "nonpayment, cooperate, non-stop"),
        (r"Key\tab brass\line next", "Key\tbrass\nnext"),
        (r"\u1055?\u1088?{\uc0\u1080}{\uc2\u1074\'82\'a0}\u-10179?\u-8704?", "Прив😀"),
        (r"{\f1\'cc\'e8\'f0} {\f2 a} {\f3\'93\'fa\'96\'7b}", "Мир α 日本"),
        (r"\lquote a\rquote\emdash b", "‘a’—b"),
        (r'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt the link}}', "the link"),
        (r"{\*\unknown not this}{\pict 0101}seen", "seen"),
    ],
)
def test_signs(body: str, expected: str) -> None:
    assert lines(rf"\pard {body}\par") == [expected]


def test_headings_lists_and_notes() -> None:
    blocks = rich_text(
        whole(
            r"\pard\s1 Bees\par\pard\s2 Food\par\pard They eat{\footnote\pard Pollen.} well.\par"
            r"{\listtext\f2\'b7\tab}wax\par{\listtext\'b7\tab}honey\par"
            r"\pard{\listtext 1.\tab}one\par"
        )
    ).blocks
    assert [(block.level, block.text) for block in blocks] == [
        (1, "Bees"), (2, "Food"), (0, "They eat well."), (0, "Pollen."),
        (0, "- wax\n- honey\n1. one"),
    ]  # fmt: skip


def test_what_is_not_seen_is_listed() -> None:
    read = rich_text(
        whole(
            r"{\info{\title On bees}{\author Eva}}{\header\pard Running\par}\pard Five "
            r"{\deleted six }{\v seven }bees.{\*\atnauthor Bo}{\*\annotation\pard Sure?}\par"
        )
    )
    assert read.title == "On bees"
    assert [block.text for block in read.blocks] == ["Five bees."]
    assert read.left_out == [
        ("Running", "header of the pages"), ("six", "tracked deletion"), ("seven", "hidden text"),
        ("Sure?", "comment"),
    ]  # fmt: skip


def test_tables_with_merged_cells() -> None:
    """The second row is merged by its edges, the third and fourth by marks."""
    three = r"\trowd\cellx100\cellx200\cellx300 "
    above, below = (
        three.replace(r"\cellx100", r"\clvmgf\cellx100"),
        three.replace(r"\cellx100", r"\clvmrg\cellx100"),
    )
    rows = [
        three + r"\intbl Tea\cell Price\cell Year\cell\row",
        r"\trowd\cellx200\cellx300 \intbl Assam, 4 euros\cell 2031\cell\row",
        above + r"\intbl Oolong\cell 7\cell 2030\cell\row",
        below + r"\intbl\cell 8\cell 2031\cell\row",
    ]
    assert lines(rf"{''.join(rows)}\pard After.\par") == [
        "Tea: Assam, 4 euros; Price: Assam, 4 euros; Year: 2031",
        "Tea: Oolong; Price: 7; Year: 2030",
        "Tea: Oolong; Price: 8; Year: 2031",
        "After.",
    ]


def test_what_is_no_rtf_is_refused() -> None:
    with pytest.raises(DocumentError, match="no RTF"):
        rich_text(b"plain text")
