"""Markdown → blocks, readable: no marks of emphasis, no targets of links. Pure.

The one place where markdown-it is used (CommonMark, with tables and strikethrough).
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from qa.documents.blocks import Block
from qa.documents.encodings import clean_text, one_line
from qa.documents.formats.page_blocks import INLINE
from qa.documents.formats.table_model import Cell, table_blocks
from qa.documents.questions import questions_apart

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.tree import SyntaxTreeNode

PAGE_MARK = re.compile(r"<!-- PAGE (\d+) -->|qa-page-(\d+)-qa")
"""Stands alone where a page begins."""

DEEPEST = 100
"""Lists and quotations in so many levels are read."""

_SILENT = re.compile(r"<!--(?:(?!<!--).)*?-->|<(script|style)\b(?:(?!<\1).)*?</\1>", re.S | re.I)
_TAG = re.compile(r"</?([A-Za-z][\w-]*)[^<>]*>")
_OPENING = re.compile(r"<([A-Za-z][\w-]*)[^<>=/]*>")
"""The start of an element without values for attributes."""
_CLOSING = re.compile(r"</([A-Za-z][\w-]*)\s*>")
_NEVER_CLOSED = frozenset(
    "br hr wbr p li dt dd tr td th thead tbody tfoot colgroup option optgroup rt rp".split()
)
"""Elements that mean something alone: HTML lets their end tags be left away, or has none."""


def markdown_blocks(text: str) -> list[Block]:
    """Blocks of a Markdown text: headings, paragraphs, lists, tables, code.

    A list whose items no blank line separates is one block; each row of a table is one.

    >>> [(b.level, b.text) for b in markdown_blocks("# A *b*\\n\\nSee [c](http://d).")]
    [(1, 'A b'), (0, 'See c.')]
    """
    page: int | None = None
    blocks: list[Block] = []
    for block in _blocks_of(text):
        mark = PAGE_MARK.fullmatch(block.text.strip())
        if mark:
            page = int(mark.group(1) or mark.group(2))
        elif block.text.strip():
            blocks.append(replace(block, page=page))
    return blocks


def with_placeholders(markup: str, closed: Collection[str] | None = None) -> str:
    """Words in angle brackets that are no elements, since nothing closes them, as text of HTML.
    `closed`: the names of elements that are closed, if not in `markup` itself.

    >>> with_placeholders("<b>cp</b> <your-file><br>")
    '<b>cp</b> &lt;your-file&gt;<br>'
    """
    named = _closed_in(markup) if closed is None else closed

    def shown(tag: re.Match[str]) -> str:
        is_element = tag[1].lower() in _NEVER_CLOSED or tag[1].lower() in named
        return tag[0] if is_element else f"&lt;{tag[0][1:-1]}&gt;"

    return _OPENING.sub(shown, markup)


def _without_tags(markup: str) -> str:
    """HTML without its tags; one that ends a line gives a line's end. Elements that a page made up
    itself, with a hyphen in their names, stand within lines.

    >>> _without_tags("<td><b>Te</b>a</td><td>Rum")
    '\\nTea\\n\\nRum'
    """

    def end(tag: re.Match[str]) -> str:
        return "" if tag[1].lower() in INLINE or "-" in tag[1] else "\n"

    return _TAG.sub(end, markup)


def _closed_in(markup: str) -> set[str]:
    return {name.lower() for name in _CLOSING.findall(markup)}


def _show_placeholders(state: StateCore) -> None:
    """Tokens of HTML that are placeholders become text."""
    tokens = [child for token in state.tokens for child in (token, *(token.children or ()))]
    markup = [token for token in tokens if token.type in ("html_inline", "html_block")]
    closed = {name for token in markup for name in _closed_in(token.content)}
    for token in markup:
        shown = with_placeholders(token.content, closed)
        if token.type == "html_block":
            token.content = shown
        elif shown != token.content:
            token.type = "text"


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import html_block, reference

    def no_footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """A footnote, `[^1]: Text.`, is no definition of a link."""
        at = state.bMarks[start] + state.tShift[start]
        return not state.src.startswith("[^", at) and reference(state, start, end, silent)

    def no_placeholder(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """A line that begins with a placeholder is a paragraph."""
        line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
        opening = _OPENING.match(line)
        if opening and with_placeholders(opening[0], _closed_in(state.src)) != opening[0]:
            return False
        return html_block(state, start, end, silent)

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    parser.block.ruler.at("reference", no_footnote, {"alt": []})
    interrupted = ["paragraph", "reference", "blockquote"]
    parser.block.ruler.at("html_block", no_placeholder, {"alt": interrupted})
    parser.core.ruler.push("placeholders", _show_placeholders)
    return parser


@dataclass(frozen=True)
class _Piece:
    """A block of a list. `tight`: no blank line parts it from the next one."""

    block: Block
    tight: bool = False


def _blocks_of(text: str, *, within_html: bool = False) -> Iterator[Block]:
    from markdown_it.tree import SyntaxTreeNode

    for node in SyntaxTreeNode(_parser().parse(text)).children:
        if node.type == "html_block" and within_html:
            yield from _apart(Block(html.unescape(_without_tags(node.content)).strip()))
        else:
            yield from _node_blocks(node)


def _html_blocks(content: str) -> Iterator[Block]:
    """HTML between Markdown: its words, read as Markdown in turn."""
    if PAGE_MARK.fullmatch(content.strip()):
        yield Block(content.strip())
    else:
        bare = _without_tags(_SILENT.sub("", content)).strip("\n")
        yield from _blocks_of(bare, within_html=True)


def _node_blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "heading":
        yield Block(one_line(_text(node)), int(node.tag[1:]))
    elif node.type == "paragraph":
        yield from _apart(_paragraph(node))
    elif node.type in ("fence", "code_block"):
        yield Block(node.content.rstrip("\n"), fixed=True)
    elif node.type == "table":
        rows = [row for part in node.children for row in part.children]
        cells = [[Cell(one_line(_text(cell))) for cell in row.children] for row in rows]
        named = any(cell.text for cell in cells[0])
        yield from table_blocks(cells if named else cells[1:], headers=int(named), labels=True)
    elif node.type == "html_block":
        yield from _html_blocks(node.content)
    elif node.type in ("bullet_list", "ordered_list"):
        yield from _merged(_pieces(node, ""))
    else:  # a quotation, or a rule across the page, which holds nothing
        for child in node.children:
            yield from _node_blocks(child)


def _pieces(node: SyntaxTreeNode, indent: str) -> Iterator[_Piece]:
    """The blocks of a list, each item behind its mark, what lies within it indented."""
    for item in node.children:
        mark = f"{item.info}{item.markup} "
        inner, before = indent + " " * len(mark), indent + mark
        for child in item.children:
            if child.type == "paragraph":
                block = _paragraph(child)
                text = before + block.text.replace("\n", f"\n{inner}")
                text = text if child.hidden else text.strip()
                yield _Piece(replace(block, text=text), tight=child.hidden)
            elif child.type in ("bullet_list", "ordered_list"):
                yield from _pieces(child, inner)
            else:
                yield from (_Piece(block) for block in _node_blocks(child))
            before = inner


def _merged(pieces: Iterable[_Piece]) -> Iterator[Block]:
    """Tight pieces that follow each other as one block."""
    run: list[Block] = []
    for piece in pieces:
        if piece.tight:
            run.append(piece.block)
            continue
        yield from _joined(run)
        run = []
        yield replace(piece.block, text=piece.block.text.strip())
    yield from _joined(run)


def _joined(run: Sequence[Block]) -> Iterator[Block]:
    if run:
        links = all(block.links for block in run) and len(run) > 1
        yield from _apart(Block("\n".join(block.text for block in run), links=links))


def _apart(block: Block) -> Iterator[Block]:
    """A question that stands above its answer apart from it."""
    parts = [[block.text]] if block.links else questions_apart(block.text.split("\n"))
    for lines in parts:
        yield replace(block, text="\n".join(lines))


def _paragraph(node: SyntaxTreeNode) -> Block:
    """A paragraph; `links` where it holds nothing else, or only signs between them."""
    text = _text(node)
    besides = _text(node, links=False)
    bare = text != besides and not any(character.isalnum() for character in besides)
    return Block(text, links=bare and (node.hidden or "\n" in text))


def _text(node: SyntaxTreeNode, *, links: bool = True) -> str:
    """The readable text of an inline node and all within it, without that of links if asked."""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type == "html_inline":
        return _without_tags(node.content)
    if node.type == "link" and not links:
        return ""
    if not node.children:
        return node.content
    text = "".join(_text(child, links=links) for child in node.children)
    return clean_text(text).strip() if node.type == "inline" else text
