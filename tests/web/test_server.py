"""How the page is served: alone on its port, closed but for the page, its index built first."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fake_service import (
    REPORT,
)

from qa.datatypes import (
    BuildReport,
    Progress,
)
from qa.errors import (
    BuildError,
    IndexMissingError,
    SettingsError,
)
from qa.settings import Settings
from qa.web import server
from qa.web.start import open_index


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def served(service: Any) -> Iterator[SimpleNamespace]:
    settings = Settings(
        corpus=service.settings.corpus, index=service.settings.index, port=free_port()
    )
    running = server.launch(settings, service, prevent_thread_lock=True)
    assert running
    url = f"http://127.0.0.1:{settings.port}"
    yield SimpleNamespace(demo=running.demo, url=url, service=service)
    running.close()


def fetch(url: str, data: bytes | None = None, kind: str = "application/json") -> str:
    request = urllib.request.Request(url, data, {"Content-Type": kind})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as response:
        return str(response.read().decode("utf-8"))


def upload(url: str, name: str, content: bytes) -> str:
    disposition = f'Content-Disposition: form-data; name="files"; filename="{name}"'
    body = f"--cut\r\n{disposition}\r\n\r\n".encode() + content + b"\r\n--cut--\r\n"
    return fetch(url, body, "multipart/form-data; boundary=cut")


def press_add(served: SimpleNamespace, path: object, session: str) -> str:
    """Press "Add and rebuild" with one uploaded file, as a browser does; its event stream."""
    served.service.job.go.set()
    add = next(fn for fn in served.demo.fns.values() if getattr(fn.fn, "__name__", "") == "on_add")
    file = {"path": str(path), "meta": {"_type": "gradio.FileData"}}
    event = {"session_hash": session, "fn_index": add._id, "data": ["", "", [file], ""]}
    fetch(f"{served.url}/gradio_api/queue/join", json.dumps(event).encode())
    return fetch(f"{served.url}/gradio_api/queue/data?session_hash={session}")


def test_the_served_page_keeps_files_outside_to_itself(
    served: SimpleNamespace, tmp_path: Path
) -> None:
    home = fetch(served.url)
    assert "fonts.googleapis" not in home
    assert "--qa-paper" in home

    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{served.url}/gradio_api/file={secret}")
    assert refused.value.code in (403, 404)

    with pytest.raises(urllib.error.HTTPError) as refused:
        press_add(served, secret, "outside")
    assert refused.value.code == 400
    assert served.service.saved == []
    cached = json.loads(upload(f"{served.url}/gradio_api/upload", "tea.txt", b"Tea is a drink."))
    told = press_add(served, cached[0], "inside")
    assert '"success":true' in told
    assert served.service.saved == ["tea.txt"]


def test_a_page_that_only_answers_takes_no_files_and_rebuilds_nothing(service: Any) -> None:
    port = free_port()
    service.settings = replace(service.settings, documents_tab=False, port=port)
    running = server.launch(service.settings, service, prevent_thread_lock=True)
    assert running
    try:
        names = {getattr(event.fn, "__name__", "") for event in running.demo.fns.values()}
        assert not names & {"on_add", "on_rebuild", "cancel"}
        url = f"http://127.0.0.1:{port}"
        assert "--qa-paper" in fetch(url)
        for way, code in (("/gradio_api/upload", 403), ("/gradio_api/upload/", 404)):
            with pytest.raises(urllib.error.HTTPError) as refused:
                upload(f"{url}{way}", "tea.txt", b"Tea is a drink.")
            assert refused.value.code == code
    finally:
        running.close()


def test_the_api_of_the_page_is_closed(served: SimpleNamespace) -> None:
    info = json.loads(fetch(f"{served.url}/gradio_api/info"))
    assert info["named_endpoints"] == {}
    for number in served.demo.fns:
        event = json.dumps({"fn_index": number, "data": ["How is tea picked?"]}).encode()
        with pytest.raises(urllib.error.HTTPError):
            fetch(f"{served.url}/gradio_api/run/predict", event)


def test_a_taken_port_is_said_in_one_sentence(
    service: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} on 127.0.0.1 is taken"):
            server.launch(Settings(port=port), service)
        monkeypatch.setenv("QA_PORT", str(port))
        assert server.main() == 1
    told = capsys.readouterr().err
    assert told.startswith(f"Error: Port {port}")
    assert told.count("\n") == 1


def test_a_setting_that_makes_no_sense_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_PORT", "many")
    assert server.main() == 1
    assert capsys.readouterr().err == "Error: QA_PORT is 'many', but must be a whole number.\n"


def test_the_index_is_built_first_where_there_is_none(
    service: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, service.listed = service.listed, IndexMissingError("There is none.")

    def rebuild(progress: Callable[[Progress], None]) -> BuildReport:
        progress(Progress("read", 0, 1))
        progress(Progress("read", 1, 1))
        service.listed = listed
        return REPORT

    service.rebuild = rebuild
    open_index(service)
    told = capsys.readouterr().err
    assert "There is no index in" in told
    assert told.count("read") == 1


def test_the_page_is_served_even_if_the_first_build_fails(
    service: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    service.listed = IndexMissingError("There is none.")

    def rebuild(progress: Callable[[Progress], None]) -> BuildReport:
        raise BuildError("The corpus folder is empty.")

    service.rebuild = rebuild
    open_index(service)
    assert "The corpus folder is empty." in capsys.readouterr().err
