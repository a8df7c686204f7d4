"""What is done before the first visitor: the address is tried, the index opened, or built."""

from __future__ import annotations

import errno
import os
import socket
import sys

from qa.datatypes import Progress
from qa.errors import IndexMissingError, QAError, SettingsError
from qa.service import Service


def require_free(host: str, port: int) -> None:
    """Raises SettingsError if the address cannot be served on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise SettingsError(
                    f"Port {port} on {host} is taken by another program; stop that, "
                    f"or choose another port: QA_PORT={port % 65_535 + 1}"
                ) from error
            raise SettingsError(
                f"The page cannot be served on {host}:{port} ({error.strerror}); "
                "choose another address with QA_HOST and QA_PORT."
            ) from error


def open_index(service: Service) -> None:
    """Open the index now, so that the first question need not wait; build it if there is none.

    Where that fails, the page is served all the same: it tells what to do.
    """
    try:
        try:
            service.documents()
        except IndexMissingError:
            where = service.settings
            say(f"There is no index in {where.index} yet: building it from {where.corpus}.")
            report = service.rebuild(progress=_Stages())
            say(f"{report.documents} documents, {report.passages} passages.")
            service.documents()
    except QAError as error:
        say(str(error))


class _Stages:
    """Tells the shell about every stage of a build, once."""

    stage = ""

    def __call__(self, step: Progress) -> None:
        if step.stage != self.stage:
            self.stage = step.stage
            say(f"  {step.stage} …")


def say(line: str) -> None:
    """Tell the owner something, on standard error."""
    print(line, file=sys.stderr, flush=True)
