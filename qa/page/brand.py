"""What makes the page its owner's: title, intro, colour, language. And its head."""

from __future__ import annotations

from pathlib import Path

from qa.page.html.elements import esc
from qa.page.locale import N_
from qa.page.locale.translate import everywhere, for_script
from qa.settings import Settings

STATIC = Path(__file__).parent / "static"

SCRIPT_TEXTS = (
    N_("Ask your documents"),
    N_("Copied"),
    N_("It could not be copied; select the text instead."),
    N_("all documents"),
    N_("Your questions on this device"),
    N_("Clear"),
    N_("Message"),
)

OWNERS_DEFAULTS = (
    N_("Ask your documents"),
    N_("Exact passages, the answering sentence marked, or an honest “not in these documents”."),
)
"""Title and intro where the owner sets none, as in `qa.settings`."""


def header_html(settings: Settings) -> str:
    """Title and intro; the defaults in the visitor's language, the owner's own as they are."""
    title, intro = (everywhere(esc(text)) for text in (settings.title, settings.intro))
    return f'<header class="qa-header"><h1>{title}</h1><p>{intro}</p></header>'


def head_html(settings: Settings) -> str:
    """Style, accent and script of the page; nothing in it is fetched."""
    style = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css")))
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js")))
    words = for_script(SCRIPT_TEXTS, settings.page_language)
    return (
        f"<style>{style}:root{{--qa-chosen:{settings.accent}}}</style>"
        f'<script type="application/json" id="qa-words">{words}</script>'
        f"<script>{script}</script>"
    )
