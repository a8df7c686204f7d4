"""The doctor: each finding from made-up facts, and the whole on this machine."""

import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import build_toy

from qa.cli.doctor.checks import (
    check_disk,
    check_machine,
    check_model,
    check_packages,
    check_python,
    examine,
)
from qa.cli.doctor.installation import DISTRIBUTION, Machine, pins, read_pins
from qa.errors import EncoderError

ROOT = Path(__file__).resolve().parents[2]


MACHINE = Machine("fp32", "AVX2", {"libgomp.so.1": "libgomp"})


def by_name(settings, machine=lambda: MACHINE):
    return {check.name: check for check in examine(settings, machine)}


def test_pythons():
    assert check_python((3, 9), "3.9.1").state == "problem"
    assert [check_python((3, n), "").state for n in (10, 11, 13)] == ["ok"] * 3
    assert check_python((3, 99), "3.99.0").state == "warning"


def test_packages():
    wanted = read_pins(["torch==2.0", "numpy==1.0"])
    assert check_packages(wanted, {"torch": "2.0+cpu", "numpy": "1.0"}.get).state == "ok"
    other = check_packages(wanted, {"torch": "2.1", "numpy": "1.0"}.get)
    assert (other.state, other.found) == ("warning", "torch 2.1 instead of 2.0")
    missing = check_packages(wanted, {"torch": "2.0"}.get)
    assert (missing.state, missing.found) == ("problem", "missing: numpy")
    assert "pip install -r requirements.txt" in missing.advice
    assert check_packages([], {}.get).state == "warning"


def test_the_pins_are_those_of_the_requirements():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = {line.split("==")[0] for line in lines if line and not line.startswith("#")}
    lines = [line for line in lines if line and not line.startswith("#")]
    for python in ["3.10", "3.11", "3.13"]:
        found = read_pins(lines, python)
        assert {pin.name for pin in found} == names
        assert len(found) == len(names)
    assert "numpy==2.2.6" in [f"{pin.name}{pin.specifier}" for pin in read_pins(lines, "3.10")]


def test_an_installed_package_knows_its_pins(tmp_path, monkeypatch):
    """Without requirements.txt beside the code, what was installed tells."""
    facts = tmp_path / "document_qa-0.1.0.dist-info"
    facts.mkdir()
    facts.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {DISTRIBUTION}\nVersion: 0.1.0\n"
        'Requires-Dist: numpy==2.4.6; python_version >= "3.11"\n'
        'Requires-Dist: numpy==2.2.6; python_version < "3.11"\n'
        "Requires-Dist: rich==15.0.0\n",
        encoding="utf-8",
    )
    missing = tmp_path / "requirements.txt"
    assert pins(missing) == []
    monkeypatch.syspath_prepend(str(tmp_path))
    found = [f"{pin.name}{pin.specifier}" for pin in pins(missing, "3.12")]
    assert found == ["numpy==2.4.6", "rich==15.0.0"]


def openmp(**runtimes):
    return check_machine(Machine("fp32", "AVX2", runtimes))[1].state


def test_kinds_of_openmp_do_not_get_along_copies_of_one_kind_do():
    assert openmp(a="libgomp", b="libgomp") == "ok"
    assert openmp(a="libgomp", b="libiomp") == "warning"
    assert openmp(a="libgomp", b="libomp") == "warning"
    assert openmp() == "ok"


def test_disk():
    states = [check_disk(free, Path("x")).state for free in (10**7, 10**8, 10**10)]
    assert states == ["problem", "warning", "ok"]


def test_models(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    far = by_name(replace(settings, model="some/model"))
    assert (far["model"].state, far["offline"].state) == ("warning", "warning")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert by_name(replace(settings, model="some/model"))["offline"].state == "problem"
    (tmp_path / "broken").mkdir()
    broken = by_name(replace(settings, model=str(tmp_path / "broken")))
    assert broken["model"].state == "problem"
    assert broken["offline"].state == "ok"


def test_a_damaged_model_is_a_problem(settings):
    def resolve(model):
        raise EncoderError(f"{model} is damaged; pip install it anew.")

    found = check_model(settings, resolve)
    assert found.state == "problem"
    assert found.advice == f"{settings.model} is damaged; pip install it anew."


def test_folders_index_and_port(settings):
    fresh = by_name(settings)
    assert fresh["corpus folder"].state == "warning"
    assert (fresh["index"].state, fresh["index"].advice) == (
        "warning",
        "Build: python -m qa index",
    )
    assert fresh["index folder"].state == "ok"
    build_toy(settings)  # its encoder is not in the index, so it cannot be opened
    assert by_name(settings)["index"].state == "problem"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert by_name(replace(settings, port=port))["port"].state == "warning"
    assert by_name(replace(settings, port=port))["port"].state == "ok"


def test_a_check_that_fails_itself_is_a_warning(settings):
    def fail():
        raise ValueError("no torch here")

    found = by_name(settings, fail)["processor"]
    assert (found.state, found.found) == (
        "warning",
        "could not be checked (ValueError: no torch here)",
    )


@pytest.mark.model
def test_the_command_in_a_real_process(real_settings):
    done = subprocess.run(
        [sys.executable, "-m", "qa", "doctor", "--index", str(real_settings.index)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = done.stdout.splitlines()
    assert done.stderr == ""
    assert done.returncode in (0, 4)
    states = {line.split()[0] for line in lines[:-1] if not line.startswith(" ")}
    assert states <= {"ok", "warning", "problem"}
    assert any("texts are embedded in" in line for line in lines)
    assert any("weights have the published sha256" in line for line in lines)
    assert lines[-1].split()[1].startswith("problem")
