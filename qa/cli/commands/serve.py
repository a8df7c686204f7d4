"""`serve`: the page."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.command import IndexOption, OpenService, RerankOption


def serve(
    open_service: OpenService,
    host: Annotated[
        str | None, typer.Option("--host", help="The address to serve at.  [QA_HOST]")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", help="The port to serve at.  [QA_PORT]")
    ] = None,
    rerank: RerankOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the page in a web browser, until Ctrl-C."""
    service = open_service(host=host, port=port, index=index, rerank=rerank)
    from qa.web.server import launch

    launch(service.settings, service)
