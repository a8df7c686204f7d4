"""A page that only answers takes no files: Gradio's upload route is there on every page."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class NoUploads:
    """ASGI middleware: every request to the upload route gets 403, before its body is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        uploads = scope["type"] == "http" and scope["path"].rstrip("/").endswith("/upload")
        refusal = PlainTextResponse("This page takes no files.", 403)
        await (refusal if uploads else self._app)(scope, receive, send)
