"""Markdown becomes blocks that can be read, and loses no words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.documents.markdown import markdown_blocks


def texts(markdown: str) -> list[str]:
    return [block.text for block in markdown_blocks(markdown)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- a\n- b *c*\n  more\n    - d\n      1. e\n- f",
         ["- a\n- b c\n  more\n  - d\n    1. e\n- f"]),
        ("3. three\n4. four", ["3. three\n4. four"]),
        ("* one\n\n* two\n\n  more of two", ["* one", "* two", "more of two"]),
        ("> quoted\n> - item\n>\n> > deeper", ["quoted", "- item", "deeper"]),
        ("- step\n\n      code()\n", ["- step", "code()"]),
        ("See [the guide][g], [g] and ![a picture][g].\n\n[g]: http://a.b (Guide)",
         ["See the guide, g and a picture."]),
        ("Bees[^1] fly.\n\n[^1]: Ibid.", ["Bees[^1] fly.", "[^1]: Ibid."]),
        ("**bold** __too__ ~~gone~~ `a_b*c` snake_case \\*no\\*",
         ["bold too gone a_b*c snake_case *no*"]),
        ("<http://a.b> &lt;tag&gt; &eacute; 1 < 2", ["http://a.b <tag> é 1 < 2"]),
        ("one<br>two  \nthree", ["one\ntwo\nthree"]),
        ("<!-- hidden\n\nstill hidden -->\n\nseen", ["seen"]),
        ("<div align=center>\n<b>Tea</b> is *hot*.\n</div>\n\nMore.", ["Tea is hot.", "More."]),
        ("<details>\n<summary>Is it hot?</summary>\nYes.\n</details>", ["Is it hot?", "Yes."]),
        ("1. Is it hot?\n   Yes, very.", ["1. Is it hot?", "   Yes, very."]),
        ("[Home](/) | [News](/n)\n", ["Home | News"]),
        ("text\n***\nmore", ["text", "more"]),
    ],
)  # fmt: skip
def test_markdown_as_it_is_meant(markdown: str, expected: list[str]) -> None:
    assert texts(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("ssh <user>@<host> and Vec<T>", ["ssh <user>@<host> and Vec<T>"]),
        ("<your-name>\n\n- <file>", ["<your-name>", "- <file>"]),
        ("<details>\n<summary>Of <node></summary>\n\nOne <input file>.\n</details>",
         ["Of <node>", "One <input file>."]),
        ("<b>bold</b> and <my-box>boxed</my-box><br>line", ["bold and boxed\nline"]),
        ('<p align="center">\nTea\n</p>', ["Tea"]),
        ("<table><tr><td>Tea</td><td>R<b>u</b>m</td></tr></table>", ["Tea", "Rum"]),
    ],
)  # fmt: skip
def test_words_in_angle_brackets_that_are_no_element_stay(
    markdown: str, expected: list[str]
) -> None:
    assert texts(markdown) == expected


def test_headings_of_both_kinds_and_within_html() -> None:
    text = "# One *x* #\n\nTwo\nlines\n---\n\n<div>\n\n### Three\n\n</div>\n\n<p>\n# Four\n</p>"
    assert [(block.level, block.text) for block in markdown_blocks(text)] == [
        (1, "One x"),
        (2, "Two lines"),
        (3, "Three"),
        (1, "Four"),
    ]


def test_tables_and_code_are_fixed() -> None:
    table = "Name | Size\n--- | ---:\n`a\\|b` | **1**<br>kg\nonly one\n"
    code = "```sh\n# no heading\n\nls | wc\n```"
    blocks = markdown_blocks(f"{table}\n{code}\n\n    indented()\n      more()")
    assert all(block.fixed for block in blocks)
    assert [block.text for block in blocks] == [
        "Name: a|b; Size: 1 kg",
        "Name: only one",
        "# no heading\n\nls | wc",
        "indented()\n  more()",
    ]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("| Key | Value |\n|--|--|\n| A | 1 |", ["Key: A; Value: 1"]),
        ("| | |\n|--|--|\n| Name | Olav Lie |\n| Plot | 14 |", ["Name: Olav Lie", "Plot: 14"]),
        ("| Only a header | here |\n|--|--|", ["Only a header; here"]),
    ],
)
def test_rows_of_tables_stand_under_their_headers(table: str, rows: list[str]) -> None:
    assert [block.text for block in markdown_blocks(table)] == rows


def test_lists_of_links_are_told_from_others() -> None:
    listed = "- [Home](/)\n- [News](/news)"
    assert [block.links for block in markdown_blocks(listed)] == [True]
    assert [block.links for block in markdown_blocks(f"{listed}\n- Text")] == [False]
    assert [block.links for block in markdown_blocks("[a](b)\n| [c](d)\n\n[a](b)")] == [True, False]


@pytest.mark.parametrize("mark", ["<!-- PAGE {} -->", "qa-page-{}-qa"])
def test_pages(mark: str) -> None:
    text = f"Before.\n\n{mark.format(1)}\n\n# One\n\n{mark.format(12)}\n\n- two"
    blocks = markdown_blocks(text)
    assert [(block.text, block.page) for block in blocks] == [
        ("Before.", None),
        ("One", 1),
        ("- two", 12),
    ]


def test_lists_in_many_levels_keep_their_innermost_words() -> None:
    nested = "\n".join(f"{'  ' * level}- level {level}" for level in range(40))
    (text,) = texts(nested)
    assert re.findall(r"\d+", text) == [str(level) for level in range(40)]


LINES = st.lists(
    st.tuples(st.sampled_from(["", "# ", "- ", "1. ", "> ", "    ", "| ", "  - "]), st.integers(0)),
    max_size=30,
)


@given(LINES, st.sampled_from(["\n", "\n\n"]))
def test_no_word_is_lost(lines: list[tuple[str, int]], between: str) -> None:
    text = between.join(f"{mark}word{number} *of{number}*" for mark, number in lines)
    words = re.findall(r"(?:word|of)\d+", "\n".join(texts(text)))
    assert words == re.findall(r"(?:word|of)\d+", text)


@settings(deadline=None)
@given(st.text(alphabet="ab \n#-*_`>|[]()!<&;:\\~1.+=\t", max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(block.text.strip() for block in markdown_blocks(text))
