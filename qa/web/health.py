"""Whether the server is alive, and whether it can answer: for those who watch over it."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from qa.errors import QAError
from qa.service import Service


def health_routes(service: Service) -> APIRouter:
    """`/healthz`: the process answers; `/readyz`: an index is open to be asked, else status 503."""
    routes = APIRouter()

    @routes.get("/healthz")
    async def alive() -> dict[str, str]:
        return {"status": "alive"}

    @routes.get("/readyz")
    def ready() -> JSONResponse:
        try:
            generation = service.retriever().generation
        except QAError as error:
            logging.getLogger("qa.web").warning("Not ready: %s", error)
            return JSONResponse({"status": "no index can be asked"}, 503)
        return JSONResponse({"status": "ready", "generation": generation})

    return routes
