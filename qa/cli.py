"""The command line: `python -m qa ask|index|serve|status|verify`.

Results go to standard output, progress and messages to standard error. Everything heavy is
imported inside the command that needs it; rich only where something is a terminal.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer

from qa.version import __version__
from qa.wording import Line, answer_as_dict, answer_lines, report_lines, status_lines

if TYPE_CHECKING:
    from qa.datatypes import Progress
    from qa.service import Service

OK, ERROR, USAGE, NOT_FOUND, PROBLEMS, INTERRUPTED = 0, 1, 2, 3, 4, 130

EXIT_CODES = {
    OK: "answered, or done",
    ERROR: "an error, told in one sentence on standard error",
    USAGE: "the command line could not be understood",
    NOT_FOUND: "ask: the answer is not in these documents",
    PROBLEMS: "verify: the index has problems",
    INTERRUPTED: "stopped with Ctrl-C; the index that was there before is unchanged",
}

STAGES = {
    "read": "Reading files",
    "encoder": "Preparing the model",
    "embed": "Embedding text",
    "write": "Writing the index",
    "switch": "Switching to it",
}

_CONTROLS = {code: "\ufffd" for code in [*range(32), *range(0x7F, 0xA0)] if code not in (9, 10)}

app = typer.Typer(
    name="qa",
    help="Ask your documents in your own words.",
    epilog="\b\nExit codes:\n" + "\n".join(f"{code:>4}  {why}" for code, why in EXIT_CODES.items()),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The index folder.  [QA_INDEX]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def main() -> NoReturn:
    """Run the command line and leave with one of EXIT_CODES."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="qa" if Path(sys.argv[0]).stem == "qa" else "python -m qa")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(OK)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qa {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask your documents in your own words."""


@app.command()
def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In your own words.")],
    top_k: Annotated[int, typer.Option("--top-k", "-k", min=1, help="Passages shown.")] = 5,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Answer a question. Where there is no index yet, the corpus folder is indexed first."""
    with _told_plainly():
        from qa.errors import IndexMissingError

        service, asked = _service(index=index), " ".join(question)
        try:
            answer = service.ask(asked, top_k=top_k)
        except IndexMissingError:
            _say(f"There is no index in {service.settings.index} yet.")
            with _progress() as progress:
                service.rebuild(progress=progress)
            answer = service.ask(asked, top_k=top_k)
        if as_json:
            _print_json(answer_as_dict(answer))
        else:
            _print(answer_lines(answer))
        if answer.text is None:
            raise typer.Exit(NOT_FOUND)


@app.command()
def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", help="Files and folders; without, the corpus folder."),
    ] = None,
    texts: Annotated[
        list[str] | None, typer.Option("--text", metavar="TEXT", help="A text itself; repeatable.")
    ] = None,
    index: IndexOption = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="MODEL", help="A name or folder.  [QA_MODEL]")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List everything.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Build the index anew from exactly PATHS and texts. What did not change is not embedded again.

    While it is built, and if it fails or is stopped, the index that was there before answers on.
    """
    with _told_plainly():
        service = _service(index=index, model=model)
        with _progress() as progress:
            report = service.rebuild(paths or None, texts=texts or (), progress=progress)
        if as_json:
            _print_json(asdict(report))
        else:
            _print(report_lines(report, verbose))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address.  [QA_HOST]")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port.  [QA_PORT]")] = None,
    index: IndexOption = None,
) -> None:
    """Serve the page in a web browser, until Ctrl-C."""
    with _told_plainly():
        from qa.settings import Settings

        settings = Settings.load(host=host, port=port, index=index)
        from app import launch

        launch(settings)


@app.command()
def status(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """Tell what the index holds and whether it can be used."""
    with _told_plainly():
        state = _service(index=index).status()
        if as_json:
            _print_json(asdict(state))
        elif state.generation is not None:
            _print(status_lines(state))
        if state.problem is not None:
            _fail(state.problem)


@app.command()
def verify(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """Check every checksum, count and offset of the index."""
    with _told_plainly():
        problems = _service(index=index).verify()
        if as_json:
            _print_json({"ok": not problems, "problems": problems})
        else:
            _print([(0, [(problem, "red")]) for problem in problems])
            if not problems:
                _print([(0, [("The index is whole: files, counts and offsets fit.", "")])])
        if problems:
            raise typer.Exit(PROBLEMS)


def _service(**given: Any) -> Service:
    from qa.service import Service
    from qa.settings import Settings

    return Service(Settings.load(**given))


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _print(lines: Sequence[Line], stream: TextIO | None = None) -> None:
    stream = stream or sys.stdout
    clean: list[Line] = [
        (indent, [(text.translate(_CONTROLS), style) for text, style in parts])
        for indent, parts in lines
    ]
    if not _is_terminal(stream):
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


def _print_json(value: dict[str, Any]) -> None:
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not utf8, default=str))


def _say(sentence: str, style: str = "") -> None:
    _print([(0, [(sentence, style)])], sys.stderr)


def _fail(sentence: str) -> NoReturn:
    _say(f"Error: {sentence}", "red")
    raise typer.Exit(ERROR)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turns every error into one sentence and an exit code. QA_DEBUG=1 lets tracebacks through."""
    from qa.errors import QAError

    try:
        yield
    except (typer.Exit, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        _say("Stopped. The index that was there before is unchanged.")
        raise typer.Exit(INTERRUPTED) from None
    except QAError as error:
        _fail(str(error))
    except Exception as error:
        if os.environ.get("QA_DEBUG"):
            raise
        told = " ".join(str(error).split())
        _fail(f"Something unexpected happened ({type(error).__name__}: {told}); see QA_DEBUG=1.")


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Shows a build on standard error: a bar on a terminal, else a line at every tenth."""
    if not _is_terminal(sys.stderr):
        yield _Plain()
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
            note = step.note.translate(_CONTROLS)[-60:]
            total = step.total or None
            bar.update(tasks[step.stage], completed=step.done, total=total, note=note)

        yield show


@dataclass
class _Plain:
    """Progress without a terminal: a line when a stage begins, and tenths of the long ones."""

    stage: str = ""
    tenth: int = 0

    def __call__(self, step: Progress) -> None:
        long = step.total >= 20
        tenth = 10 * step.done // step.total if long else 0
        if step.stage != self.stage or tenth > self.tenth:
            counted = f" {step.done:,} of {step.total:,}" if long else ""
            _say(f"{STAGES.get(step.stage, step.stage)}{counted}")
            self.stage = step.stage
            self.tenth = tenth
