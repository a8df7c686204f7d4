"""Connections over real sockets: how many, and how long each may wait."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from qa.web import protocol
from qa.web.protocol import GuardedProtocol

MOST = 16


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answers at once, before the body; /slow answers when the whole body has come."""
    while scope["path"] == "/slow" and (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"well"})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(protocol, "DRAIN_SECONDS", 0.3)
    monkeypatch.setattr(protocol, "most_connections", lambda: MOST)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(application, http=GuardedProtocol, ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = server.force_exit = True
    thread.join(10)


def opened(port: int, sent: bytes, at: str = "127.0.0.1") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), 5, (at, 0))
    connection.sendall(sent)
    return connection


def ended(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    connection.settimeout(10)
    got = b""
    try:
        while part := connection.recv(1000):
            got += part
    except ConnectionResetError:
        pass
    return got


GET = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-a: "])
def test_half_a_head_is_not_waited_for(port: int, sent: bytes) -> None:
    assert ended(opened(port, sent)) == b""


def test_a_body_that_nobody_reads_is_not_waited_for(port: int) -> None:
    """The answer is out at once; a sender that drips on is cut off all the same."""
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    assert b"well" in ended(opened(port, head + b"x" * 1000))


@pytest.mark.parametrize(
    "half",
    [b"GET / HT", b"POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"],
)
def test_who_holds_the_most_connections_loses_one_to_each_newcomer(port: int, half: bytes) -> None:
    held = [opened(port, half) for _ in range(3 * MOST)]
    for _ in range(20):
        assert b"well" in ended(opened(port, GET))
    for one in held:
        one.close()


def test_no_more_connections_than_half_of_the_files() -> None:
    resource = pytest.importorskip("resource")
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert protocol.most_connections() <= min(protocol.MOST, max(16, soft // 2))
