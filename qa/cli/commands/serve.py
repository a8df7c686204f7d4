"""`serve`: the page."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.shell import IndexOption, RerankOption, told_plainly


def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address.  [QA_HOST]")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port.  [QA_PORT]")] = None,
    rerank: RerankOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the page in a web browser, until Ctrl-C."""
    with told_plainly():
        from qa.settings import Settings

        settings = Settings.load(host=host, port=port, index=index, rerank=rerank)
        from qa.page.server import launch

        launch(settings)
