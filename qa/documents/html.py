"""HTML → the HTML of its main text: navigation, banners, forms and scripts taken out. Pure.

The one place where selectolax is used. An element goes only where it holds no text of its own:
a sentence outside links, or a heading, is content wherever it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qa.documents.blocks import states
from qa.documents.boilerplate import CONSENT
from qa.documents.encodings import one_line
from qa.documents.formats.page_blocks import page_blocks
from qa.documents.questions import is_question

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SILENT = "script, style, noscript, template, svg, iframe, object"
_CONTROLS = "button, select, dialog:not([open])"
_UNSEEN = "[hidden]:not([hidden='until-found']), [style*='display:none'], [style*='display: none']"
_AROUND = (
    "nav, header, footer, aside, [role=navigation], [role=search], [role=banner], "
    "[role=contentinfo], [role=complementary]"
)
_MAIN = "article, main, section, [role=main]"
_CONSENT_BAR = "[class*=cookie i], [id*=cookie i], [class*=consent i], [id*=consent i]"
_HEADING = "h1, h2, h3, h4, h5, h6"
_LONGEST_BAR = 2_000
"""Characters of a consent bar; what is longer is the page."""


def main_part(source: str) -> tuple[str, str, list[tuple[str, str]]]:
    """The page without its boilerplate, its title, and (text, element) of what was taken out.

    A question that opens its answer stays, and so does the answer, closed as it may be.

    >>> main_part("<title>T</title><nav>Home</nav><p>Text.</p>")
    ('<p>Text.</p>', 'T', [('Home', 'nav')])
    """
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(source)
    title, body = page.css_first("title"), page.body
    if body is None:
        return source, "", []
    removed: list[tuple[str, str]] = []
    for node in _outermost(body.css(_SILENT)):
        drawn = node.css("text") if node.tag == "svg" else []
        words = one_line(" ".join(text.text() for text in drawn))
        removed += [(words, "svg")] if words else []
        node.decompose()
    bars = [bar for bar in body.css(_CONSENT_BAR) if _asks_consent(bar)]
    _remove(bars, removed, "cookie notice")
    _open_answers(body)
    _remove(body.css(f"{_CONTROLS}, {_UNSEEN}"), removed)
    _remove(list(_furniture(body)), removed)
    return body.inner_html or "", one_line(title.text()) if title else "", removed


def _remove(nodes: Sequence[LexborNode], removed: list[tuple[str, str]], name: str = "") -> None:
    """Takes elements out, noting (text, `name` or else element) of those with a text."""
    for node in _outermost(nodes):
        text = one_line(" ".join(block.text for block in page_blocks(node.html or "")))
        if text:
            removed.append((text, name or node.tag or ""))
        node.decompose()


def _outermost(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """Those that lie in no other; in document order, as `nodes` are."""
    chosen: dict[int, LexborNode] = {}
    for node in nodes:
        if not any(ancestor.mem_id in chosen for ancestor in _ancestors(node)):
            chosen[node.mem_id] = node
    return list(chosen.values())


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _asks_consent(node: LexborNode) -> bool:
    """Whether an element with "cookie" or "consent" in its names has a button to agree."""
    buttons = node.css("button, a, input")
    named = (f"{each.text()} {each.attributes.get('value') or ''}" for each in buttons)
    is_bar = len(node.text()) <= _LONGEST_BAR and node.css_first(f"{_MAIN}, h1") is None
    return is_bar and any(CONSENT.search(name) for name in named)


def _open_answers(body: LexborNode) -> None:
    """Buttons that ask a question become its text, and the answers that they open are shown."""
    for button in body.css("button[aria-expanded], button[aria-controls]"):
        if not is_question(one_line(button.text())):
            continue
        for name in (button.attributes.get("aria-controls") or "").split():
            for answer in body.css(f"[id={json.dumps(name)}]"):
                for attribute in {"hidden", "style"} & set(answer.attributes):
                    del answer.attrs[attribute]
        button.unwrap()


def _furniture(body: LexborNode) -> Iterator[LexborNode]:
    """What stands beside the main text and is no content.

    An element that alone fills another one of its kind is not judged anew: it goes or stays with
    that one, so that elements nested a thousand times take no longer than a thousand beside
    each other.
    """
    gone: set[int] = set()
    stating: set[int] = set()
    for node in body.css(_AROUND):
        above = node.parent.mem_id if node.parent is not None else 0
        fills_it = above in stating and node.prev is None and node.next is None
        own = "" if above in gone or fills_it else _own_text(node)
        if fills_it or states(own, 6):
            stating.add(node.mem_id)
        elif above in gone or not _is_content(node, own):
            gone.add(node.mem_id)
            yield node


def _own_text(node: LexborNode) -> str:
    """The text of an element outside its links and buttons."""
    own = node.text(separator=" ")
    for link in node.css("a, button"):
        own = own.replace(link.text(separator=" "), " ", 1)
    return own


def _is_content(node: LexborNode, own: str) -> bool:
    """Whether something beside the main text is content although its text `own` states nothing.

    That is a header, footer or aside within an article or section, a header with a heading, and
    an aside with short facts of its own outside links.
    """
    if node.css_first(_MAIN) is not None:
        return True
    role = node.attributes.get("role")
    if node.tag == "nav" or role in ("navigation", "search"):
        return False
    if node.tag == "aside" or role == "complementary":
        own_facts = states(own, 2) or any(map(str.isdigit, own))
    else:
        own_facts = node.tag == "header" and node.css_first(_HEADING) is not None
    return own_facts or any(
        above.tag in ("article", "main", "section") or above.attributes.get("role") == "main"
        for above in _ancestors(node)
    )
