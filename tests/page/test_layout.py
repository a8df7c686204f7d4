"""The page mounted into a server, without the guards that stand before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

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
