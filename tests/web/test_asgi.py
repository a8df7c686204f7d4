"""What the application answers itself, below all ways to start it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fake_service import FakeService
from fastapi.testclient import TestClient

import qa.web
from qa.errors import IndexMissingError
from qa.web.asgi import create_application

LOCAL = "http://127.0.0.1:7860"


def test_the_page_lies_at_the_root_and_the_servers_own_routes_before_it(service: Any) -> None:
    with TestClient(create_application(service), base_url=LOCAL) as client:
        assert "--qa-paper" in client.get("/").text
        assert client.get("/config").json()["root"] == LOCAL
        assert client.get("/healthz").json() == {"status": "alive"}
        assert client.get("/readyz").json() == {"status": "ready", "generation": "another"}


def test_not_ready_without_an_index_and_where_it_lies_is_not_told(tmp_path: Path) -> None:
    class Empty(FakeService):
        def retriever(self) -> Any:
            raise IndexMissingError(f"There is no index in {tmp_path}.")

    with TestClient(create_application(Empty(tmp_path)), base_url=LOCAL) as client:  # type: ignore[arg-type]
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"status": "no index can be asked"})
        assert client.get("/healthz").status_code == 200


def test_the_factory_tells_wrong_settings_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_PORT", "many")
    with pytest.raises(SystemExit, match=r"Error: QA_PORT is 'many', but must be a whole number."):
        qa.web.application()
