"""The sentences of an explanation in English, by the kind of what they say.

The page looks up their translations, the shell says them as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qa.documents.encodings import isolated
from qa.insight.explanation.ranks import REMAINDER
from qa.page.locale import N_

if TYPE_CHECKING:
    from qa.insight.explanation.steps import Place, Statement, StatementKind, Value

LISTED = 5
"""Passages and files that are named."""

SIGNALS = {
    "dense": (N_("Meaning of the passage"), N_("cosine of question and passage")),
    "max_sentence": (N_("Meaning of its best sentence"), N_("cosine of question and sentence")),
    "bm25": (N_("Keywords"), N_("BM25 as a share of the most it could be")),
    "heading": (N_("Title and headings"), N_("cosine of question and headings")),
    "idf_coverage": (N_("Words of the question"), N_("share of them in the passage, by rarity")),
    "sentence_coverage": (
        N_("Words in one sentence"),
        N_("the largest share in one sentence, by rarity"),
    ),
    REMAINDER: (N_("Form of the answer"), N_("every word in one sentence, or the form asked for")),
}
"""Each signal in plain words, and by its standard term; see `qa.datatypes.Signals`."""

FACTS: dict[StatementKind, str] = {
    "in_documents": N_("It is in {sources}."),
    "in_passages": N_("Passages that hold it: {passages}."),
    "spans_passages": N_("It spans these passages: {passages}."),
    "dropped_by_rule": N_("It was left out by the rule “{rule}”."),
    "holds_no_word": N_("No document holds any of its words."),
    "holds_words_apart": N_("{source} holds all its words, but not in a row."),
    "holds_some_words": N_(
        "{source} comes closest: it holds {held} of {total} words, but not {words}."
    ),
    "files_skipped": N_("It may be in a file that was skipped: {files}."),
    "rank_by_cosine": N_("Rank by cosine: {rank} of {total} passages."),
    "rank_by_keywords": N_("Rank by keywords: {rank} of {total} that hold any of them."),
    "not_found_by_keywords": N_("Rank by keywords: none, as it holds no word of the question."),
    "candidates_taken": N_("The first {depth} of each are candidates."),
    "unknown_words": N_("No document knows {words}."),
    "folded_into": N_(
        "It was folded into {passages}, which has nearly the same words and the better score: "
        "{leader} against {score}."
    ),
    "is_first": N_("It is first, with a score of {score}."),
    "rank": N_("It has rank {rank} of {total} and a score of {score}."),
    "rank_of_first_stage": N_(
        "It has rank {rank} of {total}, too low for its sentences to be looked into, and a score "
        "of {score}."
    ),
    "winner": N_("First, with {score}, is {passages}."),
    "lead": N_(
        "It leads most by this: {signal}, {winner} against {expected}, which counts for {lead}."
    ),
    "words_only_in_winner": N_("Only the first holds {words}."),
    "words_only_in_expected": N_("Only the expected one holds {words}."),
    "confidence": N_(
        "The confidence is {confidence}, the threshold {threshold}; the score is {score}, the "
        "noise of these documents {noise}, and the marked sentence is {lead} ahead of the next "
        "best one of its passage."
    ),
    "is_marked": N_("The marked sentence holds it: “{sentence}”"),
    "marked_instead": N_("The marked sentence is “{sentence}”"),
}

VERDICTS: dict[StatementKind, str] = {
    "nothing_lost_it": N_("Nothing lost it: it is the answer."),
    "in_no_document": N_("It is in no document of the index."),
    "dropped": N_("It was left out of {source} as page furniture."),
    "only_in_title": N_("It is only the title of {source}, which no passage holds."),
    "words_do_not_match": N_("It is no candidate, because its words do not match the question's."),
    "too_few_candidates": N_("It is no candidate, because the setting candidates is only {depth}."),
    "folded": N_("It was folded into a passage that is nearly the same, at rank {rank}."),
    "beaten": N_("Another passage beat it, mostly by this: {signal}."),
    "unsure": N_("It is first, but the confidence is below the threshold."),
    "other_sentence": N_("Its passage is first, but another sentence of it is marked."),
}

ADVICE: dict[StatementKind, str] = {
    "make_it_a_sentence": N_("Make it a full sentence of the running text, then rebuild."),
    "say_it_in_the_text": N_("Say it in a sentence of the text, then rebuild."),
    "convert_skipped_file": N_("Convert the skipped file to plain text, then rebuild."),
    "expect_other_words": N_(
        "Expect the words as the document has them, or add a text that says it, then rebuild."
    ),
    "add_a_text": N_("Add a text that says it to the documents, then rebuild."),
    "use_words": N_("Add a heading or sentence to it with these words: {words}."),
    "raise_candidates": N_("Set QA_CANDIDATES to {rank} or more."),
    "remove_duplicate": N_("Remove one of the two texts, or expect the other."),
    "use_the_form_asked_for": N_(
        "Say it in one sentence that uses all words of the question and has the form asked for: "
        "a definition, number, date, reason, or the full words of a short form."
    ),
    "name_it_in_a_heading": N_("Give it a heading that names what the question asks about."),
    "use_one_sentence": N_("Say it in one sentence of its own that uses the question's words."),
    "use_one_sentence_or_lower_threshold": N_(
        "Say it in one sentence that uses the question's words, or lower QA_THRESHOLD."
    ),
    "use_words_in_the_sentence": N_("Use the question's words in the expected sentence itself."),
}

SENTENCES = {**FACTS, **VERDICTS, **ADVICE}


def shown_values(
    statement: Statement,
    *,
    number: Callable[[int], str],
    decimal: Callable[[float], str],
    signal: Callable[[str], str],
) -> dict[str, str]:
    """The values of a statement as texts, with the given ways to write numbers and signals."""

    def shown(name: str, value: Value) -> str:
        if isinstance(value, int):
            return number(value)
        if isinstance(value, float):
            return decimal(value)
        if isinstance(value, str):
            return signal(value) if name == "signal" else isolated(value)
        if name == "words":
            return ", ".join(f"“{isolated(str(word))}”" for word in value)
        return listed([
            isolated(part) if isinstance(part, str) else place_text(part) for part in value
        ])  # fmt: skip

    return {name: shown(name, value) for name, value in statement.values.items()}


def listed(parts: list[str]) -> str:
    """The first few parts in one line.

    >>> listed(["a", "b"]), listed(list("abcdefg"))
    ('a; b', 'a; b; c; d; e; …')
    """
    return "; ".join([*parts[:LISTED], *(["…"] if len(parts) > LISTED else [])])


def place_text(place: Place) -> str:
    """A passage by title, source and characters."""
    names = [place.source] if place.title in ("", place.source) else [place.title, place.source]
    return f"{', '.join(map(isolated, names))} ({place.start}–{place.end})"
