"""Any colour that an owner chooses can be read, on light and dark grounds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from contrast import contrast

if os.environ.get("QA_REQUIRE_BROWSER") != "1":
    pytest.importorskip("playwright.sync_api")

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

STYLE = Path(__file__).resolve().parents[2] / "qa" / "page" / "static" / "style.css"
AS_DRAWN = """names => names.map(name => {
    const pen = document.createElement("canvas").getContext("2d");
    document.body.style.color = `var(${name})`;
    pen.fillStyle = getComputedStyle(document.body).color;
    pen.fillRect(0, 0, 1, 1);
    const bytes = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
    return "#" + bytes.map(byte => byte.toString(16).padStart(2, "0")).join("");
})"""
"""The colours of CSS variables, as #rrggbb."""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "chosen",
    ["#0f6b62", "#ffff00", "#ffffff", "#000000", "#7f7f7f", "#ff0000", "#00ff00", "#0000ff"],
)
def test_any_accent_can_be_read_on_both_grounds(browser: Browser, chosen: str, theme: str) -> None:
    page = browser.new_page()
    style = f"{STYLE.read_text(encoding='utf-8')}:root{{--qa-chosen:{chosen}}}"
    page.set_content(f'<style>{style}</style><body class="{theme}"></body>')
    names = ["--qa-accent", "--qa-card", "--qa-accent-wash", "--qa-accent-ink"]
    accent, *grounds = page.evaluate(AS_DRAWN, names)
    page.close()
    assert [contrast(accent, ground) >= 4.5 for ground in grounds] == [True, True, True], accent
