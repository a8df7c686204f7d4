"""Files that visitors upload, with the names that they gave them.

Gradio keeps a file under a name without signs that it thinks harmful, and the given one beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.data_classes import FileData


def upload_field(**options: Any) -> gr.File:
    """A field for files that gives (where it lies, how it is called) of each; `options` are those
    of Gradio's own, whose class writes a file beside the source of each class made from it."""
    field = gr.File(**options)
    paths_of = field.preprocess

    def given(payload: Any) -> Any:
        paths: Any = paths_of(payload)
        if not paths:
            return None
        sent = [payload] if isinstance(payload, FileData) else list(payload)
        return [
            (Path(path), file.orig_name or Path(path).name)
            for path, file in zip(paths, sent, strict=True)
        ]

    # Gradio makes some fields anew for a visitor, without this: see `named`.
    field.preprocess = given  # type: ignore[method-assign]
    return field


def named(files: list[Any] | None) -> tuple[tuple[Path, str], ...]:
    """Where each file lies and how it is called, also where the field gives paths alone."""
    return tuple(
        file if isinstance(file, tuple) else (Path(file), Path(file).name) for file in files or ()
    )
