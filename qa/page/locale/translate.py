"""The page's own words in the visitor's language, and numbers, shares and dates as it writes them.

English text is the key of its translations, which lie in gettext catalogs beside this file. Which
language: the setting `page_language`, else the first one that the visitor's browser asks for, else
English. Answers stay in the language of the documents. The only file that imports Babel.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

import gradio as gr
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from gradio.context import LocalContext
from gradio.i18n import I18nData

from qa.errors import QAError
from qa.settings import PAGE_LANGUAGES

LABEL_PREFIX = "qa-label "
"""Keys of labels carry it, so that they never meet a key of Gradio's own."""

FORMATS = {"en": "en_GB"}
"""Whose habits for numbers and dates count, where that is not the language's main country."""


@cache
def catalog(chosen: str) -> Catalog:
    """The messages of a language as its translators wrote them."""
    with (Path(__file__).parent / chosen / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=chosen)


@cache
def _translations(chosen: str) -> NullTranslations:
    if chosen == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalog(chosen))
    compiled.seek(0)
    return GNUTranslations(compiled)


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
    first = accepted.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0]
    wanted = first.split("-", maxsplit=1)[0].strip().lower()
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
    found = _translations(chosen).gettext(text) if text else ""
    return found.format(**values) if values else found


def plural(one: str, many: str, number: int, **values: object) -> str:
    """The form that goes with `number`, which fills `{number}`, and `values` the other names.

    >>> plural("asked once", "asked {number} times", 1200)
    'asked 1,200 times'
    """
    form = _translations(language()).ngettext(one, many, number)
    return form.format(number=figure(number), **values)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "passage", "passages"), counted(1200, "passage", "passages")
    ('1 passage', '1,200 passages')
    """
    return f"{figure(number)} {plural(one, many, number)}"


def error_text(error: QAError) -> str:
    """An error's sentence in the visitor's language where it is known, else as it is."""
    values = {
        name: figure(value) if isinstance(value, int) else value
        for name, value in error.values.items()
    }
    return t(error.template, **values)


def _formats() -> str:
    return FORMATS.get(language(), language())


def figure(number: int) -> str:
    """A whole number with the separators of the visitor's language.

    >>> figure(12345)
    '12,345'
    """
    return format_decimal(number, locale=_formats())


def decimal(value: float, places: int = 2, *, signed: bool = False) -> str:
    """A number with so many decimal places and the decimal mark of the visitor's language.

    >>> decimal(0.125), decimal(-1.5), decimal(-0.001), decimal(0.5, signed=True)
    ('0.12', '−1.50', '0.00', '+0.50')
    """
    rounded = round(value, places) + 0.0
    plain = f"#,##0.{'0' * places}"
    plus = "+" if signed and rounded > 0 else ""
    return format_decimal(rounded, f"{plus}{plain};−{plain}", locale=_formats())


def percent(share: float) -> str:
    """A share in whole percent, as the visitor's language writes it.

    >>> percent(0.125), percent(1.0)
    ('12%', '100%')
    """
    return format_percent(share, locale=_formats())


def date(moment: datetime) -> str:
    """A day, as the visitor's language writes it.

    >>> date(datetime(2026, 5, 4))
    '4 May 2026'
    """
    return format_date(moment, "long", locale=_formats())


def language_name(code: str) -> str:
    """The name of a language (ISO 639-1) in the visitor's; the code itself where none is known.

    >>> language_name("de"), language_name("xx")
    ('German', 'xx')
    """
    try:
        return Locale.parse(code).get_language_name(_formats()) or code
    except (UnknownLocaleError, ValueError):
        return code


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
    texts = [text for message in catalog("de") if (text := message.id) and isinstance(text, str)]
    return gr.I18n(
        **{
            chosen: {LABEL_PREFIX + text: translated(text, forced or chosen) for text in texts}
            for chosen in PAGE_LANGUAGES
        }
    )


def for_script(texts: tuple[str, ...], forced: str = "") -> str:
    """The words that page.js writes, as JSON: the forced language, and texts by language."""
    words = {
        chosen: {text: translated(text, chosen) for text in texts} for chosen in PAGE_LANGUAGES
    }
    return json.dumps({"forced": forced, "words": words}).replace("<", "\\u003c")
