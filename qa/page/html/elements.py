"""Small pieces of HTML that all parts of the page share. Pure, and everything is escaped."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable, Sequence

from qa.datatypes import Document
from qa.documents.encodings import isolated
from qa.errors import IndexBusyError, IndexMissingError, InputError, QAError
from qa.page.locale import N_
from qa.page.locale.translate import decimal, error_text, may_add, t

WENT_WRONG = N_("Something went wrong on our side; the details are in the server's log.")
NO_INDEX = N_("Open “Documents”, add a text or a file, and press “Add and rebuild”.")
NO_INDEX_TO_ASK = N_("The owner of this page builds it with: python -m qa index")


def esc(text: object) -> str:
    """Text made harmless inside HTML, in content and in quoted attributes; what of a file name is
    no text becomes a question mark.

    >>> esc('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(str(text).encode("utf-8", "replace").decode(), quote=True)


def named(name: str) -> str:
    """The name of a file or document, harmless inside HTML, that turns no text around it."""
    return esc(isolated(name))


def document_name(document: Document) -> str:
    """A document's title, or where it came from when it has none."""
    return document.title.strip() or document.source


def one_line(text: str, most: int = 140) -> str:
    """Text on one line, cut at a word with an ellipsis when it is longer than `most`.

    >>> one_line("One  two" + chr(10) + "three", 9)
    'One two…'
    """
    words = " ".join(text.split())
    if len(words) <= most:
        return words
    cut = words[:most]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def seconds(value: float) -> str:
    """A duration for people.

    >>> seconds(0.42), seconds(12.4), seconds(125)
    ('0.4 s', '12 s', '2 min 5 s')
    """
    if value < 9.95:
        return f"{decimal(value, 1)} s"
    whole = round(value)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


def table(name: str, head: Sequence[str], rows: Iterable[str]) -> str:
    """A table of the page with `name` for screen readers; `rows` are HTML already."""
    columns = "".join(f'<th scope="col">{esc(column)}</th>' for column in head)
    return (
        f'<table class="qa-table" aria-label="{esc(name)}"><thead><tr>{columns}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def row_button(text: str, data: str, value: str, about: str = "") -> str:
    """A button in a table's row; the page's script reads `value` from its attribute data-`data`.

    `about` is what a screen reader adds to its text, so that the rows' buttons differ.
    """
    spoken = esc(f"{text}: {isolated(about or value)}")
    return (
        f'<button type="button" class="qa-action" data-{data}="{esc(value)}" '
        f'aria-label="{spoken}">{esc(text)}</button>'
    )


_FOLDERS = re.compile(
    r"(?<![\w/.:<\\])(?:~?/|[A-Za-z]:[\\/])(?:[^\s\\/:;,'\"“”<>|]+[\\/])*(?=[^\s\\/])"
)


def without_folders(text: str) -> str:
    """Text in which each path of this machine is left with its last name: where it lies is no
    visitor's business.

    >>> without_folders("/srv/qa/index/manifest.json is damaged; see https://qa.example/help")
    'manifest.json is damaged; see https://qa.example/help'
    """
    return _FOLDERS.sub("", text)


def notice(sentence: str, *, advice: str = "", kind: str = "warning") -> str:
    """A short message that a screen reader reads out at once; `kind`: warning, error, done."""
    more = f'<p class="qa-soft">{esc(advice)}</p>' if advice else ""
    role = "status" if kind == "done" else "alert"
    told = esc(without_folders(sentence))
    return f'<div class="qa-notice qa-{esc(kind)}" role="{role}"><p>{told}</p>{more}</div>'


def no_index() -> str:
    """What to do first where there is no index: visitors who can only ask can only wait."""
    return t(NO_INDEX if may_add() else NO_INDEX_TO_ASK)


def error_notice(error: BaseException) -> str:
    """Any error as a notice: its own sentence if it is one of ours, else a plain apology.

    The unexpected ones are logged with their traceback, which never reaches the page.
    """
    if isinstance(error, IndexMissingError):
        return notice(t("There is no index yet, so nothing can be answered."), advice=no_index())
    if isinstance(error, InputError | IndexBusyError):
        return notice(error_text(error))
    if isinstance(error, QAError):
        logging.getLogger("qa.page").warning("Told a visitor: %s", error)
        return notice(error_text(error), kind="error")
    logging.getLogger("qa.page").error("Unexpected error on the page", exc_info=error)
    return notice(t(WENT_WRONG), kind="error")
