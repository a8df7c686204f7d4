"""One accent colour made readable on light and dark grounds (WCAG 2 contrast). Pure."""

from __future__ import annotations

import colorsys

LIGHT, DARK = "#ffffff", "#1e1d1b"
"""The grounds of the cards, as in style.css."""

ENOUGH = 4.6
"""WCAG AA asks for 4.5 : 1 for text; the rest is for rounding."""


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 … 1 (WCAG 2).

    >>> luminance("#000000"), luminance("#ffffff")
    (0.0, 1.0)
    """
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 … 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return round((high + 0.05) / (low + 0.05), 3)


def mixed(colour: str, ground: str, share: float) -> str:
    """`share` of a colour on a ground.

    >>> mixed("#ff0000", "#ffffff", 0.2)
    '#ffcccc'
    """
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


def readable(colour: str, ground: str) -> str:
    """The colour nearest in lightness that can be read on `ground`, and on a wash of itself.

    >>> readable("#0f6b62", LIGHT)
    '#0f6b62'
    >>> contrast(readable("#ffff00", LIGHT), LIGHT) >= 4.5
    True
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(
        *(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    step = -0.01 if luminance(ground) > 0.5 else 0.01
    while contrast(colour, mixed(colour, ground, WASH)) < ENOUGH and 0 <= lightness + step <= 1:
        lightness += step
        channels = colorsys.hls_to_rgb(hue, lightness, saturation)
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
    return colour


WASH = 0.12


def accent_css(colour: str) -> str:
    """The rules that set the page's accent in both themes."""
    return "".join(
        f"{where}{{--qa-accent:{accent};--qa-accent-ink:{_ink(accent)};"
        f"--qa-accent-wash:{mixed(accent, ground, WASH)};--color-accent:{accent}}}"
        for where, ground in ((":root", LIGHT), (":root .dark", DARK))
        for accent in [readable(colour, ground)]
    )


def _ink(ground: str) -> str:
    """White or nearly black, whichever is read better."""
    return max("#ffffff", "#12211f", key=lambda ink: contrast(ink, ground))
