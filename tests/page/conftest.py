"""Fixtures of the page's tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fake_service import FakeService, Shelf


@pytest.fixture
def service(tmp_path: Path) -> Any:
    return FakeService(tmp_path)


@pytest.fixture
def shelf() -> Any:
    return Shelf()
