"""The web server: one ASGI application, with the page mounted, and the process that serves it.

`asgi` puts routes and page together, `server` serves them as `python app.py` and
`python -m qa serve` do. What is shown is decided in `page`, what is answered in `service`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def application() -> FastAPI:
    """The application over the index that the environment names (`QA_*`), built first where there
    is none: `uvicorn --factory qa.web:application`.

    Raises SystemExit with one sentence for settings that make no sense.
    """
    from qa.errors import QAError
    from qa.service import Service
    from qa.settings import Settings
    from qa.web.asgi import create_application
    from qa.web.start import open_index

    try:
        service = Service(Settings.load())
    except QAError as error:
        raise SystemExit(f"Error: {error}") from None
    open_index(service)
    return create_application(service)
