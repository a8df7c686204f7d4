"""The page's own words in the visitor's language. English text is the key of its translations.

Which language: the setting `page_language`, else the first one that the visitor's browser asks
for, else English. Answers stay in the language of the documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import gradio as gr
from gradio.context import LocalContext
from gradio.i18n import I18nData

from qa.page.locale.german import GERMAN
from qa.page.locale.spanish import SPANISH
from qa.settings import PAGE_LANGUAGES

TRANSLATIONS: Mapping[str, Mapping[str, str]] = {"en": {}, "de": GERMAN, "es": SPANISH}
LABEL_PREFIX = "qa-label "
"""Keys of labels carry it, so that they never meet a key of Gradio's own."""

_VARIABLE = re.compile(r"“[^”]*”|\d[\d,]*")
"""What of an error's sentence differs from one time to another: quoted names and figures."""


def language() -> str:
    """The language of the visitor whose event is being handled; English outside of events."""
    forced = getattr(LocalContext.blocks.get(None), "page_language", "")
    request = LocalContext.request.get(None)
    headers = getattr(request, "headers", None)
    return str(forced) or first_language(headers.get("accept-language", "") if headers else "")


def may_add() -> bool:
    """Whether the page whose event is being handled has the tab "Documents"."""
    return bool(getattr(LocalContext.blocks.get(None), "documents_tab", True))


def first_language(accepted: str) -> str:
    """The language that an Accept-Language header puts first, if the page speaks it.

    >>> first_language("de-AT,de;q=0.9,en;q=0.8"), first_language("fr,de;q=0.5"), first_language("")
    ('de', 'en', 'en')
    """
    wanted = (
        accepted.split(",", maxsplit=1)[0]
        .split(";", maxsplit=1)[0]
        .split("-", maxsplit=1)[0]
        .strip()
        .lower()
    )
    return wanted if wanted in PAGE_LANGUAGES else "en"


def t(text: str, **values: object) -> str:
    """`text` in the visitor's language, its `{names}` filled with `values`.

    >>> t("page {page}", page=3)
    'page 3'
    """
    return translated(text, language(), **values)


def translated(text: str, chosen: str, **values: object) -> str:
    """`text` in the language `chosen`, or as it is where there is no translation.

    >>> translated("page {page}", "de", page=3)
    'Seite 3'
    """
    found = TRANSLATIONS[chosen].get(text, text)
    return found.format(**values) if values else found


def told_error(message: str) -> str:
    """An error's sentence in the visitor's language where it is known, else as it is.

    Its figures and quoted names may differ from those of the translated one.
    """
    chosen, parts = language(), _VARIABLE.findall(message)
    places = iter(range(len(parts)))
    bare = _VARIABLE.sub(lambda _: f"{{{next(places)}}}", message)
    found = TRANSLATIONS[chosen].get(bare)
    filled = [part if part.startswith("“") else part.replace(",", ".") for part in parts]
    return found.format(*filled) if found else message


def figure(number: int) -> str:
    """A whole number with the separators of the visitor's language.

    >>> figure(12345)
    '12,345'
    """
    grouped = f"{number:,}"
    return grouped if language() == "en" else grouped.replace(",", ".")


def decimal(value: float, *, signed: bool = False) -> str:
    """A number with two decimals and the decimal mark of the visitor's language.

    >>> decimal(0.125), decimal(-1.5), decimal(-0.001), decimal(0.5, signed=True)
    ('0.12', '−1.50', '0.00', '+0.50')
    """
    rounded = round(value, 2) + 0.0
    told = f"{abs(rounded):.2f}"
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + (told if language() == "en" else told.replace(".", ","))


def everywhere(text: str) -> str:
    """HTML with `text` in all languages, of which style.css shows the visitor's.

    For what is laid out before anybody visits. `text` must be harmless as HTML.
    """
    forms = {chosen: translated(text, chosen) for chosen in PAGE_LANGUAGES}
    if len(set(forms.values())) == 1:
        return text
    return "".join(
        f'<span class="qa-in-{chosen}" lang="{chosen}">{form}</span>'
        for chosen, form in forms.items()
    )


def label(text: str) -> I18nData:
    """A component's label or placeholder, translated by the browser; see `labels`."""
    return I18nData(LABEL_PREFIX + text)


def labels(forced: str = "") -> gr.I18n:
    """All labels for Gradio; with `forced`, every browser gets that language."""
    return gr.I18n(
        **{
            chosen: {
                LABEL_PREFIX + text: translated(text, forced or chosen) for text in sorted(GERMAN)
            }
            for chosen in PAGE_LANGUAGES
        }
    )


def for_script(texts: tuple[str, ...], forced: str = "") -> str:
    """The words that page.js writes, as JSON: the forced language, and texts by language."""
    words = {
        chosen: {text: translated(text, chosen) for text in texts} for chosen in PAGE_LANGUAGES
    }
    return json.dumps({"forced": forced, "words": words}).replace("<", "\\u003c")
