"""The page mounted into a server, without the guards that stand before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa.errors import IndexDamagedError, InputError, QAError
from qa.page.html.elements import error_notice
from qa.page.layout import build_demo, mount_page


def test_a_mounted_page_takes_only_uploaded_files_for_such(service: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    server, demo = FastAPI(), build_demo(service)
    mount_page(server, demo, service.settings)
    service.job.go.set()
    add = next(fn for fn in demo.fns.values() if getattr(fn.fn, "__name__", "") == "on_add")
    file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    event = {"session_hash": "s", "fn_index": add._id, "data": ["", "", [file], ""]}
    with TestClient(server) as client:
        assert client.post("/gradio_api/queue/join", json=event).status_code == 200
        told = client.get("/gradio_api/queue/data", params={"session_hash": "s"}).text
    assert '"success":false' in told
    assert service.saved == []


@pytest.mark.parametrize("kind", [InputError, IndexDamagedError])
def test_visitors_are_not_told_where_things_lie(kind: type[QAError]) -> None:
    told = error_notice(
        kind("/srv/house 2/index/g1/manifest.json and C:\\qa\\x.txt; ~/y is/was odd.")
    )
    assert "manifest.json" in told
    assert "x.txt" in told
    assert "is/was odd" in told
    for place in ("/srv", "C:", "qa\\", "~"):
        assert place not in told
