"""Whether every word of a file came out: its words, counted another way, against those read.

The readers walk through a file's structure; here its text is cut out by plain patterns, so that a
reader that passes something over is found out. Pure.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*>")
_RUN = re.compile(
    r"<(?:w|a|m):t(?:\s[^>]*)?>([^<]*)</(?:w|a|m):t>"
    r"|<(?:w:tab|w:br|w:cr|w:noBreakHyphen|w:sym|a:br|/w:p|/a:p|/w:tc|/m:r)\b"
)
_UNSEEN_RUNS = re.compile(
    r"<w:r>(?:(?!</w:r>).)*<w:vanish/>.*?</w:r>"
    r"|<mc:Fallback\b.*?</mc:Fallback>|<w:(del|moveFrom)\s.*?</w:\1>|<a:fld\b.*?</a:fld>",
    re.S,
)
_UNSEEN_ODF = re.compile(
    r"<(text:tracked-changes|office:annotation|presentation:notes|text:ruby-text|text:note-citation)\b.*?</\1>",
    re.S,
)
_PAUSE = re.compile(r"</?text:(?:p|h|tab|s|line-break|list-item|note)\b[^>]*>|</table:table-cell>")
_UNSEEN_HTML = re.compile(
    r"<(script|style|head|noscript|template)\b.*?</\1>|<!--.*?-->", re.S | re.I
)
_INLINE = "a abbr b bdi bdo cite code em font i kbd mark q s small span strong sub sup tt u var wbr"
_BLOCK = re.compile(rf"</?(?!(?:{'|'.join(_INLINE.split())})\b)\w+[^>]*>", re.I)
_SHOWN = 8
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class WordCount:
    """Words of a file, and those of them that neither its text nor what is left out holds."""

    total: int
    missing: tuple[str, ...] = ()

    def told(self) -> str:
        """One sentence on what is missing; "" where nothing is."""
        if not self.missing:
            return ""
        number = len(self.missing)
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(self.missing[:_SHOWN]))
        noun = "word" if number == 1 else "words"
        return f"{number:,} {noun} of the file did not come out, among them {words}."


def count_words(data: bytes, kind: str, texts: Iterable[str]) -> WordCount | None:
    """Compare a file of the ending `kind` with what was made of it: its texts and what was left
    out. None for kinds whose words cannot be counted in a second way.

    >>> page = b"<p>Tea &amp; milk</p><script>x</script>"
    >>> count_words(page, ".html", ["Tea &"]).missing
    ('milk',)
    """
    counted = _OF_KIND.get(kind)
    if counted is None:
        return None
    pattern, text_of = counted
    own: Counter[str] = Counter()
    with suppress(*_BROKEN):
        for part in _parts(data, pattern):
            own.update(_plain_words(text_of(part)))
    read = Counter(word for text in texts for word in _plain_words(text))
    missing = own - read
    whole = "\n".join(read)
    lost = [w for w in missing.elements() if w not in read and not (len(w) > 2 and w in whole)]
    return WordCount(sum(own.values()), tuple(lost))


def _plain_words(text: str) -> Iterator[str]:
    yield from (word.casefold() for word in _WORD.findall(text.replace("\u00ad", "")))


def _parts(data: bytes, pattern: str) -> Iterator[str]:
    """The parts of an archive whose names fit; the file itself for the pattern ""."""
    if not pattern:
        yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if re.fullmatch(pattern, entry.filename):
                yield archive.read(entry).decode("utf-8", "replace")


def _runs(xml: str) -> str:
    """The text of the runs of Word and PowerPoint, a space where a line, cell or tab ends."""
    shown = _UNSEEN_RUNS.sub("", xml)
    return html.unescape("".join(m[1] if m[1] is not None else " " for m in _RUN.finditer(shown)))


def _body(xml: str) -> str:
    shown = _UNSEEN_ODF.sub("", xml.partition("<office:body")[2])
    return html.unescape(_TAG.sub("", _PAUSE.sub(" ", shown)))


def _strings(xml: str) -> str:
    """The strings of a workbook, each once, without the readings of East Asian words."""
    return html.unescape(_TAG.sub("", re.sub(r"<rPh\b.*?</rPh>", "", xml).replace("</si>", " ")))


def _page(markup: str) -> str:
    return html.unescape(_TAG.sub("", _BLOCK.sub(" ", _UNSEEN_HTML.sub(" ", markup))))


_OF_KIND: dict[str, tuple[str, Callable[[str], str]]] = {
    **dict.fromkeys((".docx", ".docm"), (r"word/(?:document|footnotes|endnotes)\.xml", _runs)),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx"), (r"ppt/slides/slide\d+\.xml", _runs)),
    **dict.fromkeys((".odt", ".ods", ".odp"), (r"content\.xml", _body)),
    **dict.fromkeys((".xlsx", ".xlsm"), (r"xl/sharedStrings\.xml", _strings)),
    ".epub": (r".*\.x?html?", _page),
    **dict.fromkeys((".html", ".htm", ".xhtml"), ("", _page)),
}
