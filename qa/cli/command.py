"""What makes a function a command of the shell, and the options that commands share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from qa.cli.render.lines import Line
from qa.cli.shell import OK, errors_as_sentences, fail, print_json, print_lines

if TYPE_CHECKING:
    from qa.service import Service

OpenService: TypeAlias = "Callable[..., Service]"
"""Gives a service with the settings given by name; None means not given."""

IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The index folder.  [QA_INDEX]")
]
RerankOption = Annotated[
    str | None,
    typer.Option(
        "--rerank",
        metavar="MODEL",
        help="A cross-encoder that puts the best passages in order.  [QA_RERANK]",
    ),
]
WaitOption = Annotated[
    float | None,
    typer.Option(
        "--wait",
        metavar="SECONDS",
        help="How long to wait for another process that is writing the index.  [QA_WAIT]",
    ),
]
PinnedOption = Annotated[
    bool,
    typer.Option(
        "--require-pinned",
        help="Keep the old index if the new one would lose a pinned question.  [QA_REQUIRE_PINNED]",
    ),
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", help="List every file that was read, skipped, or left out in part."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")]


@dataclass(frozen=True, slots=True)
class Result:
    """What a command has to say: `json` where --json is given, else `lines`, both on standard
    output; then it leaves with `code`, after the sentence `error` on standard error."""

    json: Mapping[str, Any] = field(default_factory=dict)
    lines: Sequence[Line] = ()
    code: int = OK
    error: str | None = None

    def show(self, as_json: bool) -> None:
        """Print it. Raises typer.Exit with `code`."""
        if as_json:
            print_json(self.json)
        else:
            print_lines(self.lines)
        if self.error is not None:
            fail(self.error)
        raise typer.Exit(self.code)


def open_service(**given: Any) -> Service:
    """The service over the index that arguments and environment name."""
    from qa.service import Service
    from qa.settings import Settings

    return Service(Settings.load(**given))


def _expanded(value: Any) -> Any:
    """Paths, also in lists, with `~` as the home folder; any other value as it is."""
    from qa.settings import expanded

    if isinstance(value, list | tuple):
        return type(value)(map(_expanded, value))
    return expanded(value) if isinstance(value, Path) else value


def command(function: Callable[..., Result | None]) -> Callable[..., None]:
    """Make a function a command. Its first argument opens a service, the others are arguments and
    options of the shell; --json is added where it gives a Result. Errors become sentences and
    exit codes.

    Whoever runs the app may give another way to open a service: the `obj` of its context.
    """
    signature = inspect.signature(function, eval_str=True)
    _, *own = signature.parameters.values()

    def run(context: typer.Context, as_json: bool = False, **given: Any) -> None:
        with errors_as_sentences():
            given = {name: _expanded(value) for name, value in given.items()}
            result = function(context.obj or open_service, **given)
            if result is not None:
                result.show(as_json)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("context", keyword, annotation=typer.Context)]
    parameters += [parameter.replace(kind=keyword) for parameter in own]
    if signature.return_annotation is Result:
        json_option = inspect.Parameter("as_json", keyword, default=False, annotation=JsonOption)
        parameters.append(json_option)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__name__, run.__doc__ = function.__name__, function.__doc__
    return run
