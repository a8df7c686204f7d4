"""Bodies that are too large or too slow are never kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fake_service import in_new_loop

from qa.web import bodies
from qa.web.bodies import SMALL, Bodies


class Sender:
    """Sends a body in parts, and keeps count of those that were taken."""

    def __init__(self, parts: list[bytes], pause: float = 0.0, length: int | None = None) -> None:
        self.parts, self.pause, self.taken = parts, pause, 0
        told = (b"transfer-encoding", b"chunked")
        if length is not None:
            told = (b"content-length", str(length).encode())
        self.scope = {"type": "http", "method": "POST", "path": "/x", "headers": [told]}

    async def receive(self) -> dict[str, Any]:
        await asyncio.sleep(self.pause)
        self.taken += 1
        more = self.taken < len(self.parts)
        return {"type": "http.request", "body": self.parts[self.taken - 1], "more_body": more}


def answer(sender: Sender, larger: dict[str, int] | None = None) -> tuple[int, bytes]:
    """The status, and what the application got of the body."""
    got, sent = [], []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            got.append(message["body"])
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    guard = Bodies(application, larger or {})
    in_new_loop(lambda: guard(sender.scope, sender.receive, send))
    return sent[0]["status"], b"".join(got)


def test_a_small_body_arrives_whole() -> None:
    half = b"x" * (SMALL // 2)
    assert answer(Sender([half, half])) == (200, half + half)


@pytest.mark.parametrize("larger", [{}, {"/x": 200_000}])
def test_a_chunked_body_is_refused_at_the_limit_and_not_read_on(larger: dict[str, int]) -> None:
    sender = Sender([b"x" * 50_000] * 100)
    status, _ = answer(sender, larger)
    assert status == 413
    assert sender.taken == (larger.get("/x", SMALL) // 50_000) + 1


@pytest.mark.parametrize("length", [SMALL + 1, 10**12])
def test_an_announced_body_is_refused_before_it_comes(length: int) -> None:
    sender = Sender([b"x"], length=length)
    assert answer(sender) == (413, b"")
    assert sender.taken == 0


def test_a_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.05)
    sender = Sender([b"x"] * 1000, pause=0.02)
    assert answer(sender) == (408, b"")
    assert sender.taken < 10
