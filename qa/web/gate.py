"""What of Gradio is open: the routes that the page uses, and events as the page sends them.

Gradio answers much more: events by their name, addresses that it fetches where a value looks like
a file, files of sessions. None of that is reached.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.bodies import SMALL, given
from qa.web.fair_shares import FairShares
from qa.web.refusal import Answer, Refused, client_of

API = "/gradio_api"
JOIN, DATA, FILE = f"{API}/queue/join", f"{API}/queue/data", f"{API}/file="
OPEN = {
    "GET": re.compile(
        rf"/|/config|/theme\.css|/manifest\.json|/favicon\.ico|/robots\.txt|/(static|assets|svelte)/.+"
        rf"|{API}/(info|app_id|queue/data|heartbeat/[\w-]{{1,64}}|file=.+)"
    ),
    "POST": re.compile(rf"{API}/(queue/join|cancel|reset)"),
}
PASTED = 4_000_000
"""Bytes of a text that is pasted into the page; larger ones come as files."""
LARGE_AT_ONCE = 4
AT_ONCE = 8
"""Questions of one client that wait or are answered at the same time."""
IDLE_SECONDS = 30.0
"""After that, what Gradio keeps of a visitor who does not listen is dropped: an answer of fifty
passages takes a megabyte."""
_SESSION = re.compile(r"[\w-]{1,64}")
_BROKEN = "The page sent something that it never sends; open it again."


class PageGate:
    """ASGI middleware around Gradio's application."""

    def __init__(self, app: ASGIApp, page: Any, uploads: Path, shares: FairShares) -> None:
        self._app, self._page, self._uploads, self._shares = app, page, uploads, shares
        self._asked: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._listened: Counter[str] = Counter()
        self._joined: dict[str, float] = {}
        self._large = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on what is left of the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = Answer(send)
        try:
            await self._pass(scope, receive, answer)
        except ClientDisconnect:
            return
        except Refused as refused:
            await refused.response(scope)(scope, receive, send)
        except Exception as error:
            told = f"{scope['method']} {scope['path'][:80]!r}: {type(error).__name__}"
            logging.getLogger("qa.web").error("Failed: %s", told)
            if not answer.begun:
                await Refused(500, "That failed on our side.").response(scope)(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = scope["path"].rstrip("/") or "/", scope["method"]
        opened = OPEN.get("GET" if method == "HEAD" else method)
        if not (opened and opened.fullmatch(path)):
            raise Refused(404, "There is no such page.")
        if path.startswith(FILE) and not self._is_upload(path.removeprefix(FILE)):
            raise Refused(404, "There is no such file.")  # Gradio fetches addresses, too
        if path == DATA:
            session = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])
            if session[-1] not in self._page._queue.pending_messages_per_session:
                raise Refused(404, "There is no such session.")
            self._listened[session[-1]] += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._listened[session[-1]] -= 1
                self._listened += Counter()  # drops zeros
        elif path == JOIN:
            await self._join(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _join(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, kind = self._checked(await self._read(scope, receive))
        client = client_of(scope)
        self._shares.take(kind, client)
        self._forget_answered()
        if kind == "questions":
            await self._make_room(self._asked.get(client, {}))
        self._joined.pop(body["session_hash"], None)
        self._joined[body["session_hash"]] = time.monotonic()
        checked = json.dumps(body).encode()

        async def answer(message: Message) -> None:
            event = re.search(rb'"event_id":\s*"(\w+)"', message.get("body", b""))
            if event and kind == "questions":
                self._asked[client][event[1].decode()] = body["session_hash"]
            await send(message)

        length = [(b"content-length", str(len(checked)).encode())]
        others = [
            pair
            for pair in scope["headers"]
            if pair[0] not in (b"content-length", b"transfer-encoding")
        ]
        await self._app({**scope, "headers": others + length}, given(checked, receive), answer)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        """The body. Few large ones are read at a time, since each lies in memory."""
        length = int(Headers(scope=scope).get("content-length", PASTED))
        if length <= SMALL:
            return await Request(scope, receive).body()
        if self._large >= LARGE_AT_ONCE:
            raise Refused(503, "Too much is being sent; try it again in a moment.", 5)
        self._large += 1
        try:
            return await Request(scope, receive).body()
        finally:
            self._large -= 1

    def _forget_answered(self) -> None:
        """Keep no questions that are answered, and no visitors that Gradio has forgotten."""
        queue = self._page._queue
        for client, mine in list(self._asked.items()):
            for event in [one for one in mine if one not in queue.event_ids_to_events]:
                del mine[event]
            if not mine:
                del self._asked[client]
        now = time.monotonic()
        while self._joined and now - next(iter(self._joined.values())) > IDLE_SECONDS:
            session = next(iter(self._joined))
            del self._joined[session]
            if self._listened[session]:
                self._joined[session] = now
                continue
            queue.pending_messages_per_session.pop(session, None)
            self._page.state_holder.session_data.pop(session, None)
            self._page.state_holder.time_last_used.pop(session, None)
        sessions, known = queue.pending_event_ids_session, queue.pending_messages_per_session
        if len(sessions) > 2 * known.max_size:
            for session in [one for one in sessions if one not in known]:
                del sessions[session]

    async def _make_room(self, mine: dict[str, str]) -> None:
        """Where a client has asked too much at once, drop the oldest question that waits though
        nobody listens to it. Raises Refused if there is none."""
        if len(mine) < AT_ONCE:
            return
        queues = self._page._queue.event_queue_per_concurrency_id.values()
        waiting = {event._id for one in queues for event in one.queue}
        for event, session in mine.items():
            if event in waiting and not self._listened[session]:
                await self._page._queue.clean_events(event_id=event)
                del mine[event]
                return
        raise Refused(429, "Your other questions are not answered yet; wait a moment.", 1)

    def _checked(self, raw: bytes) -> tuple[dict[str, Any], str]:
        """An event as the page sends it, and what it counts as. Raises Refused for any other."""
        try:
            body = json.loads(raw)
            event = self._page.fns[body["fn_index"]]
            data, session = body["data"], body["session_hash"]
            is_event = event.fn is not None and type(body["fn_index"]) is int
            is_event &= len(data) == len(event.inputs) and isinstance(data, list)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Refused(400, _BROKEN) from None
        if not (is_event and isinstance(session, str) and _SESSION.fullmatch(session)):
            raise Refused(400, _BROKEN)
        takes_files = any(one.get_block_name() == "file" for one in event.inputs)
        if len(raw) > SMALL and not takes_files:
            raise Refused(413, f"The request is larger than {SMALL // 1000} kB, the limit.")
        values = [
            self._files(value) if field.get_block_name() == "file" else _text(value)
            for field, value in zip(event.inputs, data, strict=True)
        ]
        trigger = body.get("trigger_id")
        kept = {
            "data": values,
            "fn_index": event._id,
            "session_hash": session,
            "trigger_id": trigger if type(trigger) is int else None,
        }
        return kept, self._kind(event, takes_files)

    def _kind(self, event: Any, takes_files: bool) -> str:
        pressed = {
            getattr(self._page.blocks.get(block), "elem_id", None) for block, _ in event.targets
        }
        if takes_files:
            return "uploads"
        if "qa-judge" in pressed:
            return "verdicts"
        views = all(name in ("load", "select", "expand") for _, name in event.targets)
        return "views" if views and event.concurrency_id != "ask" else "questions"

    def _files(self, value: Any) -> list[dict[str, Any]]:
        """Files that were uploaded here, and nothing else. Raises Refused for other paths."""
        wanted = value if isinstance(value, list) else [] if value is None else [value]
        return [self._file(one) for one in wanted]

    def _is_upload(self, name: str) -> bool:
        try:
            path = Path(name)
            inside = path.is_absolute() and path.resolve().is_relative_to(self._uploads.resolve())
            return inside and path.is_file()
        except (ValueError, OSError):
            return False

    def _file(self, value: Any) -> dict[str, Any]:
        path = value.get("path") if isinstance(value, dict) else None
        if not (isinstance(path, str) and self._is_upload(path)):
            raise Refused(400, "That file was not uploaded here, or lay too long; add it again.")
        name = value.get("orig_name")
        return {
            "path": path,
            "orig_name": name if isinstance(name, str) else Path(path).name,
            "meta": {"_type": "gradio.FileData"},
        }


def _text(value: Any) -> str:
    """The text of a field. Raises Refused for what is none, and could be a file."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(400, _BROKEN)
    return value.encode("utf-8", "replace").decode()  # halves of characters are no text
