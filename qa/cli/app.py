"""The command line: `python -m qa COMMAND`. Each command is a function of `qa/cli/commands/`.

Everything heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qa.cli.command import OpenService, command, open_service
from qa.cli.commands import ask, build, check, evaluate, feedback, history, pins, serve
from qa.cli.shell import EXIT_CODES, INTERRUPTED, OK
from qa.settings import __version__

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

for function in (
    ask.ask,
    build.index,
    build.add,
    build.remove,
    serve.serve,
    check.status,
    check.verify,
    history.history,
    history.rollback,
    history.prune,
    pins.pin,
    pins.pins,
    pins.unpin,
    check.resolve,
    check.doctor,
    ask.explain,
    evaluate.evaluate,
    feedback.feedback,
):
    app.command()(command(function))


def main(open_service: OpenService = open_service) -> NoReturn:
    """Run the command line and leave with one of EXIT_CODES. `open_service` gives the service
    that the commands work on."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="qa" if Path(sys.argv[0]).stem == "qa" else "python -m qa", obj=open_service)
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
