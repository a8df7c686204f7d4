"""Fixtures of the web server's tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fake_service import FakeService


@pytest.fixture
def service(tmp_path: Path) -> Any:
    return FakeService(tmp_path)
