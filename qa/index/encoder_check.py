"""Whether the query encoder is the one that a generation was built with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qa.errors import REBUILD, IndexMismatchError

if TYPE_CHECKING:
    from qa.encoders.onnx_encoder import OnnxEncoder
    from qa.encoders.protocol import Encoder
    from qa.index.generations import IndexFolder
    from qa.index.manifest import Manifest
    from qa.settings import Settings

CANARY_COSINE = 0.999


def canary_cosine(manifest: Manifest, encoder: Encoder) -> float:
    """The lowest cosine of the encoder's vectors with those of build time, -1 … 1."""
    expected = np.array([canary["vector"] for canary in manifest.canaries], np.float32)
    found = encoder.encode_query([canary["text"] for canary in manifest.canaries])
    return float((found * expected).sum(axis=1).min())


def query_encoder(folder: IndexFolder, manifest: Manifest, settings: Settings) -> OnnxEncoder:
    """The query encoder that lies in the index. Raises IndexDamagedError."""
    from qa.encoders.onnx_encoder import OnnxEncoder

    return OnnxEncoder.open(
        folder.encoders / manifest.encoder["fingerprint"], threads=settings.threads
    )


def check_encoder(manifest: Manifest, encoder: Encoder, folder: IndexFolder) -> None:
    """Raise IndexMismatchError unless this is the encoder that the generation was built with."""
    made_by = manifest.encoder
    if (encoder.fingerprint, encoder.dim) != (made_by["fingerprint"], made_by["dim"]):
        raise IndexMismatchError(
            f"{folder.root} was built with {made_by['name']} ({made_by['dim']} dimensions, "
            f"{made_by['fingerprint']}), this is {encoder.name} ({encoder.dim} dimensions, "
            f"{encoder.fingerprint}). {REBUILD}"
        )
    cosine = canary_cosine(manifest, encoder)
    if cosine < CANARY_COSINE:
        raise IndexMismatchError(
            f"The query encoder in {folder.root} does not give the vectors that "
            f"{made_by['name']} gave when the index was built (cosine {cosine:.3f}). "
            f"{REBUILD}"
        )
