"""PyTorch in a process of its own, as seen from the one that asks it.

The OpenMP runtimes of PyTorch and of FAISS crash each other on some systems, so the process that
holds an index never imports torch: it has the texts embedded, the query encoder exported and the
passages reranked by a child (`qa.encoders.torch_worker`), which knows nothing of the index.
"""

from __future__ import annotations

import base64
import sys
import threading
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa import errors
from qa.child_process import ChildProcess

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.datatypes import Embeddings
    from qa.encoders.protocol import BatchDone

WORKER = (sys.executable, "-m", "qa.encoders.torch_worker")
"""The command that starts the child."""


class TorchProcess:
    """Starts the child at the first request; it ends with this object. Thread-safe."""

    def __init__(self, worker: Sequence[str] = WORKER) -> None:
        self._worker = worker
        self._one_at_a_time = threading.Lock()
        self._child: ChildProcess | None = None

    def ask(
        self, request: dict[str, Any], on_progress: Callable[[int], None] | None = None
    ) -> dict[str, Any]:
        """The reply to one request, see `torch_worker`.

        Raises the QAError or OSError that the child met, EncoderError where it ended.
        """
        with self._one_at_a_time:
            if self._child is None:
                self._child = ChildProcess(self._worker)
                weakref.finalize(self, self._child.end)
            try:
                return self._reply(self._child, request, on_progress or (lambda _: None))
            except errors.QAError:
                raise
            except BaseException:  # the rest of the reply is still to come: begin anew
                self._child.end()
                self._child = None
                raise

    def close(self) -> None:
        """End the child; the next request starts another."""
        with self._one_at_a_time:
            if self._child is not None:
                self._child.end()
                self._child = None

    def _reply(
        self, child: ChildProcess, request: dict[str, Any], on_progress: Callable[[int], None]
    ) -> dict[str, Any]:
        child.send(request)
        while (reply := child.receive()) is not None:
            if "progress" in reply:
                on_progress(reply["progress"])
            elif "refused" in reply:
                kind, sentence = reply["refused"]
                raise getattr(errors, kind)(sentence)
            elif "os_error" in reply:
                raise OSError(*reply["os_error"])
            else:
                return reply
        code, words = child.exit_code(), child.last_words()
        child.end()
        self._child = None
        raise errors.EncoderError(
            f"The process that runs PyTorch ended (exit code {code}); is there enough memory? "
            f"{words}".strip()
        )


class TorchDocumentEncoder:
    """Embeds documents in the child, as fast as PyTorch can; see `TorchEncoder`."""

    def __init__(self, model: str, threads: int, process: TorchProcess) -> None:
        self._process = process
        self._request = {"job": "embed", "model": model, "threads": threads}

    def encode_documents(
        self, texts: Sequence[str], on_batch: BatchDone | None = None
    ) -> Embeddings:
        """Passages or sentences → float32 (len(texts), dim), unit rows, in the given order."""
        reply = self._process.ask({**self._request, "texts": list(texts)}, on_batch)
        return array_of(reply["array"])

    def close(self) -> None:
        """End the child, and give back the memory that the model took up."""
        self._process.close()


def export_query_encoder(model: str, target: Path, process: TorchProcess) -> None:
    """`qa.encoders.onnx_export.export` in the child. Raises EncoderError, OSError."""
    process.ask({"job": "export", "model": model, "target": str(target.absolute())})


def json_of(array: NDArray[np.float32]) -> list[Any]:
    """A float32 array as JSON: its shape, and its bytes in base64.

    >>> array_of(json_of(np.array([[0.5, -2.0]], np.float32))).tolist()
    [[0.5, -2.0]]
    """
    plain = np.ascontiguousarray(array, np.float32)
    return [list(plain.shape), base64.b64encode(plain.tobytes()).decode("ascii")]


def array_of(values: list[Any]) -> NDArray[np.float32]:
    """What `json_of` was given."""
    shape, text = values
    array: NDArray[np.float32] = np.frombuffer(base64.b64decode(text), np.float32).reshape(shape)
    return array
