"""What is said of the reading of files, in the visitor's language.

The readers know of no language: they say English sentences with names and numbers in them. Here the
sentence is found again that they filled in, so that its translation can be filled in the same way.
"""

from __future__ import annotations

import re
from functools import cache

from qa.page.locale import N_
from qa.page.locale.translate import language, t

REASONS = (
    N_("It holds binary data, not text."),
    N_("It was read as {encoding} by a guess; save it as UTF-8 if letters look wrong."),
    N_("One of its lines is not UTF-8 as the others and read as {encoding} by a guess."),
    N_("{number} of its lines are not UTF-8 as the others and read as {encoding} by a guess."),
    N_("It looks like {encoding} text, but does not go on so."),
    N_("It cannot be opened: {error}."),
    N_(
        "Reading it ended the reading process: the file is damaged, or needs more than {number} MB "
        "of memory (max_memory_mb)."
    ),
    N_("Reading it takes more than {number} MB of memory (max_memory_mb)."),
    N_("Reading it takes more than {number} seconds (file_seconds)."),
    N_("Reading it failed unexpectedly ({error})."),
    N_("Left by the system or by programs, passed over: {names}."),
    N_(
        "More than {number} files were found (max_files); this one and those after it were "
        "not read."
    ),
    N_("It is a link that leads outside the folder; it was not followed."),
    N_("It is a link that leads nowhere."),
    N_("The folder cannot be opened: {error}."),
    N_("It is no book: it does not say where its text is."),
    N_("The chapter {name} is missing from the file."),
    N_("It is damaged: its XML ends badly ({error})."),
    N_("It cannot be read as {kind}: {error}."),
    N_("It is locked with a password; save a copy without one."),
    N_("It unpacks to more than is allowed: {error}."),
    N_("It is damaged or cut short: it cannot be unpacked."),
    N_("It is damaged, or no PDF although its name says so."),
    N_("It is attached to a mail; save it as a file of its own to have it read."),
    N_("It lies in a mail within more than 20 other mails; save it as a file of its own."),
    N_("It cannot be read as a mail: it has neither sender nor subject."),
    N_("It cannot be read as a mailbox: no mail begins in it."),
    N_("It cannot be read as a notebook: it is damaged or cut short."),
    N_("Set ocr (for instance QA_OCR=eng) to have Tesseract read such pages."),
    N_("Tesseract found none either."),
    N_("Install Tesseract to have such pages read; the setting ocr asks for it."),
    N_("Tesseract's data for {names} is not installed; the setting ocr asks for it."),
    N_("It is no OpenDocument file: it has no content."),
    N_("The page is damaged and cannot be opened."),
    N_(
        "{number} of its {all} signs cannot be told: the file does not say which letters "
        "they are. Print it to a new PDF, or have it read as a picture."
    ),
    N_("Its words stand without blanks between them, so single words are not found in it."),
    N_("Its lines seem to be woven of two columns, so that its sentences are torn apart."),
    N_("Its words run backwards, as in a mirror."),
    N_("It holds no text on its {pages}: scanned or pictures? {advice}"),
    N_("There is no text on it: scanned, a picture, or blank. {advice}"),
    N_("one page"),
    N_("{number} pages"),
    N_("(page {numbers})"),
    N_("(pages {numbers})"),
    N_("1 file"),
    N_("{number} files"),
    N_("It cannot be read as JSON lines: {reason}."),
    N_("It cannot be read as JSON: it is nested too deeply."),
    N_("It is not a regular file."),
    N_("Files ending in {ending} are not supported."),
    N_("It is larger than {number} MB (max_file_mb)."),
    N_("It holds more than {number} MB of text (max_text_mb)."),
    N_("Its page {number} cannot be drawn: {error}."),
    N_("Tesseract cannot read it: {error}."),
    N_("It is empty."),
    N_("It is no RTF text, although its name says so."),
    N_("It is no presentation: it has no slide."),
    N_("Slide {number} is missing from the file."),
    N_("It is no Word document: it has no text part."),
    N_("1 word of the file did not come out: {words}."),
    N_("{number} words of the file did not come out, among them {words}."),
    N_(
        "A formula of the sheet “{sheet}” has no stored value ({cells}); open the file in a "
        "spreadsheet program and save it."
    ),
    N_(
        "{number} formulas of the sheet “{sheet}” have no stored value ({cells}); open the "
        "file in a spreadsheet program and save it."
    ),
    N_("It is damaged: its cells name texts that it does not hold."),
    N_("It is damaged, or no Excel workbook: {error}."),
    N_("It holds no text."),
    N_("It cannot be read."),
    N_("Its text was lost; build again."),
    N_("The text is empty."),
)
"""Why a file or a part of it was not read, or is doubtful."""

RULES = (
    N_("tracked deletion"),
    N_("hidden text"),
    N_("header of the pages"),
    N_("footer of the pages"),
    N_("header or footer of the pages"),
    N_("running header or footer"),
    N_("comment"),
    N_("comment on {sheet}, {cell}"),
    N_("embedded document"),
    N_("chart"),
    N_("chart or embedded object"),
    N_("chart on a sheet of its own"),
    N_("speaker notes"),
    N_("number of a slide"),
    N_("date of a slide"),
    N_("table of contents"),
    N_("index"),
    N_("front matter"),
    N_("menu of the web page"),
    N_("head of the web page"),
    N_("foot of the web page"),
    N_("side column of the web page"),
    N_("list of choices of the web page"),
    N_("cookie notice of the web page"),
    N_("{element} of the web page"),
    N_("comment or style of the subtitles"),
    N_("name of a subtitle"),
    N_("line {number} is no JSON"),
    N_("cookie bar"),
    N_("repeated in the document"),
    N_("repeated in most documents"),
    N_("page number"),
    N_("nothing but links"),
    N_("counter"),
    N_("waiting note"),
    N_("prompt to the visitor"),
    N_("pointer elsewhere"),
    N_("copyright note"),
    N_("no letters"),
    N_("navigation bar"),
)
"""What a text was that was left out."""

_NESTED = ("reason", "advice", "pages")
"""Names that stand for another such text."""
_OF_A_PART = re.compile(r"(\(.*?\)) (.+)", re.S)
_PAGES = re.compile(r"(.*) (\(pages? [\d, …-]+\))", re.S)
_NUMBER = re.compile(r"[\d,]+ files?")


def reason_text(text: str) -> str:
    """A reason or rule in the visitor's language; as it is where it is none of those above.

    >>> reason_text("(page 2) It is empty.")
    '(page 2) It is empty.'
    """
    if language() == "en":
        return text
    part = _OF_A_PART.fullmatch(text)
    if part:
        return f"{reason_text(part[1])} {reason_text(part[2])}"
    for template, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            values = found.groupdict()
            return t(
                template, **{n: reason_text(v) if n in _NESTED else v for n, v in values.items()}
            )
    return text


def source_text(source: str) -> str:
    """The name of a file, with the pages of it that are meant, or a number of files."""
    pages = _PAGES.fullmatch(source)
    if pages:
        return f"{pages[1]} {reason_text(pages[2])}"
    return reason_text(source) if _NUMBER.fullmatch(source) else source


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Each template and what it looks like when it is filled in; those with most words first."""
    templates = sorted((*REASONS, *RULES), key=_fixed, reverse=True)
    return [(each, re.compile(_pattern(each), re.S)) for each in templates]


def _fixed(template: str) -> int:
    return len(re.sub(r"\{\w+\}", "", template))


def _pattern(template: str) -> str:
    """A regular expression for a template.

    >>> _pattern("line {number} is")
    'line\\\\ (?P<number>.+?)\\\\ is'
    """
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template))
