"""A build in the tests' own process."""

from toy_encoder import ToyEncoder, toy_pair

from qa import Service
from qa.building.build import build
from qa.building.sources import changed_sources


class ToyJob:
    """`BuildJob` in this process, with the toy encoder."""

    def __init__(self, change, settings):
        self.change, self.settings = change, settings

    def run(self, progress=None):
        return build(
            lambda _: changed_sources(self.change, self.settings),
            self.settings,
            lambda _: toy_pair(),
            progress or (lambda _: None),
        )

    def cancel(self):
        raise NotImplementedError


def service_with_toy_jobs(settings):
    """A service that builds in this process, with the toy encoder."""
    return Service(settings, encoder=ToyEncoder(), new_job=ToyJob)
