"""The child process that reads files: request in, reply out, one JSON object a line.

Started as `python -m qa.documents.extractor_worker`. The first line in carries the settings and is
answered by `{"ready": true}`; each further line is `{"path": …, "source": …}` and is answered
by `{"parsed": {…}}` or `{"refused": sentence}`. It ends when its input does. Its memory is
bounded; its time is watched by the process that started it (`qa.documents.extractor`), and
by an alarm of its own, should that process be gone.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from qa.child_process import own_output
from qa.documents.encodings import one_line
from qa.documents.formats.registry import MEGABYTE, Parsed, parse
from qa.errors import DocumentError
from qa.settings import Settings

Parse = Callable[[Path, str, Settings], Parsed]
"""Reads one file, see `parse`."""

GRACE_SECONDS = 2
"""The alarm rings this long after the time limit, which the parent should have kept."""


def limit_memory(megabytes: int) -> None:
    """Lets this process take up so much more memory than it has now, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    now = 0
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        now = pages * resource.getpagesize()
    with suppress(OSError, ValueError):
        wanted = now + megabytes * MEGABYTE
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def reply_to(request: dict[str, Any], settings: Settings, parse: Parse) -> dict[str, Any]:
    """The reply to one request."""
    if hasattr(signal, "alarm"):
        signal.alarm(settings.file_seconds + GRACE_SECONDS)
    try:
        return {"parsed": asdict(parse(Path(request["path"]), request["source"], settings))}
    except DocumentError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {
            "refused": f"Reading it takes more than {settings.max_memory_mb} MB of memory "
            "(max_memory_mb)."
        }
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a library's panic is no Exception
        reason = one_line(f"{type(error).__name__}: {error}")[:300].rstrip(".")
        return {"refused": f"Reading it failed unexpectedly ({reason})."}
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def serve(requests: IO[bytes], out: IO[str], parse: Parse) -> None:
    """Answer every request line until there are no more."""
    settings = Settings.load({}, **json.loads(requests.readline()))
    limit_memory(settings.max_memory_mb)
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in requests:
        reply = reply_to(json.loads(line), settings, parse)
        print(json.dumps(reply), file=out, flush=True)


def main(parse: Parse = parse) -> int:
    """Entry point: nothing but our lines may reach the real standard output."""
    out = own_output()
    with suppress(BrokenPipeError):
        serve(sys.stdin.buffer, out, parse)
    return 0


if __name__ == "__main__":
    sys.exit(main())
