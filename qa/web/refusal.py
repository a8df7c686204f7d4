"""How a request is refused: a status, one sentence, at most one line in the log."""

from __future__ import annotations

import logging

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.responses import JSONResponse
from starlette.types import Message, Scope, Send

LINES = RateLimitItemPerMinute(120)
"""Refusals that the log lists; a flood must not fill the disk."""

_listed = FixedWindowRateLimiter(MemoryStorage())


def client_of(scope: Scope) -> str:
    """The address of the client; "" where none is known."""
    return str((scope.get("client") or ("",))[0])


class Answer:
    """Sends an answer on, and knows whether it has begun: one that has cannot become a refusal."""

    def __init__(self, send: Send) -> None:
        self._send, self.begun = send, False

    async def __call__(self, message: Message) -> None:
        """Send the next part."""
        self.begun = True
        await self._send(message)


class Refused(Exception):
    """A request that goes no further: `status` is HTTP's, `sentence` tells the sender why."""

    def __init__(self, status: int, sentence: str, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.retry_after = status, sentence, retry_after

    def response(self, scope: Scope) -> JSONResponse:
        """The answer; it goes out even while a body is on its way."""
        if _listed.hit(LINES):
            client = client_of(scope) or "?"
            told = f"{scope['method']} {scope['path'][:80]!r} from {client}: {self.sentence}"
            logging.getLogger("qa.web").warning("Refused (%s): %s", self.status, told)
        headers = {"retry-after": str(self.retry_after)} if self.retry_after else None
        return JSONResponse({"detail": self.sentence}, self.status, headers)
