"""What visitors notice, and what memory grows by, while others ask much or attack the page.

    python benchmarks/load.py [--seconds N] [--minutes N] [--only NAME ...]

Starts app.py on a free port of this machine with an index of the shipped corpus. While each of the
attacks runs for N seconds, somebody asks a question every quarter of a second, each time as another
visitor: from another address of 127.0.0.0/8, where the system has them. Printed are the median and
the 99th percentile of the answers, how many came and what else came, what became of the attack,
and the server's resident memory before and a while after it. The last part asks for N minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psutil
from common import QUESTIONS, ROOT, machine, service
from server_memory import free_port, opened

PACE = 0.25
"""Seconds between two questions of visitors."""
PATIENCE = 20.0
"""Seconds after which a visitor gives up."""
REST = 3.0
"""Seconds after an attack until memory is read again."""
USUAL_FILES = 1_024
"""Open files that systems usually allow a process, and that the server is allowed."""
HELD = USUAL_FILES + 76
"""Connections that are held with half a request."""
MEGABYTE = bytes(1_000_000)
JSON_HEAD = b"Content-Type: application/json\r\n"
FORM_HEAD = b"Content-Type: multipart/form-data; boundary=cut\r\n"
PART = b'--cut\r\nContent-Disposition: form-data; name="files"; filename="tea.txt"\r\n\r\n'

END = b"\r\n--cut--\r\n"


@dataclass
class Server:
    """A served page: where it is, its process, and the event that answers a question."""

    host: str
    port: int
    process: int
    prefix: str
    event: int
    place: Path = Path()
    """Where index and uploads lie, if that is told."""
    _visitors: Iterator[int] = field(default_factory=itertools.count)

    @property
    def memory(self) -> float:
        """Resident memory in MB."""
        return float(psutil.Process(self.process).memory_info().rss) / 1e6

    async def connect(self, address: str = "") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection, from an address of one's own where the system lets us."""
        if address and sys.platform == "linux":
            return await asyncio.open_connection(self.host, self.port, local_addr=(address, 0))
        return await asyncio.open_connection(self.host, self.port)

    def head(self, path: str, length: int | None, more: bytes = b"") -> bytes:
        """The beginning of a request, a GET without `length`."""
        method = "GET" if length is None else "POST"
        own = f"{self.host}:{self.port}"
        lines = f"{method} {self.prefix}{path} HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\n"
        size = "" if length is None else f"Content-Length: {length}\r\n"
        return f"{lines}Connection: close\r\n{size}".encode() + more + b"\r\n"

    def new_visitor(self) -> str:
        """An address that few others have had."""
        number = next(self._visitors)
        return f"127.{1 + number // 62_500 % 250}.{number // 250 % 250}.{2 + number % 250}"


async def until(reader: asyncio.StreamReader, mark: bytes = b"") -> bytes:
    """What comes until `mark` or the end."""
    received = b""
    while not (mark and mark in received) and (part := await reader.read(65_536)):
        received += part
    return received


async def exchange(server: Server, sent: bytes, address: str = "", mark: bytes = b"") -> bytes:
    """What is answered to a request, until `mark` or the end."""
    reader, writer = await server.connect(address)
    try:
        writer.write(sent)
        await writer.drain()
        return await until(reader, mark)
    finally:
        writer.close()


def new_session() -> str:
    """What a browser that opens the page calls itself."""
    return uuid.uuid4().hex[:12]


async def ask(server: Server, question: str, address: str = "", session: str = "") -> str:
    """Ask as the page in a browser does, one that was just opened or that of `session`;
    "answered", or what came instead."""
    session = session or new_session()
    event = {"data": [question], "fn_index": server.event, "session_hash": session}
    body = json.dumps(event).encode()
    joined = await exchange(
        server, server.head("/queue/join", len(body), JSON_HEAD) + body, address
    )
    if b" 200 " not in joined[:20]:
        return joined[9:12].decode() or "closed"
    stream = server.head(f"/queue/data?session_hash={session}", None)
    told = await exchange(server, stream, address, b"process_completed")
    return "answered" if b"characters" in told else "no answer"


async def tried(asking: Awaitable[str], patience: float = PATIENCE) -> str:
    """What comes of it, or what went wrong."""
    try:
        return await asyncio.wait_for(asking, patience)
    except asyncio.TimeoutError:
        return "timed out"
    except OSError as error:
        return type(error).__name__


@dataclass
class Visits:
    """How visitors fared: seconds until each answer, and how often what came."""

    seconds: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    async def go_on(self, server: Server, pace: float = PACE) -> None:
        """Ask until cancelled, each question by a new visitor."""
        for question in itertools.cycle(QUESTIONS):
            begun = time.perf_counter()
            told = await tried(ask(server, question, server.new_visitor()))
            self.outcomes[told] += 1
            if told == "answered":
                self.seconds.append(time.perf_counter() - begun)
            await asyncio.sleep(pace)

    def __str__(self) -> str:
        if not self.seconds:
            return f"no answer at all, {dict(self.outcomes)}"
        last = sorted(self.seconds)[int(0.99 * len(self.seconds))]
        middle = statistics.median(self.seconds)
        return f"p50 {middle * 1000:.0f} ms, p99 {last * 1000:.0f} ms, {dict(self.outcomes)}"


Attack = Callable[[Server, float], Awaitable["Counter[str]"]]
"""Goes on for so many seconds; how often what came of it."""


def clients(number: int, *, one_machine: bool = False, one_page: bool = True) -> Attack:
    """So many at once, each asking the next as soon as it has an answer, all on one page that it
    has opened or each on a new one."""

    async def attack(server: Server, seconds: float) -> Counter[str]:
        end, outcomes = time.monotonic() + seconds, Counter[str]()

        async def client(address: str) -> None:
            session = new_session() if one_page else ""
            while time.monotonic() < end:
                word = f"What is a KPO {uuid.uuid4().hex}?"
                told = await tried(ask(server, word, address, session))
                outcomes[told] += 1
                if told != "answered":
                    await asyncio.sleep(0.05)

        sources = ["127.0.0.2" if one_machine else server.new_visitor() for _ in range(number)]
        await asyncio.gather(*map(client, sources))
        return outcomes

    return attack


async def half_open(server: Server, seconds: float) -> Counter[str]:
    """Connections held with half of a head, and with half of a body."""
    end, outcomes = time.monotonic() + seconds, Counter[str]()
    whole = server.head("/queue/join", 1_000, JSON_HEAD) + b"{"
    held: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    try:
        for number in range(HELD):
            try:
                reader, writer = await asyncio.wait_for(server.connect("127.0.0.3"), 2)
            except (OSError, asyncio.TimeoutError) as error:
                outcomes[type(error).__name__] += 1
                continue
            writer.write(whole if number % 2 else whole[:40])
            held.append((reader, writer))
        await asyncio.sleep(max(0.0, end - time.monotonic()))
        for reader, _ in held:
            try:
                await asyncio.wait_for(reader.read(1), 0.001)
                outcomes["closed by the server"] += 1
            except asyncio.TimeoutError:
                outcomes["held"] += 1
            except OSError:  # cut off, with what it had sent unread
                outcomes["closed by the server"] += 1
    finally:
        for _, writer in held:
            writer.close()
    return outcomes


async def _pour(server: Server, head: bytes, megabytes: int, address: str, end: bytes = b"") -> str:
    """Send a body as long as it is taken; the status that came."""
    reader, writer = await server.connect(address)
    answer = asyncio.ensure_future(reader.read(12))
    try:
        with suppress(OSError):  # it may hang up on us
            writer.write(head)
            for _ in range(megabytes):
                writer.write(MEGABYTE)
                await writer.drain()
                if answer.done():
                    break
            writer.write(end)
        with suppress(OSError):
            return (await answer)[9:12].decode() or "closed"
        return "closed"
    finally:
        answer.cancel()
        writer.close()


async def _repeated(
    seconds: float, at_once: int, act: Callable[[], Awaitable[str]]
) -> Counter[str]:
    end, outcomes = time.monotonic() + seconds, Counter[str]()

    async def one() -> None:
        while time.monotonic() < end:
            outcomes[await tried(act(), max(1.0, end - time.monotonic() + REST))] += 1
            await asyncio.sleep(0.05)

    await asyncio.gather(*(one() for _ in range(at_once)))
    return outcomes


async def big_bodies(server: Server, seconds: float) -> Counter[str]:
    """Questions of 100 MB, which nobody reads the answers of."""
    head = server.head("/queue/join", 100_000_000, JSON_HEAD)
    return await _repeated(seconds, 4, lambda: _pour(server, head, 100, "127.0.0.4"))


async def big_uploads(server: Server, seconds: float) -> Counter[str]:
    """Files of 400 MB."""
    length = len(PART) + 400 * len(MEGABYTE) + len(END)
    head = server.head("/upload", length, FORM_HEAD) + PART
    return await _repeated(seconds, 2, lambda: _pour(server, head, 400, "127.0.0.5", END))


async def broken_uploads(server: Server, seconds: float) -> Counter[str]:
    """Uploads that end in the middle."""

    async def one() -> str:
        reader, writer = await server.connect("127.0.0.6")
        with suppress(OSError):
            writer.write(server.head("/upload", 90_000_000, FORM_HEAD) + PART)
            for _ in range(5):
                writer.write(MEGABYTE)
                await writer.drain()
            with suppress(asyncio.TimeoutError):
                return (await asyncio.wait_for(reader.read(12), 0.05))[9:12].decode() or "closed"
        writer.transport.abort()
        return "broken off"

    return await _repeated(seconds, 4, one)


async def nothing(server: Server, seconds: float) -> Counter[str]:
    """Nobody else."""
    await asyncio.sleep(seconds)
    return Counter()


ATTACKS: dict[str, Attack] = {
    "nobody else": nothing,
    "20 clients": clients(20),
    "64 clients": clients(64),
    "64 of one address": clients(64, one_machine=True),
    "20 clients, always new": clients(20, one_page=False),
    "half-open requests": half_open,
    "big bodies": big_bodies,
    "big uploads": big_uploads,
    "broken uploads": broken_uploads,
}


@dataclass
class Result:
    """What an attack did: to visitors, what became of it, and memory in MB before and after."""

    visits: Visits
    outcomes: Counter[str]
    before: float
    after: float


async def during(server: Server, attack: Attack, seconds: float) -> Result:
    """Let visitors ask while an attack goes on."""
    visits, before = Visits(), server.memory
    asking = asyncio.ensure_future(visits.go_on(server))
    try:
        outcomes = await attack(server, seconds)
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
    await asyncio.sleep(REST)
    return Result(visits, outcomes, before, server.memory)


@contextmanager
def serving(command: list[str], settings: dict[str, str]) -> Iterator[Server]:
    """A server in a process of its own, which is ended; `settings` are QA_HOST and the like."""
    port = free_port()
    environment = {**os.environ, **settings, "QA_PORT": str(port), "QA_HOST": "127.0.0.1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as started:
        try:
            address = f"http://127.0.0.1:{port}"
            page = opened(address, started)
            if sys.platform == "linux":
                psutil.Process(started.pid).rlimit(psutil.RLIMIT_NOFILE, (USUAL_FILES, USUAL_FILES))
            place = urlsplit(address)
            assert place.hostname is not None
            yield Server(place.hostname, port, started.pid, page.prefix, page.event)
        finally:
            started.terminate()


def allow_many_connections() -> None:
    """As many open files as the system lets this process have."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="of each attack")
    parser.add_argument("--minutes", type=float, default=30.0, help="of questions at the end")
    parser.add_argument("--only", nargs="*", choices=[*ATTACKS, "questions"], default=None)
    given = parser.parse_args()
    print(machine())
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        settings = {
            "QA_INDEX": str(Path(place, "index")),
            "QA_CORPUS": str(ROOT / "corpus"),
            "GRADIO_TEMP_DIR": str(Path(place, "uploads")),
        }
        with service(Path(settings["QA_INDEX"])):
            pass  # it is built
        with serving([sys.executable, str(ROOT / "app.py")], settings) as server:
            allow_many_connections()  # of this process only
            wanted = given.only if given.only is not None else [*ATTACKS, "questions"]
            parts = {name: (ATTACKS[name], given.seconds) for name in wanted if name in ATTACKS}
            if "questions" in wanted:
                parts["questions"] = clients(1), given.minutes * 60
            asyncio.run(during(server, nothing, 5))  # the first answers load what is needed
            for name, (attack, seconds) in parts.items():
                result = asyncio.run(during(server, attack, seconds))
                print(
                    f"{name} ({seconds:.0f} s): {result.visits}; {dict(result.outcomes)}; memory "
                    f"{result.before:.0f} to {result.after:.0f} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
