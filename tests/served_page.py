"""Serves the page over a small index with the toy encoder, by the settings of the environment."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import build_toy  # noqa: E402
from toy_encoder import ToyEncoder  # noqa: E402

from app import launch  # noqa: E402
from qa import Service, Settings  # noqa: E402

settings = Settings.load()
build_toy(settings)
launch(settings, Service(settings, encoder=ToyEncoder()))
