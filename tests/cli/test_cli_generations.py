"""The commands about generations, pins and citations, over a toy index in this process."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from conftest import TEXTS, build_toy
from toy_encoder import ToyEncoder
from typer.testing import CliRunner

from qa import Service
from qa.cli import app as cli
from qa.cli.commands.check import diagnosis
from qa.cli.doctor.checks import Check
from qa.cli.shell import print_lines

KETTLE = "How many years of warranty has the kettle?"


@pytest.fixture
def run(settings):
    """Runs a command on an index of two generations; gives exit code, output and errors."""
    sure = replace(settings, threshold=0.0)
    for texts in (TEXTS, TEXTS[:2]):
        build_toy(sure, texts)

    def make(**given):
        return Service(replace(sure, wait=given.get("wait") or 0.0), encoder=ToyEncoder())

    def call(*arguments):
        result = CliRunner().invoke(cli.app, list(arguments), obj=make)
        return result.exit_code, result.stdout, result.stderr

    return call


def test_history_rollback_and_prune(run):
    code, out, err = run("history")
    lines = out.splitlines()
    assert (code, err, len(lines)) == (0, "", 3)
    assert lines[0].split() == "name built at documents passages model size pinned".split()
    assert [line[:4] for line in lines[1:]] == ["   2", "*  2"]
    names = [each["name"] for each in json.loads(run("history", "--json")[1])["generations"]]
    code, out, err = run("rollback")
    assert (code, err) == (0, "")
    assert out.startswith(f"{names[0]} is live: 3 documents, 3 passages, built at 20")
    code, out, err = run("rollback")
    assert (code, out) == (1, "")
    assert err.startswith(f"Error: There is no generation before {names[0]}; python -m qa history")
    assert json.loads(run("rollback", names[1], "--json", "--wait", "1")[1])["live"] is True
    assert run("prune", "--keep", "1") == (0, f"Removed generation: {names[0]}\n", "")
    assert run("prune") == (0, "There was nothing to remove.\n", "")
    assert json.loads(run("prune", "--json")[1]) == {
        "generations": [],
        "encoders": [],
        "litter": [],
    }
    assert run("prune", "--keep", "0")[0] == 2


def test_pins(run):
    assert run("pins") == (
        0,
        "No question is pinned. Pin one: python -m qa pin QUESTION -e TEXT\n",
        "",
    )
    assert run("pin", KETTLE, "-e", "three years") == (
        0,
        f"Pinned: {KETTLE} (does not pass now)\n",
        "",
    )
    assert run("pin", "refund", "receipt", "-e", "refund") == (
        0,
        "Pinned: refund receipt (passes now)\n",
        "",
    )
    assert run("pin", "queen", "--absent")[0] == 0
    assert run("pins")[1].splitlines() == [
        f"1. {KETTLE} (“three years”)",
        "2. refund receipt (“refund”)",
        "3. queen (not in these documents)",
    ]
    assert json.loads(run("pins", "--json")[1])["pins"][2] == {"question": "queen", "expected": []}
    assert run("unpin", "3") == (0, "No longer pinned: queen\n", "")
    for wrong in (["pin", "x"], ["pin", "x", "-e", "y", "--absent"], ["unpin", "x"]):
        code, out, err = run(*wrong)
        assert (code, out, err.startswith("Error: ")) == (1, "", True)


def test_resolve(run, settings):
    hit = Service(settings, encoder=ToyEncoder()).ask("refund receipt").hits[0]
    code, out, err = run("resolve", str(hit.citation))
    assert (code, err) == (0, "")
    assert out == f"refunds, characters 0–{len(TEXTS[0][1])} says exactly that.\n  {TEXTS[0][1]}\n"
    build_toy(settings, [("news", f"News. {TEXTS[0][1]}"), TEXTS[1]])
    told = json.loads(run("resolve", str(hit.citation), "--json")[1])
    assert (told["state"], told["text"]) == ("moved", TEXTS[0][1])
    assert run("resolve", told["now"][0])[0] == 0
    build_toy(settings, TEXTS[1:])
    assert run("resolve", str(hit.citation))[0] == 3
    assert run("resolve", "nonsense")[0] == 1


def test_verify_points_to_a_generation_that_is_whole(run, settings):
    service = Service(settings, encoder=ToyEncoder())
    names = [each.name for each in service.generations.history()]
    (settings.index / "generations" / names[1] / "passages.faiss").write_bytes(b"")
    code, out, _ = run("verify")
    assert code == 4
    assert out.splitlines()[-1] == (
        "The index has 1 problem. Rebuild: python -m qa index, or go back: "
        f"python -m qa rollback {names[0]}"
    )


def test_taking_a_pin_away_asks_nothing(settings):
    """However many questions are pinned: the index is not even opened."""

    class Silent(ToyEncoder):
        def encode_query(self, questions):
            raise AssertionError(f"{questions} was asked")

    build_toy(settings)
    service = Service(settings, encoder=Silent())
    for number in range(3):
        service.pins.add(f"question {number}", ["kettle"])
    result = CliRunner().invoke(cli.app, ["unpin", "2"], obj=lambda **_: service)
    assert (result.exit_code, result.stdout) == (0, "No longer pinned: question 1\n")
    assert len(service.pins.all()) == 2


def test_what_the_doctor_s_checks_come_to(capsys):
    checks = [Check("Python", "ok", "3.11"), Check("port", "warning", "taken", "Give another.")]
    assert diagnosis(checks).code == 0
    print_lines(diagnosis(checks).lines)
    assert capsys.readouterr().out == (
        "ok      Python  3.11\nwarning port    taken\n                Give another.\n"
        "0 problems, 1 warning.\n"
    )
    worse = diagnosis([*checks, Check("model", "problem", "none", "Install it.")])
    assert worse.code == 4
    assert worse.json["ok"] is False
    assert worse.json["checks"][2] == {
        "name": "model",
        "state": "problem",
        "found": "none",
        "advice": "Install it.",
    }
