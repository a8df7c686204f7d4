"""Collects what people ask an index and what they say of its answers, where the settings allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qa.answering.question import check_question
from qa.errors import InputError, QAError
from qa.insight.feedback import AskedQuestion, Judgement, Store, Verdict
from qa.insight.question_history import export_judgements, unanswered_questions

if TYPE_CHECKING:
    from qa.answering.retriever import Retriever
    from qa.datatypes import Answer, Citation
    from qa.insight.question_clusters import QuestionCluster
    from qa.settings import Settings


class FeedbackCollector:
    """Questions and verdicts of one index, kept in `store`; `retriever` opens its live
    generation."""

    def __init__(
        self, settings: Settings, store: Store, retriever: Callable[[], Retriever]
    ) -> None:
        self._keeps = settings.feedback
        self._store = store
        self._retriever = retriever

    def record(self, answer: Answer, visitor: str = "") -> bool:
        """Keep that a question was asked; whether it was kept. Never raises. `visitor` stands for
        who asked, so that nobody pushes out what others asked."""
        return self._keeps and self._store.record(answer, visitor)

    def judge(
        self,
        question: str,
        verdict: Verdict,
        citation: Citation | None = None,
        visitor: str = "",
    ) -> None:
        """Keep what somebody says of an answer: that the cited sentence is right ("up") or wrong
        ("down"), or that the cited passage is the right one ("right").

        Without `citation`, of the answer "not in these documents". Only its document, start and
        end count. Raises InputError for what cannot be judged, or where the setting `feedback`
        is off, and FeedbackError where it cannot be kept.
        """
        from qa.answering.resolve import cited_text

        if not self._keeps:
            raise InputError("Verdicts are not kept here: the setting feedback is off.")
        question = check_question(question)
        if citation is None:
            self._store.judge(Judgement(question, verdict), visitor)
            return
        text, whole = cited_text(citation, self._retriever())
        judged = Judgement(question, verdict, text, str(whole), citation.document)
        self._store.judge(judged, visitor)

    def asked(self) -> list[AskedQuestion]:
        """What was asked and kept, oldest first. Raises FeedbackError."""
        return self._store.asked()

    def judged(self) -> list[Judgement]:
        """The verdicts that were kept, oldest first. Raises FeedbackError."""
        return self._store.judged()

    def unanswered(self) -> list[QuestionCluster]:
        """Questions that got no answer, or a wrong one, clustered by likeness; those asked most
        often first. Raises FeedbackError."""
        from qa.insight.question_clusters import MOST_QUESTIONS, cluster_questions

        questions = unanswered_questions(self.asked(), self.judged())[:MOST_QUESTIONS]
        try:
            encoder = self._retriever().index.encoder if questions else None
        except QAError:
            encoder = None
        vectors = (
            encoder.encode_query([question.question for question in questions]) if encoder else None
        )
        return cluster_questions(questions, vectors)

    def export(self) -> str:
        """The judged questions as JSON Lines for `evaluate` and `pin`. Raises FeedbackError."""
        return export_judgements(self.asked(), self.judged())

    def clear(self) -> None:
        """Delete all questions and verdicts that were kept. Raises FeedbackError."""
        self._store.clear()
