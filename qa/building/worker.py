"""The child process of a build: request in, progress and result out, one JSON object a line.

Started as `python -m qa.building.worker`. Standard input carries one request object,
`{"change": {…}, "settings": {…}}` (`SourceSetChange`, `Settings`); standard output carries
`{"progress": […]}` lines and ends with `{"report": {…}}` or `{"error": [kind, sentence]}`.
Killing it at any moment leaves the live index as it was.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict
from typing import Any, TextIO

from qa import errors
from qa.child_process import own_output
from qa.datatypes import Progress
from qa.settings import Settings


def run(request: dict[str, Any], out: TextIO) -> None:
    """Do one build and write its lines to `out`."""

    def send(kind: str, value: Any) -> None:
        out.write(json.dumps({kind: value}) + "\n")
        out.flush()

    try:
        from qa.building.build import build
        from qa.building.source_set import change_from_json
        from qa.building.sources import changed_sources
        from qa.encoders.pair import prepare

        settings = Settings.load({}, **request["settings"])
        report = build(
            lambda progress: changed_sources(
                change_from_json(request["change"]),
                settings,
                lambda done, total, note: progress(Progress("read", done, total, note)),
            ),
            settings,
            lambda folder: prepare(settings.model, folder.encoders, threads=settings.threads),
            lambda step: send("progress", [step.stage, step.done, step.total, step.note]),
        )
        send("report", asdict(report))
    except errors.QAError as error:
        send("error", [type(error).__name__, str(error)])
    except BrokenPipeError:
        raise
    except Exception as error:
        logging.getLogger("qa").exception("The build failed")
        reason = f"{type(error).__name__}: {error}"
        send("error", ["BuildError", f"The build failed unexpectedly ({reason})."])


def main() -> int:
    """Entry point: nothing but our lines may reach the real standard output."""
    out = own_output()
    request = json.loads(sys.stdin.buffer.readline())
    try:
        run(request, out)
    except BrokenPipeError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
