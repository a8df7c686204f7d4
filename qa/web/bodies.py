"""How much a request may send, and how long it may take to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.refusal import Answer, Refused

SMALL = 64_000
"""Bytes that are enough for any question."""
PATIENCE = 20.0
"""Seconds that a sender may be silent in all, besides the time that SLOWEST allows."""
SLOWEST = 16_000
"""Bytes a second that every connection can send."""


class Bodies:
    """ASGI middleware: a body that is larger than its path allows gets 413 before it is kept, one
    that comes too slowly 408. Up to SMALL, bodies reach the application whole.

    `larger`: bytes allowed on some paths; what they send reaches the application as it comes.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, int]) -> None:
        self._app, self._larger = app, larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if not ("content-length" in headers or "transfer-encoding" in headers):
            await self._app(scope, receive, send)
            return
        larger = self._larger.get(scope["path"].rstrip("/"))
        body = _Body(receive, SMALL if larger is None else larger)
        answer = Answer(send)
        try:
            body.announced(headers.get("content-length", "0"))
            whole = body.streamed if larger is not None else await body.whole()
            await self._app(scope, whole, answer)
        except ClientDisconnect:
            return  # nobody is there to be told
        except Refused as refused:
            if not answer.begun:
                await refused.response(scope)(scope, receive, send)


def given(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was read before, then what comes after it."""
    messages: list[Message] = [{"type": "http.request", "body": body}]

    async def received() -> Message:
        return messages.pop() if messages else await receive()

    return received


class _Body:
    """The body of one request, which counts what it has given and how long it has waited."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self._bytes, self._waited, self._ended = 0, 0.0, False

    def announced(self, length: str) -> None:
        """Raises Refused if what the sender announces is too large."""
        if not length.isdecimal() or int(length) > self._most:
            raise self._too_large()

    async def streamed(self) -> Message:
        """The next part. Raises Refused if it is too much or too slow."""
        if self._ended:
            return await self._receive()
        loop = asyncio.get_running_loop()
        began, left = loop.time(), PATIENCE + self._bytes / SLOWEST - self._waited
        try:
            message = await asyncio.wait_for(self._receive(), max(left, 0.001))
        except asyncio.TimeoutError:
            raise Refused(408, "The request came too slowly; send it again.") from None
        self._waited += loop.time() - began
        self._bytes += len(message.get("body", b""))
        self._ended = not message.get("more_body", False)
        if self._bytes > self._most:
            raise self._too_large()
        return message

    async def whole(self) -> Receive:
        """Read all of it; gives what the application then receives.

        Raises ClientDisconnect where the sender is gone.
        """
        parts = []
        while not self._ended:
            message = await self.streamed()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            parts.append(message.get("body", b""))
        return given(b"".join(parts), self._receive)

    def _too_large(self) -> Refused:
        return Refused(413, f"The request is larger than {self._most // 1000:,} kB, the limit.")
