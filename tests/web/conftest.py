"""Fixtures of the web server's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_service import FakeService
from fastapi.testclient import TestClient

from qa.web.asgi import create_application

LOCAL = "http://127.0.0.1:7860"


@pytest.fixture
def service(tmp_path: Path) -> Any:
    return FakeService(tmp_path)


@pytest.fixture
def client(
    service: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., TestClient]]:
    """Opens a client of the application with settings of its own; uploads lie in `tmp_path`."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    with ExitStack() as stack:

        def make(**settings: Any) -> TestClient:
            service.settings = replace(service.settings, **settings)
            application = create_application(service)
            return stack.enter_context(TestClient(application, base_url=LOCAL))

        yield make


@pytest.fixture(scope="session")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of one application for all tests that change nothing in it."""
    service: Any = FakeService(tmp_path_factory.mktemp("visited"))
    service.settings = replace(
        service.settings, questions_per_minute=0, uploads_per_minute=0, verdicts_per_minute=0
    )
    with TestClient(create_application(service), base_url=LOCAL) as client:
        yield client
