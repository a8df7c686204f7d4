"""A build in the tests' own process."""

from toy_encoder import toy_pair

from qa.building.build import build
from qa.building.sources import read_sources


class ToyJob:
    """`BuildJob` in this process, with the toy encoder."""

    def __init__(self, paths, texts, settings, left_out=()):
        self.given = (paths, texts, settings, left_out)

    def run(self, progress=None):
        paths, texts, settings, left_out = self.given
        return build(
            lambda _: read_sources(paths, texts, settings, left_out=left_out),
            settings,
            lambda _: toy_pair(),
            progress or (lambda _: None),
        )
