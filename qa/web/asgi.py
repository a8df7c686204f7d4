"""One ASGI application: the guards, what the server answers itself, and the page below it."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.middleware import Middleware

from qa.page.layout import build_demo, mount_page
from qa.page.uploads import UploadFolder, upload_folder
from qa.service import Service
from qa.settings import Settings
from qa.web.addresses import KnownAddresses
from qa.web.bodies import Bodies
from qa.web.fair_shares import FairShares
from qa.web.gate import JOIN, PASTED, PageGate
from qa.web.headers import SecurityHeaders
from qa.web.health import health_routes
from qa.web.page_policy import PagePolicy
from qa.web.refusal import Refused
from qa.web.uploads import UPLOAD, sweeping, upload_routes


def create_application(service: Service) -> FastAPI:
    """The application over one service. Routes come before the page, which has every other path.

    A route raises Refused for what it refuses, and takes its client's share of
    `server.state.shares`.
    """
    settings = service.settings
    shares = FairShares(settings)
    folder = UploadFolder(upload_folder(), settings.uploads_mb * 1_000_000)
    server = FastAPI(
        title=settings.title,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=sweeping(folder),
        middleware=_guards(settings),
        exception_handlers={Refused: _refuse},
    )
    server.state.shares = shares
    server.include_router(health_routes(service))
    server.include_router(upload_routes(settings, folder, shares))
    demo = build_demo(service)
    gate = Middleware(PageGate, page=demo, uploads=folder.folder, shares=shares)
    mount_page(server, demo, settings, [gate, Middleware(PagePolicy, page=demo)])
    server.state.demo = demo
    return server


def _guards(settings: Settings) -> list[Middleware]:
    """What every request passes, outermost first."""
    larger = (
        {UPLOAD: settings.uploads_mb * 1_000_000, JOIN: PASTED} if settings.documents_tab else {}
    )
    names = [*_listed(settings.allowed_hosts), settings.host]
    return [
        Middleware(SecurityHeaders),
        Middleware(KnownAddresses, hosts=names, proxies=_listed(settings.trusted_proxies)),
        Middleware(Bodies, larger=larger),
    ]


def _listed(setting: str) -> list[str]:
    return [one.strip() for one in setting.split(",") if one.strip()]


async def _refuse(request: Request, refused: Exception) -> JSONResponse:
    assert isinstance(refused, Refused)
    return refused.response(request.scope)
