"""How a command speaks: exit codes, printing, errors as sentences, progress.

Results go to standard output, progress and messages to standard error. rich is imported only
where something is a terminal.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import typer

from qa.cli.render.lines import Line
from qa.documents.encodings import isolated

if TYPE_CHECKING:
    from qa.datatypes import Progress

OK, ERROR, USAGE, NOT_FOUND, PROBLEMS, REFUSED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130

EXIT_CODES = {
    OK: "answered, or done",
    ERROR: "an error, told in one sentence on standard error",
    USAGE: "the command line could not be understood",
    NOT_FOUND: "ask: the answer is not in these documents; resolve: the cited text is nowhere",
    PROBLEMS: "verify, doctor: there are problems",
    REFUSED: "--require-pinned: a pinned question would be lost; the old index stays",
    INTERRUPTED: "stopped with Ctrl-C; the index that was there before is unchanged",
}

STAGES = {
    "read": "Reading files",
    "encoder": "Preparing the model",
    "chunk": "Cutting passages",
    "embed": "Embedding text",
    "write": "Writing the index",
    "switch": "Switching to it",
    "ask": "Asking questions",
}

_CONTROLS = {
    code: "\ufffd"
    for code in [*range(32), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]
    if code not in (9, 10)
}
"""Controls, and parts of file names that are no text."""


def is_terminal(stream: TextIO) -> bool:
    """Whether a person with colours reads the stream."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def print_lines(lines: Sequence[Line], stream: TextIO | None = None) -> None:
    """Print lines, with colours on a terminal, without control characters."""
    stream = stream or sys.stdout
    clean: list[Line] = [
        (indent, [(text.translate(_CONTROLS), style) for text, style in parts])
        for indent, parts in lines
    ]
    if not is_terminal(stream):
        for indent, parts in clean:
            text = "".join(text for text, _ in parts).replace("\n", "\n" + " " * indent)
            print(f"{' ' * indent}{text}" if text else "", file=stream)
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for indent, parts in clean:
        console.print(Padding(Text.assemble(*parts), (0, 0, 0, indent), expand=False))


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object in one line."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(value, ensure_ascii=False, default=str)
    is_text = text.translate(_CONTROLS) == text  # else a file name holds bytes that are no UTF-8
    print(text if utf8 and is_text else json.dumps(value, default=str))


def say(sentence: str, style: str = "") -> None:
    """Tell something on standard error."""
    print_lines([(0, [(sentence, style)])], sys.stderr)


def fail(sentence: str, code: int = ERROR) -> NoReturn:
    """Tell an error and leave with `code`."""
    say(f"Error: {sentence}", "red")
    raise typer.Exit(code)


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Turns every error into one sentence and an exit code. QA_DEBUG=1 lets tracebacks through."""
    from qa.errors import PinnedLostError, QAError

    try:
        yield
    except (typer.Exit, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        say("Stopped. The index that was there before is unchanged.")
        raise typer.Exit(INTERRUPTED) from None
    except PinnedLostError as error:
        fail(str(error), REFUSED)
    except QAError as error:
        fail(str(error))
    except Exception as error:
        if os.environ.get("QA_DEBUG"):
            raise
        message = " ".join(str(error).split())
        fail(f"Something unexpected happened ({type(error).__name__}: {message}); see QA_DEBUG=1.")


@contextmanager
def progress_shown() -> Iterator[Callable[[Progress], None]]:
    """Shows a build on standard error: a bar on a terminal, else a line at every tenth."""
    if not is_terminal(sys.stderr):
        yield _PlainProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:<20}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def show(step: Progress) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bar.add_task(STAGES.get(step.stage, step.stage), note="")
            note = isolated(step.note.translate(_CONTROLS)[-60:])
            total = step.total or None
            bar.update(tasks[step.stage], completed=step.done, total=total, note=note)

        yield show


@dataclass
class _PlainProgress:
    """Progress without a terminal: a line when a stage begins, and tenths of the long ones."""

    stage: str = ""
    tenth: int = 0

    def __call__(self, step: Progress) -> None:
        long = step.total >= 20
        tenth = 10 * step.done // step.total if long else 0
        if step.stage != self.stage or tenth > self.tenth:
            numbers = f" {step.done:,} of {step.total:,}" if long else ""
            say(f"{STAGES.get(step.stage, step.stage)}{numbers}")
            self.stage = step.stage
            self.tenth = tenth
