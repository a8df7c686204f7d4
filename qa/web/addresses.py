"""Under which names the server may be called, and from which pages it may be changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from qa.web.refusal import Refused, client_of

READING = ("GET", "HEAD")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?")
_FORWARDED = re.compile(rb"forwarded|x-forwarded-.*|x-real-ip|x-original-.*")


class KnownAddresses:
    """ASGI middleware: the `Host` is one that the server has, so that no page elsewhere can give
    its own name to this machine (DNS rebinding), and what changes something comes from the
    server's own page, or from no page at all.

    `hosts`: names besides those of this machine. `proxies`: addresses whose `X-Forwarded-…`
    headers are believed; from all others they are taken away.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], proxies: Sequence[str]) -> None:
        self._app, self._hosts, self._proxies = app, {host.lower() for host in hosts}, proxies
        self._through_proxy = ProxyHeadersMiddleware(app, list(proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = client_of(scope)
        app: ASGIApp = self._through_proxy if client in self._proxies else self._app  # type: ignore[assignment]
        if client not in self._proxies:
            kept = [pair for pair in scope["headers"] if not _FORWARDED.fullmatch(pair[0].lower())]
            scope = {**scope, "headers": kept}
        try:
            self._check(scope)
        except Refused as refused:
            app = refused.response(scope)
        await app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        called = [headers.get("host", "").lower()]
        if forwarded := headers.get("x-forwarded-host"):
            called.append(forwarded.split(",")[0].strip().lower())
        for host in called:
            if not self._is_ours(host, scope):
                raise Refused(
                    400, "This server does not go by that name; QA_ALLOWED_HOSTS gives it names."
                )
        origin = headers.get("origin", "").lower()
        elsewhere = headers.get("sec-fetch-site", "") in ("cross-site", "same-site")
        foreign = _netloc(origin) not in {_plain(host) for host in called} if origin else elsewhere
        if scope["method"] not in READING and foreign:
            raise Refused(403, "Pages of other servers may not change anything here.")

    def _is_ours(self, host: str, scope: Scope) -> bool:
        if not (parts := _HOST.fullmatch(host)):
            return False
        name = parts[1].strip("[]").rstrip(".")
        if name == "localhost" or name in self._hosts:
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        # An address cannot be given to another machine: it is the one at which we were reached.
        return address.is_loopback or name == (scope.get("server") or ("",))[0]


def _plain(host: str) -> str:
    """A host without the port that browsers leave out.

    >>> _plain("qa.example:443"), _plain("localhost:7860")
    ('qa.example', 'localhost:7860')
    """
    return re.sub(r":(80|443)$", "", host)


def _netloc(origin: str) -> str:
    """Host and port of an origin; "-" for `null` and what else is none.

    >>> _netloc("https://qa.example:443"), _netloc("null"), _netloc("http://127.0.0.1@evil.example")
    ('qa.example', '-', '-')
    """
    try:
        parts = urlsplit(origin)
    except ValueError:
        return "-"
    known = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc)
    return _plain(parts.netloc) if known else "-"
