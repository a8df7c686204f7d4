"""Pinned questions: what an index must go on answering, tried before each switch to a new one.

They lie in `pinned.jsonl` in the index folder, beside the generations, one JSON object a line with
`question` and `expected`: a text, a list of accepted texts, or null for "not in these documents".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.answering.answer import answer_question
from qa.answering.judged_questions import JudgedQuestion, read_judged_questions
from qa.answering.question import check_question
from qa.answering.retriever import Retriever
from qa.datatypes import PinnedOutcome
from qa.documents.encodings import without_surrogates
from qa.errors import BuildError, InputError, PinnedLostError, QAError
from qa.index.disk import replace_text
from qa.index.generations import IndexFolder

if TYPE_CHECKING:
    from qa.datatypes import Answer
    from qa.encoders.protocol import Encoder
    from qa.index.manifest import Manifest
    from qa.settings import Settings

PASSAGES = 5
"""Passages asked for; only the first must hold the expected text."""
MOST = 1_000
"""Questions that can be pinned: each is asked twice in every build, of the new generation and of
the live one."""
LONGEST = 20_000
"""Characters of all texts expected of one question, as long as a passage that can be judged."""


def read_pins(path: Path) -> tuple[JudgedQuestion, ...]:
    """The pinned questions in a file; none where it is missing or empty.

    Raises InputError with the line that cannot be read.
    """
    try:
        if not path.read_bytes().strip():
            return ()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    pins = read_judged_questions(path)
    for pin in pins:
        check_question(pin.text)
    return pins


@dataclass(frozen=True, slots=True)
class PinState:
    """A pinned question, and whether the live index answers it rightly; None where there is no
    index that can be asked."""

    question: str
    expected: tuple[str, ...]
    passed: bool | None = None


class Pins:
    """The pinned questions of the index in `folder`. `ask` answers a question from the live
    generation, with PASSAGES passages."""

    def __init__(self, folder: IndexFolder, ask: Callable[[str], Answer]) -> None:
        self._folder = folder
        self._ask = ask

    def all(self) -> tuple[JudgedQuestion, ...]:
        """The pinned questions, in order. Raises InputError for a file that is broken."""
        return read_pins(self._folder.pinned)

    def add(self, question: str, expected: Sequence[str]) -> JudgedQuestion:
        """Pin a question: each build tries it before its switch. One with the same words is
        replaced. `expected` lists the accepted texts; with none, "not in these documents" is
        expected. Raises InputError for an empty question, an empty text, and what is too long or
        one too many; BuildError where the file cannot be written."""
        return self.add_all([JudgedQuestion(question, tuple(expected))])[0]

    def add_all(self, questions: Sequence[JudgedQuestion]) -> tuple[JudgedQuestion, ...]:
        """Pin several questions, all or, where one raises what `add` does, none."""
        pins = tuple(map(_checked, questions))
        with self._folder.pinning():
            wanted = {_key(pin.text): pin for pin in pins}
            others = [other for other in self.all() if _key(other.text) not in wanted]
            if len(others) + len(wanted) > MOST:
                raise InputError(
                    "At most {most} questions can be pinned; take some away first: "
                    "python -m qa unpin QUESTION",
                    most=MOST,
                )
            _write(self._folder.pinned, [*others, *wanted.values()])
        return pins

    def remove(self, question: str) -> JudgedQuestion:
        """Take a pin away, named by its question or its number from 1; nothing is asked.

        Raises InputError where there is none such, BuildError where the file cannot be written.
        """
        with self._folder.pinning():
            pins = list(self.all())
            places = [n for n, pin in enumerate(pins) if _key(pin.text) == _key(question)]
            if not places and question.strip().isdecimal() and 1 <= int(question) <= len(pins):
                places = [int(question) - 1]
            if not places:
                raise InputError(
                    f"“{question}” is not pinned; python -m qa pins lists what is, with numbers."
                )
            removed = pins.pop(places[0])
            _write(self._folder.pinned, pins)
        return removed

    def states(self) -> tuple[PinState, ...]:
        """The pinned questions, each asked of the live index. Raises InputError for a broken
        file."""
        return tuple(self.state(pin) for pin in self.all())

    def state(self, pin: JudgedQuestion) -> PinState:
        """One pinned question, asked of the live index."""
        try:
            return PinState(pin.text, pin.accepted, passes(pin, self._ask(pin.text)))
        except QAError:
            return PinState(pin.text, pin.accepted)


def _checked(pin: JudgedQuestion) -> JudgedQuestion:
    """The pin without blanks around its texts. Raises InputError where it cannot be kept."""
    checked = JudgedQuestion(check_question(pin.text), tuple(map(_plain, pin.accepted)))
    if not all(checked.accepted):
        raise InputError("The expected text is empty; give the words that the answer must hold.")
    characters = sum(map(len, checked.accepted))
    if characters > LONGEST:
        raise InputError(
            "The expected text has {characters} characters; give at most {most}, a few words that "
            "the answer must hold.",
            characters=characters,
            most=LONGEST,
        )
    return checked


def _plain(text: str) -> str:
    return without_surrogates(text).strip()


def _key(question: str) -> str:
    return " ".join(question.split()).casefold()


def _write(path: Path, pins: Sequence[JudgedQuestion]) -> None:
    lines = [
        json.dumps({"question": pin.text, "expected": _stored(pin.accepted)}, ensure_ascii=False)
        for pin in pins
    ]
    try:
        replace_text(path, "".join(line + "\n" for line in lines))
    except OSError as error:
        raise BuildError(
            f"{path.name} cannot be written ({error.strerror}), so no pinned question has changed; "
            "free some space or mend its rights."
        ) from error


def _stored(accepted: Sequence[str]) -> str | list[str] | None:
    return list(accepted) if len(accepted) > 1 else accepted[0] if accepted else None


def passes(pin: JudgedQuestion, answer: Answer) -> bool:
    """Whether an answer was given and its first passage holds an expected text; where none is
    expected, whether rightly nothing was answered. Case and spaces do not count."""
    from qa.answering.judged_questions import answer_scores

    scores = answer_scores(pin, answer, PASSAGES)
    if not pin.accepted:
        return bool(scores["not in these documents"])
    answered = not scores["wrongly not in these documents"]
    return answered and bool(scores["in the first passage"] or scores["in the marked sentence"])


def tried(
    pins: Sequence[JudgedQuestion],
    place: Path,
    manifest: Manifest,
    encoder: Encoder,
    settings: Settings,
) -> tuple[PinnedOutcome, ...]:
    """Ask the pinned questions of the new generation in `place` and of the live one.

    Raises PinnedLostError where one is lost and `settings.require_pinned` is set.
    """
    if not pins:
        return ()
    before = _before(pins, manifest, encoder, settings)
    retriever = Retriever(place, manifest, encoder, settings)
    try:
        answers = [answer_question(retriever, pin.text, PASSAGES) for pin in pins]
    finally:
        retriever.close()
    outcomes = tuple(
        PinnedOutcome(pin.text, pin.accepted, answer.text, passes(pin, answer), earlier)
        for pin, answer, earlier in zip(pins, answers, before, strict=True)
    )
    lost = [outcome for outcome in outcomes if outcome.regressed]
    if lost and settings.require_pinned:
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        raise PinnedLostError(
            f"The new index would lose the pinned question “{lost[0].question}”{more}, so the "
            "index that was there before stays; build without --require-pinned to switch all the "
            "same, or take the question away: python -m qa unpin QUESTION"
        )
    return outcomes


def _before(
    pins: Sequence[JudgedQuestion], manifest: Manifest, encoder: Encoder, settings: Settings
) -> list[bool | None]:
    """Whether each passes in the live generation; None where that cannot be opened."""
    folder = IndexFolder(settings.index)
    try:
        live = folder.manifest(folder.require_live())
        same = live.encoder["fingerprint"] == manifest.encoder["fingerprint"]
        retriever = Retriever.open(
            settings.index, encoder=encoder if same else None, settings=settings
        )
    except QAError:
        return [None] * len(pins)
    try:
        return [passes(pin, answer_question(retriever, pin.text, PASSAGES)) for pin in pins]
    except QAError:
        return [None] * len(pins)
    finally:
        retriever.close()


def summary(outcomes: Sequence[PinnedOutcome]) -> dict[str, Any]:
    """What the manifest keeps of it."""
    if not outcomes:
        return {}
    return {
        "asked": len(outcomes),
        "passed": sum(outcome.passed for outcome in outcomes),
    }
