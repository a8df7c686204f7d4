"""How units of text are packed into passages, and where what is too long is cut.

A passage costs (1 - fill)², and a break 0 between paragraphs, 1/4 between lines, 1/2 within a
paragraph; the cheapest way of all is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from toy_encoder import ToyTokenizer

from qa.chunking import packing
from qa.chunking.packing import Limit, Span, Unit, between, breakable, fit, halve, pack, trim


def units_of(sizes: Sequence[int], gaps: str | Sequence[str] = " ") -> tuple[str, list[Unit]]:
    """Three letters for each unit of the given tokens, and what stands between them."""
    if isinstance(gaps, str):
        gaps = [gaps] * (len(sizes) - 1)
    text, units = "", []
    for size, gap in zip(sizes, [*gaps, ""], strict=True):
        units.append(Unit(len(text), len(text) + 3, size))
        text += "abc" + gap
    return text, units


# Packing


def test_passages_are_about_equally_full() -> None:
    # 12 tokens under a limit of 8: 6 + 6 leaves 2·(2/8)² = 1/8 empty, 8 + 4 leaves (4/8)² = 1/4
    assert pack(*units_of([2] * 6), 0, Limit(8)) == [(0, 3), (3, 6)]


def test_no_passage_more_than_needed_and_none_empty() -> None:
    assert pack(*units_of([3, 3]), 0, Limit(6)) == [(0, 2)]
    assert pack(*units_of([3, 4]), 0, Limit(6)) == [(0, 1), (1, 2)]
    assert pack(*units_of([2]), 0, Limit(6)) == [(0, 1)]
    assert pack("", [], 0, Limit(6)) == []


def test_a_unit_over_the_limit_stands_alone() -> None:
    assert pack(*units_of([1, 9, 9, 1]), 0, Limit(6)) == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert pack(*units_of([9, 1, 1]), 0, Limit(6)) == [(0, 1), (1, 3)]


@pytest.mark.parametrize(
    ("gaps", "first"),
    [
        # Four units of 2 under a limit of 6. 1 + 3 leaves (4/6)² = 0.44 empty,
        # 2 + 2 leaves 2·(2/6)² = 0.22, 3 + 1 again 0.44.
        ((" ", " ", " "), 2),  # 0.72 against 0.94
        (("\n\n", " ", " "), 1),  # 0.44 against 0.72
        (("\n\n", "\n", " "), 1),  # 0.44 against 0.47
        (("\n", " ", " "), 1),  # 0.69 against 0.72
        (("\n", "\n", " "), 2),  # 0.47 against 0.69
        (("\n \n", "\n\n", " "), 2),  # 0.22 against 0.44
        ((" ", "\n", "\n\n"), 3),  # 0.44 against 0.47
    ],
)
def test_the_price_of_a_break(gaps: tuple[str, ...], first: int) -> None:
    assert pack(*units_of([2] * 4, gaps), 0, Limit(6)) == [(0, first), (first, 4)]


def test_a_heading_is_not_parted_from_what_it_heads() -> None:
    # A heading of 1, sentences of 6 and 6, limit 12. Parting the heading leaves (11/12)² = 0.84,
    # parting the sentences (5/12)² + (6/12)² = 0.42 and costs 1/2 more.
    text, units = units_of([1, 6, 6], ["\n\n", " "])
    assert pack(text, units, 0, Limit(12)) == [(0, 1), (1, 3)]
    assert pack(text, units, 1, Limit(12)) == [(0, 2), (2, 3)]


def test_two_headings_stay_together_with_the_text() -> None:
    # Cheapest by filling alone would be heading, heading | 6, 6.
    text, units = units_of([1, 1, 6, 6], ["\n\n", "\n\n", " "])
    assert pack(text, units, 0, Limit(12)) == [(0, 2), (2, 4)]
    assert pack(text, units, 2, Limit(12)) == [(0, 3), (3, 4)]


def test_a_heading_too_long_for_its_text_is_parted_from_it() -> None:
    assert pack(*units_of([5, 5]), 1, Limit(6)) == [(0, 1), (1, 2)]


def test_a_passage_is_bounded_in_characters_too() -> None:
    # 2 tokens allow 24 characters.
    fits, over = [Unit(0, 10, 1), Unit(14, 24, 1)], [Unit(0, 10, 1), Unit(15, 25, 1)]
    assert pack("x" * 25, fits, 0, Limit(2)) == [(0, 2)]
    assert pack("x" * 25, over, 0, Limit(2)) == [(0, 1), (1, 2)]


def test_overlap_repeats_whole_units_as_far_as_they_fit() -> None:
    # Three units a passage, of which one is repeated.
    assert pack(*units_of([2] * 5), 0, Limit(6), 1) == [(0, 3), (2, 5)]
    # 4 + 4 are over the limit of 6: nothing can be repeated.
    assert pack(*units_of([4, 4]), 0, Limit(6), 1) == [(0, 1), (1, 2)]
    # Of two wanted only one fits beside the last unit of 4.
    assert pack(*units_of([2, 2, 2, 4]), 0, Limit(6), 2) == [(0, 3), (2, 4)]


def test_overlap_is_bounded_in_characters_too() -> None:
    # 4 tokens allow 48 characters. The last two units together have 48, and then 49.
    start = [Unit(0, 20, 1), Unit(25, 48, 1)]
    assert pack("x" * 73, [*start, Unit(50, 73, 1)], 0, Limit(4), 1) == [(0, 2), (1, 3)]
    assert pack("x" * 74, [*start, Unit(50, 74, 1)], 0, Limit(4), 1) == [(0, 2), (2, 3)]


def test_headings_are_not_repeated() -> None:
    # Heading 1, then 2, 2, 2 under a limit of 5: heading, 2, 2 and then as many as fit before
    # the last, though three are wanted.
    assert pack(*units_of([1, 2, 2, 2]), 1, Limit(5), 3) == [(0, 3), (2, 4)]
    # Room for the heading in the second passage, too: yet it is not repeated.
    assert pack(*units_of([1, 3, 3]), 1, Limit(5), 2) == [(0, 2), (2, 3)]


def test_tiny_units_stay_together() -> None:
    # Of 33 tokens under a limit of 32, 17 + 16 and 16 + 17 are alike, and the later break is
    # found first. 32/16 = 2 tokens stay together, so breaks are at even places only.
    assert pack(*units_of([1] * 33), 0, Limit(32)) == [(0, 16), (16, 33)]
    # 31/16 = 1: each unit by itself.
    assert pack(*units_of([1] * 33), 0, Limit(31)) == [(0, 17), (17, 33)]
    # With overlap each unit counts: 17 and, with one repeated, 17.
    assert pack(*units_of([1] * 33), 0, Limit(32), 1) == [(0, 17), (16, 33)]


def test_wide_units_are_not_tiny() -> None:
    # 160 tokens allow 1920 characters, of which 27 units of 70 and a blank can be had. A
    # sixteenth is 10 tokens or 120 characters, so no two stay together: 14 + 14.
    units = [Unit(71 * n, 71 * n + 70, 1) for n in range(28)]
    assert pack("x" * 71 * 28, units, 0, Limit(160)) == [(0, 14), (14, 28)]
    # Two of 60 are exactly 120 and stay together: of 34, 17 + 17 is no choice, 18 + 16 is.
    units = [Unit(60 * n, 60 * n + 60, 1) for n in range(34)]
    assert pack("x" * 60 * 34, units, 0, Limit(160)) == [(0, 18), (18, 34)]


@pytest.mark.parametrize(
    ("sizes", "at"),
    [((4, 1, 3), 1), ((1, 1, 4), 2), ((1, 9), 1), ((3, 3, 3, 3), 2), ((2, 2, 2), 1), ((0, 5), 1)],
)
def test_both_halves_weigh_about_the_same(sizes: tuple[int, ...], at: int) -> None:
    assert halve(units_of(sizes)[1]) == at


# Cutting


class OneToken:
    """One token for each run of letters and digits, however long; nothing else counts."""

    def token_spans(self, texts: Sequence[str]) -> list[list[Span]]:
        return [[m.span() for m in re.finditer(r"\w+", text)] for text in texts]


def pieces(text: str, most: int, limit: int | None = None) -> list[str]:
    """What `fit` makes of one span of at most `most` tokens."""
    units = fit(text, [((0, len(text)), most)], ToyTokenizer(), Limit(limit or most))
    return [text[unit.start : unit.end] for unit in units]


def test_what_fits_is_measured_and_left_whole() -> None:
    text = "One two. Three!"
    spans = [((0, 8), 9), ((9, 15), 9)]
    assert fit(text, spans, ToyTokenizer(), Limit(3)) == [Unit(0, 8, 3), Unit(9, 15, 2)]


def test_a_span_is_cut_to_its_own_limit_and_to_the_common_one() -> None:
    text = "a b c d e f"
    assert pieces(text, 3, limit=6) == ["a b c", "d e f"]
    assert pieces(text, 6, limit=3) == ["a b c", "d e f"]


def test_pieces_are_about_equal() -> None:
    # 20 words in ceil(20/8) = 3 pieces: 7, then ceil(13/2) = 7, then 6
    assert [len(piece.split()) for piece in pieces("ab " * 19 + "ab", 8)] == [7, 7, 6]


def test_a_word_of_one_token_is_cut_by_characters() -> None:
    # 2 tokens allow 24 characters: ceil(100/24) = 5 pieces of 20
    units = fit("x" * 100, [((0, 100), 2)], OneToken(), Limit(2))
    assert [(unit.start, unit.end) for unit in units] == [
        (0, 20), (20, 40), (40, 60), (60, 80), (80, 100)
    ]  # fmt: skip
    assert fit("x" * 24, [((0, 24), 2)], OneToken(), Limit(2)) == [Unit(0, 24, 1)]


def test_one_character_is_never_cut() -> None:
    class TwoTokens:
        def token_spans(self, texts: Sequence[str]) -> list[list[Span]]:
            return [[(0, 1), (0, 1)] for _ in texts]

    assert fit("a 字", [((2, 3), 1)], TwoTokens(), Limit(1)) == [Unit(2, 3, 2)]


def test_characters_of_two_tokens_each_are_parted() -> None:
    class TwoTokensEach:
        def token_spans(self, texts: Sequence[str]) -> list[list[Span]]:
            return [[(n // 2, n // 2 + 1) for n in range(2 * len(text))] for text in texts]

    units = fit("字字", [((0, 2), 1)], TwoTokensEach(), Limit(1))
    assert units == [Unit(0, 1, 2), Unit(1, 2, 2)]


def test_more_spans_than_are_measured_at_once() -> None:
    count = packing.BATCH + 1
    spans = [((2 * n, 2 * n + 1), 1) for n in range(count)]
    units = fit("a " * count, spans, ToyTokenizer(), Limit(1))
    assert [(unit.start, unit.end) for unit in units] == [span for span, _ in spans]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # 16 tokens in two pieces of at most 10: about 8 each, but not fewer than 70 % of them.
        ("a a a a a a, a a a a a a a a a", "a a a a a a,"),
        ("a a a a a a; a a a a a a a a a", "a a a a a a;"),
        ("a a a, a a a a a a a a a a a a", "a a a, a a a a"),  # too early
        ("a a a a a, a a a a a a a a a a", "a a a a a, a a"),  # 9 of 15 characters: just so
        ("a a a a a 1,5 a a a a a a a a", "a a a a a 1,5"),  # no clause ends inside 1,5
        ("a a a a a a a a a a a a a a a a", "a a a a a a a a"),
        ("字 字 字 字 字，字 字 字 字 字 字 字 字 字 字", "字 字 字 字 字，"),
        ("a,a,a,a,a,a,a,a", "a,a,a,a,"),  # no space: before a token
    ],
)
def test_a_cut_falls_after_a_clause_else_at_a_space_else_at_a_token(text: str, first: str) -> None:
    assert pieces(text, 10 if len(ToyTokenizer().token_spans([text])[0]) > 15 else 8)[0] == first


def test_without_token_and_space_the_cut_is_where_a_reader_sees_two_characters() -> None:
    # e + 3 accents, 25 times: 100 characters as one token; 24 are allowed, 20 are ideal.
    text = "e\u0301\u0301\u0301" * 25
    units = fit(text, [((0, 100), 2)], Whole(), Limit(2))
    assert [unit.end - unit.start for unit in units] == [20] * 5
    # 7 characters a letter, 70 in all: three pieces, 24 are ideal, 21 is the nearest before.
    units = fit(("e" + "\u0301" * 6) * 10, [((0, 70), 2)], Whole(), Limit(2))
    assert units[0] == Unit(0, 21, 1)
    # 30 in two pieces: 15 are ideal, the first letter has 16.
    text = "e" + "\u0301" * 15 + "e" + "\u0301" * 13
    assert fit(text, [((0, 30), 2)], Whole(), Limit(2)) == [Unit(0, 16, 1), Unit(16, 30, 1)]
    # 30 in two pieces: 15 are ideal, but the first letter has 23.
    text = "e" + "\u0301" * 22 + "e" + "\u0301" * 6
    units = fit(text, [((0, 30), 2)], Whole(), Limit(2))
    assert units == [Unit(0, 23, 1), Unit(23, 30, 1)]


class Whole:
    """Any text is one token."""

    def token_spans(self, texts: Sequence[str]) -> list[list[Span]]:
        return [[(0, len(text))] for text in texts]


def test_a_character_over_the_limit_is_cut_all_the_same() -> None:
    # One e with 40 accents: a reader sees one character, 24 are allowed.
    units = fit("e" + "\u0301" * 40, [((0, 41), 2)], Whole(), Limit(2))
    assert [(unit.start, unit.end) for unit in units] == [(0, 24), (24, 41)]
    # Not even where the next letter is just behind.
    units = fit("e" + "\u0301" * 24 + "e12345", [((0, 31), 2)], Whole(), Limit(2))
    assert [(unit.start, unit.end) for unit in units] == [(0, 24), (24, 31)]


def test_a_token_is_taken_where_it_lies_near_and_within_the_limit() -> None:
    # 58 characters, 36 are allowed: two pieces, 29 are ideal, no fewer than 20.
    near, far = "x" * 25 + "/" + "x" * 32, "x" * 37 + "/" + "x" * 20
    assert pieces(near, 3) == ["x" * 25 + "/", "x" * 32]
    assert pieces(far, 3) == ["x" * 29, "x" * 8 + "/" + "x" * 20]


# Ranges


def test_ranges_between_cuts_are_trimmed_and_never_empty() -> None:
    assert between(" ab  c ", [0, 3, 5, 5, 7]) == [(1, 3), (5, 6)]
    assert trim("  ab ", 0, 5) == (2, 4)
    assert trim(" \n ", 0, 3) == (3, 3)
    assert trim("a b c", 1, 4) == (2, 3)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("ab", 0, True),
        ("ab", 2, True),
        ("\u0301a", 0, True),
        ("ab", 1, True),
        ("🇩🇪🇫🇷", 1, False),
        ("🇩🇪🇫🇷", 2, True),
        ("🇩🇪🇫🇷", 3, False),
        ("a🇩🇪", 1, True),
        ("a🇩🇪", 2, False),
        ("👍🏽", 1, False),
        ("👍🏻", 1, False),
        ("👍🏿", 1, False),
        ("\r\n", 1, False),
        ("\n\n", 1, True),
        ("\r\r", 1, True),
        ("\n\r", 1, True),
        ("字字", 1, True),
        ("e\u0301", 1, False),  # a mark without width
        ("e\u0300", 1, False),  # the first of them
        ("🇦🇿", 1, False),  # the first and the last letter of flags
        ("a" * 1000 + "🇩🇪", 1001, False),
        ("क\u093e", 1, False),  # a vowel sign with width
        ("a\u20dd", 1, False),  # an enclosing circle
        ("👩\u200d🚀", 1, False),
        ("👩\u200d🚀", 2, False),
        ("a\u200db", 2, False),  # joined to a letter as well
        ("a\u200cb", 1, False),
        ("\u1100\u1161", 1, False),  # Hangul, not composed: G + A
        ("\u1161\u11a8", 1, False),
        ("\u1160\u1100", 1, True),
        ("가\u1160", 1, False),
        ("가\u11ff", 1, False),
        ("a\u1200", 1, True),  # the letter after the Hangul parts
        ("🏴\U000e0067", 1, False),
        ("🏴\U000e0020", 1, False),
        ("🏴\U000e007f", 1, False),
    ],
)
def test_breakable(text: str, at: int, expected: bool) -> None:
    assert breakable(text, at) is expected
