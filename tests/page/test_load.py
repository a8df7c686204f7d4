"""A visitor is answered and memory stays bounded while others ask much or attack the page.

The short form of benchmarks/load.py, on this machine alone.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from fake_service import in_new_loop

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "benchmarks"))

from load import (  # type: ignore[import-not-found]  # noqa: E402
    ATTACKS,
    HELD,
    Result,
    Server,
    allow_many_connections,
    ask,
    clients,
    during,
    serving,
)

SECONDS = 5.0
GROWTH = 40.0
"""Megabytes by which an attack may let memory grow."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="visitors need addresses")


@contextmanager
def loaded(place: Path, **more: str) -> Iterator[Server]:
    """A served page of which everything is loaded, with settings of its own."""
    settings = {
        "QA_INDEX": str(place / "index"),
        "QA_CORPUS": str(place / "corpus"),
        "GRADIO_TEMP_DIR": str(place / "uploads"),
        **more,
    }
    with serving([sys.executable, str(ROOT / "tests" / "served_page.py")], settings) as server:
        allow_many_connections()
        server.place = place
        in_new_loop(lambda: during(server, clients(4), 2))  # from now on all is loaded
        yield server


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with loaded(tmp_path_factory.mktemp("load")) as server:
        yield server


def under(server: Server, attack: str) -> Result:
    """What an attack did, while which every visitor was answered."""
    result = in_new_loop(lambda: during(server, ATTACKS[attack], SECONDS))
    assert set(result.visits.outcomes) == {"answered"}
    assert result.after - result.before < GROWTH
    return result


def uploaded(server: Server) -> int:
    """Bytes in the folder of uploads."""
    folder = server.place / "uploads"
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_many_clients(tmp_path: Path) -> None:
    # Each asks again at once: as often as this machine answers, and so more often than people may.
    with loaded(tmp_path, QA_QUESTIONS_PER_MINUTE="6000") as server:
        assert set(under(server, "20 clients").outcomes) == {"answered"}


def test_many_clients_of_one_address(served: Server) -> None:
    assert set(under(served, "64 of one address").outcomes) <= {"answered", "429"}


def test_requests_of_which_only_half_is_sent(served: Server) -> None:
    outcomes = under(served, "half-open requests").outcomes
    assert sum(outcomes.values()) == HELD
    assert outcomes["held"] < HELD / 2


def test_bodies_that_are_too_large(served: Server) -> None:
    assert set(under(served, "big bodies").outcomes) <= {"413", "closed"}


def test_uploads_that_are_too_large_or_broken_off(served: Server) -> None:
    assert not {"200", "500"} & set(under(served, "big uploads").outcomes)
    assert under(served, "broken uploads").outcomes["broken off"] > 0
    assert uploaded(served) < 1_000_000


def test_visitors_are_told_apart_in_what_is_kept(served: Server) -> None:
    for address in ("127.0.0.20", "127.0.0.20", "127.0.0.21"):
        assert in_new_loop(partial(ask, served, "Who is told apart?", address)) == "answered"
    with closing(sqlite3.connect(served.place / "index" / "feedback.sqlite")) as kept:
        query = "SELECT visitor FROM asked WHERE question = 'Who is told apart?' ORDER BY id"
        first, again, other = (row[0] for row in kept.execute(query))
    assert "" != first == again != other
