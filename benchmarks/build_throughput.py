"""Texts embedded per second: plain sentence-transformers in fp32 against the build encoder.

    python benchmarks/build_throughput.py [--texts 600] [--rounds 3] [--corpus FOLDER]

The two run in turns in one process over the same texts; the ratio is what to quote.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

import numpy as np
from common import machine

from qa.encoders.models import BUNDLED_MODEL, resolve_model
from qa.encoders.torch_encoder import TorchEncoder, load_model

VOCABULARY = """
the of to and in for on with is are by from this that company refund policy training
outsourcing knowledge process business shares public offering investor exchange private
office support finance market service customer contract payment delivery warranty period
""".split()


def made_up_texts(count: int) -> list[str]:
    """Passages of 5 to 90 words, as a build has them: sentences and passages mixed."""
    random = np.random.default_rng(0)
    return [" ".join(random.choice(VOCABULARY, n)) for n in random.integers(5, 90, count)]


def corpus_texts(folder: Path, count: int) -> list[str]:
    """The first texts of a BEIR-format folder."""
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()[:count]
    return [json.loads(line)["text"] for line in lines]


def main() -> None:
    """Run both in turns and print passages per second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", type=Path)
    arguments = parser.parse_args()
    texts = (
        corpus_texts(arguments.corpus, arguments.texts)
        if arguments.corpus
        else made_up_texts(arguments.texts)
    )
    plain = load_model(resolve_model(BUNDLED_MODEL).path)
    ours = TorchEncoder(BUNDLED_MODEL)
    for warm in (lambda: plain.encode(texts[:32]), lambda: ours.encode_documents(texts[:32])):
        warm()
    speeds: dict[str, list[float]] = {"plain": [], "ours": []}
    for _ in range(arguments.rounds):
        began = time.perf_counter()
        expected = plain.encode(texts, batch_size=32, show_progress_bar=False)
        speeds["plain"].append(len(texts) / (time.perf_counter() - began))
        began = time.perf_counter()
        found = ours.encode_documents(texts)
        speeds["ours"].append(len(texts) / (time.perf_counter() - began))
    worst = float((expected * found).sum(axis=1).min())
    ratios = [b / a for a, b in zip(speeds["plain"], speeds["ours"], strict=True)]
    print(machine())
    print(f"{len(texts)} texts, {arguments.rounds} rounds, our precision {ours.precision}")
    for name, values in speeds.items():
        print(f"{name:6} {statistics.median(values):8.1f} texts/s")
    print(f"ratio  {statistics.median(ratios):8.2f}   worst cosine between the two {worst:.5f}")


if __name__ == "__main__":
    main()
