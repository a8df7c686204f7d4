"""The process that serves the application: `python app.py`, or `python -m qa serve`."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress

import gradio as gr
import uvicorn
from fastapi import FastAPI

from qa.errors import QAError
from qa.service import Service
from qa.settings import Settings
from qa.web.asgi import create_application
from qa.web.protocol import GuardedProtocol
from qa.web.start import open_index, require_free, say

GRACE = 1.0
"""Seconds that answers which are on their way get when the server ends; open pages hold a
connection for ever."""


class Server(uvicorn.Server):
    """uvicorn's server, which tells where it serves and does not wait for pages that stay open."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and say so."""
        await super().startup(sockets)
        if self.started:
            print(f"The page is served on {self.url} (Ctrl-C stops it).", flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End within GRACE."""
        asyncio.get_running_loop().call_later(GRACE, self._hang_up)
        await super().shutdown(sockets)

    def _hang_up(self) -> None:
        for connection in list(self.server_state.connections):
            if transport := getattr(connection, "transport", None):
                transport.close()

    @property
    def url(self) -> str:
        """Where a browser on this machine finds the page."""
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.config.host, self.config.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.config.port}/"


class Running:
    """A server in a thread of its own, until `close`."""

    def __init__(self, application: FastAPI, server: Server) -> None:
        self.demo: gr.Blocks = application.state.demo
        self._server = server
        self._thread = threading.Thread(target=server.run, daemon=True)
        self._thread.start()
        while self._thread.is_alive() and not server.started:
            self._thread.join(0.01)

    def close(self) -> None:
        """Stop serving, and wait until the port is free."""
        self._server.should_exit = True
        self._thread.join()


def launch(
    settings: Settings, service: Service | None = None, *, prevent_thread_lock: bool = False
) -> Running | None:
    """Serve the page until Ctrl-C; the index is built first where there is none.

    `prevent_thread_lock` returns at once and serves from a thread. Raises SettingsError if the
    address cannot be served on.
    """
    service = service or Service(settings)
    require_free(settings.host, settings.port)
    open_index(service)
    application = create_application(service)
    server = Server(
        uvicorn.Config(
            application,
            host=settings.host,
            port=settings.port,
            http=GuardedProtocol,
            ws="none",
            lifespan="on",
            log_level="warning",
            proxy_headers=False,
            server_header=False,
        )
    )
    if prevent_thread_lock:
        return Running(application, server)
    with suppress(KeyboardInterrupt):
        server.run()
    return None


def main() -> int:
    """Serve the page with the settings of the environment; returns the exit code."""
    try:
        launch(Settings.load())
    except KeyboardInterrupt:
        return 130
    except QAError as error:
        say(f"Error: {error}")
        return 1
    return 0
