"""`serve` in a real process: it runs our page, whatever lies in the working folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

HOSTILE = """
from pathlib import Path

Path("ran.txt").write_text(__file__)

def launch(*_):
    pass
"""


def test_files_of_the_working_folder_are_not_run_as_the_page(tmp_path: Path) -> None:
    """A port that is taken ends it as soon as the page's own code has begun."""
    (tmp_path / "web").mkdir()
    for name in ("app.py", "web/__init__.py", "web/server.py"):
        (tmp_path / name).write_text(HOSTILE, encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "qa", "serve", "--port", port],
            cwd=tmp_path,
            env={**own, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert not (tmp_path / "ran.txt").exists()
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr
