"""The packages of `qa/` stand in the order of the data, and imports only go down.

The sources are read, not run: imports inside functions and for type checkers count, and so do
`import_module("qa.x")` and `[…, "-m", "qa.x"]`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

ORDER = (
    "errors settings accounts datatypes child_process file_check languages documents chunking "
    "encoders index answering building insight service page web cli"
).split()
"""All there may be in `qa/`, lowest first: each may import itself and what stands before it."""

DOORS = ("qa", "qa.__main__")
"""They stand above everything; nothing imports them."""

LONGEST_FILE = 300

Sources = Mapping[str, str]
"""Dotted name of a module (a package has that of its folder) → its source."""


def sources_of(root: Path) -> dict[str, str]:
    """All modules of `qa/` under `root`."""
    named = {}
    for path in sorted((root / "qa").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        named[name] = path.read_text(encoding="utf-8")
    return named


def imports(module: str, sources: Sources, *, started: bool = True) -> Iterator[str]:
    """The modules of `sources` that one of them imports or (`started`) runs with `-m`."""
    for node in ast.walk(ast.parse(sources[module])):
        if isinstance(node, ast.Import):
            yield from (_known(alias.name, sources) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node, sources)
            yield from (_known(f"{base}.{alias.name}", sources) for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            yield from (_known(text, sources) for text in _strings(node.args[:1]))
        elif isinstance(node, ast.List) and started:
            texts = list(_strings(node.elts))
            if "-m" in texts[:-1]:
                yield _known(texts[texts.index("-m") + 1], sources)


def _base(module: str, node: ast.ImportFrom, sources: Sources) -> str:
    """The full name of what stands after `from`; each dot goes up one package."""
    if not node.level:
        return str(node.module)
    is_package = any(name.startswith(f"{module}.") for name in sources)
    parts = module.split(".")
    above = parts[: len(parts) - node.level + is_package]
    return ".".join([*above, *([node.module] if node.module else [])])


def _known(name: str, sources: Sources) -> str:
    """The module that a name lies in; "" for other libraries."""
    while name and name not in sources:
        name = name.rpartition(".")[0]
    return name


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def _strings(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def entry(module: str) -> str:
    """The entry of `qa/` that a module belongs to: `qa.index.dense` → "index"."""
    return module.split(".")[1]


def upward_arrows(sources: Sources) -> set[str]:
    """Imports of what stands later in ORDER, as "lower → higher"; "x → qa" for the doors."""
    found = set()
    for module in sources.keys() - set(DOORS):
        for target in imports(module, sources):
            if target in DOORS:
                found.add(f"{entry(module)} → {target}")
            elif target and {entry(module), entry(target)} <= set(ORDER):
                low, high = entry(module), entry(target)
                if ORDER.index(high) > ORDER.index(low):
                    found.add(f"{low} → {high}")
    return found


def circle(sources: Sources) -> set[str]:
    """The modules of one circle of imports, as one line. Starting a process is no import."""
    graph = {
        module: sorted(set(imports(module, sources, started=False)) - {"", module})
        for module in sorted(sources)
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return {"circle: " + ", ".join(sorted(set(error.args[1])))}
    return set()


def strangers(sources: Sources) -> set[str]:
    """Entries of `qa/` that have no place in ORDER."""
    entries = {entry(module) for module in sources.keys() - set(DOORS)}
    return {f"{name} is not in the order" for name in entries - set(ORDER)}


def long_files(sources: Sources) -> set[str]:
    """Files of more lines than anybody reads at once."""
    counts = {module: source.count("\n") for module, source in sources.items()}
    return {f"{module} is too long" for module, lines in counts.items() if lines > LONGEST_FILE}


def silent_packages(sources: Sources) -> set[str]:
    """Packages that do not say in two sentences or more what they do and what not."""
    packages = {name.rpartition(".")[0] for name in sources} - {""}
    found = set()
    for package in packages:
        told = ast.get_docstring(ast.parse(sources[package])) or ""
        sentences = len(re.findall(r"[.!?](?=\s|$)", told))
        is_part = package.count(".") > 1  # of a package that says it already
        if sentences < (1 if is_part else 2):
            found.add(f"{package} does not say what it does and must not know")
    return found


def faults(sources: Sources) -> set[str]:
    """All that is wrong with the layout, one line each; of several circles the first."""
    checks = (upward_arrows, circle, strangers, long_files, silent_packages)
    return {line for check in checks for line in check(sources)}


def test_the_layout_holds() -> None:
    assert faults(sources_of(ROOT)) == set()


def test_the_server_file_only_opens_the_page() -> None:
    source = (ROOT / "app.py").read_text(encoding="utf-8")
    known = {**sources_of(ROOT), "app": source}
    targets = set(imports("app", known)) - {""}
    assert targets
    assert {entry(target) for target in targets if target != "qa"} == {"web"}
    assert "qa" not in targets


UPWARD = [
    "from qa.service import Service",
    "def later():\n    import qa.service",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from qa import service",
    "import importlib\nimportlib.import_module('qa.service')",
    "import sys\ncommand = [sys.executable, '-m', 'qa.service']",
    "from .. import service",
    "from ..service import Service",
]


@pytest.mark.parametrize("source", UPWARD)
def test_an_arrow_upward_is_found(source: str) -> None:
    above = {"qa": "", "qa.service": "", "qa.index": ""}
    assert upward_arrows({**above, "qa.index.dense": source}) == {"index → service"}
    assert upward_arrows({**above, "qa.page": source.replace("..", ".")}) == set()


def test_the_doors_are_above_everything() -> None:
    sources = {"qa": "from qa.service import Service", "qa.service": "from qa import Settings"}
    assert upward_arrows(sources) == {"service → qa"}


def test_a_circle_is_found_inside_a_package_too() -> None:
    sources = {
        "qa.index": "",
        "qa.index.a": "from qa.index import b",
        "qa.index.b": "def f():\n    from qa.index.c import x",
        "qa.index.c": "from . import a",
    }
    assert circle(sources) == {"circle: qa.index.a, qa.index.b, qa.index.c"}
    assert circle({**sources, "qa.index.c": "x = 1"}) == set()
    started = "import sys\ncommand = [sys.executable, '-m', 'qa.index.a']"
    assert circle({**sources, "qa.index.c": started}) == set()


def test_a_file_without_a_place_a_long_one_and_a_silent_package_are_found() -> None:
    sources = {
        "qa": '"""The door. It is thin."""',
        "qa.helpers": "x = 1\n" * 301,
        "qa.index": '"""The index."""',
        "qa.index.dense": "x = 1\n" * 300,
    }
    assert faults(sources) == {
        "helpers is not in the order",
        "qa.helpers is too long",
        "qa.index does not say what it does and must not know",
    }
