"""The page's scripts run by their hashes, and none is made of a text."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any


def test_the_policy_names_the_scripts_of_the_page_and_no_way_around(visitor: Any) -> None:
    answer = visitor.get("/")
    allowed = re.search(r"script-src ([^;]+)", answer.headers["content-security-policy"])
    assert allowed
    assert "unsafe" not in allowed[1]
    scripts = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    own = re.findall(r"<script>(.*?)</script>", visitor.app.state.demo.head, re.DOTALL)
    assert scripts[0].startswith("// Gradio makes functions of texts")
    assert len(own) == 1
    for script in scripts + own:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed[1]


def test_other_answers_let_no_script_in_at_all(visitor: Any) -> None:
    told = visitor.get("/config").headers["content-security-policy"]
    assert "script-src 'self';" in told


def test_every_event_of_the_page_has_its_function(visitor: Any) -> None:
    """Code that is not found there would be an error in the browser."""
    home = visitor.get("/").text
    codes = {fn.js for fn in visitor.app.state.demo.fns.values() if isinstance(fn.js, str)}
    assert codes
    for code in codes:
        assert home.count(f", {code}]") == 1
