"""A build as seen from the process that asked for it: started, followed, stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from qa import errors
from qa.building.source_set import SourceSetChange
from qa.datatypes import BuildReport, Changes, Dropped, NameSample, PinnedOutcome, Progress, Skipped
from qa.settings import Settings

_LAST_WORDS = 2_000


class BuildJob:
    """One build of the recorded set of sources after `change`, in a child process. `run` blocks;
    `cancel` may come from any thread."""

    def __init__(self, change: SourceSetChange, settings: Settings) -> None:
        self.change = change
        absolute = {
            key: value.absolute() if isinstance(value, Path) else value
            for key, value in asdict(settings).items()
        }
        self._request = json.dumps({"change": asdict(change), "settings": absolute}, default=str)
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = threading.Event()

    def run(self, progress: Callable[[Progress], None] | None = None) -> BuildReport:
        """Build and make the new generation live; `progress` is called along the way.

        Raises BuildCancelled after `cancel`, IndexBusyError while another process builds,
        and BuildError, EncoderError or InputError with a sentence when it failed.
        """
        if self._cancelled.is_set():
            raise self._stopped()
        with subprocess.Popen(
            [sys.executable, "-m", "qa.building.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_child_environment(),
        ) as process:
            self._process = process
            if self._cancelled.is_set():  # `cancel` may have come before it could see the process
                process.kill()
            try:
                return self._follow(process, progress or (lambda _: None))
            finally:
                process.kill()

    def cancel(self) -> None:
        """Stop the build. The live index stays as it was."""
        self._cancelled.set()
        if self._process is not None:
            self._process.kill()

    def _follow(
        self, process: subprocess.Popen[bytes], progress: Callable[[Progress], None]
    ) -> BuildReport:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        last_words: list[str] = []
        listener = threading.Thread(
            target=_keep_tail, args=(process.stderr, last_words), daemon=True
        )
        listener.start()
        try:
            process.stdin.write(self._request.encode())
            process.stdin.close()
        except OSError:
            pass  # it ended already: its output says why
        for line in process.stdout:
            message = json.loads(line)
            if "progress" in message:
                progress(Progress(*message["progress"]))
            elif "report" in message:
                return _report(message["report"])
            else:
                kind, sentence = message["error"]
                raise getattr(errors, kind, errors.BuildError)(sentence)
        if self._cancelled.is_set():
            raise self._stopped()
        code = process.wait()
        listener.join(timeout=5)
        raise errors.BuildError(
            f"The build process ended without a result (exit code {code}); "
            "the index that was there before is unchanged. "
            f"{_hint(code)}{' '.join(''.join(last_words).split())[-300:]}".strip()
        )

    @staticmethod
    def _stopped() -> errors.BuildCancelled:
        return errors.BuildCancelled(
            "The build was stopped; the index that was there before is unchanged."
        )


def _child_environment() -> dict[str, str]:
    package_parent = str(Path(__file__).resolve().parents[2])
    paths = [package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _hint(code: int) -> str:
    if code in (-7, 135):
        return "The disk is probably full; free some space. "
    return "It was killed, perhaps for want of memory. " if code in (-9, 137) else ""


def _keep_tail(stream: IO[bytes], kept: list[str]) -> None:
    for line in stream:
        kept[:] = ["".join(kept)[-_LAST_WORDS:] + line.decode("utf-8", "replace")]


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
    return BuildReport(**values)


def _names(values: dict[str, Any]) -> NameSample:
    return NameSample(values["count"], tuple(values["names"]))
