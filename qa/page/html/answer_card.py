"""An answer as HTML: the sentence, how sure, its passage, and the passages after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.answering.answer import likelihood, percent
from qa.answering.citations import quoted_citation
from qa.datatypes import Answer, Hit, Passage
from qa.documents.encodings import isolated
from qa.insight.explanation.why import HitExplanation
from qa.page.html.elements import document_name, esc, named, notice, one_line
from qa.page.html.feedback_card import is_right, thumbs
from qa.page.html.reader import spans
from qa.page.html.why_card import reach, why_html
from qa.page.locale import N_
from qa.page.locale.translate import figure, plural, t
from qa.page.permalink import Link

NOT_FOUND = N_("Not in these documents")
LIKELIHOODS = (N_("Very likely"), N_("Likely"), N_("Possibly"))
"""What `qa.cli.render.answers.likelihood` says."""


def place(passage: Passage, length: int) -> str:
    """Where a passage stands in a document of `length` characters."""
    length_told = t(" of {length}", length=figure(length))
    return _page(passage) + _characters(passage) + length_told


def _page(passage: Passage) -> str:
    return f"{t('page {page}', page=passage.page)}, " if passage.page is not None else ""


def _characters(passage: Passage) -> str:
    start, end = figure(passage.start), figure(passage.end)
    return t("characters {start}–{end}", start=start, end=end)


def marked(hit: Hit) -> str:
    """The passage's text with its best sentence marked."""
    text = hit.passage.text
    start, end = hit.sentence.start - hit.passage.start, hit.sentence.end - hit.passage.start
    if not 0 <= start < end <= len(text):
        return esc(text)
    return f"{esc(text[:start])}<mark>{esc(text[start:end])}</mark>{esc(text[end:])}"


def _cited(hit: Hit) -> str:
    headings = (
        f'<li dir="auto">{esc(" › ".join(hit.passage.headings))}</li>'
        if hit.passage.headings
        else ""
    )
    source = (
        ""
        if hit.document.source == document_name(hit.document)
        else f"<li>{named(hit.document.source)}</li>"
    )
    where = f"<li>{esc(place(hit.passage, len(hit.document.text)))}</li>"
    return f'<ul class="qa-place">{headings}{source}{where}</ul>'


def _duplicates(hit: Hit, sources: Mapping[str, str]) -> str:
    if not hit.duplicates:
        return ""
    places = [
        f"{isolated(sources.get(passage.document_id, t('another document')))} "
        f"({_page(passage)}{_characters(passage)})"
        for passage in hit.duplicates
    ]
    return f'<p class="qa-also">{t("Also in")} {esc("; ".join(places))}</p>'


def _actions(number: int, hit: Hit, more: str) -> str:
    return (
        '<p class="qa-actions">'
        f'<button type="button" class="qa-action" data-show="{number}" aria-haspopup="dialog">'
        f"{t('Show in document')}</button>"
        f'<button type="button" class="qa-action" data-copy="{esc(quoted_citation(hit))}">'
        f"{t('Copy with citation')}</button>{more}</p>"
    )


def _quoted(number: int, hit: Hit, sources: Mapping[str, str], why: str, more: str = "") -> str:
    return (
        f'<blockquote class="qa-passage" dir="auto">{marked(hit)}</blockquote>'
        f"{_cited(hit)}{_duplicates(hit, sources)}{_actions(number, hit, more)}{why}"
    )


def _folded(number: int, hit: Hit, sources: Mapping[str, str], why: str, more: str) -> str:
    page = f" · {t('page {page}', page=hit.passage.page)}" if hit.passage.page is not None else ""
    return (
        '<details class="qa-more"><summary><span class="qa-more-title" dir="auto">'
        f'{named(document_name(hit.document))}{page}</span><span class="qa-more-line" dir="auto">'
        f"{esc(one_line(hit.sentence.text or hit.passage.text))}</span></summary>"
        f'<div class="qa-more-body">{_quoted(number, hit, sources, why, more)}</div></details>'
    )


def _list(
    heading: str,
    answer: Answer,
    first: int,
    sources: Mapping[str, str],
    why: Mapping[int, str],
    judged: bool,
) -> str:
    hits = list(enumerate(answer.hits, start=1))[first:]
    if not hits:
        return ""
    items = "".join(
        _folded(number, hit, sources, why.get(number, ""), is_right(hit) if judged else "")
        for number, hit in hits
    )
    return f'<section class="qa-further"><h2>{heading}</h2>{items}</section>'


def answer_html(
    answer: Answer,
    sources: Mapping[str, str] | None = None,
    link: Link | None = None,
    *,
    judged: bool = False,
    reasons: Sequence[HitExplanation] = (),
    explained: bool = False,
) -> str:
    """The whole answer; `sources` names the documents of folded duplicates by id.

    `link` is what was asked: the card carries the link that asks the same again, and says when
    the index has changed since `link` was made. `judged`: with buttons for verdicts.
    `reasons`: why each hit was found; `explained`: with the way to "Why not?".
    """
    names, span = sources or {}, reach(reasons)
    why = {number: why_html(reason, span) for number, reason in enumerate(reasons, start=1)}
    asked = f'<p class="qa-asked" dir="auto">{esc(one_line(answer.question, 200))}</p>'
    if answer.corrected_question not in ("", answer.question):
        searched = t("Searched for: {question}", question=one_line(answer.corrected_question, 200))
        asked += f'<p class="qa-searched" dir="auto">{esc(searched)}</p>'
    if answer.text is None or not answer.hits:
        body = _not_found(answer, asked, thumbs() if judged else "") + _list(
            t("Closest passages"), answer, 0, names, why, judged
        )
    else:
        verdict = thumbs(answer.hits[0]) if judged else ""
        body = _found(answer, asked, names, why.get(1, ""), verdict) + _list(
            t("Further passages"), answer, 1, names, why, judged
        )
    body += _else() if explained else ""
    warning = notice(t(answer.warning)) if answer.warning else ""
    return f"{warning}{_changed(answer, link)}<div {_carried(answer, link)}>{body}</div>"


def _else() -> str:
    return (
        '<p class="qa-else"><button type="button" class="qa-quiet" data-else>'
        f"{t('Expected something else?')}</button></p>"
    )


def _carried(answer: Answer, link: Link | None) -> str:
    """What page.js needs to know of an answer, as attributes."""
    made = link or Link(answer.question)
    again = Link(answer.question, made.top_k, made.sources, answer.generation)
    return (
        f'class="qa-result" data-link="{esc(again.query())}" '
        f'data-question="{esc(answer.question)}" data-spans="{esc(spans(answer.hits))}"'
    )


def _changed(answer: Answer, link: Link | None) -> str:
    if link is None or not link.is_outdated(answer.generation):
        return ""
    return notice(
        t("The index has changed since this link was made."),
        advice=t("The question was asked again; the answer may be another one."),
        kind="changed",
    )


def _found(answer: Answer, asked: str, names: Mapping[str, str], why: str, verdict: str) -> str:
    first, words = answer.hits[0], likelihood(answer.confidence)
    level = words.lower().replace(" ", "-")
    probability = t("{percent} probability", percent=percent(answer.confidence))
    meaning = t("The probability that the marked sentence answers the question.")
    return (
        f'<article class="qa-card qa-found" aria-label="{t("Answer")}">{asked}'
        f'<p class="qa-sentence" dir="auto">{esc((answer.text or "").strip())}</p>'
        f'<p class="qa-sure"><span class="qa-badge qa-{level}" tabindex="0" '
        f'title="{esc(meaning)}">{t(words)}</span>'
        f'<span class="qa-percent">{probability}</span>{verdict}</p>'
        f'<section class="qa-source"><h2 dir="auto">{named(document_name(first.document))}</h2>'
        f"{_quoted(1, first, names, why)}</section></article>"
    )


def _not_found(answer: Answer, asked: str, verdict: str) -> str:
    share = percent(answer.confidence)
    told = t("The index holds nothing that comes near this question.")
    if answer.hits:
        told = plural(
            "The passage that comes closest is below, but it answers with only "
            "{percent} probability.",
            "The {number} passages that come closest are below, but the best of them answers with "
            "only {percent} probability.",
            len(answer.hits),
            percent=share,
        )
    return (
        f'<article class="qa-card qa-none" aria-label="{t("Answer")}">{asked}'
        f'<p class="qa-sentence">{t(NOT_FOUND)}</p><p class="qa-soft">{told}</p>'
        f"{verdict}</article>"
    )
