"""PyTorch in a process of its own: what it answers, how it fails, and that FAISS is not there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from qa.encoders.torch_process import TorchDocumentEncoder, TorchProcess, array_of, json_of
from qa.errors import EncoderError
from qa.settings import BUNDLED_MODEL

ROOT = Path(__file__).resolve().parents[2]

STUB = """
import sys
from qa.encoders import torch_worker
from qa.encoders.torch_process import json_of
from qa.errors import EncoderError
import numpy as np

def answer(request, on_progress):
    texts = request["texts"]
    if texts == ["refuse"]:
        raise EncoderError("No such model.")
    if texts == ["full"]:
        raise OSError(28, "No space left on device", "/index")
    if texts == ["die"]:
        sys.exit(3)
    print("chatter")
    on_progress(1)
    on_progress(len(texts))
    return {"array": json_of(np.array([[len(text), 0.5] for text in texts], np.float32))}

torch_worker.answer = answer
sys.exit(torch_worker.main())
"""


def encoder() -> TorchDocumentEncoder:
    return TorchDocumentEncoder("a model", 0, TorchProcess((sys.executable, "-c", STUB)))


def test_arrays_survive_json_exactly() -> None:
    array = np.random.default_rng(1).normal(size=(3, 5)).astype(np.float32)
    again = array_of(json.loads(json.dumps(json_of(array))))
    np.testing.assert_array_equal(again, array)


def test_vectors_and_progress_come_back() -> None:
    steps: list[int] = []
    vectors = encoder().encode_documents(["a", "bcd"], steps.append)
    assert vectors.tolist() == [[1.0, 0.5], [3.0, 0.5]]
    assert steps == [1, 2]


def test_a_refusal_a_full_disk_and_a_death_are_told_and_the_next_request_is_answered() -> None:
    child = encoder()
    with pytest.raises(EncoderError, match="No such model"):
        child.encode_documents(["refuse"])
    with pytest.raises(OSError, match="No space left") as caught:
        child.encode_documents(["full"])
    assert (caught.value.errno, caught.value.filename) == (28, "/index")
    with pytest.raises(EncoderError, match=r"ended \(exit code 3\)"):
        child.encode_documents(["die"])
    assert len(child.encode_documents(["fine"])) == 1


def loaded(code: str) -> list[str]:
    """Which of torch and FAISS a fresh process has loaded after `code`."""
    tell = "import sys; print(sorted({'torch', 'faiss'} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tell}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = done.stderr.strip().splitlines()[-1]
    return [name for name in ("faiss", "torch") if name in names]


@pytest.mark.model
def test_torch_and_faiss_never_meet_while_an_index_is_built(tmp_path: Path) -> None:
    settings = {"index": str(tmp_path / "index"), "corpus": str(tmp_path / "corpus")}
    exactly = {"paths": [], "texts": [["tea", "Tea grows on hills."]], "left_out": []}
    change = {"exactly": {**exactly, "include": "", "exclude": ""}, "added_paths": []}
    change |= {"removed_paths": [], "removed_texts": [], "include": None, "exclude": None}
    request = {"change": change, "settings": settings}
    build = f"import sys; from qa.building.worker import run; run({request!r}, sys.stdout)"
    assert loaded(build) == ["faiss"]
    assert list((tmp_path / "index" / "encoders").iterdir())  # exported by the same build


@pytest.mark.model
def test_the_process_that_embeds_does_not_load_faiss() -> None:
    request = {"job": "embed", "model": BUNDLED_MODEL, "threads": 1, "texts": ["Tea grows."]}
    line = json.dumps(request).encode()
    serve = f"from qa.encoders.torch_worker import serve; serve([{line!r}], sys.stdout)"
    assert loaded(f"import sys; {serve}") == ["torch"]
