"""The child process that runs PyTorch: request in, reply out, one JSON object a line.

Started as `python -m qa.encoders.torch_worker`. Requests have a `job` and a `model`:
"embed" with `texts` and `threads`, "rerank" with `question` and `passages`, "load reranker", and
"export" with `target`. Replies: any number of `{"progress": texts embedded}`, then
`{"array": …}` (see `torch_process.json_of`) or `{}`, or `{"refused": [kind, sentence]}`, or
`{"os_error": [number, sentence, file]}`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from qa.child_process import own_output
from qa.encoders.torch_process import json_of
from qa.errors import EncoderError, QAError


@lru_cache(1)
def _encoder(model: str, threads: int) -> Any:
    from qa.encoders.torch_encoder import TorchEncoder

    return TorchEncoder(model, threads=threads)


@lru_cache(1)
def _cross_encoder(model: str) -> Any:
    from qa.encoders.models import resolve_model
    from qa.encoders.torch_encoder import load_cross_encoder

    return load_cross_encoder(resolve_model(model).path)


def answer(request: dict[str, Any], on_progress: Callable[[int], None]) -> dict[str, Any]:
    """The reply to one request. Raises QAError and OSError."""
    job, model = request["job"], request["model"]
    if job == "embed":
        encoder = _encoder(model, request["threads"])
        return {"array": json_of(encoder.encode_documents(request["texts"], on_progress))}
    if job == "export":
        from qa.encoders.onnx_export import export

        export(model, Path(request["target"]))
        return {}
    reranker = _cross_encoder(model)
    if job == "load reranker":
        return {}
    pairs = [(request["question"], passage) for passage in request["passages"]]
    scores = reranker.predict(pairs, show_progress_bar=False)
    return {"array": json_of(np.asarray(scores, np.float32).reshape(len(pairs)))}


def serve(requests: Iterable[bytes], out: TextIO) -> None:
    """Answer every request line until there are no more."""

    def send(message: dict[str, Any]) -> None:
        print(json.dumps(message), file=out, flush=True)

    for line in requests:
        try:
            send(answer(json.loads(line), lambda done: send({"progress": done})))
        except BrokenPipeError:
            raise
        except QAError as error:
            send({"refused": [type(error).__name__, str(error)]})
        except OSError as error:
            send({"os_error": [error.errno, error.strerror or str(error), error.filename]})
        except Exception as error:  # torch raises dozens of kinds
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            send({"refused": [EncoderError.__name__, f"PyTorch failed ({reason})."]})


def main() -> int:
    """Entry point."""
    out = own_output()
    with suppress(BrokenPipeError):
        serve(sys.stdin.buffer, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
