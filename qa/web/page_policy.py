"""The page's policy for scripts: those that it is served with, by their hashes, and no others.

Gradio makes functions of texts in the browser, as `eval` does. functions.js has the few that this
page needs as functions, and stands in for the makers.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.headers import policy

_INLINE = re.compile(r"<script(?:\s[^>]*)?>(.*?)</script>", re.DOTALL)


class PagePolicy:
    """ASGI middleware around Gradio's application: the page gets functions.js before all other
    scripts, and the policy that names them all."""

    def __init__(self, app: ASGIApp, page: Any) -> None:
        self._app, self._page = app, page
        codes = sorted({fn.js for fn in page.fns.values() if isinstance(fn.js, str)})
        self._functions = functions_script([code.strip().rstrip(";") for code in codes])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; the page is changed on its way out."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = self._changed(b"".join(parts), MutableHeaders(raw=start["headers"]))
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, answer)

    def _changed(self, body: bytes, headers: MutableHeaders) -> bytes:
        if not headers.get("content-type", "").startswith("text/html") or not body:
            return body
        script = f"<head><script>{self._functions}</script>"
        page = body.decode().replace("<head>", script, 1)
        # What stands in the page's own head is added by Gradio in the browser.
        scripts = _INLINE.findall(page) + _INLINE.findall(self._page.head or "")
        headers["content-security-policy"] = policy([_hash(one) for one in scripts if one])
        changed = page.encode()
        headers["content-length"] = str(len(changed))
        return changed


def functions_script(codes: list[str]) -> str:
    """functions.js with the code of the page's events filled in.

    >>> "[\\"() => [1]\\", () => [1]]" in functions_script(["() => [1]"])
    True
    """
    table = ",\n".join(f"[{json.dumps(code)}, {code}]" for code in codes)
    source = (Path(__file__).parent / "functions.js").read_text(encoding="utf-8")
    return source.replace("/* EVENTS */", table)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
