"""What an explanation consists of: the steps to the answer, and what is known of each, as facts.

No sentence is made here: a `Statement` names its kind and the values that belong into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

StepName = Literal[
    "document", "passage", "candidate", "duplicate", "ranking", "confidence", "sentence"
]

FactKind = Literal[
    "in_documents",
    "in_passages",
    "spans_passages",
    "dropped_by_rule",
    "holds_no_word",
    "holds_words_apart",
    "holds_some_words",
    "files_skipped",
    "rank_by_cosine",
    "rank_by_keywords",
    "not_found_by_keywords",
    "candidates_taken",
    "unknown_words",
    "folded_into",
    "is_first",
    "rank",
    "rank_of_first_stage",
    "winner",
    "lead",
    "words_only_in_winner",
    "words_only_in_expected",
    "confidence",
    "is_marked",
    "marked_instead",
]
LossKind = Literal[
    "in_no_document",
    "dropped",
    "only_in_title",
    "words_do_not_match",
    "too_few_candidates",
    "folded",
    "beaten",
    "unsure",
    "other_sentence",
]
AdviceKind = Literal[
    "make_it_a_sentence",
    "say_it_in_the_text",
    "convert_skipped_file",
    "expect_other_words",
    "add_a_text",
    "use_words",
    "raise_candidates",
    "remove_duplicate",
    "use_the_form_asked_for",
    "name_it_in_a_heading",
    "use_one_sentence",
    "use_one_sentence_or_lower_threshold",
    "use_words_in_the_sentence",
]
StatementKind = Literal[FactKind, LossKind, AdviceKind, "nothing_lost_it"]


@dataclass(frozen=True, slots=True)
class Place:
    """A passage by its id, and where it stands: characters `start` … `end` of its document."""

    passage: str
    title: str
    source: str
    start: int
    end: int


Value: TypeAlias = "int | float | str | tuple[str, ...] | tuple[Place, ...]"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something to be said, in whatever language: its kind and the values that fill it.

    `signal` among the values names a signal, `words` words of the question or of the text.
    """

    kind: StatementKind
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to the answer, and the facts that decided it.

    `loss` says how this step lost the text and `advice` what would help; both are None where
    the step was passed.
    """

    name: StepName
    facts: tuple[Statement, ...]
    loss: Statement | None = None
    advice: Statement | None = None

    @property
    def passed(self) -> bool:
        """Whether the text went on to the next step."""
        return self.loss is None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The facts and, where there is some, the advice."""
        return (*self.facts, *((self.advice,) if self.advice else ()))
