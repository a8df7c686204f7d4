"""Names of the server, forwarded headers, and pages of other servers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Client = Callable[..., Any]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "192.0.2.7", "a" * 3000, "",
     "127.0.0.1@evil.example", "[::1", "localhost.evil.example", 'x" onload="y'],
)  # fmt: skip
def test_other_names_are_refused_whatever_the_path(visitor: Any, host: str) -> None:
    for path in ("/", "/config", "/healthz", "/static/img/logo.svg"):
        assert visitor.get(path, headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1:9", "[::1]:7860", "qa.example"]
)
def test_names_of_this_machine_and_given_ones_are_taken(client: Client, host: str) -> None:
    visitor = client(allowed_hosts="other.example, QA.example")
    assert visitor.get("/healthz", headers={"host": host}).status_code == 200


def test_forwarded_headers_count_only_from_a_trusted_proxy(client: Client) -> None:
    told = {"x-forwarded-host": "qa.example", "x-forwarded-proto": "https"}
    assert client().get("/config", headers=told).json()["root"] == "http://127.0.0.1:7860"
    behind = client(trusted_proxies="testclient", allowed_hosts="qa.example")
    assert behind.get("/config", headers=told).json()["root"] == "https://qa.example"
    told["x-forwarded-host"] = "evil.example"
    assert behind.get("/config", headers=told).status_code == 400


@pytest.mark.parametrize(
    "told",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"},
     {"origin": "http://localhost:7860"}, {"origin": "http://127.0.0.1@evil.example"},
     {"origin": "http://127.0.0.1:7860.evil.example"}, {"sec-fetch-site": "cross-site"},
     {"origin": "http://[::1"}],
)  # fmt: skip
def test_pages_of_other_servers_change_nothing_and_get_no_leave_to_read(
    visitor: Any, told: dict[str, str]
) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        for path in ("/gradio_api/queue/join", "/gradio_api/upload", "/healthz"):
            asked = {**told, "access-control-request-method": "POST"}
            answer = visitor.request(method, path, headers=asked)
            assert answer.status_code == 403
            assert not [name for name in answer.headers if name.startswith("access-control")]
    read = visitor.get("/config", headers=told)
    assert not [name for name in read.headers if name.startswith("access-control")]


def test_the_own_page_is_no_other(visitor: Any) -> None:
    own = {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"}
    assert visitor.post("/gradio_api/reset", json={"event_id": "x"}, headers=own).is_success


def test_every_answer_tells_browsers_what_it_may_do(visitor: Any) -> None:
    for path in ("/", "/config", "/healthz", "/no/such", "/gradio_api/run/predict"):
        told = visitor.get(path).headers
        assert "frame-ancestors 'none'" in told["content-security-policy"]
        assert told["x-content-type-options"] == "nosniff"
        assert told["referrer-policy"] == "same-origin"
