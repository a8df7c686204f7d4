"""Weights → the reader's folder: `python -m training.export WEIGHTS FOLDER`.

The ONNX file has int8 weights; `--float` keeps them as they are, for comparing.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch

from qa.encoders.models import resolve_model, sha256_of
from qa.encoders.onnx_encoder import new_session
from qa.settings import BUNDLED_MODEL
from training.model import ReaderModel, new_model

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
OUTPUTS = ["answers", "begins", "ends"]


def export(model: ReaderModel, tokenizer: Path, folder: Path, *, whole: bool = False) -> None:
    """Write model.onnx and tokenizer.json into the new folder `folder`.

    The graph takes token ids, attention mask and types, int64 (batch, tokens), and gives the
    outputs of `ReaderModel`. Weights are int8, one scale for each output of a layer, unless
    `whole`.
    """
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        plain, smaller = Path(place) / "plain.onnx", Path(place) / "int8.onnx"
        write_graph(model, plain)
        if not whole:
            _quantise(plain, smaller)
        new_session(plain if whole else smaller, 1, optimised_copy=folder / "model.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def write_graph(model: ReaderModel, path: Path) -> None:
    """The model as an ONNX graph of float32."""
    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {name: {0: "batch", 1: "tokens"} for name in [*INPUTS, *OUTPUTS]}
    axes["answers"] = {0: "batch"}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model.eval(),
            (example, example, example),
            str(path),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def _quantise(source: Path, target: Path) -> None:
    from onnxruntime.quantization import (  # type: ignore[import-untyped]
        QuantType,
        quantize_dynamic,
    )

    quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True)


def main(arguments: Sequence[str]) -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="training.export", description="Make the ONNX file.")
    parser.add_argument("weights", type=Path, help="weights.pt, or a checkpoint of a run")
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.add_argument("--float", action="store_true", dest="whole", help="without int8")
    parser.add_argument("--layers", type=int, default=None, help="layers of the model; all")
    options = parser.parse_args(arguments)
    source = resolve_model(BUNDLED_MODEL).path
    model = new_model(source, options.layers)
    state = torch.load(options.weights, weights_only=True)
    model.load_state_dict(state.get("model", state))
    export(model, source / "tokenizer.json", options.folder, whole=options.whole)
    file = options.folder / "model.onnx"
    print(f"{file}: {file.stat().st_size:,} bytes, sha256 {sha256_of(file)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
