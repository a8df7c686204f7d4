"""How units of text are packed into passages, and where what is too long is cut."""

from __future__ import annotations

import pytest

from qa.chunking.packing import Limit, Unit, breakable, pack


def test_the_least_sum_of_squares() -> None:
    # Units of 4, 4, 4 tokens under a limit of 8: (4)(8) and (8)(4) cost the same 1/4 plus
    # one break; three passages would cost 3/4 plus two. The earlier break wins by order.
    text = "aaaa bbbb cccc"
    units = [Unit(0, 4, 4), Unit(5, 9, 4), Unit(10, 14, 4)]
    assert len(pack(text, units, 0, Limit(8))) == 2


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("🇩🇪🇫🇷", 1, False),
        ("🇩🇪🇫🇷", 2, True),
        ("👍🏽", 1, False),
        ("\r\n", 1, False),
        ("字字", 1, True),
    ],
)
def test_breakable(text: str, at: int, expected: bool) -> None:
    assert breakable(text, at) is expected
