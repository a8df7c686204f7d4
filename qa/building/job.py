"""A build as seen from the process that asked for it: started, followed, stopped."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qa import errors
from qa.accounts import account_from_json
from qa.building.source_set import SourceSetChange
from qa.child_process import ChildProcess
from qa.datatypes import BuildReport, Changes, Dropped, NameSample, PinnedOutcome, Progress, Skipped
from qa.settings import Settings

WORKER = (sys.executable, "-m", "qa.building.worker")
"""The command that starts the child."""


class BuildJob:
    """One build of the recorded set of sources after `change`, in a child process. `run` blocks;
    `cancel` may come from any thread."""

    def __init__(self, change: SourceSetChange, settings: Settings) -> None:
        self.change = change
        absolute = {
            key: value.absolute() if isinstance(value, Path) else value
            for key, value in asdict(settings).items()
        }
        request = {"change": asdict(change), "settings": absolute}
        self._request = json.loads(json.dumps(request, default=str))  # paths become texts
        self._child: ChildProcess | None = None
        self._cancelled = threading.Event()

    def run(self, progress: Callable[[Progress], None] | None = None) -> BuildReport:
        """Build and make the new generation live; `progress` is called along the way.

        Raises BuildCancelled after `cancel`, IndexBusyError while another process builds,
        and BuildError, EncoderError or InputError with a sentence when it failed.
        """
        if self._cancelled.is_set():
            raise self._stopped()
        child = ChildProcess(WORKER)
        self._child = child
        if self._cancelled.is_set():  # `cancel` may have come before it could see the child
            child.kill()
        try:
            return self._follow(child, progress or (lambda _: None))
        finally:
            child.end()

    def cancel(self) -> None:
        """Stop the build. The live index stays as it was."""
        self._cancelled.set()
        if self._child is not None:
            self._child.kill()

    def _follow(self, child: ChildProcess, progress: Callable[[Progress], None]) -> BuildReport:
        child.send(self._request)
        while (message := child.receive()) is not None:
            if "progress" in message:
                progress(Progress(*message["progress"]))
            elif "report" in message:
                return _report(message["report"])
            else:
                kind, sentence = message["error"]
                raise getattr(errors, kind, errors.BuildError)(sentence)
        if self._cancelled.is_set():
            raise self._stopped()
        code = child.exit_code()
        raise errors.BuildError(
            f"The build process ended without a result (exit code {code}); "
            "the index that was there before is unchanged. "
            f"{_hint(code)}{child.last_words()}".strip()
        )

    @staticmethod
    def _stopped() -> errors.BuildCancelled:
        return errors.BuildCancelled(
            "The build was stopped; the index that was there before is unchanged."
        )


def _hint(code: int) -> str:
    if code in (-7, 135):
        return "The disk is probably full; free some space. "
    return "It was killed, perhaps for want of memory. " if code in (-9, 137) else ""


def _report(values: dict[str, Any]) -> BuildReport:
    values["read"] = tuple(values["read"])
    values["skipped"] = tuple(Skipped(**skipped) for skipped in values["skipped"])
    values["dropped"] = tuple(Dropped(**dropped) for dropped in values["dropped"])
    values["pinned"] = tuple(
        PinnedOutcome(**{**each, "expected": tuple(each["expected"])}) for each in values["pinned"]
    )
    changes = {kind: _names(names) for kind, names in values["changes"].items()}
    values["changes"] = Changes(**changes)
    values["same"] = tuple(map(_names, values["same"]))
    values["accounts"] = tuple(map(account_from_json, values["accounts"]))
    return BuildReport(**values)


def _names(values: dict[str, Any]) -> NameSample:
    return NameSample(values["count"], tuple(values["names"]))
