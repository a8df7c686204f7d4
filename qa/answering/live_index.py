"""The live generation of an index, open as long as it is what was built.

Before and after each look into it, its files are compared with what they were when they were
opened. Where they differ it is opened, and so hashed, anew. If that fails, what memory holds of it
answers, or else the newest generation that is whole; `problem` says why.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from qa.answering.retriever import Retriever
from qa.errors import IndexDamagedError, QAError
from qa.file_check import Signature

if TYPE_CHECKING:
    from qa.encoders.protocol import Encoder
    from qa.index.generations import IndexFolder
    from qa.settings import Settings

ATTEMPTS = 3
"""An index can be switched or changed while it is opened or read."""
CONTRADICTIONS = (LookupError, ValueError, AssertionError)
"""What damage looks like that is not recognised as such: numbers and ids that lead nowhere."""

_Found = TypeVar("_Found")
_State = tuple[str, dict[str, Signature]]


class LiveIndex:
    """Opens the live generation of an index folder and keeps it open. Thread-safe."""

    def __init__(self, folder: IndexFolder, settings: Settings, encoder: Encoder | None) -> None:
        self._folder = folder
        self._settings = settings
        self._encoder = encoder
        self._lock = threading.Lock()
        self._open: Retriever | None = None
        self._doubted: Retriever | None = None
        self._refused: _State | None = None
        self.problem = ""
        """Why something else than the live generation on the disk answers, one sentence, or ""."""

    def retriever(self) -> Retriever:
        """The retriever of the live generation, or of the last good one while that is damaged.

        Raises IndexMissingError, IndexDamagedError or IndexMismatchError where there is none.
        """
        with self._lock:
            if self._open is None or not self._is_current(self._open):
                self._open = self._opened()
            return self._open

    def read(self, reading: Callable[[Retriever], _Found]) -> _Found:
        """What `reading` makes of the retriever, read from files that stayed as they were."""
        for attempt in range(ATTEMPTS):
            retriever = self.retriever()
            try:
                found = reading(retriever)
            except (IndexDamagedError, *CONTRADICTIONS):
                if attempt == ATTEMPTS - 1:
                    raise
                self._doubted = retriever
                continue
            if retriever.can_be_read():
                return found
        raise IndexDamagedError(
            f"The files of {self._folder.root} change while they are read; try again."
        )

    def _is_current(self, opened: Retriever) -> bool:
        if opened is self._doubted:
            return False
        if self._refused is not None:
            return opened.can_be_read() and self._refused == self._state()
        try:
            return self._folder.live() == opened.generation and opened.is_unchanged()
        except QAError:
            return False

    def _opened(self) -> Retriever:
        """Open the live generation; where it cannot be opened, the one to answer instead."""
        refused: QAError | None = None
        for _ in range(ATTEMPTS):
            state = self._state()
            try:
                opened = self._open_generation(self._folder.require_live())
            except QAError as error:
                refused = error
            else:
                self._refused, self.problem = None, ""
                return opened
        assert refused is not None
        if self._open is None:
            raise refused
        instead = self._instead(self._open, refused)
        self._refused, self.problem = state, str(refused)
        logging.getLogger("qa").warning(
            "%s Generation %s answers meanwhile.", refused, instead.generation
        )
        return instead

    def _open_generation(self, name: str) -> Retriever:
        """One that was open before is hashed whole, since it is not as it was."""
        return Retriever.open(
            self._folder.root,
            encoder=self._encoder,
            settings=self._settings,
            generation=name,
            thorough=self._open is not None and name == self._open.generation,
        )

    def _instead(self, before: Retriever, refused: QAError) -> Retriever:
        """What was open `before` if it can still be read, or else the newest whole generation."""
        if before.can_be_read() and before is not self._doubted:
            return before
        for name in reversed(self._folder.names()):
            try:
                return self._open_generation(name)
            except QAError:
                continue
        self._open = None
        raise refused

    def _state(self) -> _State:
        """What lies on the disk of the live generation; another one is worth another try."""
        try:
            live = self._folder.live() or ""
        except QAError as error:
            return str(error), {}
        return live, self._folder.signatures(live)
