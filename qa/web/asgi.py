"""One ASGI application: what the server answers itself, and the page below it."""

from __future__ import annotations

from fastapi import FastAPI

from qa.page.layout import mount_page
from qa.service import Service
from qa.web.health import health_routes


def create_application(service: Service) -> FastAPI:
    """The application over one service. Routes come before the page, which has every other path."""
    server = FastAPI(title=service.settings.title, openapi_url=None, docs_url=None, redoc_url=None)
    server.include_router(health_routes(service))
    server.state.demo = mount_page(server, service)
    return server
