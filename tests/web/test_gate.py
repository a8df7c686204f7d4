"""What of Gradio is open: the routes that the page uses, and events as the page sends them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import JSONResponse

from qa.page import layout
from qa.page.uploads import upload_folder
from qa.settings import Settings
from qa.web import gate, refusal
from qa.web.fair_shares import FairShares

Client = Callable[..., Any]
JOIN = "/gradio_api/queue/join"
META = {"_type": "gradio.FileData"}


def event_of(visitor: Any, elem_id: str) -> Any:
    """The first event of the server that a component triggers."""
    page = visitor.app.state.demo
    block = next(one for one in page.blocks.values() if getattr(one, "elem_id", 0) == elem_id)
    return next(
        fn
        for fn in page.fns.values()
        if fn.fn and block._id in [target for target, _ in fn.targets]
    )


def join(visitor: Any, event: Any, data: Any, session: Any = "s", **more: Any) -> Any:
    body = {"data": data, "fn_index": event._id, "session_hash": session, **more}
    return visitor.post(
        JOIN, content=json.dumps(body), headers={"content-type": "application/json"}
    )


def answered(visitor: Any, session: str = "s") -> str:
    return str(visitor.get("/gradio_api/queue/data", params={"session_hash": session}).text)


def test_a_question_as_the_page_sends_it_is_answered(visitor: Any) -> None:
    assert join(visitor, event_of(visitor, "qa-ask"), ["?q=How+is+tea+picked%3F&k=3"]).is_success
    assert "It is picked by hand." in answered(visitor)


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/call/on_add", "/gradio_api/call/v2/on_add", "/gradio_api/run/on_rebuild",
     "/gradio_api/run/predict", "/gradio_api/api/predict", "/gradio_api/component_server",
     "/gradio_api/process_recording", "/gradio_api/stream/x", "/gradio_api/vibe-edit", "/login"],
)  # fmt: skip
def test_private_events_have_no_other_way_in(visitor: Any, path: str) -> None:
    body = {"data": ["x", "y", None, ""], "fn_index": event_of(visitor, "qa-add-button")._id}
    assert visitor.post(path, json=body).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/proxy=http://127.0.0.1:1/", "/gradio_api/deep_link?session_hash=s", "/monitoring",
     f"/gradio_api/file={__file__}", "/gradio_api/file=http://192.0.2.1/x",
     "/gradio_api/dev/reload", "/gradio_api/openapi.json", "/gradio_api/queue/data?session_hash=x",
     "/gradio_api/call/on_add/x", "/gradio_api/custom_component/x/client/component/index.js"],
)  # fmt: skip
def test_what_the_page_does_not_read_is_not_there(visitor: Any, path: str) -> None:
    assert visitor.get(path).status_code == 404


FILES = [
    {"path": "http://192.0.2.1/x", "meta": META},
    {"path": "x.txt", "url": "http://192.0.2.1/x", "meta": META},
    {"a": {"b": [{"path": "https://192.0.2.1/x", "meta": META}]}},
    [{"path": "http://192.0.2.1/x", "meta": META}],
    {"path": __file__, "meta": META},
    {"path": 5, "meta": META},
    {"path": "\0", "meta": META},
    {"path": None},
]


@pytest.mark.parametrize("documents_tab", [True, False])
def test_nothing_that_looks_like_a_file_reaches_gradio(client: Client, documents_tab: bool) -> None:
    """Gradio would fetch these addresses, or copy these files, for any field."""
    visitor = client(documents_tab=documents_tab, uploads_per_minute=0)
    for event in visitor.app.state.demo.fns.values():
        for value in FILES if event.fn and event.inputs else ():
            assert join(visitor, event, [value] * len(event.inputs)).status_code == 400


def test_what_comes_beside_the_fields_is_left_behind(visitor: Any) -> None:
    hostile = {"path": "http://192.0.2.1/x", "meta": META}
    ask = event_of(visitor, "qa-ask")
    told = join(visitor, ask, ["?q=x"], event_data=hostile, batched=True, simple_format=True)
    assert told.is_success
    assert "qa-result" in answered(visitor)


@pytest.mark.parametrize(
    "body",
    [b'{"data": [5], "fn_index": FN, "session_hash": "s"}',
     b"", b"{", b"null", b"[]", b"5", b"[" * 30_000, b"\xff\xfe", b'{"data": ["x"]}',
     b'{"data": ["x"], "fn_index": 99999, "session_hash": "s"}',
     b'{"data": ["x"], "fn_index": 1.0, "session_hash": "s"}',
     b'{"data": ["x"], "fn_index": NaN, "session_hash": "s"}',
     b'{"data": ["x"], "fn_index": true, "session_hash": "s"}',
     b'{"data": "x", "fn_index": FN, "session_hash": "s"}',
     b'{"data": [], "fn_index": FN, "session_hash": "s"}',
     b'{"data": ["x", "y"], "fn_index": FN, "session_hash": "s"}',
     b'{"data": ["x"], "fn_index": FN, "session_hash": ["s"]}',
     b'{"data": ["x"], "fn_index": FN, "session_hash": "../s"}',
     b'{"data": ["x"], "fn_index": FN, "session_hash": null}',
     b'{"data": [["x"]], "fn_index": FN, "session_hash": "s"}'],
)  # fmt: skip
def test_junk_is_one_line_in_the_log(
    visitor: Any, body: bytes, caplog: pytest.LogCaptureFixture, capsys: Any
) -> None:
    refusal._listed.storage.reset()
    number = str(event_of(visitor, "qa-ask")._id).encode()
    kind = {"content-type": "application/json"}
    with caplog.at_level(logging.INFO, "qa.web"):
        answer = visitor.post(JOIN, content=body.replace(b"FN", number), headers=kind)
    assert (answer.status_code, len(caplog.records)) == (400, 1)
    assert "Traceback" not in caplog.text + capsys.readouterr().err


JUNK = [None, "\ud83d", "[" * 9000, '[1, [["x",1e999,1,0,1]]]', '["q","up",["x",1e999,1]]', "NaN"]


@pytest.mark.parametrize("elem_id", ["qa-ask", "qa-judge", "qa-show", "qa-removing", "qa-preview"])
def test_junk_in_fields_is_told_as_such(
    visitor: Any, elem_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    event = event_of(visitor, elem_id)
    for number, value in enumerate(JUNK):
        told = join(visitor, event, [value] * len(event.inputs), f"{elem_id}{number}")
        assert told.is_success
        assert "process_completed" in answered(visitor, f"{elem_id}{number}")
    assert "Unexpected error" not in caplog.text


def test_only_the_event_that_takes_texts_may_be_large(client: Client, service: Any) -> None:
    visitor = client()
    assert join(visitor, event_of(visitor, "qa-ask"), ["x" * 65_000]).status_code == 413
    assert join(
        visitor, event_of(visitor, "qa-add-button"), ["a", "x" * 65_000, None, ""]
    ).is_success
    service.job.go.set()
    assert visitor.post(JOIN, content=b"x" * 4_100_000).status_code == 413
    alone = client(documents_tab=False)
    assert alone.post(JOIN, content=b"x" * 65_000).status_code == 413


def test_shares_of_a_client_end_and_are_its_own(client: Client) -> None:
    visitor = client(questions_per_minute=2, verdicts_per_minute=1)
    ask, judge = event_of(visitor, "qa-ask"), event_of(visitor, "qa-judge")
    codes = [join(visitor, ask, ["?q=x"], f"s{n}").status_code for n in range(3)]
    assert codes == [200, 200, 429]
    last = join(visitor, ask, ["?q=x"], "s9")
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert "wait" in last.json()["detail"]
    verdicts = [join(visitor, judge, ['["q","up",null]'], f"v{n}").status_code for n in range(2)]
    assert verdicts == [200, 429]


def test_a_share_is_not_taken_all_at_once() -> None:
    shares = FairShares(Settings(questions_per_minute=100))
    for _ in range(10):
        shares.take("questions", "192.0.2.1")
    with pytest.raises(refusal.Refused) as refused:
        shares.take("questions", "192.0.2.1")
    assert (refused.value.status, refused.value.retry_after <= 7) == (429, True)
    shares.take("questions", "192.0.2.2")


def test_a_client_has_few_questions_at_a_time_and_those_that_nobody_awaits_go_first(
    tmp_path: Path,
) -> None:
    field = SimpleNamespace(get_block_name=lambda: "textbox")
    event = SimpleNamespace(
        _id=0, fn=print, inputs=[field], targets=[(1, "click")], concurrency_id="ask"
    )
    waiting: dict[str, str] = {}
    queued: list[Any] = []

    async def drop(event_id: str) -> None:
        del waiting[event_id]

    async def gradio(scope: Any, receive: Any, send: Any) -> None:
        session = json.loads((await receive())["body"])["session_hash"]
        waiting[f"of{session}"] = session
        queued.append(SimpleNamespace(_id=f"of{session}"))
        await JSONResponse({"event_id": f"of{session}"})(scope, receive, send)

    queue = SimpleNamespace(
        event_ids_to_events=waiting,
        event_queue_per_concurrency_id={"ask": SimpleNamespace(queue=queued)},
        clean_events=drop,
        pending_event_ids_session={},
        pending_messages_per_session=SimpleNamespace(max_size=1),
    )
    page = SimpleNamespace(fns={0: event}, blocks={}, _queue=queue)
    guarded = gate.PageGate(gradio, page, tmp_path, FairShares(Settings()))
    visitor = TestClient(guarded)
    sessions = [f"s{number}" for number in range(gate.AT_ONCE)]
    assert all(join(visitor, event, ["?q=x"], one).is_success for one in sessions)
    guarded._listened.update(sessions[:1])
    assert join(visitor, event, ["?q=x"], "newer").is_success
    assert "ofs0" in waiting
    assert "ofs1" not in waiting
    guarded._listened.update([*sessions, "newer"])
    assert join(visitor, event, ["?q=x"], "newest").status_code == 429
    guarded._listened.clear()
    queued.clear()  # all are being answered, which nothing stops
    assert join(visitor, event, ["?q=x"], "newest").status_code == 429
    waiting.clear()
    assert join(visitor, event, ["?q=x"], "newest").is_success


def test_visitors_that_come_and_go_leave_little(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "SESSIONS", 5)
    monkeypatch.setattr(layout, "WAITING", 5)
    visitor = client(questions_per_minute=0)
    page, show = visitor.app.state.demo, event_of(visitor, "qa-show")
    for number in range(12):
        assert join(visitor, show, ["[]"], f"s{number}").is_success
    assert len(page.state_holder.session_data) <= 5
    assert len(page._queue.pending_messages_per_session) <= 5
    assert len(page._queue.event_analytics) <= 1


def test_answers_that_nobody_fetches_are_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = client()
    page, show = visitor.app.state.demo, event_of(visitor, "qa-show")
    assert join(visitor, show, ["[]"], "gone").is_success
    monkeypatch.setattr(gate, "IDLE_SECONDS", 0.0)
    assert join(visitor, show, ["[]"], "here").is_success
    assert list(page._queue.pending_messages_per_session) == ["here"]
    assert "gone" not in page.state_holder.session_data
    assert "result" not in answered(visitor, "here")


def test_uploaded_files_are_taken_and_only_those(client: Client, service: Any) -> None:
    visitor = client(max_file_mb=1, uploads_mb=3)
    kept = visitor.post("/gradio_api/upload", files=[("files", ("../../tea.txt", b"Tea."))])
    (path,) = kept.json()
    assert Path(path).name == "tea.txt"
    assert visitor.get(f"/gradio_api/file={path}").content == b"Tea."
    file = {"path": path, "meta": META}
    service.job.go.set()
    assert join(visitor, event_of(visitor, "qa-add-button"), ["", "", [file], ""]).is_success
    assert '"success":true' in answered(visitor)
    assert service.saved == ["tea.txt"]
    large = [("files", ("large.bin", b"x" * 1_000_001))]
    assert visitor.post("/gradio_api/upload", files=large).status_code == 413


def test_uploads_have_room_together_and_say_how_long_they_are(client: Client) -> None:
    visitor = client(max_file_mb=1, uploads_mb=2)
    files = [("files", ("a.bin", b"x" * 900_000))]
    codes = [visitor.post("/gradio_api/upload", files=files).status_code for _ in range(3)]
    assert codes == [200, 200, 413]
    kind = {"content-type": "multipart/form-data; boundary=B"}
    chunked = visitor.post("/gradio_api/upload", content=iter([b"--B\r\n"]), headers=kind)
    assert chunked.status_code == 411


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/../b.txt", "x" * 5000, "a\0b.txt", "C:\\evil.txt", "~"]
)
def test_any_name_of_an_upload_stays_in_its_folder(visitor: Any, name: str) -> None:
    told = visitor.post("/gradio_api/upload", files=[("files", (name, b"x"))])
    if told.is_success:
        folder = upload_folder()
        assert all(Path(one).is_relative_to(folder) for one in told.json())
    else:
        assert told.status_code in (400, 413)
