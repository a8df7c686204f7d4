"""Connections: how many there may be, and how long each may wait for its sender.

The only file that knows uvicorn's protocol.
"""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""Time for the head of a request, from the connection or the answer before."""
WRITE_SECONDS = 30.0
"""Time for a reader to take what lies ready."""
DRAIN_SECONDS = 2.0
MOST = 1000
"""Connections at once, where the system lets us open twice as many files."""

_open: defaultdict[str, dict[GuardedProtocol, None]] = defaultdict(dict)
"""Connections by the address of the client, oldest first."""


def most_connections() -> int:
    """Half of the files that this process may open, but no more than MOST."""
    if sys.platform == "win32":
        return MOST
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else max(16, min(MOST, soft // 2))


class GuardedProtocol(H11Protocol):
    """uvicorn's protocol, with a limit on connections and on waiting. Where there are too many,
    the client with the most of them loses one: first those that wait for a request."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._most = most_connections()
        self._head_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None
        self._key = ""
        self._drains = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(transport)
        self._key = self.client[0] if self.client else ""
        if len(self.connections) > self._most:
            _drop_one()
        _open[self._key][self] = None
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone, or was sent away."""
        self._forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a request: its head has come whole, or the time for it goes on."""
        if self._drains:
            return
        super().data_received(data)
        if not self.waits and self._head_timer:
            self._head_timer.cancel()
            self._head_timer = None

    def on_response_complete(self) -> None:
        """An answer is out. What its request would still send is thrown away, for DRAIN_SECONDS,
        since a sender that is cut off does not read the answer."""
        self._drains = self.conn.their_state is h11.SEND_BODY
        super().on_response_complete()
        if self._drains and not self.transport.is_closing():
            self.loop.call_later(DRAIN_SECONDS, self._hang_up)
            if self.transport.can_write_eof():
                self.transport.write_eof()
        elif self.waits and not self._head_timer:
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def pause_writing(self) -> None:
        """The client does not read."""
        super().pause_writing()
        self._write_timer = self.loop.call_later(WRITE_SECONDS, self._hang_up)

    def resume_writing(self) -> None:
        """The client reads on."""
        super().resume_writing()
        if self._write_timer:
            self._write_timer.cancel()

    @property
    def waits(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    @property
    def half_sent(self) -> bool:
        """Whether there is no whole request to answer."""
        return self.waits or self.cycle.more_body

    def _hang_up(self) -> None:
        self.transport.abort()

    def _forget(self) -> None:
        for timer in (self._head_timer, self._write_timer):
            if timer:
                timer.cancel()
        mine = _open.get(self._key, {})
        mine.pop(self, None)
        if not mine:
            _open.pop(self._key, None)


def _drop_one() -> None:
    most = max(_open.values(), key=len, default={})
    dropped = next((one for one in most if one.half_sent), next(iter(most), None))
    if dropped is not None:
        dropped._forget()
        dropped._hang_up()
