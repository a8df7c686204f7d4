"""An answer as HTML: the sentence, how sure, its passage, and the passages after it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from page.markup import counted, esc, one_line
from qa.datatypes import Answer, Hit, Passage
from qa.wording import likelihood, percent

NOT_FOUND = "Not in these documents"


def place(passage: Passage, length: int) -> str:
    """Where a passage stands in a document of `length` characters."""
    page = f"page {passage.page}, " if passage.page is not None else ""
    return f"{page}characters {passage.start:,}–{passage.end:,} of {length:,}"


def marked(hit: Hit) -> str:
    """The passage's text with its best sentence marked."""
    text = hit.passage.text
    start, end = hit.sentence.start - hit.passage.start, hit.sentence.end - hit.passage.start
    if not 0 <= start < end <= len(text):
        return esc(text)
    return f"{esc(text[:start])}<mark>{esc(text[start:end])}</mark>{esc(text[end:])}"


def title(hit: Hit) -> str:
    """The document's title, or where it came from when it has none."""
    return hit.document.title.strip() or hit.document.source


def _cited(hit: Hit) -> str:
    headings = f"<li>{esc(' › '.join(hit.passage.headings))}</li>" if hit.passage.headings else ""
    source = "" if hit.document.source == title(hit) else f"<li>{esc(hit.document.source)}</li>"
    where = f"<li>{esc(place(hit.passage, len(hit.document.text)))}</li>"
    return f'<ul class="qa-place">{headings}{source}{where}</ul>'


def _also_in(hit: Hit, sources: Mapping[str, str]) -> str:
    if not hit.also_in:
        return ""
    places = []
    for passage in hit.also_in:
        name = sources.get(passage.document_id, "another document")
        page = f"page {passage.page}, " if passage.page is not None else ""
        places.append(f"{name} ({page}characters {passage.start:,}–{passage.end:,})")
    return f'<p class="qa-also">Also in {esc("; ".join(places))}</p>'


def _quoted(hit: Hit, sources: Mapping[str, str]) -> str:
    return (
        f'<blockquote class="qa-passage" dir="auto">{marked(hit)}</blockquote>'
        f"{_cited(hit)}{_also_in(hit, sources)}"
    )


def _folded(hit: Hit, sources: Mapping[str, str]) -> str:
    return (
        '<details class="qa-more"><summary><span class="qa-more-title" dir="auto">'
        f'{esc(title(hit))}</span><span class="qa-more-line" dir="auto">'
        f"{esc(one_line(hit.passage.text))}</span></summary>"
        f'<div class="qa-more-body">{_quoted(hit, sources)}</div></details>'
    )


def _list(heading: str, hits: tuple[Hit, ...], sources: Mapping[str, str]) -> str:
    if not hits:
        return ""
    items = "".join(_folded(hit, sources) for hit in hits)
    return f'<section class="qa-further"><h2>{esc(heading)}</h2>{items}</section>'


def answer_html(answer: Answer, sources: Mapping[str, str] | None = None) -> str:
    """The whole answer; `sources` names the documents of folded duplicates by id."""
    names = sources or {}
    asked = f'<p class="qa-asked" dir="auto">{esc(one_line(answer.question, 200))}</p>'
    if answer.text is None or not answer.hits:
        return _not_found(answer, asked) + _list("Closest passages", answer.hits, names)
    first = answer.hits[0]
    words = likelihood(answer.confidence)
    level = words.lower().replace(" ", "-")
    return (
        f'<article class="qa-card qa-found">{asked}'
        f'<p class="qa-sentence" dir="auto">{esc(answer.text.strip())}</p>'
        f'<p class="qa-sure"><span class="qa-badge qa-{level}">{words}</span>'
        f'<span class="qa-percent">{percent(answer.confidence)} probability</span></p>'
        f'<section class="qa-source"><h2 dir="auto">{esc(title(first))}</h2>'
        f"{_quoted(first, names)}</section></article>"
        f"{_list('Further passages', answer.hits[1:], names)}"
    )


def _not_found(answer: Answer, asked: str) -> str:
    if not answer.hits:
        why = "The index holds nothing that comes near this question."
    else:
        closest = counted(len(answer.hits), "passage")
        why = (
            f"The {closest} that come closest are below, but the best of them answers with only "
            f"{percent(answer.confidence)} probability."
            if len(answer.hits) > 1
            else "The passage that comes closest is below, but it answers with only "
            f"{percent(answer.confidence)} probability."
        )
    return (
        f'<article class="qa-card qa-none">{asked}<p class="qa-sentence">{NOT_FOUND}</p>'
        f'<p class="qa-soft">{why}</p></article>'
    )
