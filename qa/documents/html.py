"""HTML → the HTML of its main text: navigation, footers, forms and scripts taken out. Pure."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from qa.documents.questions import is_question

_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})
_PAGE = frozenset({"nav", "footer", "aside", "header", "dialog", "button", "select", "menu"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_NEVER = frozenset({"html", "body", "main", "article", "h1"})
_NO_END = frozenset({"base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"})
_CONSENT = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr)", re.I)


def main_part(source: str) -> tuple[str, str, list[tuple[str, str]]]:
    """The page without its furniture, its title, and (text, element) of what was taken out.

    A `header` that holds the h1 stays, and so does a question that opens its answer, with the
    answer, closed as it may be. A page with an element that never ends is left whole.

    >>> main_part("<title>T</title><nav>Home</nav><p>Text.</p>")
    ('<p>Text.</p>', 'T', [('Home', 'nav')])
    """
    found = re.search(r"<title[^>]*>(.{0,1000}?)</title>", source, re.S | re.I)
    title = " ".join(html.unescape(found.group(1)).split()) if found else ""
    body = source[: found.start()] + source[found.end() :] if found else source
    cleaner = _Cleaner(body)
    cleaner.feed(body)
    cleaner.close()
    if cleaner.skipping:
        return body, title, []
    return "".join(cleaner.kept), title, cleaner.removed


class _Cleaner(HTMLParser):
    """Copies a page, leaving out elements that are not its text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        headers = re.finditer(r"<header\b.*?(?:</header>|$)", source, re.S | re.I)
        self._holds_h1 = [bool(re.search(r"<h1\b", each.group(), re.I)) for each in headers]
        self._headers = 0
        self.kept: list[str] = []
        self.removed: list[tuple[str, str]] = []
        self.skipping = ""
        self._depth = 0
        self._text: list[str] = []
        self._opens: str | None = None
        self._answers: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has_h1 = False
        if tag == "header":
            has_h1 = self._headers < len(self._holds_h1) and self._holds_h1[self._headers]
            self._headers += 1
        if self.skipping:
            self._depth += tag == self.skipping
        elif tag not in _NO_END and not has_h1 and self._is_furniture(tag, dict(attrs)):
            self.skipping, self._depth, self._text = tag, 1, []
            self._opens = _opened(tag, dict(attrs))
        elif dict(attrs).get("id") in self._answers:
            self.kept.append(f"<{tag}>")  # without what hides it
        else:
            self.kept.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.skipping:
            self.kept.append(f"</{tag}>")
        elif tag == self.skipping:
            self._depth -= 1
            if self._depth == 0:
                text = " ".join(html.unescape(" ".join(self._text)).split())
                if self._opens is not None and is_question(text):
                    self.kept.append(f"<span>{html.escape(text)}</span><br>")
                    self._answers.update(self._opens.split())
                elif text and tag not in _SILENT:
                    self.removed.append((text, tag))
                self.skipping = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.skipping:
            self.kept.append(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        (self._text if self.skipping else self.kept).append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _is_furniture(self, tag: str, attrs: dict[str, str | None]) -> bool:
        if tag in _NEVER or (tag not in _SILENT and attrs.get("id") in self._answers):
            return False
        names = f"{attrs.get('class') or ''} {attrs.get('id') or ''}"
        style = (attrs.get("style") or "").replace(" ", "")
        return (
            tag in _SILENT
            or tag in _PAGE
            or attrs.get("role") in _ROLES
            or "hidden" in attrs
            or "display:none" in style
            or bool(_CONSENT.search(names))
        )


def _opened(tag: str, attrs: dict[str, str | None]) -> str | None:
    """The ids of what a button opens, for instance an answer; None for any other button."""
    if tag != "button" or not {"aria-expanded", "aria-controls"} & set(attrs):
        return None
    return attrs.get("aria-controls") or ""
