"""Fixtures shared by all tests: tiny indexes by the toy encoder, one real index per session."""

import shutil
from pathlib import Path

import pytest
from toy_encoder import ToyEncoder, toy_pair

from qa import Service, Settings
from qa.building.build import build
from qa.building.source_set import SourceSet, absolute
from qa.building.sources import read_sources

ROOT = Path(__file__).resolve().parents[1]

collect_ignore = ["served_page.py"]  # a program of its own

TEXTS = [
    ("refunds", "Refunds are paid within thirty days. A receipt is needed for every refund."),
    ("shipping", "Parcels leave the warehouse on Monday. Shipping abroad takes two weeks."),
    ("warranty", "The kettle has a warranty of three years. Batteries are not covered by it."),
]


def build_toy(settings, texts=TEXTS, paths=(), encoder=None, progress=lambda _: None):
    """Build an index in this process with the toy encoder."""
    return build(
        lambda _: read_sources(
            SourceSet(
                tuple(absolute(Path(path)) for path in paths),
                tuple(texts),
                include=settings.include,
                exclude=settings.exclude,
            ),
            settings,
        ),
        settings,
        lambda _: toy_pair(encoder),
        progress,
    )


@pytest.fixture
def settings(tmp_path):
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", passage_tokens=40)


@pytest.fixture
def toy_service(settings):
    """A service over three small texts, answered by the toy encoder."""
    build_toy(settings)
    return Service(settings, encoder=ToyEncoder())


@pytest.fixture(scope="session")
def real_settings(tmp_path_factory):
    """The shipped corpus in a folder of its own, indexed with the bundled model."""
    place = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "corpus", place / "corpus", ignore=shutil.ignore_patterns("added"))
    settings = Settings(corpus=place / "corpus", index=place / "index")
    Service(settings).rebuild()
    return settings


@pytest.fixture(scope="session")
def real_service(real_settings):
    return Service(real_settings)
